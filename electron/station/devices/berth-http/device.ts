import { createHash, timingSafeEqual } from 'node:crypto';
import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { errorText } from '../../runtime/errors.ts';
import type { BerthTold, Device, DeviceDeps, DeviceFacts, DeviceRequest, DeviceResponse } from '../device.ts';
import { Presence } from '../presence.ts';
import { type BerthPush, pictureOf, withoutKey } from './messages.ts';
import { answer } from './reply.ts';
import type { BerthHttpSettings } from './settings.ts';

export const DRIVER = 'berth-http';

export type BerthKind = 'berth-sensor' | 'berth-camera';

/** A device at the kerb that tells which berths are taken: one that feels, or one that looks. */
export class BerthDevice implements Device {
  readonly id: string;
  readonly kind: BerthKind;
  readonly driver = DRIVER;
  readonly serialNo: string;
  readonly #settings: BerthHttpSettings;
  readonly #deps: DeviceDeps;
  readonly #presence: Presence;
  #running = false;
  #address = '';
  #offsetMs: number | null = null;
  /** Codes that are nobody's, as they were logged last. */
  #unknown = '';

  constructor(id: string, kind: BerthKind, settings: BerthHttpSettings, deps: DeviceDeps) {
    this.id = id;
    this.kind = kind;
    this.serialNo = settings.serialNo;
    this.#settings = settings;
    this.#deps = deps;
    this.#presence = new Presence(deps.clock, settings.silentSeconds * 1000, (state, detail) =>
      deps.events.state(id, state, detail),
    );
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
    return { serialNo: this.serialNo, address: this.#address || undefined };
  }

  /** It calls us and cannot be called: when it did last, and by which clock, tells whether it is well. */
  async selfTest(): Promise<readonly SelfTestStep[]> {
    const seen = this.#presence.lastSeenAt;
    const silent = seen === null ? null : Math.round((this.#deps.clock.now() - seen) / 1000);
    const late = silent === null || silent > this.#settings.silentSeconds;
    const off = this.#offsetMs === null ? null : Math.round(this.#offsetMs / 1000);
    return [
      {
        ...{ step: 'heartbeat', result: late ? 'failed' : 'ok', tookMs: null },
        detail: silent === null ? '还没有收到过推送' : `${silent} 秒前收到推送`,
      },
      {
        ...{ step: 'clock', tookMs: null, result: off === null ? 'skipped' : this.#clockWrong() ? 'warning' : 'ok' },
        detail: off === null ? '推送里没有时间' : `时钟与本机相差 ${Math.abs(off)} 秒`,
      },
    ];
  }

  /** Whether whoever sends this is the device; takes as long whatever the key. */
  knows(key: string): boolean {
    const { key: wanted } = this.#settings;
    return wanted === undefined || timingSafeEqual(digest(wanted), digest(key));
  }

  push(push: BerthPush, text: string, request: DeviceRequest): DeviceResponse {
    const { link } = this.#deps;
    link.exchanged('in', `${request.method} ${request.path || '/'} ${request.contentType}`, withoutKey(text));
    const response = this.#push(push, request);
    link.exchanged('out', `${response.status} ${response.contentType}`, response.body);
    return response;
  }

  #push(push: BerthPush, request: DeviceRequest): DeviceResponse {
    // Nothing can be stored before the start and after the end: it shall keep it and come again.
    if (!this.#running) return answer(503, 503, 'not running');
    const { clock, events, log } = this.#deps;
    const receivedAt = clock.now();
    this.#address = request.remote;
    this.#offsetMs = push.time == null ? null : push.time - receivedAt;
    this.#presence.seen(`push from ${request.remote}`);
    const clockWrong = this.#clockWrong();
    try {
      const { unknown, failed } = events.berths({
        ...{ deviceId: this.id, receivedAt, offsetMs: this.#offsetMs, clockWrong },
        source: this.kind === 'berth-camera' ? 'video' : 'geomagnetic',
        berths: push.berths.map((each) => this.#told(each, clockWrong)),
      });
      this.#noteUnknown(unknown);
      if (failed.length > 0) return answer(500, 500, 'not stored', { unknown, failed });
      return answer(200, 0, 'ok', { unknown });
    } catch (error) {
      log.error('a push of berths could not be stored', { device: this.id, error: errorText(error) });
      return answer(500, 500, 'not stored');
    }
  }

  #told({ photoText, ...told }: BerthPush['berths'][number], clockWrong: boolean): BerthTold {
    const photo = pictureOf(photoText);
    if (photo === undefined)
      this.#deps.log.warn('a picture is not a JPEG and was dropped', { device: this.id, characters: photoText.length });
    return { ...told, at: clockWrong ? null : told.at, photo: photo ?? null };
  }

  #clockWrong(): boolean {
    return this.#offsetMs !== null && Math.abs(this.#offsetMs) > this.#settings.clockMinutes * 60_000;
  }

  /** Once for as long as they are the same: it tells of all its berths by the minute. */
  #noteUnknown(codes: readonly string[]): void {
    const now = codes.slice(0, 20).join(' ');
    if (now === this.#unknown) return;
    this.#unknown = now;
    if (now !== '')
      this.#deps.log.warn('a device told of berths that are not its own', { device: this.id, codes: now });
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
