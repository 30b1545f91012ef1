import { Socket } from 'node:net';
import { connect, type MqttClient } from 'mqtt';
import { errorText } from '../../runtime/errors.ts';
import type { Cancel, Clock, Entropy, Ids, Log } from '../../runtime/ports.ts';
import type { BrokerAddress, BrokerLink, BrokerListener, Written } from '../links.ts';
import { pauseAfter } from './backoff.ts';
import { whyText } from './why.ts';

const KEEPALIVE_SECONDS = 15;
const CONNECT_MS = 10_000;

interface PoolDeps {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly ids: Ids;
  readonly log: Log;
}

/** The brokers that devices speak through: who names the same one in the same name shares one connection. */
export class MqttPool {
  readonly #deps: PoolDeps;
  readonly #brokers = new Map<string, Broker>();

  constructor(deps: PoolDeps) {
    this.#deps = deps;
  }

  /** See `DeviceLinks.mqtt`. */
  open(address: BrokerAddress, listener: BrokerListener): BrokerLink {
    const key = JSON.stringify([address.url, address.username, address.password]);
    const broker = this.#brokers.get(key) ?? new Broker(address, this.#deps, () => void this.#brokers.delete(key));
    this.#brokers.set(key, broker);
    return broker.join(listener);
  }
}

/** Whether a topic falls under a filter, with `+` for one level and `#` for all that follow. */
export function topicMatches(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const given = topic.split('/');
  for (const [index, level] of wanted.entries()) {
    if (level === '#') return true;
    if (given[index] === undefined || (level !== '+' && level !== given[index])) return false;
  }
  return wanted.length === given.length;
}

/**
 * One connection to a broker. Each attempt is a new client with a session of its own: commands that did not get through in time must
 * never leave later.
 */
class Broker {
  readonly #address: BrokerAddress;
  readonly #deps: PoolDeps;
  readonly #left: () => void;
  readonly #listeners = new Set<BrokerListener>();
  /** Publications that the broker has not confirmed. */
  readonly #publishing = new Set<(written: Written) => void>();
  #client: MqttClient | null = null;
  #isUp = false;
  #told: boolean | null = null;
  #failures = 0;
  #why = '无法连接';
  #cancelRetry: Cancel = () => undefined;
  #closed = false;

  constructor(address: BrokerAddress, deps: PoolDeps, left: () => void) {
    this.#address = address;
    this.#deps = deps;
    this.#left = left;
    this.#cancelRetry = deps.clock.after(0, () => this.#open());
  }

  join(listener: BrokerListener): BrokerLink {
    const isUp = (): boolean => this.#isUp;
    this.#listeners.add(listener);
    const client = this.#client;
    if (client && this.#isUp) this.#subscribe(client, listener);
    if (this.#told !== null)
      this.#deps.clock.after(0, () => {
        if (this.#listeners.has(listener) && this.#told !== null)
          listener.state(this.#told, this.#told ? '已连接' : this.#why);
      });
    return {
      get isUp() {
        return isUp();
      },
      publish: (topic, payload, withinMs) => this.#publish(topic, payload, withinMs),
      close: () => {
        if (!this.#listeners.delete(listener)) return;
        if (this.#listeners.size > 0) {
          this.#unsubscribe(listener);
          return;
        }
        this.#closed = true;
        this.#cancelRetry();
        this.#drop();
        this.#left();
      },
    };
  }

  #open(): void {
    if (this.#closed) return;
    const { url, username, password } = this.#address;
    let client: MqttClient;
    try {
      client = connect(url, {
        ...(username === '' ? {} : { username, password }),
        protocolVersion: 4,
        clean: true,
        clientId: `gatehouse-${this.#deps.ids.next('mqtt').slice(-14)}`,
        keepalive: KEEPALIVE_SECONDS,
        connectTimeout: CONNECT_MS,
        reconnectPeriod: 0,
        resubscribe: false,
        queueQoSZero: false,
      });
    } catch (error) {
      this.#why = errorText(error);
      this.#lost();
      return;
    }
    this.#client = client;
    client.on('connect', () => {
      if (this.#client !== client) return;
      this.#isUp = true;
      this.#failures = 0;
      for (const listener of this.#listeners) this.#subscribe(client, listener);
      this.#tell(true, '已连接');
    });
    client.on('message', (topic, payload, { retain }) => {
      // What a broker kept for whoever comes is of before, and nothing of before may move anything.
      if (this.#client === client && !retain) this.#heard(topic, payload);
    });
    client.on('error', (error) => {
      if (this.#told !== false) this.#deps.log.info('a broker is not connected', { reason: error.message });
      this.#why = whyText(error);
    });
    client.once('close', () => {
      if (this.#client === client) this.#drop();
    });
  }

  #heard(topic: string, payload: Uint8Array): void {
    for (const listener of [...this.#listeners]) {
      if (!listener.topics.some((filter) => topicMatches(filter, topic))) continue;
      this.#call('a message of a device could not be taken', () => listener.message(topic, payload));
    }
  }

  /** What one of them does wrong is no reason to leave the others without their messages. */
  #call(failed: string, tell: () => void): void {
    try {
      tell();
    } catch (error) {
      this.#deps.log.error(failed, { error: errorText(error) });
    }
  }

  #subscribe(client: MqttClient, listener: BrokerListener): void {
    client.subscribe([...listener.topics], { qos: 1 }, (error) => {
      if (error) this.#deps.log.warn('a subscription was refused', { reason: error.message });
    });
  }

  /** Topics of one who left, but for those that others listen to as well. */
  #unsubscribe(gone: BrokerListener): void {
    const wanted = new Set([...this.#listeners].flatMap(({ topics }) => topics));
    const topics = gone.topics.filter((topic) => !wanted.has(topic));
    const client = this.#client;
    if (topics.length > 0 && client && this.#isUp) client.unsubscribe(topics, () => undefined);
  }

  #drop(): void {
    const client = this.#client;
    if (!client) return;
    this.#lost();
    // What still lies in the socket is thrown away with it; under TLS it may yet arrive.
    if (Object.getPrototypeOf(client.stream) === Socket.prototype && client.stream instanceof Socket)
      client.stream.resetAndDestroy();
    client.end(true);
  }

  #lost(): void {
    this.#client = null;
    this.#isUp = false;
    this.#failures += 1;
    for (const end of [...this.#publishing]) end('some');
    if (this.#closed) return;
    this.#cancelRetry = this.#deps.clock.after(pauseAfter(this.#failures, this.#deps.entropy), () => this.#open());
    this.#tell(false, this.#why);
  }

  #publish(topic: string, payload: string, withinMs: number): Promise<Written> {
    const client = this.#client;
    // A client that is closing would keep it in a queue that nobody empties.
    if (!client?.connected || !this.#isUp) return Promise.resolve('none');
    return new Promise((resolve) => {
      const end = (written: Written): void => {
        if (!this.#publishing.delete(end)) return;
        cancel();
        resolve(written);
      };
      this.#publishing.add(end);
      const cancel = this.#deps.clock.after(withinMs, () => {
        end('some');
        // A broker that does not confirm is as good as gone, and nothing may leave late.
        if (this.#client === client) this.#drop();
      });
      client.publish(topic, payload, { qos: 1 }, (error) => end(error ? 'some' : 'written'));
    });
  }

  #tell(up: boolean, detail: string): void {
    if (this.#told === up) return;
    this.#told = up;
    for (const listener of [...this.#listeners])
      this.#call('the state of a broker could not be told', () => listener.state(up, detail));
  }
}
