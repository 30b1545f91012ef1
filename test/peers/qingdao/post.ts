import { connectAsync, type MqttClient } from 'mqtt';
import { FaultBoard, type MqttFault } from './faults.ts';
import type { Draft, Notice } from './notices.ts';

export interface BrokerLogin {
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  readonly clientId?: string;
}

/** Runs a task later; the returned function calls it off. */
export type After = (ms: number, task: () => void) => () => void;

/** The way to the broker, with everything that can happen on it. */
export class Post {
  readonly faults = new FaultBoard<MqttFault>();
  /** What `hold` keeps back, oldest first. */
  #held: Draft[] = [];
  readonly #pending = new Set<() => void>();
  readonly #now: () => number;
  readonly #after: After;
  #client: MqttClient | undefined;

  constructor(now: () => number, after: After) {
    this.#now = now;
    this.#after = after;
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
    for (const cancel of this.#pending) cancel();
    this.#pending.clear();
    await this.#client?.endAsync(true);
    this.#client = undefined;
  }

  get held(): readonly Notice[] {
    return this.#held;
  }

  /** Resolves when the broker has acknowledged it (QoS 1), or when a fault has taken it. */
  async send(notice: Draft): Promise<void> {
    const { delayMs, fault } = this.faults.take(notice.interface);
    if (fault?.kind === 'lose') return;
    if (fault?.kind === 'hold') {
      this.#held.push(notice);
      return;
    }
    const times = fault?.kind === 'duplicate' ? 2 : 1;
    if (delayMs === 0) return this.#deliver(notice, times);
    const cancel = this.#after(delayMs, () => {
      this.#pending.delete(cancel);
      this.#deliver(notice, times).catch(() => undefined);
    });
    this.#pending.add(cancel);
  }

  /** Sends what is held back, in the order that `arrange` gives it. */
  async release(arrange: (held: readonly Draft[]) => readonly Draft[]): Promise<void> {
    const held = this.#held;
    this.#held = [];
    for (const notice of arrange(held)) await this.#deliver(notice, 1);
  }

  async #deliver(notice: Draft, times: number): Promise<void> {
    if (!this.#client) throw new Error('the platform is not connected to a broker');
    for (let turn = 0; turn < times; turn += 1) {
      notice.departures.push(this.#now());
      await this.#client.publishAsync(notice.topic, notice.payload, { qos: 1 });
    }
  }
}
