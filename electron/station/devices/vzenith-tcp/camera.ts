import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { errorText } from '../../runtime/errors.ts';
import type { Cancel } from '../../runtime/ports.ts';
import { clockStep } from '../clock-step.ts';
import { CAR_UNDER_ARM, outcomeOfCode, refused } from '../command-end.ts';
import type { Camera, CommandOutcome, DeviceDeps, DeviceFacts, GateAction } from '../device.ts';
import { FaultReasons } from '../fault-reasons.ts';
import { addressText, tcpAddress } from '../line-settings.ts';
import type { Line } from '../links.ts';
import { PlateDoor } from '../plate-door.ts';
import { UnstoredReads } from '../unstored-reads.ts';
import { isDeparture } from '../vzenith-plates.ts';
import { CameraInputs, relayMove } from '../vzenith-relays.ts';
import { readOf } from '../vzenith-results.ts';
import { answerStep, connectionStep, RELAY_UNSEEN, unconfirmedStep } from '../vzenith-self-test.ts';
import { SerialEars, unfitForSerial } from '../vzenith-serial.ts';
import { FrameEar } from './ear.ts';
import type { Received } from './frame.ts';
import { type CameraMessage, imageIn, inputIn, parseMessage, serialNoIn } from './messages.ts';
import { type Reply, Session } from './session.ts';
import type { VzenithTcpSettings } from './settings.ts';

export const DRIVER = 'vzenith-tcp';
const IMAGE_TYPES = { full: 0, both: 2, none: 0 } as const;
/** As the peer of the tests has them, too. */
const UNCONFIRMED = unconfirmedStep('getsn.value, get_gpio_value.value, gpio_trigger.gpio, get_snapshot.imgdata');
const PORTS = ['rs485-1', 'rs485-2'] as const;

/** How a command ended, by what came back. */
function outcomeOf(reply: Reply): CommandOutcome {
  if (reply.got === 'none') return refused(reply.detail);
  if (reply.got === 'lost') return { outcome: 'unknown', detail: reply.detail };
  return outcomeOfCode(reply.answer.code);
}

/** One camera, to which the station connects. Nothing is done with it before it has told the right serial number. */
export class VzenithTcpCamera implements Camera {
  readonly id: string;
  readonly kind = 'camera';
  readonly driver = DRIVER;
  readonly #settings: VzenithTcpSettings;
  readonly #deps: DeviceDeps;
  readonly #inputs: CameraInputs;
  readonly #ears: SerialEars;
  readonly #unstored: UnstoredReads;
  readonly #faults: FaultReasons;
  readonly #door: PlateDoor;
  readonly #ear: FrameEar;
  #line: Line | null = null;
  #session: Session | null = null;
  /** It has told who it is, and it is the right one. */
  #known = false;
  /** Why it is not at our service. */
  #why = '未投入使用';
  /** What was told of its state: null: nothing yet · `online` · `offline` · who is there in its place. */
  #told: string | null = null;
  /** Counts connections, so that what was asked on an earlier one changes nothing. */
  #connection = 0;
  #cancelBeat: Cancel = () => undefined;
  #cancelWatch: Cancel = () => undefined;
  #lastSeenAt: EpochMs | null = null;
  #clockOffsetMs: number | null = null;
  readonly #opened = new Map<string, Promise<CommandOutcome>>();

  constructor(id: string, settings: VzenithTcpSettings, deps: DeviceDeps) {
    this.id = id;
    this.#settings = settings;
    this.#deps = deps;
    this.#inputs = new CameraInputs(id, settings.inputs, deps.events);
    this.#ears = new SerialEars(deps.log);
    this.#ear = new FrameEar(deps.clock, (frames) => {
      for (const frame of frames) this.#frame(frame);
    });
    this.#faults = new FaultReasons((detail) => deps.events.fault(id, 'firmware', detail));
    this.#door = new PlateDoor({ ...deps, deviceId: id, faults: this.#faults });
    this.#unstored = new UnstoredReads({ ...deps, events: this.#door });
  }

  async start(): Promise<void> {
    this.#line = this.#deps.links.line(tcpAddress(this.#settings), {
      data: (bytes) => this.#ear.push(bytes),
      state: (up, detail) => (up ? this.#up() : this.#down(detail)),
    });
    this.#session = new Session(this.#line, this.#deps);
  }

  async stop(): Promise<void> {
    this.#end('岗亭程序正在停止');
    this.#unstored.stop();
    this.#line?.close();
    this.#line = null;
    this.#session = null;
  }

  lastSeenAt(): EpochMs | null {
    return this.#lastSeenAt;
  }

  facts(): DeviceFacts {
    const address = addressText(tcpAddress(this.#settings));
    return { serialNo: this.#settings.serialNo, address, inputs: this.#inputs.roles };
  }

  async selfTest(): Promise<readonly SelfTestStep[]> {
    const address = addressText(tcpAddress(this.#settings));
    const session = this.#session;
    if (!session || !this.#known) return [connectionStep(address, this.#why)];
    const since = this.#deps.clock.monotonic();
    // A question that moves nothing.
    const { got } = await this.#ask(session, 'getsn');
    const tookMs = got === 'answer' ? this.#deps.clock.monotonic() - since : null;
    const looked = [connectionStep(address, null), answerStep(tookMs), clockStep(this.#clockOffsetMs)];
    return [...looked, RELAY_UNSEEN, UNCONFIRMED];
  }

  gate(action: GateAction): Promise<CommandOutcome> {
    const barred = action === 'close' ? this.#closeBarred() : null;
    if (barred !== null) return Promise.resolve(refused(barred));
    return this.#command('ioctl_resp', { ...relayMove(action, this.#settings) }, (reply, session) => {
      // Nothing at all came back: the line is dead, and what still lies in it must not arrive later.
      if (reply.got === 'lost' && session.silentMs >= this.#settings.answerMs) this.#line?.reset('相机没有应答指令');
      return outcomeOf(reply);
    });
  }

  /** Why the arm must not be told to fall; null: nothing known speaks against it. */
  #closeBarred(): string | null {
    if (this.#inputs.isUnderArm) return CAR_UNDER_ARM;
    const unread = this.#inputs.doubtedSafetyLoops;
    const session = this.#session;
    if (!session || !this.#known || unread.length === 0) return null;
    // The question may have been lost: asked again, the next order finds it read.
    for (const source of unread)
      this.#readInput(session, this.#connection, source).catch((error: unknown) =>
        this.#deps.log.error('an input could not be read', { device: this.id, error: errorText(error) }),
      );
    return '重新连接后还没有读到防砸地感，没有落杆，请再试';
  }

  async sendSerial(channel: number, bytes: Uint8Array): Promise<CommandOutcome> {
    const unfit = unfitForSerial(channel, bytes);
    if (unfit) return unfit;
    const port = this.#portOf(channel);
    const opened = await this.#openPort(port);
    if (opened.outcome !== 'done') return opened;
    const session = this.#session;
    if (!session || !this.#known) return refused(this.#why);
    const since = this.#deps.clock.monotonic();
    const data = Buffer.from(bytes).toString('base64');
    const fields = { subcmd: 'send', comm: port, datalen: bytes.byteLength, data };
    const written = await session.tell('ttransmission', fields);
    if (written === 'none') return refused(this.#why);
    if (written === 'some') return { outcome: 'unknown', detail: '发送中断，结果未知' };
    this.#deps.link.took(this.#deps.clock.monotonic() - since);
    return { outcome: 'done', detail: '已交给相机' };
  }

  snapshot(): Promise<CommandOutcome> {
    return this.#command('get_snapshot', {}, (reply) => {
      const outcome = outcomeOf(reply);
      if (outcome.outcome !== 'done' || reply.got !== 'answer') return outcome;
      const jpeg = imageIn(reply.answer);
      if (!jpeg) return refused('相机没有给出图片');
      this.#deps.events.snapshot(this.id, jpeg);
      return outcome;
    });
  }

  /** Asks it to look once more and read the plate again. */
  recognise(): Promise<CommandOutcome> {
    return this.#command('trigger', {}, outcomeOf);
  }

  /** What comes in on its RS-485: channel 0 is the first by the settings. */
  onSerial(channel: number, heard: (bytes: Uint8Array) => void): Cancel {
    const cancel = this.#ears.on(channel, heard);
    if (this.#known) this.#openHeardPorts();
    return cancel;
  }

  /** Sends at once; the first byte leaves before this returns. */
  async #command(
    cmd: string,
    fields: Readonly<Record<string, unknown>>,
    ended: (reply: Reply, session: Session) => CommandOutcome,
  ): Promise<CommandOutcome> {
    const session = this.#session;
    if (!session || !this.#known) return refused(this.#why);
    const since = this.#deps.clock.monotonic();
    const outcome = ended(await session.ask(cmd, fields, this.#settings.answerMs), session);
    if (outcome.outcome === 'done') this.#deps.link.took(this.#deps.clock.monotonic() - since);
    return outcome;
  }

  #ask(session: Session, cmd: string, fields: Readonly<Record<string, unknown>> = {}): Promise<Reply> {
    return session.ask(cmd, fields, this.#settings.answerMs);
  }

  #up(): void {
    const session = this.#session;
    if (!session) return;
    this.#connection += 1;
    this.#ear.reset();
    this.#inputs.doubt();
    session.alive();
    this.#why = '正在核对相机的序列号';
    this.#beat(session);
    this.#watch(session, this.#settings.deadAfterMs);
    this.#greet(session, this.#connection).catch((error: unknown) =>
      this.#deps.log.error('a camera could not be set up', { device: this.id, error: errorText(error) }),
    );
  }

  #down(detail: string): void {
    this.#end(detail);
    this.#offline(detail, false);
  }

  #end(detail: string): void {
    this.#connection += 1;
    this.#known = false;
    this.#why = detail;
    this.#opened.clear();
    this.#cancelBeat();
    this.#cancelWatch();
    this.#ear.reset();
    this.#session?.lost(`${detail}，结果未知`);
  }

  /** Who is there? Only then what it may tell us, and what we want to hear. */
  async #greet(session: Session, connection: number): Promise<void> {
    const reply = await this.#ask(session, 'getsn');
    if (connection !== this.#connection) return;
    const wrong = this.#stranger(reply);
    if (wrong !== null) {
      this.#why = wrong;
      this.#offline(wrong, true);
      this.#line?.reset(wrong);
      return;
    }
    this.#known = true;
    this.#online();
    await this.#subscribe(session, connection);
    if (connection !== this.#connection) return;
    const { offlineCheckSeconds: interval } = this.#settings;
    if (interval > 0) await this.#ask(session, 'reg_offline_check', { interval });
    for (const source of this.#inputs.own) await this.#readInput(session, connection, source);
    if (connection === this.#connection) this.#openHeardPorts();
  }

  /** Why whoever is there is not our camera; null: it is. */
  #stranger(reply: Reply): string | null {
    if (reply.got !== 'answer') return '相机没有回答序列号，无法核对';
    const found = serialNoIn(reply.answer);
    if (found === '') return '相机没有给出序列号，无法核对';
    return found.toLowerCase() === this.#settings.serialNo.toLowerCase()
      ? null
      : `该地址上是另一台相机（序列号 ${found.slice(0, 60)}）`;
  }

  async #subscribe(session: Session, connection: number): Promise<void> {
    const { pictures } = this.#settings;
    const wish = { enable: true, format: 'json', image: pictures !== 'none', image_type: IMAGE_TYPES[pictures] };
    const reply = await this.#ask(session, 'ivsresult', wish);
    if (connection !== this.#connection) return;
    const { outcome, detail } = outcomeOf(reply);
    if (outcome === 'done') this.#faults.set('results', null);
    else if (outcome === 'refused') this.#faults.set('results', `相机不肯上报识别结果：${detail}`);
    // Without plates it is no camera: the connection is made anew, and everything is asked again.
    else this.#line?.reset('相机没有应答识别结果的订阅');
  }

  async #readInput(session: Session, connection: number, source: number): Promise<void> {
    if (connection !== this.#connection) return;
    const reply = await this.#ask(session, 'get_gpio_value', { gpio: source });
    const on = reply.got === 'answer' && connection === this.#connection ? inputIn(reply.answer) : null;
    if (on !== null) this.#inputs.found(source, on);
  }

  #portOf(channel: number): string {
    const first = PORTS.indexOf(this.#settings.rs485First);
    return PORTS[(first + channel) % PORTS.length] ?? PORTS[0];
  }

  #openHeardPorts(): void {
    for (const channel of PORTS.keys())
      if (this.#ears.hears(channel))
        this.#openPort(this.#portOf(channel)).catch((error: unknown) =>
          this.#deps.log.error('a serial port could not be opened', { device: this.id, error: errorText(error) }),
        );
  }

  /** Once a connection; one that was not opened is tried again by the next who wants it. */
  #openPort(port: string): Promise<CommandOutcome> {
    const open = this.#opened.get(port);
    if (open) return open;
    const opening = this.#command('ttransmission', { subcmd: 'init', comm: port }, (reply) => {
      const outcome = outcomeOf(reply);
      if (outcome.outcome === 'done') return outcome;
      if (this.#opened.get(port) === opening) this.#opened.delete(port);
      // Nothing was sent to what hangs there.
      return refused(reply.got === 'answer' ? outcome.detail : '相机没有打开串口');
    });
    if (this.#known) this.#opened.set(port, opening);
    return opening;
  }

  #frame(frame: Received): void {
    this.#lastSeenAt = this.#deps.clock.now();
    this.#session?.alive();
    const { link, log } = this.#deps;
    if (frame.type === 'text') {
      const begun = parseMessage(frame.payload);
      // Told again with its pictures, it must be known as the same read.
      if (this.#known && begun?.kind === 'result' && begun.result.plateid !== null) this.#result(begun);
      return;
    }
    if (frame.type === 'heartbeat') {
      link.exchanged('in', 'heartbeat', frame.bytes);
      return;
    }
    const message = parseMessage(frame.payload);
    link.exchanged('in', message?.kind ?? '?', frame.bytes);
    try {
      if (message) this.#message(message, frame.seq);
    } catch (error) {
      log.error('a message of a camera could not be taken', { device: this.id, error: errorText(error) });
    }
  }

  #message(message: CameraMessage, seq: number): void {
    if (message.kind === 'answer') this.#session?.heard(seq, message);
    // Of a camera that has not told who it is nothing counts.
    else if (this.#known) this.#event(message);
  }

  #event(message: Exclude<CameraMessage, { kind: 'answer' }>): void {
    switch (message.kind) {
      case 'input':
        this.#inputs.changed(message.source, message.on);
        return;
      case 'serial': {
        for (const channel of PORTS.keys())
          if (this.#portOf(channel) === message.port) this.#ears.tell(channel, message.bytes);
        return;
      }
      case 'unread':
        this.#door.unread('ivs_result');
        return;
      case 'result':
        this.#result(message);
    }
  }

  #result({ result, photo }: Extract<CameraMessage, { kind: 'result' }>): void {
    const receivedAt = this.#deps.clock.now();
    const read = readOf(result, { deviceId: this.id, serialNo: this.#settings.serialNo, receivedAt, photo });
    if (!read.stored && read.capturedAt !== null) this.#clockOffsetMs = receivedAt - read.capturedAt;
    if (!isDeparture(result.triggertype)) this.#unstored.take(read);
  }

  #beat(session: Session): void {
    this.#cancelBeat();
    this.#cancelBeat = this.#deps.clock.after(this.#settings.heartbeatMs, () => this.#beat(session));
    session.beat().catch(() => undefined);
  }

  #watch(session: Session, ms: number): void {
    const { deadAfterMs } = this.#settings;
    this.#cancelWatch();
    this.#cancelWatch = this.#deps.clock.after(ms, () => {
      const left = deadAfterMs - session.silentMs;
      if (left > 0) this.#watch(session, left);
      else this.#line?.reset(`${Math.round(deadAfterMs / 1000)} 秒没有收到相机的消息`);
    });
  }

  #online(): void {
    if (this.#told === 'online') return;
    this.#told = 'online';
    this.#deps.events.state(this.id, 'online', `已连接 ${addressText(tcpAddress(this.#settings))}`);
  }

  /** Told at the change; that it is another camera is news also where nobody was there before. */
  #offline(detail: string, isStranger: boolean): void {
    const told = isStranger ? detail : 'offline';
    const wasAway = this.#told !== null && this.#told !== 'online';
    if (wasAway && (!isStranger || this.#told === told)) return;
    this.#told = told;
    this.#deps.events.state(this.id, 'offline', detail);
  }
}
