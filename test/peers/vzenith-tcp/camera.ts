import { createServer, type Server, type Socket } from 'node:net';
import { CameraBody, type Wires } from '../camera/body.ts';
import { FaultPlan } from '../camera/faults.ts';
import { Listener } from '../http/listener.ts';
import { Timers } from '../timers.ts';
import { HANDLERS, type Message, type Reply } from './commands.ts';
import type { Frame } from './frame.ts';
import { fromGbk, toGbk } from './gbk.ts';
import { ivsResult, type TcpEvent, type TcpRead } from './plate.ts';
import { type Line, Session } from './session.ts';

export interface VzenithTcpOptions extends Wires {
  readonly port?: number;
  readonly serialNo?: string;
  /** 0: the camera sends none. */
  readonly heartbeatMs?: number;
  readonly deadMs?: number;
  /** Which picture comes first; sources differ. */
  readonly pictureOrder?: 'full-first' | 'clip-first';
  /** Replies carry another number than the question. */
  readonly strangeSeq?: boolean;
}

const STATE_OK = 200;
const EMPTY = Buffer.alloc(0);

function parse(text: string | null): Message | null {
  try {
    const json: unknown = JSON.parse(text ?? '');
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json } : null;
  } catch {
    return null;
  }
}

/** A 臻识 camera as the server of the line on port 8131. */
export class VzenithTcpCamera {
  readonly body: CameraBody;
  /** By cmd. `refused`: its code is the `state_code`. */
  readonly faults = new FaultPlan();
  readonly line: Line = {};
  /** How often it was told to recognise again. */
  recognitions = 0;
  /** What it sees when it is told to. */
  view: TcpRead | null = null;
  /** It decides alone, because the PC that asked to be watched fell silent. */
  offline = false;
  /** Heartbeats of PCs. */
  heartbeats = 0;
  connections = 0;
  readonly #options: VzenithTcpOptions;
  readonly #listener: Listener<Server>;
  readonly #sessions = new Set<Session>();
  readonly #timers = new Timers();
  readonly #clock: NodeJS.Timeout[] = [];
  #plateId = 0;
  /** When its clock began again; without a battery that is 1970. */
  #beganAt = 0;
  #seq = 0;

  constructor(options: VzenithTcpOptions = {}) {
    this.#options = options;
    this.body = new CameraBody(options, { 0: 'open', 1: 'close' }, { 0: 'trigger', 1: 'safety' });
    this.body.onInput((gpio, on) => this.#broadcast({ cmd: 'gpio_trigger', gpio, value: on ? 1 : 0 }));
    this.#listener = new Listener(options.port ?? 0, () => createServer((socket) => this.#join(socket)));
  }

  get port(): number {
    return this.#listener.port;
  }

  get complaints(): string[] {
    return this.body.complaints;
  }

  async start(): Promise<void> {
    await this.#listener.start();
    const { heartbeatMs = 5_000, deadMs = 15_000 } = this.#options;
    if (heartbeatMs > 0) this.#every(heartbeatMs, () => this.#beat());
    this.#every(Math.max(5, deadMs / 10), () => this.#watch(deadMs));
  }

  /** Cuts every connection and refuses new ones, until `start`. */
  async refuse(): Promise<void> {
    for (const timer of this.#clock.splice(0)) clearInterval(timer);
    await this.#listener.stop();
  }

  /** Cuts every connection. */
  cut(): void {
    for (const session of this.#sessions) session.cut();
  }

  /** Sees a plate and tells whoever asked for results. */
  see(read: TcpRead): TcpEvent {
    this.#plateId += 1;
    const event = { capturedAt: this.#now(), ...read, plateId: this.#plateId };
    this.send(event);
    return event;
  }

  /** The power was away, and nothing keeps its clock: that is in 1970 now, and the counter at the first number again. */
  powerLoss(): void {
    this.cut();
    this.#beganAt = Date.now();
    this.#plateId = 0;
  }

  /** By its own clock; it takes a minute to start. */
  #now(): number {
    return this.#beganAt === 0 ? Date.now() : Date.now() - this.#beganAt + 60_000;
  }

  /** Tells an event as it is, e.g. one of before once more. */
  send(event: TcpEvent): void {
    for (const session of this.#sessions) {
      const { results } = session.wishes;
      if (results) session.send({ type: 0, seq: this.#nextSeq(), payload: this.#result(event, results) });
    }
  }

  /** Bytes that are no message, to everybody. */
  garbage(bytes: Buffer): void {
    for (const session of this.#sessions) session.sendBytes(bytes);
  }

  /** What was held leaves in one piece. */
  flush(): void {
    for (const session of this.#sessions) session.flush();
  }

  async stop(): Promise<void> {
    await this.refuse();
    await this.#timers.end();
    this.body.end();
  }

  #every(ms: number, task: () => void): void {
    const timer = setInterval(task, ms);
    timer.unref();
    this.#clock.push(timer);
  }

  #join(socket: Socket): void {
    this.connections += 1;
    const session = new Session(socket, this.line, {
      frame: (frame) => this.#take(session, frame),
      fault: (what) => this.body.complain(what),
    });
    this.#sessions.add(session);
    this.offline = false;
    socket.once('close', () => this.#sessions.delete(session));
  }

  #beat(): void {
    for (const session of this.#sessions) session.send({ type: 1, seq: 0, payload: EMPTY });
  }

  #watch(deadMs: number): void {
    for (const session of this.#sessions) {
      const silent = performance.now() - session.heardAt;
      const { offlineAfter } = session.wishes;
      if (offlineAfter > 0 && silent > offlineAfter * 1000) this.offline = true;
      if (silent <= deadMs) continue;
      this.body.complain(`nothing heard for ${deadMs} ms`);
      session.cut();
    }
  }

  #take(session: Session, { type, seq, payload }: Frame): void {
    if (type === 1) {
      this.heartbeats += 1;
      return;
    }
    const message = parse(fromGbk(payload));
    const cmd = message?.['cmd'];
    if (!message || typeof cmd !== 'string') {
      this.body.complain('message is not JSON in GBK with a cmd');
      return;
    }
    this.#carryOut(session, seq, cmd, message);
  }

  #carryOut(session: Session, seq: number, cmd: string, message: Message): void {
    const fault = this.faults.take(cmd);
    if (fault?.kind === 'request-lost') {
      session.cut();
      return;
    }
    const reply = fault?.kind === 'refused' ? { state: fault.code } : this.#work(session, cmd, message);
    if (fault?.kind === 'answer-lost') session.cut();
    else if (reply && fault?.kind !== 'silent')
      this.#timers.after(fault?.kind === 'slow' ? fault.ms : 0, async () =>
        this.#answer(session, seq, { cmd, ...('id' in message && { id: message['id'] }) }, reply),
      );
  }

  #work(session: Session, cmd: string, message: Message): Reply {
    const handler = Object.hasOwn(HANDLERS, cmd) ? HANDLERS[cmd] : undefined;
    this.body.note(cmd, String(message['id'] ?? ''));
    if (!handler) {
      this.body.complain(`unknown cmd ${cmd}`);
      return { state: 404 };
    }
    const { serialNo = 'a1b2c3d4-e5f60718' } = this.#options;
    const recognise = (): void => {
      this.recognitions += 1;
      if (this.view) this.see(this.view);
    };
    return handler({ body: this.body, wishes: session.wishes, serialNo, recognise }, message);
  }

  #answer(session: Session, seq: number, head: object, { state = STATE_OK, fields = {} }: NonNullable<Reply>): void {
    const payload = toGbk(JSON.stringify({ ...head, state_code: state, ...fields }));
    session.send({ type: 0, seq: this.#options.strangeSeq === true ? (seq + 101) % 256 : seq, payload });
  }

  #broadcast(message: object): void {
    const payload = toGbk(JSON.stringify(message));
    for (const session of this.#sessions) session.send({ type: 0, seq: this.#nextSeq(), payload });
  }

  #result(event: TcpEvent, wish: { readonly image: boolean; readonly imageType: number }): Buffer {
    const full = wish.image && wish.imageType !== 1 ? (event.full ?? EMPTY) : EMPTY;
    const clip = wish.image && wish.imageType !== 0 ? (event.clip ?? EMPTY) : EMPTY;
    const json = toGbk(JSON.stringify(ivsResult(event, { full: full.length, clip: clip.length })));
    const pictures = this.#options.pictureOrder === 'clip-first' ? [clip, full] : [full, clip];
    return Buffer.concat([json, Buffer.from([0]), ...pictures]);
  }

  #nextSeq(): number {
    this.#seq = (this.#seq + 1) % 256;
    return this.#seq;
  }
}
