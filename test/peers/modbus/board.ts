import { createServer, type Server, type Socket } from 'node:net';
import { type PeerClock, realClock } from '../clock.ts';
import type { Inputs, Relays } from '../lane/index.ts';
import { listen, OpenSockets, shut } from '../sockets.ts';
import { socketWire, type Through, type Wire } from '../wire.ts';
import { answer } from './answer.ts';
import { type BoardFault, FaultList, type FaultScope } from './faults.ts';
import { type Heard, type Request, RtuEar, rtuFrame, TcpEar, tcpFrame } from './framing.ts';
import { type BoardProfile, PROFILES } from './profiles.ts';
import { Coils } from './relays.ts';

export interface BoardOptions {
  readonly profile?: BoardProfile;
  /** Its address on the line. Default: 1. */
  readonly unit?: number;
  readonly relays?: Relays;
  readonly inputs?: Inputs;
  /** Silence after which an RTU frame is over. Real boards: 3.5 characters; default 20, because a busy machine pauses too. */
  readonly silenceMs?: number;
  /** For its connections: faults of the line. */
  readonly through?: Through;
  readonly clock?: PeerClock;
}

/** One frame on one of the board's lines, whole, in hex. */
export interface FrameLog {
  /** Epoch ms. */
  readonly at: number;
  readonly direction: 'in' | 'out';
  readonly hex: string;
  /** Why it was not answered, or what was wrong with the answer. */
  readonly note?: string;
}

/** Sends an answer without its envelope, and closes where there is something to close. */
interface Line {
  frame(unit: number, body: Buffer): Buffer;
  write(bytes: Buffer): void;
  close(): void;
}

/**
 * A relay and input board: Modbus RTU on any wire, RTU over TCP, Modbus TCP, all at the same time. Its coils move what is wired to
 * them, and its inputs are read when asked.
 */
export class RelayBoard {
  readonly log: FrameLog[] = [];
  readonly #options: BoardOptions;
  readonly #clock: PeerClock;
  readonly #profile: BoardProfile;
  readonly #coils: Coils;
  readonly #faults = new FaultList();
  readonly #servers: Server[] = [];
  readonly #sockets = new OpenSockets();
  readonly #ends = new Set<() => void>();
  #powered = true;

  constructor(options: BoardOptions = {}) {
    this.#options = options;
    this.#clock = options.clock ?? realClock;
    this.#profile = options.profile ?? PROFILES['flash-0200'];
    this.#coils = new Coils(this.#profile.coils, this.#clock, options.relays);
  }

  get coils(): readonly boolean[] {
    return this.#coils.states;
  }

  /** Connections that are open. */
  get connections(): number {
    return this.#sockets.count;
  }

  /** Frames that came in, in hex. */
  get requests(): readonly string[] {
    return this.log.filter(({ direction }) => direction === 'in').map(({ hex }) => hex);
  }

  /** Orders a fault for the requests to come; faults are used up in the order in which they were ordered. */
  fault(fault: BoardFault, scope: FaultScope = {}): void {
    this.#faults.order(fault, scope);
  }

  /** Forgets the faults that wait. */
  heal(): void {
    this.#faults.clear();
  }

  /** RTU on a line. @returns unplugs it */
  plug(wire: Wire): () => void {
    return this.#plugRtu(wire, () => undefined);
  }

  /** RTU over TCP, as a serial server carries it. Resolves with the port. */
  listenRtu(port = 0): Promise<number> {
    return this.#listen(port, (socket) => this.#plugRtu(this.#wire(socket), () => socket.destroy()));
  }

  /** Modbus TCP. Resolves with the port. */
  listenTcp(port = 0): Promise<number> {
    return this.#listen(port, (socket) => {
      const wire = this.#wire(socket);
      const ear = new TcpEar(
        this.#hear(({ transaction = 0 }) => ({
          frame: (unit, body) => tcpFrame(transaction, unit, body),
          write: (bytes) => wire.write(bytes),
          close: () => socket.destroy(),
        })),
        () => socket.destroy(),
      );
      return wire.onBytes((bytes) => {
        if (this.#powered) ear.take(bytes);
      });
    });
  }

  /** Its power fails: all relays fall, nothing is answered, connections are gone. `true`: it is back, with its relays off. */
  power(on: boolean): void {
    this.#powered = on;
    if (on) return;
    this.#coils.release('power loss');
    this.#sockets.cut();
  }

  /** Resets every open connection. */
  cut(): void {
    this.#sockets.cut();
  }

  async stop(): Promise<void> {
    this.#powered = false;
    for (const end of [...this.#ends]) end();
    this.#coils.release('stop');
    await Promise.all(this.#servers.splice(0).map((server) => shut(server, this.#sockets)));
  }

  #plugRtu(wire: Wire, close: () => void): () => void {
    const line: Line = { frame: rtuFrame, write: (bytes) => wire.write(bytes), close };
    const heard = this.#hear(() => line);
    const ear = new RtuEar(this.#clock, this.#options.silenceMs ?? 20, heard);
    const unplug = wire.onBytes((bytes) => {
      if (this.#powered) ear.take(bytes);
    });
    const end = (): void => {
      ear.stop();
      unplug();
      this.#ends.delete(end);
    };
    this.#ends.add(end);
    return end;
  }

  #wire(socket: Socket): Wire {
    const wire = socketWire(socket);
    return this.#options.through?.(wire) ?? wire;
  }

  async #listen(port: number, serve: (socket: Socket) => () => void): Promise<number> {
    const server = createServer({ noDelay: true }, (socket) => {
      this.#sockets.add(socket);
      if (!this.#powered) {
        socket.resetAndDestroy();
        return;
      }
      socket.once('close', serve(socket));
    });
    this.#servers.push(server);
    return listen(server, port);
  }

  #hear(line: (request: Request) => Line): Heard {
    return {
      request: (request, frame) => this.#take(request, frame, line(request)),
      lost: (frame, why) => this.#note('in', frame, why),
    };
  }

  #take(request: Request, frame: Buffer, line: Line): void {
    if (request.unit !== (this.#options.unit ?? 1)) {
      this.#note('in', frame, 'other unit');
      return;
    }
    const fn = request.body[0] ?? 0;
    const fault = this.#faults.take(fn);
    this.#note('in', frame, fault?.kind);
    if (fault?.kind === 'lose-request') return;
    const body =
      fault?.kind === 'exception'
        ? Buffer.of(fn | 0x80, fault.code)
        : answer(this.#state(), request.body, `modbus ${frame.toString('hex')}`);
    this.#reply(line, request.unit, body, fault);
  }

  #state(): Parameters<typeof answer>[0] {
    const { inputs } = this.#options;
    const wired = (): boolean[] => inputs?.read() ?? [];
    const all = (): boolean[] => Array.from({ length: this.#profile.inputs }, (_, input) => wired()[input] ?? false);
    return { profile: this.#profile, coils: this.#coils, inputs: all };
  }

  #reply(line: Line, unit: number, body: Buffer, fault: BoardFault | undefined): void {
    const send = (frame: Buffer): void => {
      this.#note('out', frame, fault?.kind);
      line.write(frame);
    };
    const frame = line.frame(unit, body);
    switch (fault?.kind) {
      case 'late':
        this.#clock.after(fault.ms, () => {
          if (this.#powered) send(frame);
        });
        return;
      case 'lose-echo':
        return;
      case 'close':
        line.close();
        return;
      case 'corrupt':
        send(spoilt(frame, line));
        return;
      case 'other-unit':
        send(line.frame(fault.unit, body));
        return;
      case 'truncate':
        send(frame.subarray(0, fault.bytes));
        return;
      case 'repeat':
        send(frame);
        send(frame);
        return;
      case 'exception':
      case 'lose-request':
      case undefined:
        send(frame);
    }
  }

  #note(direction: 'in' | 'out', frame: Buffer, note: string | undefined): void {
    const hex = frame.toString('hex');
    this.log.push({ at: this.#clock.now(), direction, hex, ...(note !== undefined && { note }) });
  }
}

/** The last byte of the CRC wrong; over TCP, where there is none, the id of the transaction. */
function spoilt(frame: Buffer, line: Line): Buffer {
  const bytes = Buffer.from(frame);
  const at = line.frame === rtuFrame ? bytes.length - 1 : 1;
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  return bytes;
}
