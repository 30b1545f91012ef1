import { CameraBody, type Wires } from '../camera/body.ts';
import { FaultPlan } from '../camera/faults.ts';
import { MqttLine } from '../camera/mqtt-line.ts';
import { Timers } from '../timers.ts';
import { type Done, type Fields, HANDLERS, type Workplace } from './commands.ts';
import { alarmInfoPlate, gpioIn, type MqttEvent, type MqttFace, type MqttRead } from './messages.ts';

export interface VzenithMqttOptions extends Wires {
  /** Of the broker. */
  readonly url: string;
  readonly sn?: string;
  readonly deviceName?: string;
  readonly username?: string;
  readonly password?: string;
  /** `device/{sn}/message/…`, or `{sn}/device/message/…` as some firmware has it. */
  readonly topicOrder?: 'device-first' | 'sn-first';
  /** `keep_alive` begins with a byte 00. */
  readonly leadingZero?: boolean;
  /** An early `quick_ivs_result` goes ahead of each result. */
  readonly preview?: boolean;
  /** What is spoken when the camera is lost; the topic is in no source. */
  readonly will?: { readonly topic: string; readonly payload: string };
  /** 0: none. */
  readonly keepAliveMs?: number;
  readonly rebootMs?: number;
  readonly firstPlateId?: number;
  readonly now?: () => number;
}

function parse(payload: Buffer): Fields | null {
  try {
    const json: unknown = JSON.parse(payload.toString('utf8'));
    return fieldsOf(json);
  } catch {
    return null;
  }
}
const fieldsOf = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;

/** A 臻识 camera that speaks through a broker. */
export class VzenithMqttCamera {
  readonly body: CameraBody;
  /** By command. `refused`: its code is the `code` of the reply; `answer-lost` is a reply that is never sent. */
  readonly faults = new FaultPlan();
  readonly line: MqttLine;
  /** Outputs that are locked, and at which level. */
  readonly locks = new Map<number, boolean>();
  /** Reads that could not be told, oldest first. */
  readonly kept: MqttEvent[] = [];
  recognitions = 0;
  reboots = 0;
  /** What it sees when it is told to recognise. */
  view: MqttRead | null = null;
  clockOffsetMs = 0;
  readonly #options: VzenithMqttOptions;
  readonly #face: MqttFace;
  readonly #timers = new Timers();
  readonly #seen = new Set<string>();
  readonly #unwatch: (() => void) | undefined;
  #beat: NodeJS.Timeout | undefined;
  #plateId: number;
  #sent = 0;

  constructor(options: VzenithMqttOptions) {
    const { sn = 'a1b2c3d4-e5f60718', deviceName = 'IN1', username, password, will } = options;
    this.#options = options;
    this.#face = { sn, deviceName, ip: '192.168.1.100' };
    this.#plateId = options.firstPlateId ?? 1;
    this.body = new CameraBody(options, { 0: 'open', 1: 'close' }, { 0: 'trigger', 1: 'safety' });
    this.body.onInput((source, on) => this.#up('gpio_in', gpioIn(this.#face, source, on)));
    this.#unwatch = options.lane?.onArm((arm) => {
      if (arm === 'open' || arm === 'closed') this.#up('barr_gate_status', { gate_status: arm === 'open' ? 1 : 0 });
    });
    this.line = new MqttLine({
      ...{ url: options.url, clientId: sn, ...(username !== undefined && { username }) },
      ...{ ...(password !== undefined && { password }), ...(will && { will }) },
      topics: [`device/${sn}/message/down/+`, ...(this.#snFirst ? [`${sn}/device/message/down/+`] : [])],
      heard: (topic, payload) => this.#heard(topic, payload),
    });
  }

  get complaints(): string[] {
    return this.body.complaints;
  }

  now(): number {
    return (this.#options.now ?? Date.now)() + this.clockOffsetMs;
  }

  /** The power was away, and nothing keeps its clock: that is one minute into 1970 now, and the counter at the first number again. */
  powerLoss(): void {
    this.clockOffsetMs = 60_000 - (this.#options.now ?? Date.now)();
    this.#plateId = this.#options.firstPlateId ?? 1;
  }

  async start(): Promise<void> {
    await this.line.powerOn();
    const { keepAliveMs = 10_000 } = this.#options;
    if (keepAliveMs <= 0) return;
    this.#beat = setInterval(() => this.keepAlive(), keepAliveMs);
    this.#beat.unref();
  }

  keepAlive(): void {
    const text = JSON.stringify(this.#envelope('keep_alive', { timestamp: Math.floor(this.now() / 1000) }));
    const zero = this.#options.leadingZero === true ? Buffer.from([0]) : Buffer.alloc(0);
    this.line.publish(this.#topic('up', 'keep_alive'), Buffer.concat([zero, Buffer.from(text)]));
  }

  /** Sees a plate and tells it; without a connection it is kept. */
  see(read: MqttRead): MqttEvent {
    const event = { capturedAt: this.now(), ...read, plateId: this.#plateId };
    this.#plateId += 1;
    if (this.line.connected) this.send(event);
    else this.kept.push(event);
    return event;
  }

  /** Tells an event as it is, e.g. one of before once more. */
  send(event: MqttEvent): void {
    if (this.#options.preview === true) this.#up('quick_ivs_result', alarmInfoPlate(this.#face, event, 0, true));
    this.#up('ivs_result', alarmInfoPlate(this.#face, event, 0));
  }

  /** Tells what was kept, as stored records. */
  sendKept(): void {
    for (const event of this.kept.splice(0)) this.#up('offline_record', alarmInfoPlate(this.#face, event, 1));
  }

  /** What the limit switches of the arm say. */
  gateStatus(open: boolean): void {
    this.#up('barr_gate_status', { gate_status: open ? 1 : 0 });
  }

  /** Anything on a topic of its own, also what is no message. */
  say(name: string, payload: string | Buffer): void {
    this.line.publish(this.#topic('up', name), payload);
  }

  /** Ends without a goodbye, so that the broker speaks the will. */
  powerCut(): Promise<void> {
    clearInterval(this.#beat);
    return this.line.powerOff(false);
  }

  async stop(): Promise<void> {
    clearInterval(this.#beat);
    this.#unwatch?.();
    await this.#timers.end();
    await this.line.powerOff();
    this.body.end();
  }

  get #snFirst(): boolean {
    return this.#options.topicOrder === 'sn-first';
  }

  #topic(way: 'up' | 'down', name: string): string {
    const { sn } = this.#face;
    return `${this.#snFirst ? `${sn}/device` : `device/${sn}`}/message/${way}/${name}`;
  }

  #envelope(name: string, payload: object): object {
    this.#sent += 1;
    const { sn } = this.#face;
    const id = `u-${String(this.#sent).padStart(4, '0')}`;
    return { id, bv: 16771, sn, name, version: '1.0', timestamp: Math.floor(this.now() / 1000), payload };
  }

  #up(name: string, payload: object): void {
    this.say(name, JSON.stringify(this.#envelope(name, payload)));
  }

  #heard(topic: string, payload: Buffer): void {
    const name = topic.slice(topic.lastIndexOf('/') + 1);
    const message = parse(payload);
    const body = message && this.#check(name, message);
    if (message && body) this.#carryOut(topic, name, String(message['id']), body);
    else if (!message) this.body.complain(`${name}: not JSON`);
  }

  /** @returns what the command says, if its envelope is sound */
  #check(name: string, message: Fields): Fields | null {
    const inside = fieldsOf(message['payload']);
    const body = fieldsOf(inside?.['body'] ?? {});
    const wrong = Object.entries({
      id: typeof message['id'] === 'string' && message['id'] !== '',
      sn: message['sn'] === this.#face.sn,
      name: message['name'] === name,
      version: message['version'] === '1.0',
      timestamp: Number.isSafeInteger(message['timestamp']),
      'payload.type': inside?.['type'] === name,
      'payload.body': body !== null,
    }).filter(([, sound]) => !sound);
    if (wrong.length === 0) return body;
    this.body.complain(`${name}: ${wrong.map(([field]) => field).join(', ')}`);
    return null;
  }

  #carryOut(topic: string, name: string, id: string, body: Fields): void {
    if (this.#seen.has(id)) this.body.complain(`${name}: id ${id} a second time`);
    this.#seen.add(id);
    const fault = this.faults.take(name);
    if (fault?.kind === 'request-lost') return;
    const done = fault?.kind === 'refused' ? { code: fault.code } : this.#work(name, body, id);
    if (fault?.kind === 'silent' || fault?.kind === 'answer-lost') return;
    this.#timers.after(fault?.kind === 'slow' ? fault.ms : 0, async () => this.#reply(topic, name, id, done));
  }

  #work(name: string, body: Fields, id: string): Done {
    this.body.note(name, id);
    const handler = Object.hasOwn(HANDLERS, name) ? HANDLERS[name] : undefined;
    if (handler) return handler(this.#place(), body, id);
    this.body.complain(`unknown command ${name}`);
    return { code: 404 };
  }

  #reply(topic: string, name: string, id: string, { code, body = {} }: Done): void {
    const { sn } = this.#face;
    const head = { id, sn, name, version: '1.0', timestamp: Math.floor(this.now() / 1000), code };
    this.line.publish(`${topic}/reply`, JSON.stringify({ ...head, payload: { type: name, body } }));
  }

  #place(): Workplace {
    return {
      ...{ body: this.body, locks: this.locks },
      recognise: () => {
        this.recognitions += 1;
        if (this.view) this.see(this.view);
      },
      snapshot: () => this.#up('snapshot', { TriggerImage: this.#image() }),
      reboot: () => this.#reboot(),
      setClock: (seconds: number) => {
        this.clockOffsetMs = seconds * 1000 - (this.#options.now ?? Date.now)();
      },
    };
  }

  #image(): object {
    const { ip, sn } = this.#face;
    const imageFile = this.body.view.toString('base64');
    return { ipaddr: ip, serialno: sn, imageFile, imageFileLen: imageFile.length };
  }

  /** Outputs fall off, the connection is gone without a goodbye, and comes back. */
  #reboot(): void {
    this.reboots += 1;
    const { rebootMs = 50 } = this.#options;
    this.#timers.after(10, async () => {
      for (const io of this.locks.keys()) this.body.set(io, false, 'vzenith-mqtt reboot');
      this.locks.clear();
      await this.line.powerOff(false);
      this.#timers.after(rebootMs, () => this.line.powerOn());
    });
  }
}
