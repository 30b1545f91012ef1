import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { errorText } from '../../runtime/errors.ts';
import type { Cancel } from '../../runtime/ports.ts';
import { CAR_UNDER_ARM, refused } from '../command-end.ts';
import type { ArmPosition, Camera, CommandOutcome, DeviceDeps, DeviceFacts, GateAction } from '../device.ts';
import { FaultReasons } from '../fault-reasons.ts';
import type { BrokerLink } from '../links.ts';
import { LogGate } from '../log-gate.ts';
import { PlateDoor } from '../plate-door.ts';
import { Presence } from '../presence.ts';
import { UnstoredReads } from '../unstored-reads.ts';
import { isDeparture } from '../vzenith-plates.ts';
import { CameraInputs, relayMove } from '../vzenith-relays.ts';
import { readOf } from '../vzenith-results.ts';
import { SerialEars, serialEntry, unfitForSerial } from '../vzenith-serial.ts';
import { topicsOf } from './frame.ts';
import { type CameraMessage, inputsIn, parseMessage, photoOf } from './messages.ts';
import { selfTest } from './self-test.ts';
import { type Ended, Session } from './session.ts';
import type { VzenithMqttSettings } from './settings.ts';

export const DRIVER = 'vzenith-mqtt';
/** A clock that is further off is set, and not more often than this. */
const CLOCK_LIMIT_MS = 2_000;
const CLOCK_EVERY_MS = 600_000;
/** Silent for so much longer than its signs of life are apart it may be away, whatever counts as offline. */
const KEEP_ALIVE_MARGIN_MS = 15_000;
/** The lock of a held arm is written again this often: nothing tells of a camera that restarted meanwhile, and a lock that is there does not move. */
const HOLD_AGAIN_MS = 30_000;
const LOCKED_HIGH = 1;
const FREE = 0;
const plain = ({ outcome, detail }: CommandOutcome): CommandOutcome => ({ outcome, detail });

/** One camera behind a broker. It is there while it is heard of: that the broker is there says nothing. */
export class VzenithMqttCamera implements Camera {
  readonly id: string;
  readonly kind = 'camera';
  readonly driver = DRIVER;
  readonly #settings: VzenithMqttSettings;
  readonly #deps: DeviceDeps;
  readonly #inputs: CameraInputs;
  readonly #ears: SerialEars;
  readonly #unstored: UnstoredReads;
  readonly #door: PlateDoor;
  readonly #unreadable: LogGate;
  #broker: BrokerLink | null = null;
  #session: Session | null = null;
  readonly #presence: Presence;
  #state: 'online' | 'offline' | 'unknown' = 'unknown';
  #arm: ArmPosition = 'unknown';
  #why = '未投入使用';
  #seenMono: number | null = null;
  #clockOffsetMs: number | null = null;
  #clockSetMono: number | null = null;
  #holding = false;
  #cancelHold: Cancel = () => undefined;

  constructor(id: string, settings: VzenithMqttSettings, deps: DeviceDeps) {
    this.id = id;
    this.#settings = settings;
    this.#deps = deps;
    this.#inputs = new CameraInputs(id, settings.inputs, deps.events);
    this.#ears = new SerialEars(deps.log);
    const faults = new FaultReasons((detail) => deps.events.fault(id, 'firmware', detail));
    this.#door = new PlateDoor({ ...deps, deviceId: id, faults });
    this.#unstored = new UnstoredReads({ ...deps, events: this.#door });
    this.#unreadable = new LogGate(deps.clock, Number.POSITIVE_INFINITY);
    this.#presence = new Presence(deps.clock, settings.offlineAfterMs, (state, detail) => this.#changed(state, detail));
  }

  async start(): Promise<void> {
    const { url, username, password, serialNo } = this.#settings;
    this.#why = '还没有收到相机的消息';
    this.#presence.start();
    this.#broker = this.#deps.links.mqtt(
      { url, username, password },
      {
        topics: topicsOf(serialNo),
        message: (topic, payload) => this.#heard(topic, payload),
        state: (up, detail) => {
          if (up) this.#presence.start();
          else this.#brokerGone(`没有连上 MQTT 服务器：${detail}`);
        },
      },
    );
    this.#session = new Session(this.#broker, this.#settings, this.#deps);
    this.#holdAgain();
  }

  async stop(): Promise<void> {
    this.#presence.stop();
    this.#cancelHold();
    // A held arm stays up: whoever takes over holds it again.
    this.#holding = false;
    this.#unstored.stop();
    this.#session?.lost('岗亭程序正在停止');
    this.#broker?.close();
    this.#broker = null;
    this.#session = null;
    this.#state = 'unknown';
    this.#why = '未投入使用';
  }

  lastSeenAt(): EpochMs | null {
    return this.#presence.lastSeenAt;
  }

  facts(): DeviceFacts {
    const { serialNo, url } = this.#settings;
    return { serialNo, address: url, inputs: this.#inputs.roles };
  }

  async selfTest(): Promise<readonly SelfTestStep[]> {
    const { clock } = this.#deps;
    const session = this.#state === 'online' ? this.#session : null;
    const since = clock.monotonic();
    // A question that moves nothing.
    const ended = await session?.ask('get_io_status', {});
    return selfTest({
      broker: this.#settings.url,
      down: this.#broker?.isUp ? null : this.#why,
      silentMs: this.#seenMono === null ? null : since - this.#seenMono,
      isOnline: this.#state === 'online',
      answeredMs: ended?.answer ? clock.monotonic() - since : null,
      clockOffsetMs: this.#clockOffsetMs,
    });
  }

  /** As it told last, if it has been there ever since. */
  arm(): ArmPosition {
    return this.#arm;
  }

  gate(action: GateAction): Promise<CommandOutcome> {
    const barred = action === 'close' ? this.#closeBarred() : null;
    if (barred !== null) return Promise.resolve(refused(barred));
    if (action === 'hold') return this.#held(true);
    if (action !== 'release-hold') return this.#command('gpio_out', relayMove(action, this.#settings));
    const freed = this.#held(false);
    return this.#settings.pulseAfterUnlock ? this.#pulseAfter(freed) : freed;
  }

  /** Locks the relay, or frees it. What is refused leaves things as they were. */
  async #held(on: boolean): Promise<CommandOutcome> {
    const was = this.#holding;
    this.#holding = on;
    const ended = await this.#lock(on);
    if (ended.outcome === 'refused' && this.#holding === on) this.#holding = was;
    return ended;
  }

  #lock(on: boolean): Promise<CommandOutcome> {
    return this.#command('set_io_lock_status', { ioout: this.#settings.holdIo, status: on ? LOCKED_HIGH : FREE });
  }

  #holdAgain(): void {
    const { clock, log } = this.#deps;
    this.#cancelHold = clock.after(HOLD_AGAIN_MS, () => {
      this.#holdAgain();
      if (!this.#holding || this.#state !== 'online') return;
      this.#lock(true).then(
        ({ outcome, detail }) => {
          if (outcome !== 'done')
            log.warn('a hold could not be written again', { device: this.id, outcome, reason: detail });
        },
        (error: unknown) => log.error('a hold failed', { device: this.id, error: errorText(error) }),
      );
    });
  }

  /** Why the arm must not be told to fall; null: nothing known speaks against it. */
  #closeBarred(): string | null {
    if (this.#inputs.isUnderArm) return CAR_UNDER_ARM;
    if (this.#state !== 'online' || this.#inputs.doubtedSafetyLoops.length === 0) return null;
    // The question may have been lost: asked again, the next order finds it read.
    this.#askInputs();
    return '相机失联过，还没有读到防砸地感，没有落杆，请再试';
  }

  sendSerial(channel: number, bytes: Uint8Array): Promise<CommandOutcome> {
    const unfit = unfitForSerial(channel, bytes);
    return unfit ? Promise.resolve(unfit) : this.#command('serial_data', { serialData: [serialEntry(channel, bytes)] });
  }

  snapshot(): Promise<CommandOutcome> {
    return this.#command('snapshot', {});
  }

  /** Asks it to look once more and read the plate again. */
  recognise(): Promise<CommandOutcome> {
    return this.#command('ivs_trigger', {});
  }

  /** What comes in on its RS-485: channel 0 is the first. */
  onSerial(channel: number, heard: (bytes: Uint8Array) => void): Cancel {
    return this.#ears.on(channel, heard);
  }

  /**
   * Publishes before it returns. To a camera that is away nothing is sent: a broker may keep it, and the camera would carry it
   * out whenever it comes back.
   */
  async #command(cmd: string, body: object): Promise<CommandOutcome> {
    const session = this.#session;
    if (!session || this.#state !== 'online') return refused(this.#why);
    const within = this.#commandsWithinMs;
    if (!this.#presence.wasHeardWithin(within)) return refused(`相机 ${within / 1000} 秒没有消息，指令没有发出`);
    return plain(await session.ask(cmd, body));
  }

  /** Some firmware lets go of a lock only with a pulse on the same relay. */
  async #pulseAfter(freed: Promise<CommandOutcome>): Promise<CommandOutcome> {
    const first = await freed;
    if (first.outcome !== 'done') return first;
    const { holdIo, openPulseMs } = this.#settings;
    const pulse = await this.#command('gpio_out', { io: holdIo, value: 2, delay: openPulseMs });
    return pulse.outcome === 'done'
      ? pulse
      : { outcome: 'unknown', detail: `已解锁，但补发的脉冲没有完成：${pulse.detail}` };
  }

  get #commandsWithinMs(): number {
    return this.#settings.keepAliveSeconds * 1000 + KEEP_ALIVE_MARGIN_MS;
  }

  #brokerGone(detail: string): void {
    this.#session?.lost('与 MQTT 服务器断开');
    this.#why = detail;
    this.#presence.gone(detail);
  }

  #changed(state: 'online' | 'offline', detail: string): void {
    this.#why = detail;
    this.#state = state;
    this.#arm = 'unknown';
    this.#deps.events.state(this.id, state, detail);
    if (state === 'online') this.#doubtInputs();
  }

  /** What its loops did while it was not heard it may have told nobody. */
  #doubtInputs(): void {
    this.#inputs.doubt();
    this.#askInputs();
  }

  #askInputs(): void {
    this.#readInputs().catch((error: unknown) =>
      this.#deps.log.error('the inputs of a camera could not be read', { device: this.id, error: errorText(error) }),
    );
  }

  async #readInputs(): Promise<void> {
    const ended: Ended | undefined =
      this.#inputs.own.length > 0 ? await this.#session?.ask('get_io_status', {}) : undefined;
    const on = ended?.answer ? inputsIn(ended.answer) : [];
    for (const source of this.#inputs.own) {
      const closed = on[source];
      if (closed !== undefined) this.#inputs.found(source, closed);
    }
  }

  #heard(topic: string, payload: Uint8Array): void {
    const { clock, link, log } = this.#deps;
    this.#seenMono = clock.monotonic();
    link.exchanged('in', topic, payload);
    const message = parseMessage(topic, payload);
    const wasSilent = this.#state === 'online' && !this.#presence.wasHeardWithin(this.#commandsWithinMs);
    this.#presence.seen('收到相机的消息');
    if (wasSilent) this.#doubtInputs();
    if (message) this.#message(message, topic);
    else if (this.#unreadable.opens(topic))
      log.warn('a message of a camera could not be read', { device: this.id, topic });
  }

  #message(message: CameraMessage, topic: string): void {
    const { events, log } = this.#deps;
    switch (message.kind) {
      case 'unread':
        this.#door.unread(topic);
        return;
      case 'answer':
        this.#session?.heard(message);
        return;
      case 'result':
        this.#plate(message);
        return;
      case 'input':
        this.#inputs.changed(message.source, message.on);
        return;
      case 'arm':
        this.#arm = message.open ? 'open' : 'closed';
        events.arm(this.id, this.#arm);
        return;
      case 'snapshot': {
        const jpeg = photoOf(message.image);
        if (jpeg) events.snapshot(this.id, jpeg);
        else log.warn('a picture is not a JPEG and was dropped', { device: this.id });
        return;
      }
      case 'serial':
        for (const { channel, bytes } of message.entries) this.#ears.tell(channel, bytes);
        return;
      case 'alive':
        this.#clock(message.clockMs);
        return;
      case 'told':
    }
  }

  #plate({ serialNo, result, photo: image }: Extract<CameraMessage, { kind: 'result' }>): void {
    const { clock, log } = this.#deps;
    if (serialNo !== '' && serialNo.toLowerCase() !== this.#settings.serialNo.toLowerCase()) {
      log.warn('a read of another camera on this one’s topic was ignored', { device: this.id, serialNo });
      return;
    }
    const photo = photoOf(image);
    if (photo === undefined) log.warn('a picture is not a JPEG and was dropped', { device: this.id });
    const receivedAt = clock.now();
    const about = { deviceId: this.id, serialNo: this.#settings.serialNo, receivedAt, photo: photo ?? null };
    const read = readOf(result, about);
    if (!isDeparture(result.triggertype)) this.#unstored.take(read);
  }

  /** Its clock, as its signs of life tell it; set where it is wrong. */
  #clock(clockMs: number | null): void {
    const { clock, log } = this.#deps;
    if (clockMs === null) return;
    this.#clockOffsetMs = clock.now() - clockMs;
    const now = clock.monotonic();
    const wasJustSet = this.#clockSetMono !== null && now - this.#clockSetMono < CLOCK_EVERY_MS;
    if (!this.#settings.setClock || Math.abs(this.#clockOffsetMs) <= CLOCK_LIMIT_MS || wasJustSet) return;
    this.#clockSetMono = now;
    this.#command('set_time', { timestamp: Math.floor(clock.now() / 1000) }).then(
      ({ outcome, detail }) => {
        if (outcome !== 'done') log.warn('the clock of a camera could not be set', { device: this.id, reason: detail });
      },
      (error: unknown) => log.error('a clock could not be set', { device: this.id, error: errorText(error) }),
    );
  }
}
