import { HooksOf } from '../http/hooks.ts';
import { type After, Timers } from '../timers.ts';
import { Watch } from '../watch.ts';
import { App } from './app.ts';
import { type Asked, askFor } from './asking.ts';
import { Books } from './books.ts';
import { Charges } from './charges.ts';
import { Desk, type UpAgreement } from './desk.ts';
import { Downlink } from './down/downlink.ts';
import type { Call, DownAgreement } from './down/judge.ts';
import type { DownName } from './down/tables.ts';
import { FaultBoard } from './faults.ts';
import type { Hooks } from './hooks.ts';
import type { Keys } from './intake.ts';
import type { JsonObject } from './json.ts';
import { CloudServer } from './server.ts';
import { State } from './state.ts';
import { Line, type LineOptions } from './tcp/line.ts';
import { CloudView } from './view.ts';

export interface CloudOptions extends Partial<Keys>, Partial<UpAgreement>, Partial<Omit<DownAgreement, 'methods'>> {
  /** Of a car park that listens (role client), `127.0.0.1:9000`; may be set later. */
  readonly address?: string;
  /** Before the names of the interfaces; `/api` unless given. */
  readonly prefix?: string;
  /** Of the HTTP side; 0 picks a free one; going away and coming back keeps it. */
  readonly port?: number;
  readonly tcp?: Partial<LineOptions>;
  /** Names of down methods on the wire, where they are others. */
  readonly downMethods?: Map<string, string>;
  readonly now?: () => number;
  /** For gaps between sends; `now` if that is given, the real one otherwise. */
  readonly monotonic?: () => number;
  /** Timers of delays and of the dead connection; real ones otherwise. Faults of the network wait in real time. */
  readonly after?: After;
  /** For faults by chance. */
  readonly random?: () => number;
}

const KEYS: Keys = { accessKey: '0667bb1c1aa7fb1f', accessSecret: 'adfdcdfdfdfdf', parkCode: '80010001' };

/** 云平台 of DB4403 on 127.0.0.1. Everything it saw and holds is public, for assertions. */
export class ParkingCloud extends CloudView {
  readonly keys: Keys;
  override readonly state: State;
  override readonly desk: Desk;
  override readonly downlink: Downlink;
  override readonly tcp: Line;
  readonly app: App;
  readonly books: Books;
  readonly #watch: Watch;
  readonly #timers: Timers;
  readonly #server: CloudServer;

  constructor(options: CloudOptions = {}) {
    const { now = Date.now, random = Math.random, port = 0, prefix = '/api', address = '' } = options;
    const { accessKey, accessSecret, parkCode } = { ...KEYS, ...options };
    const keys = { accessKey, accessSecret, parkCode };
    const watch = new Watch();
    const hooks: Hooks = new HooksOf();
    const look = (): void => watch.look();
    const line = { faults: new FaultBoard(random), hooks };
    super({ ...line, watch });
    const state = new State(now, options.monotonic ?? options.now ?? (() => performance.now()));
    const agreement: UpAgreement = {
      ...{ bodyMode: options.bodyMode ?? 'form', epochUnit: options.epochUnit ?? 'ms' },
      ...{ listDates: options.listDates ?? 'instant', coordinates: options.coordinates ?? 'micro' },
      methods: options.methods ?? new Map(),
    };
    this.keys = keys;
    this.#watch = watch;
    this.state = state;
    this.#timers = new Timers(options.after);
    this.desk = new Desk(state, keys, agreement);
    const report = (name: string, findings: Parameters<Desk['report']>[2]): void =>
      this.desk.report(name, 'down', findings);
    this.downlink = new Downlink({ keys, state, hooks, look, report }, () => this.tcp, {
      ...{ methods: options.downMethods ?? new Map<string, string>() },
      ...{ signHeader: options.signHeader ?? false, signReplies: options.signReplies ?? false },
    });
    this.downlink.address = address;
    this.tcp = new Line(
      {
        ...{
          keys,
          state,
          hooks,
          timers: this.#timers,
          look,
          report: (name, findings) => this.desk.report(name, 'up', findings),
        },
        ...{ answered: (frame) => this.downlink.heard(frame), lost: () => this.downlink.lost() },
      },
      { port: 0, framing: 'len4be', role: 'server', login: true, ...options.tcp },
    );
    const charges = new Charges();
    this.app = new App(this, charges);
    this.books = new Books(state, charges);
    this.#server = new CloudServer({ ...line, desk: this.desk, state, look }, { port, prefix });
  }

  /** What the car park is configured with, e.g. `http://127.0.0.1:41234/api`. */
  get baseUrl(): string {
    return this.#server.baseUrl;
  }

  get port(): number {
    return this.#server.port;
  }

  /** Where the car park connects to. */
  get tcpPort(): number {
    return this.tcp.port;
  }

  /** What went wrong in the cloud itself, in the background. */
  get failures(): readonly unknown[] {
    return this.#timers.failures;
  }

  /** A test started the program of the car park anew: it tells everything anew. */
  carParkStarted(): void {
    this.state.started();
  }

  /** A test killed the car park: answers of the last moments it may never have kept. */
  carParkDied(withinMs = 1_000): void {
    this.state.carParkDied(withinMs);
    this.state.started();
  }

  /** Whether the car park may have said what the cloud cannot know of. */
  set missed(missed: boolean) {
    this.state.missed = missed;
  }

  /** Role client: connects to the car park, at `address` unless another place is given. */
  connect(address: string = this.address): Promise<void> {
    const [host = '127.0.0.1', port = ''] = address.split(':');
    return this.tcp.connect(host, Number(port));
  }

  /** Listens, at first and again on the same ports after {@link goAway}; nothing is forgotten. */
  async comeBack(): Promise<void> {
    await this.#server.start();
    await this.tcp.start();
  }

  /** Closes both ports and cuts what is open. From then on it knows that it may have missed something. */
  async goAway(): Promise<void> {
    this.state.missed = true;
    await this.tcp.stop();
    await this.#server.stop();
  }

  /** Ends everything for good. */
  async close(): Promise<void> {
    await this.tcp.stop();
    await this.#server.stop();
    await this.#timers.end();
  }

  /** The same bytes of an earlier call again. */
  replay(call: Call, options?: Parameters<Downlink['replay']>[1]): Promise<Call> {
    return this.downlink.replay(call, options);
  }

  /** Asks for a record again, and waits for it; `arriveMs` is how long, in real time. */
  askFor(recordCode: string, options?: Parameters<typeof askFor>[2]): Promise<Asked> {
    return askFor({ cloud: this, watch: this.#watch, log: this.log }, recordCode, options);
  }

  /** So many questions for one barrier, in one write. */
  flood(count: number, barCode: string): Promise<Call[]> {
    return this.downlink.together(Array.from({ length: count }, () => ({ name: 'gateStatus', fields: { barCode } })));
  }

  /** Any down interface with any fields. */
  call(name: DownName, fields: JsonObject, options?: Parameters<Downlink['call']>[2]): Promise<Call> {
    return this.downlink.call(name, fields, options);
  }
}

/** A cloud that listens. */
export async function startCloud(options: CloudOptions = {}): Promise<ParkingCloud> {
  const cloud = new ParkingCloud(options);
  await cloud.comeBack();
  return cloud;
}
