import { HooksOf } from '../http/hooks.ts';
import { type After, Timers } from '../timers.ts';
import { Watch } from '../watch.ts';
import { Books } from './books.ts';
import { CloudView } from './cloud-view.ts';
import { Desk } from './desk.ts';
import { type Call, type CallOptions, Downlink } from './downlink.ts';
import { FaultBoard } from './faults.ts';
import type { Hooks } from './hooks.ts';
import { textOf } from './json.ts';
import { openPicture, type Picture } from './picture.ts';
import type { Trust } from './post.ts';
import { CloudServer, type ServerCertificate } from './server.ts';
import { type Pace, State } from './state.ts';
import type { AnswerStyle } from './style.ts';
import type { Decision, PlateWill, Will } from './wills.ts';

export interface CloudOptions {
  readonly appId?: string;
  readonly appSecret?: string;
  readonly parkingLotId?: string;
  /** Where the car park listens; may be set later. */
  readonly address?: string;
  /** With it the cloud speaks HTTPS. */
  readonly tls?: ServerCertificate;
  /** Whom the cloud believes when it calls an https address. */
  readonly trust?: Trust;
  /** Before the names of the interfaces, e.g. `/park/v1`. */
  readonly prefix?: string;
  /** 0 picks a free one; going away and coming back keeps it. */
  readonly port?: number;
  readonly now?: () => number;
  /** For gaps between sends; `now` if that is given, the real one otherwise. */
  readonly monotonic?: () => number;
  /** Timers of answers that a will delays; real ones otherwise. Faults of the network wait in real time. */
  readonly after?: After;
  /** For faults by chance. */
  readonly random?: () => number;
}

/** 万科泊时易平台 V1.7 on 127.0.0.1. Everything it saw and holds is public, for assertions. */
export class Cloud extends CloudView {
  readonly #timers: Timers;
  readonly #server: CloudServer;

  constructor(options: CloudOptions = {}) {
    const { appId = '99848791', appSecret = 'eV7spoA0rr7EyjGuJxQFOa3Vs5wvcRUo', parkingLotId = 'PL0001' } = options;
    const { now = Date.now, random = Math.random, port = 0, address = '', prefix = '', trust = {} } = options;
    const monotonic = options.monotonic ?? options.now ?? (() => performance.now());
    const keys = { appId, appSecret, parkingLotId };
    const watch = new Watch();
    const hooks: Hooks = new HooksOf();
    const line = { faults: new FaultBoard(random), hooks };
    const shared = { ...line, look: () => watch.look() };
    const state = new State(now, monotonic);
    const desk = new Desk(state, keys);
    const downlink = new Downlink({ ...keys, ...shared, now, report: (...args) => desk.report(...args) });
    downlink.address = address;
    downlink.trust = trust;
    super({ wiring: { ...line, watch }, keys, state, desk, downlink, books: new Books(state) });
    this.#timers = new Timers(options.after);
    const wait = (ms: number): Promise<void> => new Promise((resolve) => this.#timers.after(ms, async () => resolve()));
    const missed = (): void => {
      state.missed = true;
    };
    this.#server = new CloudServer(
      { ...shared, desk, style: state.style, monotonic, wait, missed },
      { port, prefix, tls: options.tls },
    );
  }

  /** What the car park is configured with, e.g. `https://127.0.0.1:41234/prefix`. */
  get baseUrl(): string {
    return this.#server.baseUrl;
  }

  get port(): number {
    return this.#server.port;
  }

  set trust(trust: Trust) {
    this.downlink.trust = trust;
  }

  /** Said to plates that nothing was said of; "0" at first. */
  set decision(decision: Decision) {
    this.state.wills.usual = { ...this.state.wills.usual, decision };
  }

  set delayMs(delayMs: Will['delayMs']) {
    this.state.wills.usual = { ...this.state.wills.usual, delayMs };
  }

  /** Asked before {@link decision}, for plates without a will of their own; `nth` counts the sends of the recognition. */
  set decide(decide: State['decide']) {
    this.state.decide = decide;
  }

  get pace(): Pace {
    return this.state.pace;
  }

  get style(): AnswerStyle {
    return this.state.style;
  }

  /** TLS connections that the other side broke off, e.g. because it did not believe the certificate. */
  get handshakeFailures(): readonly string[] {
    return this.#server.handshakeFailures;
  }

  /** What the cloud will have with a plate: `cloud.plate('粤B12345').set({ decision: { refuse: 3 } })`. */
  plate(plateNumber: string): PlateWill {
    return this.state.wills.of(plateNumber);
  }

  /** The device came back: its fault may be told anew. */
  recovered(deviceNo: string): void {
    this.state.abnormals.recovered(deviceNo);
  }

  /** A test killed the car park: answers of the last moments it may never have kept. */
  carParkDied(withinMs = 1_000): void {
    this.state.carParkDied(withinMs);
  }

  /** Listens, at first and again on the same port after {@link goAway}; nothing is forgotten. */
  comeBack(): Promise<void> {
    return this.#server.start();
  }

  /** Closes the port and cuts what is open. From then on the cloud knows that it may have missed something. */
  goAway(): Promise<void> {
    this.state.missed = true;
    return this.#server.stop();
  }

  /** Whether the car park may have said what the cloud cannot know of, e.g. because a line of the test's own was cut. */
  set missed(missed: boolean) {
    this.state.missed = missed;
  }

  /** Shows another certificate from now on. */
  present(tls: ServerCertificate): void {
    this.#server.present(tls);
  }

  /** Ends both directions for good. */
  async close(): Promise<void> {
    this.downlink.end();
    await this.#server.stop();
    await this.#timers.end();
  }

  /** The same bytes of an earlier call again. */
  replay(call: Call, options: CallOptions = {}): Promise<Call> {
    return this.downlink.replay(call, options);
  }

  /** Opens the picture of a recognition that was told or fetched; `report: false` keeps what is wrong to the test. */
  async picture(
    uuid: string,
    { report = true, ...options }: CallOptions & { report?: boolean } = {},
  ): Promise<Picture> {
    const url = textOf(
      this.state.recognitions.get(uuid)?.fields ?? this.books.fetchedRecognitions.get(uuid) ?? {},
      'image',
    );
    const picture = await openPicture(url, (at) => this.downlink.fetch(at, options));
    if (report) this.desk.report('picture', 'down', picture.violations);
    return picture;
  }
}

/** A cloud that listens. */
export async function startCloud(options: CloudOptions = {}): Promise<Cloud> {
  const cloud = new Cloud(options);
  await cloud.comeBack();
  return cloud;
}
