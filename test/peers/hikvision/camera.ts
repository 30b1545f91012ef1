import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { CameraBody, type Wires } from '../camera/body.ts';
import { DigestDoor, type DigestOptions } from '../camera/digest.ts';
import { CameraWeb } from '../camera/web.ts';
import { pause } from '../timers.ts';
import { AlertStream, STREAM_BOUNDARY, type StreamFault } from './alert-stream.ts';
import { DIALECT, type Dialect, type HikRead, heartbeatEvent, namePictures, plateEvent } from './event.ts';
import { type GateSupport, type HttpHost, type Inside, responseStatus, route } from './isapi.ts';
import { formBody, streamParts } from './multipart.ts';
import { type Pushed, type PushManner, push } from './push.ts';

export interface HikvisionOptions extends Wires {
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly digest?: Partial<DigestOptions>;
  readonly dialect?: Partial<Dialect>;
  readonly gate?: GateSupport;
  readonly lockHolds?: 'up' | 'down';
  readonly relayPulseMs?: number;
  readonly heartbeatMs?: number;
  /** A message with the plate alone goes ahead of the full one. */
  readonly plateFirst?: boolean;
  /** Nothing is pushed before `alarmHttpPushProtocol` was set. */
  readonly needsBaseline?: boolean;
  /** Unanswered events are sent again so often. */
  readonly resends?: number;
  readonly resendPauseMs?: number;
  readonly ip?: string;
  readonly mac?: string;
  readonly serialNo?: string;
}

/** One POST of an event. */
export interface HikPush extends Pushed {
  readonly uuid: string | null;
  readonly plate: string;
  readonly bytes: number;
}

/** A read that is complete: it may be sent any number of times and stays the same. */
export type HikEvent = HikRead & { readonly capturedAt: number; readonly uuid: string | null };

/** A 海康 camera with ISAPI: a web server behind digest, a push client, and the relays of a barrier. */
export class HikvisionCamera {
  readonly body: CameraBody;
  readonly door: DigestDoor;
  readonly stream: AlertStream;
  /** Every POST of an event. */
  readonly pushes: HikPush[] = [];
  /** By scene: 1 passing, 2 idle. */
  readonly led = new Map<number, unknown>();
  /** Fast or slow by so much; a command sets it right. */
  clockOffsetMs = 0;
  /** How pushes leave from now on. */
  manner: PushManner = {};
  readonly #options: HikvisionOptions;
  readonly #dialect: Dialect;
  readonly #web: CameraWeb;
  readonly #inside: Inside;
  readonly #stop = new AbortController();
  readonly #shown = new Map<string, Buffer>();
  readonly #kept: HikEvent[] = [];
  readonly #targets: string[] = [];

  constructor(options: HikvisionOptions = {}) {
    this.#options = options;
    this.#dialect = { ...DIALECT, ...options.dialect };
    this.body = new CameraBody(options, { 1: 'open', 2: 'close' }, { 1: 'trigger', 2: 'safety' });
    const { user = 'admin', password = 'Abc12345' } = options;
    const login = { realm: 'DS-DEMO', user, password, ...options.digest };
    this.door = new DigestDoor(login, (what) => this.body.complain(what));
    this.stream = new AlertStream(options.heartbeatMs ?? 5_000, () =>
      streamParts(heartbeatEvent(this.#face, this.now(), this.#dialect), [], STREAM_BOUNDARY),
    );
    this.#inside = this.#makeInside();
    this.#web = new CameraWeb(
      options.port ?? 0,
      (asked) => route(this.#inside, asked),
      (code) => responseStatus(this.#inside, code, code === 3 ? 'Device Error' : 'Device Busy', 'deviceBusy'),
    );
  }

  get port(): number {
    return this.#web.port;
  }

  get complaints(): string[] {
    return this.body.complaints;
  }

  /** Names for `plan`: `barrierGate`, `trigger`, `snapshot`, `httpHosts`, `login` … A `refused` with code 3 is a 503. */
  get faults(): CameraWeb['faults'] {
    return this.#web.faults;
  }

  get streamFault(): StreamFault {
    return this.stream.fault;
  }

  /** As it was told by `httpHosts`. */
  get host(): HttpHost | null {
    return this.#inside.host;
  }

  now(): number {
    return Date.now() + this.clockOffsetMs;
  }

  start(): Promise<void> {
    return this.#web.start();
  }

  /** The web server is gone until `start`. */
  refuse(): Promise<void> {
    return this.#web.refuse();
  }

  /** Pushes go there too, besides where `httpHosts` says. */
  pushTo(url: string): void {
    this.#targets.push(url);
  }

  /** Sees a plate: tells whoever listens, and pushes. Resolves when the pushes ended. */
  async see(read: HikRead): Promise<HikEvent> {
    const event = this.#complete(read);
    if (this.#options.plateFirst === true) await this.send({ ...event, pictures: [], hasMoreData: true });
    await this.send(this.#options.plateFirst === true ? { ...event, hasMoreData: false } : event);
    return event;
  }

  /** Sends an event as it is, e.g. one of before once more. */
  async send(event: HikEvent): Promise<void> {
    const pictures = namePictures(event.pictures ?? [], this.#dialect, ({ bytes }) => this.#show(bytes));
    const xml = plateEvent(this.#face, event, pictures, this.#dialect);
    this.stream.send(streamParts(xml, pictures, STREAM_BOUNDARY));
    const body = formBody(xml, pictures, this.#dialect);
    await Promise.all(this.#urls().map((url) => this.#push(url, event, body)));
  }

  /** Only keeps it, as without a network. */
  keep(read: HikRead): HikEvent {
    const event = this.#complete(read);
    this.#kept.push(event);
    return event;
  }

  /** Sends what was kept, as history. */
  async sendKept(barrierGateCtrlType = 0): Promise<void> {
    for (const event of this.#kept.splice(0)) await this.send({ ...event, alarmDataType: 1, barrierGateCtrlType });
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.stream.end();
    this.body.end();
    await this.#web.stop();
  }

  get #face() {
    return { ip: this.#options.ip ?? '192.168.1.64', mac: this.#options.mac ?? '44:19:b6:00:00:01' };
  }

  #complete(read: HikRead): HikEvent {
    return { capturedAt: this.now(), uuid: randomUUID(), ...read };
  }

  #urls(): readonly string[] {
    if (this.#options.needsBaseline === true && !this.#inside.baseline) return [];
    const { host } = this.#inside;
    return host
      ? [`${host.protocolType.toLowerCase()}://${host.ipAddress}:${host.portNo}${host.url}`, ...this.#targets]
      : this.#targets;
  }

  async #push(url: string, event: HikEvent, body: Buffer): Promise<void> {
    const type = `multipart/form-data; boundary=${this.#dialect.boundary}`;
    for (let left = this.#options.resends ?? 0; !this.#stop.signal.aborted; left -= 1) {
      const pushed = await push(url, type, body, this.manner, this.#stop.signal);
      this.pushes.push({ ...pushed, uuid: event.uuid, plate: event.plate, bytes: body.length });
      if (pushed.status === 200) this.#judge(pushed.body);
      if (pushed.status === 200 || left <= 0) return;
      await pause(this.#options.resendPauseMs ?? 10);
    }
  }

  /** An answer may be empty, or a `ResponseStatus` with statusCode 1. */
  #judge(answer: string): void {
    if (answer.trim() !== '' && !/<(?:\w+:)?statusCode>\s*1\s*</.test(answer))
      this.body.complain(`answer to an event: ${answer.slice(0, 80)}`);
  }

  #show(bytes: Buffer): string {
    const name = String(this.#shown.size + 1);
    this.#shown.set(name, bytes);
    return `http://127.0.0.1:${this.port}/picture/${name}.jpg`;
  }

  #makeInside(): Inside {
    const { gate = 'supported', lockHolds = 'up', relayPulseMs = 500 } = this.#options;
    const facts = {
      ...{ model: 'DS-TCG405-E', serialNo: this.#options.serialNo ?? 'DS-TCG405-E20260101AAWR000000001' },
      ...{ firmware: 'V5.2.0', mac: this.#face.mac },
    };
    return {
      ...{ body: this.body, door: this.door, dialect: this.#dialect, facts, gate, lockHolds, relayPulseMs },
      ...{ host: null, baseline: false, locked: false, led: this.led },
      now: () => this.now(),
      setClock: (at: number) => {
        this.clockOffsetMs = at - Date.now();
      },
      picture: (name: string) => this.#shown.get(name) ?? null,
      listen: (response: ServerResponse) => this.stream.join(response),
    };
  }
}
