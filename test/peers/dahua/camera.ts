import type { ServerResponse } from 'node:http';
import { CameraBody, type Wires } from '../camera/body.ts';
import { DigestDoor, type DigestOptions } from '../camera/digest.ts';
import { type Answer, type Asked, CameraWeb, type Job } from '../camera/web.ts';
import { type Inside, route } from './cgi.ts';
import { type DahuaDialect, type DahuaEvent, type DahuaRead, eventParts, managerText, textPart } from './event.ts';
import { ItsApiPusher, type PusherOptions } from './pusher.ts';
import { Rpc, type RpcOptions } from './rpc.ts';
import { type DahuaStreamFault, type StreamKind, Streams } from './streams.ts';

export interface DahuaOptions extends Wires {
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly digest?: Partial<DigestOptions>;
  readonly rpc?: Partial<RpcOptions>;
  readonly dialect?: Partial<DahuaDialect>;
  /** Newer firmware: the strobe only by JSON-RPC. */
  readonly web5?: boolean;
  /** Status of its "Not Implemented"; no source states it. */
  readonly notImplementedStatus?: number;
  readonly brackets?: Inside['brackets'];
  readonly misspeltStatus?: number;
  readonly relayPulseMs?: number;
  /** Instead of what the listener asks for. */
  readonly heartbeatMs?: number;
  /** It tells events by ITSAPI, too. */
  readonly push?: PusherOptions;
}

const [OPEN_RELAY, CLOSE_RELAY] = [1, 2];
const LOGIN_PAGE: Answer = { status: 401, type: 'text/plain', body: 'Error\r\nUnauthorized!\r\n' };

/** A 大华 ITC camera: a web server behind digest, endless answers, JSON-RPC, a push client, and the relays of a barrier. */
export class DahuaCamera {
  readonly body: CameraBody;
  readonly door: DigestDoor;
  readonly rpc: Rpc;
  readonly pusher: ItsApiPusher | null;
  readonly streams = new Streams();
  /** Fast or slow by so much. */
  clockOffsetMs = 0;
  readonly #options: DahuaOptions;
  readonly #dialect: DahuaDialect;
  readonly #web: CameraWeb;
  readonly #inside: Inside;
  readonly #stop = new AbortController();
  #eventId = 5_000;

  constructor(options: DahuaOptions = {}) {
    this.#options = options;
    this.#dialect = { prefix: 'Events', localAsUtc: false, ...options.dialect };
    this.body = new CameraBody(options, { 1: 'open', 2: 'close' }, { 1: 'trigger', 2: 'safety' });
    const { user = 'admin', password = 'Abc12345' } = options;
    const realm = 'Login to DEMO1234';
    this.door = new DigestDoor({ realm, user, password, ...options.digest }, (what) => this.body.complain(what));
    const random = { random: '305419896', keepAliveSeconds: 60, now: Date.now };
    this.rpc = new Rpc({ user, password, realm, ...random, ...options.rpc }, this.#rpcWork());
    this.pusher = options.push ? new ItsApiPusher(options.push, this.#stop.signal) : null;
    this.#inside = this.#makeInside();
    this.#web = new CameraWeb(
      options.port ?? 0,
      (asked) => this.#route(asked),
      (code) => ({ status: code, type: 'text/plain', body: 'Error\r\n' }),
    );
  }

  get port(): number {
    return this.#web.port;
  }

  get complaints(): string[] {
    return this.body.complaints;
  }

  /** Names for `plan`: `openStrobe`, `closeStrobe`, `manSnap`, `attachFileProc`, `attach`, `RPC2`, `RPC2_Login`, `login`. */
  get faults(): CameraWeb['faults'] {
    return this.#web.faults;
  }

  get streamFault(): DahuaStreamFault {
    return this.streams.fault;
  }

  start(): Promise<void> {
    return this.#web.start();
  }

  /** The web server is gone until `start`. */
  refuse(): Promise<void> {
    return this.#web.refuse();
  }

  /** Resets every connection. */
  cut(): void {
    this.#web.cut();
  }

  /** Sees a plate and tells whoever listens. Resolves when a push, if there is one, ended. */
  async see(read: DahuaRead): Promise<DahuaEvent> {
    this.#eventId += 1;
    const event = { capturedAt: Date.now() + this.clockOffsetMs, ...read, eventId: this.#eventId };
    await this.send(event);
    return event;
  }

  /** Tells an event as it is, e.g. one of before once more. */
  async send(event: DahuaEvent): Promise<void> {
    const code = event.code ?? 'TrafficJunction';
    this.streams.send('snap', code, eventParts(event, this.#dialect));
    this.streams.send('events', code, textPart(managerText(event, this.#dialect)));
    await this.pusher?.tollgate(event);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.streams.end();
    this.body.end();
    await this.#web.stop();
  }

  #route(asked: Asked): Job {
    if (asked.method === 'POST' && (asked.path === '/RPC2_Login' || asked.path === '/RPC2'))
      return { name: asked.path.slice(1), work: () => this.rpc.handle(asked) };
    const admission = this.door.check(asked.method, asked.uri, asked.headers.authorization);
    if (admission.admitted) return route(this.#inside, asked);
    const headers = admission.challenge === null ? {} : { 'www-authenticate': admission.challenge };
    return { name: 'login', work: () => ({ ...LOGIN_PAGE, headers }) };
  }

  #makeInside(): Inside {
    const {
      web5 = false,
      notImplementedStatus = 501,
      brackets = 'any',
      misspeltStatus = 400,
      heartbeatMs,
    } = this.#options;
    return {
      ...{ body: this.body, web5, notImplementedStatus, brackets, misspeltStatus },
      open: (detail: string) => this.#pulse(OPEN_RELAY, detail),
      close: (detail: string) => this.#pulse(CLOSE_RELAY, detail),
      listen: (kind: StreamKind, codes: readonly string[], response: ServerResponse, seconds: number) =>
        this.streams.join(kind, codes, response, heartbeatMs ?? seconds * 1000),
      manualSnap: () => {
        this.body.note('manSnap');
        this.#web.timers.run(() => this.see({ plate: '', code: 'TrafficManualSnap', pictures: [this.body.view] }));
      },
    };
  }

  #rpcWork() {
    return {
      complain: (what: string) => this.body.complain(what),
      note: (name: string, detail: string) => this.body.note(name, detail),
      open: (detail: string) => this.#pulse(OPEN_RELAY, detail),
      close: (detail: string) => this.#pulse(CLOSE_RELAY, detail),
    };
  }

  #pulse(relay: number, detail: string): void {
    this.body.pulse(relay, this.#options.relayPulseMs ?? 500, `dahua ${detail}`);
  }
}
