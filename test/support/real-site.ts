import { rmSync } from 'node:fs';
import { z } from 'zod';
import { type LaneView, laneViewSchema } from '../../shared/contract/lanes.ts';
import { type StayView, stayViewSchema } from '../../shared/contract/stays.ts';
import { VzenithCamera } from '../peers/vzenith/index.ts';
import { inSources } from './in-sources.ts';
import { provision } from './provision.ts';
import { ADMIN, StationProcess, stablePort, tempDirectory } from './station-process.ts';
import { until } from './until.ts';

const MINUTE = 60_000;

/** Who works here: an administrator, two managers and two cashiers. */
export const PEOPLE = {
  admin: { ...ADMIN, role: 'admin' },
  chen: { name: '老陈', password: 'a short day shift', role: 'manager' },
  zhou: { name: '周姐', password: 'the other manager', role: 'manager' },
  wang: { name: '小王', password: 'a long night shift', role: 'attendant' },
  li: { name: '小李', password: 'an early day shift', role: 'attendant' },
} as const;
export type Who = keyof typeof PEOPLE;

/** Lane → serial number of the camera that reads there; `both1/out` is the camera of the lane for both ways that looks at leaving cars. */
const CAMERAS = {
  in1: 'SN-IN-1',
  out1: 'SN-OUT-1',
  both1: 'SN-BOTH-IN',
  'both1/out': 'SN-BOTH-OUT',
  inner1: 'SN-INNER-IN',
  inner2: 'SN-INNER-OUT',
} as const;
type Eye = keyof typeof CAMERAS;

const cameraId = (eye: Eye): string => `cam-${eye.replace('/', '-')}`;

/**
 * A car park with everything a rule book can speak of: an inner area, a lane for both ways, a reserved quota, two booths. The
 * tariff is that of {@link provision}: 5 yuan for the first hour, 2 yuan for each further half hour, 30 yuan a day, a minute free.
 */
function siteDocument(port: number, options: SiteOptions = {}): object {
  const lane = (id: string, direction: string, number: number, area: string, booth: string, more: object = {}) => ({
    ...{ id, name: `车道 ${id}`, direction, number, area, booth, camera: `cam-${id}`, barrier: `bar-${id}` },
    ...more,
  });
  const plain = provision({ port, users: Object.values(PEOPLE).filter(({ name }) => name !== ADMIN.name) });
  return {
    ...plain,
    site: {
      ...{ ...plain.site, totalSpaces: 40, openSpaces: 30 },
      quotas: [{ id: 'q1', name: '租户甲', spaces: 1 }],
      ...options.site,
      rules: options.rules ?? {},
    },
    areas: [
      { id: 'a1', code: 1, name: '地面', spaces: 30 },
      { id: 'a2', code: 2, name: '地库', spaces: 10, parent: 'a1' },
    ],
    lanes: [
      lane('in1', 'in', 1, 'a1', '1'),
      lane('out1', 'out', 2, 'a1', '1'),
      lane('both1', 'both', 3, 'a1', '1', { exitCamera: 'cam-both1-out' }),
      lane('inner1', 'in', 4, 'a2', '2'),
      lane('inner2', 'out', 5, 'a2', '2'),
    ],
    devices: [
      ...Object.entries(CAMERAS).map(([eye, serialNo]) => ({
        ...{ id: `cam-${eye.replace('/', '-')}`, kind: 'camera', driver: 'vzenith-http' },
        settings: { serialNo, snapshotPort: port },
      })),
      ...(['in1', 'out1', 'both1', 'inner1', 'inner2'] as const).map((id) => ({
        ...{ id: `bar-${id}`, kind: 'barrier', driver: 'camera', settings: { camera: cameraId(id) } },
      })),
    ],
    lists: options.lists ?? [],
    cards: options.cards ?? [],
  };
}

interface SiteOptions {
  readonly site?: Readonly<Record<string, unknown>>;
  readonly rules?: Readonly<Record<string, unknown>>;
  readonly lists?: readonly object[];
  readonly cards?: readonly object[];
  readonly clockOffsetMs?: number;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** The `reason` of a refusal, else its `code`; `ok` otherwise. */
  readonly why: string;
}

const problem = z.object({ code: z.string(), data: z.object({ reason: z.string() }).partial().optional() });

/** A real station with people and cameras, spoken to over REST alone. */
export class RealSite {
  readonly #cameras: ReadonlyMap<Eye, VzenithCamera>;
  readonly #data: string;
  readonly #tokens = new Map<Who, string>();
  #station: StationProcess;
  #clockOffsetMs: number;

  private constructor(station: StationProcess, data: string, clockOffsetMs: number) {
    this.#station = station;
    this.#data = data;
    this.#clockOffsetMs = clockOffsetMs;
    const made = Object.entries(CAMERAS).map(([eye, serialno], index) => {
      const ipaddr = `192.168.1.${101 + index}`;
      const camera = new VzenithCamera({ serialno, ipaddr, url: station.cameraUrl, cometErrorPauseMs: 100 });
      camera.startComet();
      return [eye, camera] as const;
    });
    // The keys are those of CAMERAS.
    this.#cameras = new Map(made as readonly (readonly [Eye, VzenithCamera])[]);
  }

  static async open(options: SiteOptions = {}): Promise<RealSite> {
    const data = tempDirectory();
    const port = await stablePort();
    const clockOffsetMs = options.clockOffsetMs ?? 0;
    const station = await StationProcess.start({ provision: siteDocument(port, options), data, port, clockOffsetMs });
    return new RealSite(station, data, clockOffsetMs);
  }

  get station(): StationProcess {
    return this.#station;
  }

  /** By the station's clock, epoch ms. */
  now(): number {
    return Date.now() + this.#clockOffsetMs;
  }

  /** RFC 3339 in UTC, so many minutes from now (before now, when negative). */
  at(minutes: number): string {
    return new Date(this.now() + minutes * MINUTE).toISOString();
  }

  camera(eye: Eye): VzenithCamera {
    const camera = this.#cameras.get(eye);
    if (!camera) throw new Error(`no camera ${eye}`);
    return camera;
  }

  /** Killed without warning, and started again on what it had stored. */
  async crash(): Promise<void> {
    await this.#station.kill9();
    await this.restart();
  }

  async restart(): Promise<void> {
    const { port } = this.#station;
    this.#station = await StationProcess.start({ data: this.#data, port, clockOffsetMs: this.#clockOffsetMs });
  }

  async pass(minutes: number): Promise<void> {
    this.#clockOffsetMs += minutes * MINUTE;
    await this.#station.setClock(this.#clockOffsetMs);
  }

  async token(who: Who): Promise<string> {
    const known = this.#tokens.get(who);
    if (known !== undefined) return known;
    const { name, password } = PEOPLE[who];
    const token = await this.#station.signIn(name, password);
    this.#tokens.set(who, token);
    return token;
  }

  /** One call below `/api/v1`: GET without a body, else POST. A sign-in that ran out is made again. */
  async ask(who: Who, path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST'): Promise<Answer> {
    const token = await this.token(who);
    let response = await this.#station.raw(`/api/v1${path}`, { method, body, token });
    if (response.status === 401 && this.#tokens.get(who) === token) {
      this.#tokens.delete(who);
      response = await this.#station.raw(`/api/v1${path}`, { method, body, token: await this.token(who) });
    }
    const text = await response.text();
    const parsed: unknown = text === '' ? undefined : JSON.parse(text);
    const said = problem.safeParse(parsed);
    return {
      status: response.status,
      body: parsed,
      why: response.ok || !said.success ? 'ok' : (said.data.data?.reason ?? said.data.code),
    };
  }

  /** The same, of a call that must succeed. */
  async as<S extends z.ZodType>(
    who: Who,
    schema: S,
    path: string,
    body?: unknown,
    method?: string,
  ): Promise<z.output<S>> {
    const answer = await this.ask(who, path, body, method);
    if (answer.status >= 300) {
      const told = answer.status >= 500 ? inSources(this.#station.stderr.slice(-5).join('\n')) : '';
      throw new Error(`${path} as ${who}: ${answer.status} ${JSON.stringify(answer.body)}\n${told}`);
    }
    return schema.parse(answer.body);
  }

  lane(id: string): Promise<LaneView> {
    return this.as('wang', laneViewSchema, `/lanes/${id}`);
  }

  laneWhen(id: string, phase: LaneView['phase'], attention?: string): Promise<LaneView> {
    return until(`lane ${id} is ${phase} ${attention ?? ''}`, async () => {
      const lane = await this.lane(id);
      return lane.phase === phase && (attention === undefined || lane.passage?.attention === attention)
        ? lane
        : undefined;
    });
  }

  /** A car comes before a camera; resolves with the lane once that car stands at it. */
  async read(eye: Eye, plate: string, options: Parameters<VzenithCamera['push']>[1] = {}): Promise<LaneView> {
    await this.camera(eye).push(plate, options);
    return this.lane(eye.split('/')[0] ?? eye);
  }

  order(who: Who, laneId: string, action: string, body: object = {}): Promise<LaneView> {
    return this.as(who, laneViewSchema, `/lanes/${laneId}/${action}`, body);
  }

  /** All stays of a plate, newest first. */
  async stays(plate: string): Promise<StayView[]> {
    const page = z.object({ items: z.array(stayViewSchema) });
    return (await this.as('admin', page, `/sessions?pageSize=200&plate=${encodeURIComponent(plate)}`)).items;
  }

  /** The newest stay of a plate. */
  async stay(plate: string): Promise<StayView> {
    const [stay] = await this.stays(plate);
    if (!stay) throw new Error(`no stay of ${plate}`);
    return stay;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#cameras.values()].map((camera) => camera.stop()));
    await this.#station.dispose();
    rmSync(this.#data, { recursive: true, force: true });
  }
}
