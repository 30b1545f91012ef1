import { connect, createServer, type Server, type Socket } from 'node:net';
import { Listener } from '../../http/listener.ts';
import { type Finding, finding } from '../finding.ts';
import { FrameReader, type Framing } from './frames.ts';
import { type Guest, type LineWill, Reception, type Service } from './reception.ts';
import { type Connection, reconnectFaults } from './session.ts';

export interface LineOptions {
  readonly port: number;
  readonly framing: Framing;
  /** `server`: the car park connects to the cloud; `client`: the cloud connects to the car park. */
  readonly role: 'server' | 'client';
  /** Whether the car park says who it is before all else. */
  readonly login: boolean;
}

interface LineService extends Service {
  /** The connection is gone. */
  readonly lost: () => void;
}

interface Live extends Guest {
  readonly reader: FrameReader;
}

/** The TCP connection between cloud and car park, whoever made it. */
export class Line {
  /** Every connection there ever was. */
  readonly connections: Connection[] = [];
  readonly will: LineWill = {
    ...{ login: 'accept', heartbeat: 'answer', loginDelayMs: 0, heartbeatDelayMs: 0, reads: true },
  };
  readonly #service: LineService;
  readonly #reception: Reception;
  readonly #options: LineOptions;
  readonly #listener: Listener<Server>;
  #live: Live | null = null;
  #closedMs: number | null = null;
  /** Connections in a row that never got in. */
  #failures = 0;
  /** The next bytes of the car park are where the connection breaks. */
  #cutNext = false;

  constructor(service: LineService, options: LineOptions) {
    this.#service = service;
    this.#reception = new Reception(service, this.will, options);
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
      const gone = (): void => resolve(false);
      socket.once('close', gone);
      socket.write(bytes, (error) => {
        socket.off('close', gone);
        resolve(!error);
      });
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
      // Nobody who does not read learns that the first one ended.
      if (this.will.reads) this.#report('connect', [finding('connection', 'a second connection beside the first')]);
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
        this.#service.timers.run(() => this.#reception.frame(live, frame).finally(this.#service.look));
    } catch (error) {
      this.#report('frame', [finding('frame', error instanceof Error ? error.message : 'no frame')]);
      this.#end('cloud', 'no frame');
    }
  }
}
