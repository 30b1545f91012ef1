import { connect, createServer, type Server, type Socket } from 'node:net';
import { Listener } from '../../http/listener.ts';
import type { Timers } from '../../timers.ts';
import { type Finding, finding } from '../finding.ts';
import type { Hooks } from '../hooks.ts';
import type { Keys } from '../intake.ts';
import { isObject, type JsonObject, type Node, readJson, textOf, utf8 } from '../json.ts';
import type { State } from '../state.ts';
import { FrameReader, type Framing, frameOf } from './frames.ts';
import { beatFaults, type Connection, headFaults, loginCode, loginFaults, reconnectFaults } from './session.ts';

/** How the cloud receives the car park. */
export interface LineWill {
  login: 'accept' | 'refuse' | 'silence' | { readonly code: number; readonly msg: string };
  heartbeat: 'answer' | 'silence' | { readonly code: number; readonly msg: string };
  loginDelayMs: number;
  heartbeatDelayMs: number;
  /** False: the socket stays open, and nobody reads. */
  reads: boolean;
}

export interface LineOptions {
  readonly port: number;
  readonly framing: Framing;
  /** `server`: the car park connects to the cloud; `client`: the cloud connects to the car park. */
  readonly role: 'server' | 'client';
  /** Whether the car park says who it is before all else. */
  readonly login: boolean;
}

interface Service {
  readonly keys: Keys;
  readonly state: State;
  readonly hooks: Hooks;
  readonly timers: Timers;
  readonly report: (name: string, findings: readonly Finding[]) => void;
  readonly look: () => void;
  /** An answer of the car park. */
  readonly answered: (frame: Node) => void;
  /** The connection is gone. */
  readonly lost: () => void;
}

interface Live {
  readonly socket: Socket;
  readonly connection: Connection;
  readonly reader: FrameReader;
}

/** The TCP connection between cloud and car park, whoever made it. */
export class Line {
  /** Every connection there ever was. */
  readonly connections: Connection[] = [];
  readonly will: LineWill = {
    ...{ login: 'accept', heartbeat: 'answer', loginDelayMs: 0, heartbeatDelayMs: 0, reads: true },
  };
  readonly #service: Service;
  readonly #options: LineOptions;
  readonly #listener: Listener<Server>;
  #live: Live | null = null;
  #closedMs: number | null = null;
  /** Connections in a row that never got in. */
  #failures = 0;
  /** The next bytes of the car park are where the connection breaks. */
  #cutNext = false;

  constructor(service: Service, options: LineOptions) {
    this.#service = service;
    this.#options = options;
    this.#listener = new Listener(options.port, () => createServer((socket) => this.#adopt(socket)));
  }

  get port(): number {
    return this.#listener.port;
  }

  get framing(): Framing {
    return this.#options.framing;
  }

  get connected(): boolean {
    return this.#live !== null;
  }

  /** Connected, and let in. */
  get online(): boolean {
    return this.#live !== null && (this.#live.connection.loginMs !== null || !this.#options.login);
  }

  async start(): Promise<void> {
    if (this.#options.role === 'server') await this.#listener.start();
  }

  async stop(): Promise<void> {
    // What is tried meanwhile cannot be seen.
    this.#closedMs = null;
    this.#failures = 0;
    this.#end('cloud', 'away');
    this.#closedMs = null;
    await this.#listener.stop();
  }

  /** Role `client`: connects to a car park that listens. */
  connect(host: string, port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host, port });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        this.#adopt(socket);
        resolve();
      });
    });
  }

  /** Drops the connection now, with RST. */
  drop(): void {
    this.#end('cloud', 'dropped');
  }

  /** Drops it as soon as the next bytes come, e.g. in the middle of an answer. */
  dropAtNextByte(): void {
    this.#cutNext = true;
  }

  /** The socket stays, nobody reads it any more, or somebody does again. */
  halfOpen(isHalfOpen: boolean): void {
    this.will.reads = !isHalfOpen;
    if (isHalfOpen) this.#live?.socket.pause();
    else this.#live?.socket.resume();
  }

  /** Bytes as they are; resolves with whether they went out. */
  write(bytes: Buffer): Promise<boolean> {
    const socket = this.#live?.socket;
    if (!socket || socket.destroyed) return Promise.resolve(false);
    return new Promise((resolve) => {
      socket.once('close', () => resolve(false));
      socket.write(bytes, (error) => resolve(!error));
    });
  }

  #report(name: string, findings: readonly Finding[]): void {
    this.#service.report(name, findings);
  }

  #adopt(socket: Socket): void {
    const { state, look } = this.#service;
    const openedMs = state.monotonic();
    socket.on('error', () => undefined);
    socket.setNoDelay(true);
    if (this.#live) {
      this.#report('connect', [finding('connection', 'a second connection beside the first')]);
      this.#end('cloud', 'replaced');
    } else if (this.#closedMs !== null && this.#options.role === 'server' && !state.startedSince(this.#closedMs)) {
      this.#report('connect', reconnectFaults(openedMs - this.#closedMs, this.#failures, state));
    }
    const connection: Connection = {
      ...{ openedMs, loginMs: null, closedMs: null, closedBy: null, why: '', heartbeats: [], frames: 0 },
    };
    const live: Live = { socket, connection, reader: new FrameReader(this.#options.framing) };
    this.connections.push(connection);
    this.#live = live;
    socket.on('data', (chunk) => this.#data(live, chunk));
    socket.on('end', () => socket.end());
    socket.once('close', () => this.#closed(live, 'car-park', 'closed by the car park'));
    if (!this.will.reads) socket.pause();
    this.#watchDog(live);
    look();
  }

  /** Either side gives up a connection on which nothing is said. */
  #watchDog(live: Live): void {
    const { timers, state } = this.#service;
    const seen = live.connection.frames;
    timers.after(state.pace.deadMs, async () => {
      if (this.#live !== live) return;
      if (live.connection.frames !== seen) this.#watchDog(live);
      else this.#end('cloud', `no frame for ${state.pace.deadMs} ms`);
    });
  }

  #end(by: 'cloud', why: string): void {
    const live = this.#live;
    if (!live) return;
    this.#closed(live, by, why);
    live.socket.resetAndDestroy();
  }

  #closed(live: Live, by: 'cloud' | 'car-park', why: string): void {
    const { state, look, lost } = this.#service;
    const { connection } = live;
    if (connection.closedMs !== null) return;
    Object.assign(connection, { closedMs: state.monotonic(), closedBy: by, why });
    this.#closedMs = connection.closedMs;
    this.#failures = connection.loginMs === null && this.#options.login ? this.#failures + 1 : 0;
    if (this.#live !== live) return;
    this.#live = null;
    lost();
    look();
  }

  #data(live: Live, chunk: Buffer): void {
    if (this.#live !== live) return;
    if (this.#cutNext) {
      this.#cutNext = false;
      this.#end('cloud', 'dropped in the middle');
      return;
    }
    try {
      for (const frame of live.reader.push(chunk))
        this.#service.timers.run(() => this.#frame(live, frame).finally(this.#service.look));
    } catch (error) {
      this.#report('frame', [finding('frame', error instanceof Error ? error.message : 'no frame')]);
      this.#end('cloud', 'no frame');
    }
  }

  async #frame(live: Live, bytes: Buffer): Promise<void> {
    const { answered, keys, look } = this.#service;
    live.connection.frames += 1;
    look();
    const text = utf8(bytes);
    const read = text === null ? { fault: 'not UTF-8' } : readJson(text);
    if ('fault' in read || !isObject(read.node.value)) {
      this.#report('frame', [finding('frame', `no JSON object: ${'fault' in read ? read.fault : text}`)]);
      return;
    }
    const frame = read.node.value;
    if (text?.includes(keys.accessSecret)) this.#report('frame', [finding('secret', 'the accessSecret in a frame')]);
    const method = textOf(frame, 'method');
    if (frame['type'] === 'response') answered(read.node);
    else if (frame['type'] !== 'request')
      this.#report(method || 'frame', [finding('frame', `type is ${JSON.stringify(frame['type'])}`, 'type')]);
    else if (method === 'login') await this.#login(live, read.node, frame);
    else if (method === 'heartbeat') await this.#heartbeat(live, frame);
    else this.#report(method || 'frame', [finding('frame', `the car park asks ${JSON.stringify(method)}`, 'method')]);
  }

  async #login(live: Live, node: Node, frame: JsonObject): Promise<void> {
    const { keys, state, hooks } = this.#service;
    const about = { direction: 'up' as const, interface: 'login', plate: '', recordCode: '', subject: '' };
    await hooks.at('received', about, frame);
    const data = node.members.find(([name]) => name === 'data')?.[1];
    const findings = [...headFaults(frame, keys.parkCode), ...(data ? loginFaults(data, keys, state) : [])];
    if (live.connection.frames > 1) findings.push(finding('login', 'login is not the first frame'));
    this.#report('login', findings);
    const { login, loginDelayMs } = this.will;
    const code = loginCode(findings);
    const said =
      typeof login === 'object'
        ? login
        : { code: login === 'refuse' ? 401 : code, msg: login === 'refuse' || code !== 0 ? '登录失败' : 'success' };
    if (loginDelayMs > 0) await this.#wait(loginDelayMs);
    if (login === 'silence') return;
    await hooks.at('answering', about, frame);
    // Before the answer: what the car park hears must already be so.
    if (said.code === 0) live.connection.loginMs = state.monotonic();
    await this.#answer(live, frame, said);
  }

  async #heartbeat(live: Live, frame: JsonObject): Promise<void> {
    const { keys, state, hooks } = this.#service;
    const { connection } = live;
    const about = { direction: 'up' as const, interface: 'heartbeat', plate: '', recordCode: '', subject: '' };
    await hooks.at('received', about, frame);
    const ms = state.monotonic();
    const findings = [...headFaults(frame, keys.parkCode), ...beatFaults(connection, ms, state)];
    if (this.#options.login && connection.loginMs === null)
      findings.push(finding('login', 'a heartbeat before the login'));
    this.#report('heartbeat', findings);
    connection.heartbeats.push(ms);
    const { heartbeat, heartbeatDelayMs } = this.will;
    if (heartbeatDelayMs > 0) await this.#wait(heartbeatDelayMs);
    if (heartbeat === 'silence') return;
    await this.#answer(live, frame, typeof heartbeat === 'object' ? heartbeat : { code: 0, msg: 'success' });
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.#service.timers.after(ms, async () => resolve()));
  }

  async #answer(live: Live, frame: JsonObject, said: { readonly code: number; readonly msg: string }): Promise<void> {
    if (live.socket.destroyed) return;
    const { method, requestId } = frame;
    const reply = { type: 'response', method, requestId, timestamp: this.#service.state.now(), ...said, data: {} };
    live.socket.write(frameOf(this.#options.framing, Buffer.from(JSON.stringify(reply), 'utf8')));
  }
}
