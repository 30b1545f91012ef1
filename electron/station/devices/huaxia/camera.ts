import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { Camera, CommandOutcome, DeviceDeps, DeviceFacts, DeviceRequest, DeviceResponse } from '../device.ts';
import { FaultReasons } from '../fault-reasons.ts';
import { LogGate } from '../log-gate.ts';
import { PlateDoor } from '../plate-door.ts';
import { Presence } from '../presence.ts';
import type { HuaxiaCar, HuaxiaMessage } from './messages.ts';
import { withoutPictures } from './parser.ts';
import { selfTest } from './self-test.ts';
import type { HuaxiaSettings } from './settings.ts';

export const DRIVER = 'huaxia';

const response = (status: number, error: number, words: string): DeviceResponse => ({
  status,
  contentType: 'application/json; charset=utf-8',
  // A plain parser reads this: compact, and of no other form.
  body: JSON.stringify({ error_num: error, error_str: words }),
});

/** It was taken, and nothing moves. */
export const taken = (): DeviceResponse => response(200, 0, '');
export const failed = (status: number, words: string): DeviceResponse => response(status, 1, words);

const refused = (detail: string): Promise<CommandOutcome> => Promise.resolve({ outcome: 'refused', detail });

/** One camera. It calls us; no source says how it is made to do anything, so it only tells. */
export class HuaxiaCamera implements Camera {
  readonly id: string;
  readonly kind = 'camera';
  readonly driver = DRIVER;
  readonly takesPictures = false;
  readonly serialNo: string;
  readonly #settings: HuaxiaSettings;
  readonly #deps: DeviceDeps;
  readonly #presence: Presence;
  readonly #oddTypes: LogGate;
  readonly #door: PlateDoor;
  readonly #addresses = { own: '', remote: '' };
  /** How far the camera's clock was from ours with its last live read. */
  #clockOffsetMs: number | null = null;
  #running = false;

  constructor(id: string, settings: HuaxiaSettings, deps: DeviceDeps) {
    this.id = id;
    this.serialNo = settings.serialNo;
    this.#settings = settings;
    this.#deps = deps;
    this.#presence = new Presence(deps.clock, settings.offlineAfterMs, (state, detail) =>
      deps.events.state(id, state, detail),
    );
    const faults = new FaultReasons((detail) => deps.events.fault(id, 'firmware', detail));
    this.#door = new PlateDoor({ ...deps, deviceId: id, faults });
    this.#oddTypes = new LogGate(deps.clock, Number.POSITIVE_INFINITY);
  }

  async start(): Promise<void> {
    this.#running = true;
    this.#presence.start();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#presence.stop();
  }

  lastSeenAt(): EpochMs | null {
    return this.#presence.lastSeenAt;
  }

  facts(): DeviceFacts {
    return { serialNo: this.serialNo, address: this.#addresses.own || this.#addresses.remote || undefined };
  }

  async selfTest(): Promise<readonly SelfTestStep[]> {
    return selfTest({ ...this.#heard(), address: this.#addresses.remote }, this.#clockOffsetMs);
  }

  gate(): Promise<CommandOutcome> {
    return refused('华夏智信相机没有公开的开闸方法，不能经相机动闸杆；请把车道的道闸换成继电器板');
  }

  sendSerial(): Promise<CommandOutcome> {
    return refused('华夏智信相机没有公开的串口透传方法；请把显示屏接到本机串口或网口');
  }

  snapshot(): Promise<CommandOutcome> {
    return refused('华夏智信相机没有公开的取图方法，画面只随车牌上报');
  }

  #heard() {
    const now = this.#deps.clock.now();
    const { lastSeenAt } = this.#presence;
    return { lastSeenAt, now, isThere: lastSeenAt !== null && now - lastSeenAt <= this.#settings.offlineAfterMs };
  }

  /** What the camera said, in the form `form`. */
  message(message: HuaxiaMessage, form: Uint8Array, request: DeviceRequest): DeviceResponse {
    const { link } = this.#deps;
    const plain = withoutPictures(form);
    link.exchanged('in', `${request.method} ${request.path || '/'} ${request.contentType}`, plain);
    const answer = this.#message(message, plain, request);
    link.exchanged('out', `${answer.status} ${answer.contentType}`, answer.body);
    return answer;
  }

  #message({ address, type, car }: HuaxiaMessage, form: Uint8Array, { remote }: DeviceRequest): DeviceResponse {
    // Nothing can be recorded before the start and after the end: it shall come again.
    if (!this.#running) return failed(500, 'not running');
    if (address !== null) this.#addresses.own = address;
    this.#addresses.remote = remote;
    this.#presence.seen(`收到来自 ${remote} 的请求`);
    if (!['online', 'offline', 'heartbeat'].includes(type) && this.#oddTypes.opens(type.slice(0, 40)))
      this.#deps.log.warn('a camera sent a message of a kind that is not known', {
        ...{ device: this.id, type: type.slice(0, 40) },
      });
    return car ? this.#car(car, form) : taken();
  }

  #car(car: HuaxiaCar, form: Uint8Array): DeviceResponse {
    const { clock, log } = this.#deps;
    const receivedAt = clock.now();
    const { plate, plateId, capturedAt, stored } = car;
    if (!stored && capturedAt !== null) this.#clockOffsetMs = receivedAt - capturedAt;
    const photo = car.photo();
    if (photo === undefined) log.warn('a picture is not a JPEG and was dropped', { device: this.id });
    const read = {
      ...{ deviceId: this.id, serialNo: this.serialNo, plateId, plate, confidence: null },
      ...{ trigger: 'automatic', capturedAt, receivedAt, stored, photo: photo ?? null },
    };
    return this.#door.take(read, form) ? taken() : failed(500, 'not stored');
  }
}
