import { rmSync } from 'node:fs';
import { z } from 'zod';
import { pageOf } from '../../shared/contract/base.ts';
import { deviceStateSchema } from '../../shared/contract/devices.ts';
import { type EventView, eventViewSchema } from '../../shared/contract/journal.ts';
import { type LaneView, laneViewSchema } from '../../shared/contract/lanes.ts';
import { type StayView, stayDetailSchema, stayViewSchema } from '../../shared/contract/stays.ts';
import type { HardwareLane } from './hardware-lane.ts';
import { ADMIN, StationProcess, type StationStart, tempDirectory } from './station-process.ts';
import { until } from './until.ts';

const stays = pageOf(stayViewSchema);
const events = z.array(eventViewSchema);
const created = z.looseObject({ id: z.string() });
const MOST_EVENTS = 500;
const A_MONTH_MS = 30 * 86_400_000;

/** What each car without a card pays at the exit, whenever it leaves. */
export const FEE = 500;

export interface SiteOptions extends Pick<StationStart, 'env' | 'args'> {
  readonly port: number;
  readonly lanes: readonly HardwareLane[];
  /** Devices that several lanes share, or none. */
  readonly devices?: readonly object[];
  readonly names?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly rules?: object;
  readonly platforms?: object;
  readonly channels?: readonly string[];
}

/** The real station with lanes of simulated hardware around it. */
export class HardwareSite {
  readonly lanes: readonly HardwareLane[];
  readonly #options: SiteOptions;
  readonly #data: string;
  #station: StationProcess;

  private constructor(options: SiteOptions, data: string, station: StationProcess) {
    this.lanes = options.lanes;
    this.#options = options;
    this.#data = data;
    this.#station = station;
  }

  static async open(options: SiteOptions): Promise<HardwareSite> {
    const data = tempDirectory();
    const { port, args = [], env = {} } = options;
    const station = await StationProcess.start({ provision: documentOf(options), data, port, args, env });
    return new HardwareSite(options, data, station);
  }

  get station(): StationProcess {
    return this.#station;
  }

  /** On the same data, after it was killed. */
  async restart(): Promise<void> {
    const { port, args = [], env = {} } = this.#options;
    this.#station = await StationProcess.start({ data: this.#data, port, args, env });
  }

  /** Resolves when no device that `devices` names is anything but online. */
  async online(devices: readonly string[]): Promise<void> {
    const schema = z.array(z.looseObject({ id: z.string(), state: z.string() }));
    const missing = async (): Promise<string[]> =>
      (await this.station.get(schema, '/devices'))
        .filter(({ id, state }) => devices.includes(id) && state !== 'online')
        .map(({ id }) => id);
    let left: string[] = [];
    const all = async (): Promise<boolean> => {
      left = await missing();
      return left.length === 0;
    };
    await until('every device is online', all, 15_000).catch((error: unknown) => {
      throw new Error(`${String(error)}: ${left.join()}`);
    });
  }

  lane(id: string): Promise<LaneView> {
    return this.station.get(laneViewSchema, `/lanes/${id}`);
  }

  laneWhen(id: string, what: string, wanted: (lane: LaneView) => boolean, timeoutMs = 5_000): Promise<LaneView> {
    return until(
      `lane ${id}: ${what}`,
      async () => {
        const lane = await this.lane(id);
        return wanted(lane) ? lane : undefined;
      },
      timeoutMs,
    );
  }

  order(laneId: string, action: string, body: object): Promise<LaneView> {
    return this.station.send(laneViewSchema, `/lanes/${laneId}/${action}`, body);
  }

  async stays(plate: string): Promise<StayView[]> {
    return (await this.station.get(stays, `/sessions?plate=${encodeURIComponent(plate)}&pageSize=200`)).items;
  }

  /** Resolves once the stay of this plate has its picture of this way. */
  pictured(plate: string, way: 'in' | 'out'): Promise<unknown> {
    return until(`the picture of ${plate}`, async () => {
      const uid = (await this.stays(plate))[0]?.uid ?? '';
      const { photos } = await this.station.get(stayDetailSchema, `/sessions/${uid}`);
      return photos.some(({ purpose }) => purpose === (way === 'in' ? 'entry' : 'exit'));
    });
  }

  /** Oldest first. */
  async events(kind: string, after = 0): Promise<EventView[]> {
    const rows: EventView[] = [];
    for (let before = ''; ; ) {
      const page = await this.station.get(events, `/events?kind=${kind}&limit=${MOST_EVENTS}${before}`);
      rows.push(...page.filter(({ seq }) => seq > after));
      const oldest = page.at(-1);
      if (page.length < MOST_EVENTS || !oldest || oldest.seq <= after) return rows.reverse();
      before = `&before=${oldest.seq}`;
    }
  }

  /** A car drives through the open arm, as slowly as whoever tells of the loops needs it. @returns whether it got through */
  async passes({ iron, loopsOn }: HardwareLane, plate: string): Promise<boolean> {
    if (loopsOn === undefined) return iron.drive(plate);
    if (!(await iron.standUnder(plate))) return false;
    await this.seenUnder(loopsOn);
    return iron.drive(plate);
  }

  /** Resolves once this device has told that something is on its safety loop. */
  seenUnder(deviceId: string): Promise<unknown> {
    return until(`${deviceId} tells of the safety loop`, async () => {
      const { inputs } = await this.station.get(deviceStateSchema, `/devices/${deviceId}`);
      return inputs.some(({ role, on }) => role === 'safety-loop' && on);
    });
  }

  async newestSeq(): Promise<number> {
    return (await this.station.get(events, '/events?limit=1'))[0]?.seq ?? 0;
  }

  /** A month card for this plate. */
  async card(plate: string): Promise<void> {
    const validTo = new Date(Date.now() + A_MONTH_MS).toISOString();
    await this.station.send(created, '/cards', { type: 'monthly', plates: [plate], validTo });
  }

  async close(): Promise<void> {
    for (const lane of this.lanes) lane.iron.stop();
    await Promise.all(this.lanes.map((lane) => lane.stop()));
    await this.station.dispose();
    rmSync(this.#data, { recursive: true, force: true });
  }
}

/** A device of several lanes stands there once. */
function documentOf({
  lanes,
  devices = [],
  names = {},
  rules = {},
  platforms = {},
  channels = [],
}: SiteOptions): object {
  return {
    site: { code: '1001', name: '测试停车场', totalSpaces: 150, openSpaces: 130, rules },
    areas: [{ id: 'a1', code: 1, name: '地面', spaces: 150 }],
    lanes: lanes.map(({ id, way, names: own }, index) => ({
      ...{
        id,
        name: `${id} ${way === 'in' ? '入口' : '出口'}`,
        direction: way,
        number: index + 1,
        area: 'a1',
        booth: '1',
      },
      ...own,
      ...names[id],
    })),
    devices: [...lanes.flatMap((lane) => lane.devices), ...devices],
    tariffs: [
      {
        ...{ id: 't1', name: '按次' },
        rules: [
          {
            vehicleClasses: ['small', 'medium', 'large'],
            firstPeriod: { minutes: 60, feeFen: FEE },
            followingPeriod: { minutes: 60, feeFen: FEE },
          },
        ],
      },
    ],
    channels,
    users: [{ ...ADMIN, role: 'admin' }],
    platforms,
  };
}
