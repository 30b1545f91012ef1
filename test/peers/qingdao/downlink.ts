import type { Confirm } from './confirms.ts';
import { Confirms } from './confirms.ts';
import type { QingdaoKeys } from './crypto.ts';
import type { Dialect } from './dialect.ts';
import type { FaultHandle, FaultScope, MqttFault } from './faults.ts';
import { compose, type Draft, type Notice, type PublishOptions } from './notices.ts';
import { type After, type BrokerLogin, Post } from './post.ts';
import { wallClock } from './wall-clock.ts';

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

export interface DownlinkOptions {
  readonly keys: QingdaoKeys;
  readonly accessId: string;
  readonly parkingCode: string;
  readonly dialect: Dialect;
  readonly now: () => number;
  readonly after: After;
}

/** The MQTT side: publishes notices and knows what was confirmed. */
export class Downlink {
  readonly notices: Notice[] = [];
  readonly answers = new Confirms();
  /** The number of the next notice that is not given one; set it high to have all of them beyond 2^53. */
  nextRequestId = 1n;
  readonly #options: DownlinkOptions;
  readonly #post: Post;

  constructor(options: DownlinkOptions) {
    this.#options = options;
    this.#post = new Post(options.now, options.after);
  }

  get confirms(): readonly Confirm[] {
    return this.answers.all;
  }

  connect(login: BrokerLogin): Promise<void> {
    return this.#post.connect(login);
  }

  disconnect(): Promise<void> {
    return this.#post.disconnect();
  }

  /** What happens to the next publications on their way. */
  fault(fault: MqttFault, scope: FaultScope = {}): FaultHandle {
    return this.#post.faults.set(fault, scope);
  }

  clearFaults(): void {
    this.#post.faults.clear();
  }

  /** Publications that the fault `hold` keeps back, oldest first. */
  get held(): readonly Notice[] {
    return this.#post.held;
  }

  /** Sends what is held back: as it came, or the last first. */
  release(order: 'as-held' | 'reversed' = 'as-held'): Promise<void> {
    return this.#post.release((held) => (order === 'reversed' ? held.toReversed() : held));
  }

  /** Publishes a flat business object; resolves when the broker has acknowledged it (QoS 1). */
  async publish(
    name: string,
    body: Readonly<Record<string, string | number>>,
    options: PublishOptions = {},
  ): Promise<Notice> {
    const { now, ...sender } = this.#options;
    const requestId = String(options.requestId ?? this.nextRequestId++);
    const notice = compose(name, body, requestId, options, { ...sender, now: now() });
    this.notices.push(notice);
    this.answers.expect(notice);
    await this.#post.send(notice);
    return notice;
  }

  /** The same payload on the same topic once more. */
  async repeat(notice: Notice): Promise<void> {
    const mine = this.notices.find((one): one is Draft => one === notice);
    if (!mine) throw new Error('not a notice of this platform');
    await this.#post.send(mine);
  }

  specialCar(car: SpecialCar, options: PublishOptions = {}): Promise<Notice> {
    const now = this.#options.now();
    const body = {
      parkingCode: options.parkingCode ?? this.#options.parkingCode,
      carType: 1,
      operateTime: wallClock(now),
      startTime: wallClock(now - 86_400_000),
      endTime: wallClock(now + 365 * 86_400_000),
      ...car,
    };
    return this.publish('specialCar', body, options);
  }

  /** Notices that left and that this car park must confirm, but has not. */
  unconfirmed(): Notice[] {
    return this.notices.filter(
      (notice) =>
        notice.confirmation === 'must' && notice.departures.length > 0 && this.answers.of(notice).length === 0,
    );
  }

  /** Confirmations that came after their time. */
  late(): Confirm[] {
    return this.confirms.filter(({ latencyMs, limitMs }) => latencyMs !== null && latencyMs > limitMs);
  }
}
