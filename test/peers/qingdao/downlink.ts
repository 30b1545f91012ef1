import { isDeepStrictEqual } from 'node:util';
import { connectAsync, type MqttClient } from 'mqtt';
import { type QingdaoKeys, sealText, sealTextWithPrivateKey, signText } from './crypto.ts';
import { isWireObject, parseLossless, type WireObject } from './lossless-json.ts';
import { type Finding, finding, type Opened } from './validate.ts';
import { wallClock } from './wall-clock.ts';

export interface BrokerLogin {
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  readonly clientId?: string;
}

export interface PublishOptions {
  /** Any 64-bit number, written digit by digit; the next of a counter otherwise. */
  readonly requestId?: string | bigint | number;
  /** `yyyy-MM-dd HH:mm:ss`; an earlier one than the last makes the notice stale. Now otherwise. */
  readonly timestamp?: string;
  /** A well-formed signature of something else. */
  readonly badSign?: boolean;
  /** `/qdpark/…` instead of `qdpark/…`. */
  readonly leadingSlash?: boolean;
  /** The whole topic, for the old names and for topics that nobody knows. */
  readonly topic?: string;
  /** `platformPrivate`: the way of sibling platforms (D05 fallback). */
  readonly seal?: 'mirrored' | 'platformPrivate';
  /** Sent instead of the cipher, signed properly. */
  readonly cipher?: string;
}

/** A message that went out. `payload` is the envelope as it was on the wire. */
export interface Notice {
  readonly requestId: string;
  readonly interface: string;
  readonly topic: string;
  readonly payload: string;
  readonly body: WireObject;
  readonly publishedAt: number;
}

/** A confirmation that arrived by HTTP. */
export interface Confirm {
  /** The digits as they stood in the decrypted text. */
  readonly requestId: string;
  readonly interface: string;
  readonly at: number;
  /** Since the first publication of the notice; `null` for a notice that never was. */
  readonly latencyMs: number | null;
  readonly success: boolean;
  readonly params: WireObject;
}

export interface SpecialCar {
  readonly plateNo: string;
  /** 0 black list · 1 white list. */
  readonly operateType: 0 | 1;
  /** 0 add · 1 delete · 2 update. */
  readonly operate: 0 | 1 | 2;
  readonly carType?: 1 | 2 | 3;
  readonly remark?: string;
  readonly operateTime?: string;
  readonly startTime?: string;
  readonly endTime?: string;
}

/** The MQTT side: publishes notices and knows what was confirmed. */
export class Downlink {
  readonly notices: Notice[] = [];
  readonly confirms: Confirm[] = [];
  readonly #keys: QingdaoKeys;
  readonly #accessId: string;
  readonly #parkingCode: string;
  readonly #now: () => number;
  #client: MqttClient | undefined;
  #nextId = 1n;

  constructor(keys: QingdaoKeys, accessId: string, parkingCode: string, now: () => number) {
    this.#keys = keys;
    this.#accessId = accessId;
    this.#parkingCode = parkingCode;
    this.#now = now;
  }

  async connect(login: BrokerLogin): Promise<void> {
    await this.disconnect();
    const { url, ...options } = login;
    this.#client = await connectAsync(
      url,
      { clientId: `city-${process.pid}-${this.#now()}`, ...options, reconnectPeriod: 100 },
      false,
    );
    this.#client.on('error', () => undefined);
  }

  async disconnect(): Promise<void> {
    await this.#client?.endAsync(true);
    this.#client = undefined;
  }

  /** Publishes a flat business object; resolves when the broker has acknowledged it (QoS 1). */
  async publish(
    name: string,
    body: Readonly<Record<string, string | number>>,
    options: PublishOptions = {},
  ): Promise<Notice> {
    const requestId = String(options.requestId ?? this.#nextId++);
    const plain = JSON.stringify(body);
    const cipher =
      options.cipher ??
      (options.seal === 'platformPrivate'
        ? sealTextWithPrivateKey(plain, this.#keys.platformPrivateKey)
        : sealText(plain, this.#keys.userPublicKey));
    const sign = signText(options.badSign ? `${cipher}x` : cipher, this.#keys.platformPrivateKey);
    const timestamp = options.timestamp ?? wallClock(this.#now());
    // By hand: a JS number would round the digits of a 64-bit requestId.
    const payload = `{"requestId":${requestId},"timestamp":"${timestamp}","cipher":"${cipher}","sign":"${sign}"}`;
    const topic =
      options.topic ?? `${options.leadingSlash ? '/' : ''}qdpark/v1/${name}/${this.#accessId}/${this.#parkingCode}`;
    const sent = parseLossless(plain);
    const notice: Notice = {
      requestId,
      interface: name,
      topic,
      payload,
      body: isWireObject(sent) ? sent : {},
      publishedAt: this.#now(),
    };
    this.notices.push(notice);
    await this.repeat(notice);
    return notice;
  }

  /** The same payload on the same topic once more. */
  async repeat(notice: Notice): Promise<void> {
    if (!this.#client) throw new Error('the platform is not connected to a broker');
    await this.#client.publishAsync(notice.topic, notice.payload, { qos: 1 });
  }

  specialCar(car: SpecialCar, options: PublishOptions = {}): Promise<Notice> {
    const now = this.#now();
    const body = {
      parkingCode: this.#parkingCode,
      carType: 1,
      operateTime: wallClock(now),
      startTime: wallClock(now - 86_400_000),
      endTime: wallClock(now + 365 * 86_400_000),
      ...car,
    };
    return this.publish('specialCar', body, options);
  }

  /** Books a confirmation and says what is wrong with it: unknown request number, or params that do not repeat the notice. */
  confirmed(name: string, answers: string, opened: Opened): Finding[] {
    const requestId = String(opened.data.requestId);
    const matching = this.notices.filter((notice) => notice.requestId === requestId && notice.interface === answers);
    const at = this.#now();
    const first = matching[0];
    this.confirms.push({
      requestId,
      interface: name,
      at,
      latencyMs: first ? at - first.publishedAt : null,
      success: opened.data.success === true,
      params: opened.params,
    });
    if (!first) return [finding('echo', `no ${answers} with requestId ${requestId} was sent`, 'requestId')];
    return matching.some((notice) => isDeepStrictEqual(notice.body, opened.params))
      ? []
      : [finding('echo', `params do not repeat notice ${requestId}`, 'params')];
  }
}
