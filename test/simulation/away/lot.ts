import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LaneView, laneViewSchema } from '../../../shared/contract/lanes.ts';
import { jpegOfSize } from '../../peers/jpeg.ts';
import type { QingdaoKeys } from '../../peers/qingdao/index.ts';
import { VzenithCamera } from '../../peers/vzenith/index.ts';
import { ACCESS_ID, PARKING_CODE } from '../../support/provision.ts';
import { ADMIN } from '../../support/station-process.ts';
import type { Move, Visit } from './plan.ts';
import type { AwayStation } from './station.ts';

/** Entrances, and exits. */
export const LANES = 3;
const PICTURE_BYTES = 20_000;
const SPACES = 6_000;

const serial = (way: Move['way'], lane: number): string => `SN-${way}-${lane}`;

/** A car park whose cameras push over HTTP, and whose arms move by themselves. Short stays and guests are free. */
export function writeProvision(
  directory: string,
  given: {
    readonly url: string;
    readonly keys: QingdaoKeys;
    readonly guests: readonly string[];
    readonly settings: object;
  },
): string {
  const places = (['in', 'out'] as const).flatMap((way) =>
    Array.from({ length: LANES }, (_, lane) => ({ id: `${way}${lane}`, way, lane })),
  );
  const document = {
    site: { code: PARKING_CODE, name: '测试停车场', totalSpaces: SPACES, openSpaces: SPACES },
    areas: [{ id: 'a1', code: 1, name: '地面', spaces: SPACES }],
    lanes: places.map(({ id, way, lane }) => ({
      ...{ id, name: id, direction: way, number: way === 'in' ? lane + 1 : LANES + lane + 1 },
      ...{ area: 'a1', booth: '1', camera: `cam-${id}`, barrier: `bar-${id}` },
    })),
    devices: places.flatMap(({ id, way, lane }) => [
      {
        ...{ id: `cam-${id}`, kind: 'camera', driver: 'vzenith-http' },
        settings: { serialNo: serial(way, lane), heartbeat: 'normal', offlineAfterMs: 600_000 },
      },
      { id: `bar-${id}`, kind: 'barrier', driver: 'virtual', settings: {} },
    ]),
    tariffs: [
      {
        ...{ id: 't1', name: '标准' },
        rules: [
          {
            ...{ vehicleClasses: ['small', 'medium', 'large'], freeMinutes: 15 },
            ...{ firstPeriod: { minutes: 60, feeFen: 500 }, followingPeriod: { minutes: 30, feeFen: 200 } },
            capPer24hFen: 3000,
          },
        ],
      },
    ],
    lists: given.guests.map((plate) => ({ list: 'white', plate, strategy: 'free' })),
    users: [{ ...ADMIN, role: 'admin' }],
    platforms: {
      qingdao: {
        ...{ enabled: true, baseUrl: given.url, accessId: ACCESS_ID, parkingCode: PARKING_CODE },
        ...{ platformPublicKey: given.keys.platformPublicKey, userPrivateKey: given.keys.userPrivateKey },
        ...given.settings,
      },
    },
  };
  const file = join(directory, 'provision.json');
  writeFileSync(file, JSON.stringify(document), { mode: 0o600 });
  return file;
}

/** Milliseconds as the camera and the attendant's screen wait for them. */
export interface Took {
  /** From the plate to the camera's answer: by then the decision is on disk, and the arm was told. */
  readonly decisionMs: number;
  /** From the attendant's click to the answer: the money is on disk, and the arm was told. */
  readonly collectMs: number | null;
}

/** The ground before the arms: cars come to cameras, and drivers pay. */
export class Lot {
  readonly visits: Visit[] = [];
  readonly #cameras = new Map<string, VzenithCamera>();
  readonly #picture = jpegOfSize(PICTURE_BYTES);
  readonly #station: () => AwayStation;

  constructor(url: string, station: () => AwayStation) {
    this.#station = station;
    for (const way of ['in', 'out'] as const)
      for (let lane = 0; lane < LANES; lane += 1) {
        const serialno = serial(way, lane);
        // It tries until somebody is there again: a record of its store opens nothing.
        this.#cameras.set(serialno, new VzenithCamera({ serialno, url, resends: 2_000, resendPauseMs: 20 }));
      }
  }

  /** Cars that came and have not left. */
  get inside(): Visit[] {
    return this.visits.filter(({ leftAt }) => leftAt === null);
  }

  /** @param during what happens while the camera's push is on its way */
  async move({ way, lane, visit, at }: Move, during?: () => Promise<void>): Promise<Took> {
    const camera = this.#cameras.get(serial(way, lane));
    if (!camera) throw new Error(`no camera at ${way}${lane}`);
    const pictured = way === 'in' ? visit.entryPicture : visit.exitPicture;
    const pushing = camera.push(visit.plate, { capturedAt: at, ...(pictured ? { image: this.#picture } : {}) });
    await during?.();
    const pushed = await pushing;
    const answered = pushed.attempts.at(-1);
    if (!answered || pushed.outcome !== 'answered') throw new Error(`${visit.plate} was not taken at ${way}${lane}`);
    if (way === 'in') {
      visit.enteredAt = at;
      this.visits.push(visit);
      return { decisionMs: answered.ms, collectMs: null };
    }
    const collectMs = await this.#letOut(`${way}${lane}`, visit);
    visit.leftAt = at;
    return { decisionMs: answered.ms, collectMs };
  }

  async #letOut(lane: string, visit: Visit): Promise<number | null> {
    const seen = await this.#station().ask(laneViewSchema, `/lanes/${lane}`);
    if (seen.plate?.text !== visit.plate) throw new Error(`${lane} has ${seen.plate?.text}, not ${visit.plate}`);
    if (seen.phase === 'cleared') return null;
    const { bill } = seen;
    const passage = seen.passage?.id;
    if (seen.phase !== 'charging' || !bill || passage === undefined) throw stuck(seen);
    const began = performance.now();
    const after = visit.waived
      ? await this.#order(lane, 'release', { passageId: passage, reason: '领导来访' })
      : await this.#order(lane, 'collect', { passageId: passage, method: 'cash', amountFen: bill.toPayFen });
    if (after.phase !== 'cleared') throw stuck(after);
    if (!visit.waived) visit.paidFen = bill.toPayFen;
    return performance.now() - began;
  }

  #order(lane: string, action: string, body: object): Promise<LaneView> {
    return this.#station().ask(laneViewSchema, `/lanes/${lane}/${action}`, body);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#cameras.values()].map((camera) => camera.stop()));
  }
}

const stuck = ({ id, phase, plate, passage }: LaneView): Error =>
  new Error(`${plate?.text} is stuck at ${id}: ${phase}, ${passage?.attention}`);
