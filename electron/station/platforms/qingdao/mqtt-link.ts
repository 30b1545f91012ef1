import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import { errorText } from '../../runtime/errors.ts';
import type { Cancel, Clock, Entropy, Log } from '../../runtime/ports.ts';
import { brokerAddress } from './broker-address.ts';
import { nodeName, type QingdaoSettings } from './config.ts';

type MqttSettings = NonNullable<QingdaoSettings['mqtt']>;

export interface MqttLinkOptions {
  readonly settings: QingdaoSettings;
  readonly mqtt: MqttSettings;
  /** Used when the settings give no password (D06). */
  readonly defaultPassword: string;
  readonly ca: string | undefined;
  readonly topics: readonly string[];
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  /** Handles a notice and commits. The broker is told only after it returns; when it throws, the broker keeps the notice. */
  readonly receive: (topic: string, payload: Uint8Array, sentAgain: boolean) => void;
  /** No topic at all could be subscribed to, or one could again. */
  readonly deaf: (isDeaf: boolean, detail: string) => void;
}

const GOODBYE_MS = 1000;

/**
 * The line to the platform's broker: MQTT 3.1.1, QoS 1, a session that the broker keeps (D13). Each attempt is a new client,
 * because the library's own reconnection has neither back-off nor jitter; the session lives at the broker, and nothing is
 * published, so no client has anything to hand on. Notices are handled one at a time: the next is not read from the socket
 * before the one at hand is acknowledged, which bounds memory.
 */
export class MqttLink {
  readonly #options: MqttLinkOptions;
  #client: MqttClient | undefined;
  #cancelRetry: Cancel = () => undefined;
  #failures = 0;
  #running = false;
  #online = false;
  /** The store failed on a notice: pauses keep growing although the broker lets us in each time. */
  #storeFailed = false;
  /** The alias being asked for. When the line breaks meanwhile, the next one does without aliases. */
  #asking = false;
  #plainOnly = false;

  constructor(options: MqttLinkOptions) {
    this.#options = options;
  }

  get online(): boolean {
    return this.#online;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#open();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#cancelRetry();
    const client = this.#client;
    const polite = this.#online;
    this.#client = undefined;
    this.#online = false;
    if (client === undefined) return;
    // A farewell on a dead line is never finished.
    const cancel = this.#options.clock.after(GOODBYE_MS, () => client.stream.destroy());
    await client.endAsync(!polite).catch(() => undefined);
    cancel();
  }

  #clientOptions(): IClientOptions {
    const { settings, mqtt, defaultPassword, ca } = this.#options;
    const username = mqtt.username ?? nodeName(settings);
    return {
      protocolVersion: 4,
      clean: false,
      clientId: mqtt.clientId ?? username,
      username,
      password: mqtt.password ?? defaultPassword,
      keepalive: mqtt.keepaliveSeconds,
      connectTimeout: mqtt.connectTimeoutMs,
      reconnectPeriod: 0,
      resubscribe: false,
      queueQoSZero: false,
      ...(ca === undefined ? {} : { ca }),
    };
  }

  #open(): void {
    const { mqtt, log, receive } = this.#options;
    let client: MqttClient;
    try {
      client = connect({ ...brokerAddress(mqtt.url), ...this.#clientOptions() });
    } catch (error) {
      log.warn('cannot connect to the broker', { reason: errorText(error) });
      this.#retry();
      return;
    }
    this.#client = client;
    client.handleMessage = (packet, done) => {
      try {
        const { topic, payload, dup, retain } = packet;
        receive(topic, typeof payload === 'string' ? Buffer.from(payload) : payload, dup || retain);
        this.#storeFailed = false;
      } catch (error) {
        this.#storeFailed = true;
        // Not acknowledged: the broker sends it again over a new connection, after the pause.
        log.error('a notice could not be stored', { reason: errorText(error) });
        client.end(true);
        return;
      }
      done();
    };
    client.on('connect', () => this.#subscribe(client));
    client.on('error', (error) => log.warn('broker connection failed', { reason: errorText(error) }));
    client.once('close', () => {
      if (this.#client !== client) return;
      this.#client = undefined;
      this.#plainOnly = this.#asking;
      this.#asking = false;
      if (this.#online) log.warn('broker connection lost');
      this.#online = false;
      client.end(true);
      this.#retry();
    });
  }

  #subscribe(client: MqttClient): void {
    const { topics, log, deaf } = this.#options;
    log.info('connected to the broker');
    const one = (topic: string): Promise<boolean> =>
      client.subscribeAsync(topic, { qos: 1 }).then(
        (granted) => granted.every(({ qos }) => qos < 128),
        (error: unknown) => {
          log.warn('subscription refused', { topic, reason: errorText(error) });
          return false;
        },
      );
    // Some brokers cut the line of whoever asks for a topic they do not grant, so aliases come last.
    const isAlias = (topic: string): boolean => topic.startsWith('/') && topics.includes(topic.slice(1));
    const all = async (): Promise<boolean[]> => {
      const taken = await Promise.all(topics.filter((topic) => !isAlias(topic)).map(one));
      if (this.#client !== client || !client.connected || this.#plainOnly) return taken;
      this.#asking = true;
      return [...taken, ...(await Promise.all(topics.filter(isAlias).map(one)))];
    };
    void all().then((taken) => {
      if (this.#client !== client || !client.connected) return;
      this.#asking = false;
      this.#online = taken.includes(true);
      if (this.#online && !this.#storeFailed) this.#failures = 0;
      deaf(!this.#online, this.#online ? '订阅已恢复' : '消息服务器拒绝了全部订阅，收不到平台通知');
      if (!this.#online) client.end(true);
    });
  }

  /** Jitter between half and all of the doubled pause, so that many car parks do not come back as one. */
  #retry(): void {
    if (!this.#running) return;
    const { mqtt, clock, entropy } = this.#options;
    const pause = Math.min(mqtt.reconnectMaxMs, mqtt.reconnectFirstMs * 2 ** Math.min(this.#failures, 20));
    this.#failures += 1;
    this.#cancelRetry = clock.after(pause * (0.5 + entropy.random() / 2), () => {
      if (this.#running) this.#open();
    });
  }
}
