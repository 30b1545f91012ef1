import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { errorText } from '../../runtime/errors.ts';
import { refused } from '../command-end.ts';
import type { Camera, CommandOutcome, DeviceDeps, DeviceFacts, GateAction } from '../device.ts';
import { decodeText } from '../device-text.ts';
import { FaultReasons } from '../fault-reasons.ts';
import type { BrokerLink } from '../links.ts';
import { LogGate } from '../log-gate.ts';
import { PlateDoor } from '../plate-door.ts';
import { Presence } from '../presence.ts';
import { unfitForSerial } from '../vzenith-serial.ts';
import {
  type CommandBody,
  type Fields,
  gateBody,
  okTo,
  parseMessage,
  REGISTER_TOPIC,
  resultOf,
  serialBody,
  timeOf,
} from './messages.ts';
import { Orders } from './orders.ts';
import { selfTest } from './self-test.ts';
import { type QianyiSettings, topicOf } from './settings.ts';

export const DRIVER = 'qianyi';
const ANSWER_WITHIN_MS = 2_000;
/** Two and a half of its heartbeats, which come every 30 s. Silent for longer it may be away, whatever counts as offline. */
const COMMANDS_WITHIN_MS = 75_000;

/** One camera behind a broker. It is there while it is heard of: that the broker is there says nothing. */
export class QianyiCamera implements Camera {
  readonly id: string;
  readonly kind = 'camera';
  readonly driver = DRIVER;
  readonly takesPictures = false;
  readonly serialNo: string;
  readonly broker: string;
  /** Told of cameras that register with another serial number. */
  onOther: (sn: string) => void = () => undefined;
  readonly #settings: QianyiSettings;
  readonly #deps: DeviceDeps;
  readonly #up: string;
  readonly #down: string;
  readonly #presence: Presence;
  readonly #once: LogGate;
  readonly #door: PlateDoor;
  #link: BrokerLink | null = null;
  #orders: Orders | null = null;
  #state: 'online' | 'offline' | 'unknown' = 'unknown';
  #why = '未投入使用';
  /** Why the broker is not there; null: it is. */
  #brokerDown: string | null = '未投入使用';
  #clockOffsetMs: number | null = null;
  #holding = false;
  /** Its last registration: messages of this protocol come twice. */
  #registration: Fields['msg_id'] = null;

  constructor(id: string, settings: QianyiSettings, deps: DeviceDeps) {
    this.id = id;
    this.serialNo = settings.serialNo;
    this.broker = settings.url;
    this.#settings = settings;
    this.#deps = deps;
    this.#up = topicOf(settings.topicUp, settings.serialNo);
    this.#down = topicOf(settings.topicDown, settings.serialNo);
    this.#once = new LogGate(deps.clock, Number.POSITIVE_INFINITY);
    const faults = new FaultReasons((detail) => deps.events.fault(id, 'firmware', detail));
    this.#door = new PlateDoor({ ...deps, deviceId: id, faults });
    this.#presence = new Presence(deps.clock, settings.offlineAfterMs, (state, detail) => {
      this.#state = state;
      this.#why = detail;
      deps.events.state(id, state, detail);
    });
  }

  async start(): Promise<void> {
    const { url, username, password } = this.#settings;
    this.#why = '还没有收到相机的消息';
    this.#brokerDown = '正在连接';
    this.#presence.start();
    this.#link = this.#deps.links.mqtt(
      { url, username, password },
      {
        topics: [REGISTER_TOPIC, this.#up],
        message: (topic, payload) => this.#heard(topic, payload),
        state: (up, detail) => this.#brokerIs(up, detail),
      },
    );
    this.#orders = new Orders(this.#link, this.#down, this.serialNo, this.#deps);
  }

  async stop(): Promise<void> {
    this.#presence.stop();
    this.#orders?.lost();
    this.#link?.close();
    this.#link = null;
    this.#orders = null;
    this.#holding = false;
    this.#registration = null;
    this.#state = 'unknown';
    this.#why = '未投入使用';
  }

  lastSeenAt(): EpochMs | null {
    return this.#presence.lastSeenAt;
  }

  facts(): DeviceFacts {
    return { serialNo: this.serialNo, address: this.broker };
  }

  async selfTest(): Promise<readonly SelfTestStep[]> {
    const heard = {
      ...{ lastSeenAt: this.#presence.lastSeenAt, now: this.#deps.clock.now() },
      ...{ isThere: this.#state === 'online', address: this.broker },
    };
    return selfTest(heard, this.#brokerDown, this.#clockOffsetMs);
  }

  async gate(action: GateAction): Promise<CommandOutcome> {
    const was = this.#holding;
    const isHold = action === 'hold' || action === 'release-hold';
    if (isHold) this.#holding = action === 'hold';
    const ended = await this.#send(gateBody(action, this.#settings));
    if (isHold && ended.outcome === 'refused' && this.#holding === (action === 'hold')) this.#holding = was;
    return ended;
  }

  sendSerial(channel: number, bytes: Uint8Array): Promise<CommandOutcome> {
    const unfit = unfitForSerial(channel, bytes);
    return unfit ? Promise.resolve(unfit) : this.#send(serialBody(channel, bytes));
  }

  snapshot(): Promise<CommandOutcome> {
    return Promise.resolve(refused('芊熠相机没有公开的取图方法，画面只随车牌上报'));
  }

  /** To a camera that is away nothing is sent: a broker may keep it, and the camera would carry it out whenever it comes back. */
  #send(command: CommandBody): Promise<CommandOutcome> {
    const orders = this.#orders;
    if (!orders || this.#state !== 'online') return Promise.resolve(refused(this.#why));
    if (!this.#presence.wasHeardWithin(COMMANDS_WITHIN_MS))
      return Promise.resolve(refused(`相机 ${COMMANDS_WITHIN_MS / 1000} 秒没有消息，指令没有发出`));
    return orders.send(command);
  }

  #brokerIs(up: boolean, detail: string): void {
    this.#brokerDown = up ? null : detail;
    if (up) {
      this.#presence.start();
      return;
    }
    this.#orders?.lost();
    this.#gone(`没有连上 MQTT 服务器：${detail}`);
  }

  #gone(why: string): void {
    this.#why = why;
    this.#presence.gone(why);
  }

  #heard(topic: string, payload: Uint8Array): void {
    const { link, log } = this.#deps;
    const message = parseMessage(payload);
    if (topic === REGISTER_TOPIC) {
      if (message?.cmd === 'camera_register') this.#registered(message, topic, payload);
      return;
    }
    link.exchanged('in', topic, payload);
    if (!message) {
      if (/"cmd"\s{0,9}:\s{0,9}"result"/.test(decodeText(payload))) this.#door.unread('result');
      else if (this.#once.opens('unreadable')) log.warn('a message of a camera could not be read', { device: this.id });
      return;
    }
    if (message.sn !== null && message.sn !== this.serialNo) {
      if (this.#once.opens(`other ${message.sn}`))
        log.warn('a message of another camera on this one’s topic was ignored', { device: this.id, sn: message.sn });
      return;
    }
    this.#message(message, payload);
  }

  #registered(message: Fields, topic: string, payload: Uint8Array): void {
    const { sn, subtopic, pubtopic } = message;
    if (sn !== this.serialNo) {
      if (sn !== null && sn !== '') this.onOther(sn);
      return;
    }
    this.#deps.link.exchanged('in', topic, payload);
    const isOurs = (subtopic || this.#down) === this.#down && (pubtopic || this.#up) === this.#up;
    if (!isOurs) {
      // It would neither hear us nor be heard: better plainly away than half there.
      if (this.#once.opens(`topics ${subtopic} ${pubtopic}`))
        this.#deps.log.warn('a camera registered with other topics than are set', {
          ...{ device: this.id, subtopic: subtopic.slice(0, 200), pubtopic: pubtopic.slice(0, 200) },
        });
      return;
    }
    this.#restarted(message);
    this.#alive(message);
    this.#answer('camera_register', message);
  }

  /** A camera registers when it begins. While it holds an arm up it may have forgotten that: it was away, and whoever holds does so again. */
  #restarted({ msg_id }: Fields): void {
    const isNew = msg_id === null || msg_id !== this.#registration;
    this.#registration = msg_id;
    if (isNew && this.#holding && this.#state === 'online') this.#gone('相机重新登记，可能重启过');
  }

  #message(message: Fields, payload: Uint8Array): void {
    if (message.cmd === 'offline') {
      this.#gone('相机与 MQTT 服务器断开');
      return;
    }
    if (message.cmd === 'result') {
      this.#result(message, payload);
      return;
    }
    this.#alive(message);
    if (!message.cmd.endsWith('_rsp') || !this.#orders || this.#orders.answered(message)) return;
    this.#deps.log.warn('a camera did not take a command', {
      ...{ device: this.id, cmd: message.cmd, status: message.status?.slice(0, 80) },
    });
  }

  #result(message: Fields, payload: Uint8Array): void {
    const { clock, log } = this.#deps;
    const { photo, ...result } = resultOf(message);
    if (photo === undefined) log.warn('a picture is not a JPEG and was dropped', { device: this.id });
    if (result.stored) this.#presence.seen('收到相机的消息');
    else this.#alive(message);
    const receivedAt = clock.now();
    const about = { deviceId: this.id, serialNo: this.serialNo, trigger: 'automatic', receivedAt };
    // Without an answer it tells it again.
    if (this.#door.take({ ...about, ...result, photo: photo ?? null }, payload)) this.#answer('result', message);
  }

  #alive(message: Fields): void {
    const { clock } = this.#deps;
    this.#presence.seen('收到相机的消息');
    const told = timeOf(message);
    if (told !== null) this.#clockOffsetMs = clock.now() - told;
  }

  #answer(cmd: 'camera_register' | 'result', { msg_id }: Fields): void {
    if (msg_id === null || !this.#link) return;
    const text = okTo(cmd, msg_id);
    this.#deps.link.exchanged('out', this.#down, text);
    this.#link.publish(this.#down, text, ANSWER_WITHIN_MS).then(
      (written) => {
        if (written !== 'written') this.#deps.log.warn('an answer to a camera was lost', { device: this.id, cmd });
      },
      (error: unknown) => this.#deps.log.error('an answer failed', { device: this.id, error: errorText(error) }),
    );
  }
}
