import { connectAsync, type MqttClient } from 'mqtt';

export interface MqttLineOptions {
  /** Of the broker. */
  readonly url: string;
  readonly clientId: string;
  readonly username?: string;
  readonly password?: string;
  readonly will?: { readonly topic: string; readonly payload: string };
  readonly topics: readonly string[];
  readonly heard: (topic: string, payload: Buffer) => void;
  /** Connected, for the first time or again, and subscribed. */
  readonly online?: () => void;
  readonly reconnectMs?: number;
}

const PATIENCE_MS = 5_000;

/** A device's connection to a broker. It comes back by itself until it is powered off. */
export class MqttLine {
  /** How often the broker took it in. */
  connections = 0;
  readonly #options: MqttLineOptions;
  #client: MqttClient | undefined;

  constructor(options: MqttLineOptions) {
    this.#options = options;
  }

  get connected(): boolean {
    return this.#client?.connected ?? false;
  }

  async powerOn(): Promise<void> {
    const { url, clientId, username, password, will, reconnectMs = 50 } = this.#options;
    const client = await connectAsync(url, {
      ...{ clientId, clean: true, reconnectPeriod: reconnectMs, connectTimeout: PATIENCE_MS, resubscribe: false },
      ...(username !== undefined && { username }),
      ...(password !== undefined && { password }),
      ...(will && { will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: false } }),
    });
    this.#client = client;
    client.on('error', () => undefined);
    client.on('message', (topic, payload) => this.#options.heard(topic, payload));
    await this.#greet(client);
    client.on('connect', () => {
      this.#greet(client).catch(() => undefined);
    });
  }

  /** QoS 1. A device that is away drops what it says. */
  publish(topic: string, payload: string | Buffer): void {
    const client = this.#client;
    if (client?.connected) client.publishAsync(topic, payload, { qos: 1 }).catch(() => undefined);
  }

  /** The network fails: the broker speaks the will, and the device comes back by itself. */
  drop(): void {
    this.#client?.stream.destroy();
  }

  /** Says goodbye, so that the will stays unspoken, or not. */
  async powerOff(goodbye = true): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.endAsync(!goodbye);
  }

  async #greet(client: MqttClient): Promise<void> {
    this.connections += 1;
    if (this.#options.topics.length > 0) await client.subscribeAsync([...this.#options.topics], { qos: 1 });
    this.#options.online?.();
  }
}
