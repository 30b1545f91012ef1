import { CameraBody, type Wires } from '../camera/body.ts';
import { FaultPlan } from '../camera/faults.ts';
import { MqttLine } from '../camera/mqtt-line.ts';
import { Timers } from '../timers.ts';
import { type Fields, HANDLERS } from './commands.ts';

export interface QianyiOptions extends Wires {
  /** Of the broker. */
  readonly url: string;
  readonly sn?: string;
  readonly username?: string;
  readonly password?: string;
  /** Until somebody answers, it registers again after so long. */
  readonly registerMs?: number;
  /** 0: none. */
  readonly heartbeatMs?: number;
  /** A result that nobody answered is told again, the same, after so long … */
  readonly resendMs?: number;
  /** … and so often. */
  readonly resends?: number;
  readonly relayPulseMs?: number;
  /** It answers commands by `<cmd>_rsp`: no source names that. */
  readonly answers?: boolean;
  readonly now?: () => number;
}

/** What a test may say of one read. */
export interface QianyiRead {
  /** Null when none was read. */
  readonly plate: string | null;
  readonly inout?: 'in' | 'out';
  readonly confidence?: number;
  /** By the camera's clock, epoch ms. */
  readonly capturedAt?: number;
  readonly full?: Buffer;
  readonly crop?: Buffer;
  readonly offline?: boolean;
}

export interface QianyiResult {
  readonly msgId: string;
  readonly message: Fields;
  answered: boolean;
  told: number;
}

const SERVER = '/serverAll';
const REPLY = /_rsp$/;
const SERIAL = 'a1b2c3d';

/** A 芊熠 camera: it registers, tells each result until it is answered, and obeys flat messages. */
export class QianyiCamera {
  readonly body: CameraBody;
  /** By cmd. `refused`: the status becomes an error; `answer-lost` is an answer that is never sent. */
  readonly faults = new FaultPlan();
  readonly line: MqttLine;
  readonly results: QianyiResult[] = [];
  readonly keepOpen = { on: false };
  registered = false;
  registrations = 0;
  readonly #options: QianyiOptions;
  readonly #sn: string;
  readonly #timers = new Timers();
  readonly #seen = new Set<string>();
  #beat: NodeJS.Timeout | undefined;
  readonly #asked = new Set<string>();
  #count = 0;

  constructor(options: QianyiOptions) {
    const { url, username, password } = options;
    const sn = options.sn ?? 'QY0001';
    this.#options = options;
    this.#sn = sn;
    this.body = new CameraBody(options, { 0: 'open', 2: 'close' }, { 0: 'trigger', 1: 'safety' });
    this.line = new MqttLine({
      ...{
        url,
        clientId: sn,
        ...(username !== undefined && { username }),
        ...(password !== undefined && { password }),
      },
      will: { topic: this.#up, payload: JSON.stringify({ cmd: 'offline', msg_id: this.#msgId(), sn }) },
      topics: [this.#down],
      heard: (_topic, payload) => this.#heard(payload),
      online: () => this.#register(),
    });
  }

  get complaints(): string[] {
    return this.body.complaints;
  }

  async start(): Promise<void> {
    await this.line.powerOn();
    const { heartbeatMs = 30_000 } = this.#options;
    if (heartbeatMs <= 0) return;
    this.#beat = setInterval(() => this.heartbeat(), heartbeatMs);
    this.#beat.unref();
  }

  heartbeat(): void {
    this.#tell(this.#up, { cmd: 'mqtt_herat', msg_id: this.#msgId(), sn: this.#sn, utc_ts: this.#seconds() });
  }

  /** Sees a plate and tells it until it is answered. */
  see(read: QianyiRead): QianyiResult {
    const msgId = this.#msgId();
    const message = {
      ...{ cmd: 'result', msg_id: msgId, sn: this.#sn, type: read.offline === true ? 'offline' : 'online' },
      ...{ plate_num: read.plate ?? 'null', inout: read.inout ?? 'in', confidence: read.confidence ?? 97 },
      utc_ts: Math.floor((read.capturedAt ?? this.#now()) / 1000),
      ...{ full_pic: read.full?.toString('base64') ?? '', plate_pic: read.crop?.toString('base64') ?? '' },
    };
    const result: QianyiResult = { msgId, message, answered: false, told: 0 };
    this.results.push(result);
    this.#tellResult(result);
    return result;
  }

  /** The same result once more, whether it was answered or not. */
  repeat(result: QianyiResult): void {
    result.told += 1;
    this.#tell(this.#up, result.message);
  }

  /** Ends without a goodbye, so that the broker speaks the will. */
  powerCut(): Promise<void> {
    clearInterval(this.#beat);
    return this.line.powerOff(false);
  }

  async stop(): Promise<void> {
    clearInterval(this.#beat);
    await this.#timers.end();
    await this.line.powerOff();
    this.body.end();
  }

  get #up(): string {
    return `aiot/plate/${this.#sn}`;
  }

  get #down(): string {
    return `device/plate/${this.#sn}`;
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }

  #seconds(): number {
    return Math.floor(this.#now() / 1000);
  }

  /** 13 digits of the time, then 7 letters or digits. */
  #msgId(): string {
    this.#count += 1;
    return `${this.#now()}${String(this.#count).padStart(3, '0')}${SERIAL.slice(0, 4)}`;
  }

  #tell(topic: string, message: object): void {
    this.line.publish(topic, JSON.stringify(message));
  }

  #register(): void {
    this.registered = false;
    this.#askAgain();
  }

  #askAgain(): void {
    if (this.registered) return;
    this.registrations += 1;
    const msgId = this.#msgId();
    this.#asked.add(msgId);
    const topics = { subtopic: this.#down, pubtopic: this.#up };
    this.#tell(SERVER, {
      cmd: 'camera_register',
      msg_id: msgId,
      sn: this.#sn,
      ...topics,
      utc_ts: this.#seconds(),
    });
    this.#timers.after(this.#options.registerMs ?? 5_000, async () => this.#askAgain());
  }

  #tellResult(result: QianyiResult): void {
    const { resendMs = 5_000, resends = 3 } = this.#options;
    if (result.answered || result.told > resends) return;
    this.repeat(result);
    this.#timers.after(resendMs, async () => this.#tellResult(result));
  }

  #heard(payload: Buffer): void {
    let json: unknown;
    try {
      json = JSON.parse(payload.toString('utf8'));
    } catch {
      json = null;
    }
    const message: Fields = typeof json === 'object' && json !== null ? { ...json } : {};
    const { cmd, msg_id: msgId } = { cmd: message['cmd'], msg_id: message['msg_id'] };
    if (typeof cmd !== 'string' || typeof msgId !== 'string') this.body.complain('message without cmd or msg_id');
    else if (REPLY.test(cmd)) this.#answered(cmd, msgId, message);
    else this.#carryOut(cmd, msgId, message);
  }

  #answered(cmd: string, msgId: string, message: Fields): void {
    if (message['status'] !== 'ok') this.body.complain(`${cmd}: status ${String(message['status'])}`);
    else if (cmd === 'camera_register_rsp' && this.#asked.has(msgId)) this.registered = true;
    else if (cmd === 'result_rsp') {
      const result = this.results.find((one) => one.msgId === msgId);
      if (result) result.answered = true;
      else this.body.complain(`result_rsp: unknown msg_id ${msgId}`);
    } else this.body.complain(`${cmd}: nobody asked`);
  }

  #carryOut(cmd: string, msgId: string, message: Fields): void {
    const fault = this.faults.take(cmd);
    if (fault?.kind === 'request-lost') return;
    if (this.#seen.has(msgId)) this.body.complain(`${cmd}: msg_id ${msgId} a second time`);
    this.#seen.add(msgId);
    if (message['sn'] !== undefined && message['sn'] !== this.#sn) {
      this.body.complain(`${cmd}: sn ${String(message['sn'])}`);
      return;
    }
    const status = fault?.kind === 'refused' ? `error ${fault.code}` : this.#work(cmd, msgId, message);
    if (this.#options.answers !== true || fault?.kind === 'silent' || fault?.kind === 'answer-lost') return;
    const answer = { cmd: `${cmd}_rsp`, msg_id: msgId, sn: this.#sn, status };
    this.#timers.after(fault?.kind === 'slow' ? fault.ms : 0, async () => this.#tell(this.#up, answer));
  }

  #work(cmd: string, msgId: string, message: Fields): string {
    this.body.note(cmd, msgId);
    const handler = Object.hasOwn(HANDLERS, cmd) ? HANDLERS[cmd] : undefined;
    const { relayPulseMs: pulseMs = 500 } = this.#options;
    if (handler)
      return handler({ body: this.body, keepOpen: this.keepOpen, pulseMs }, message, `qianyi ${cmd} ${msgId}`);
    this.body.complain(`unknown cmd ${cmd}`);
    return 'unknown cmd';
  }
}
