import type { JournalEvent } from '../../../../shared/domain/events.ts';
import { readCertificate } from '../certificate.ts';
import { Refused } from '../define-message.ts';
import type {
  Delivery,
  Duty,
  OutboundMessage,
  OutboxDraft,
  Platform,
  PlatformDeps,
  RetrySettings,
} from '../platform.ts';
import type { ShenzhenSettings } from './config.ts';
import { isUpName } from './config-wire.ts';
import type { ShenzhenContext } from './context.ts';
import { ShenzhenDownlink } from './downlink.ts';
import { judge } from './judge.ts';
import { upMessages } from './messages.ts';
import { duties } from './schedule.ts';
import { Uplink } from './uplink.ts';
import { messageWords } from './words.ts';

/** The platform at work. Built by its definition; everything it needs comes in through `deps`. */
export class ShenzhenPlatform implements Platform {
  readonly id = 'shenzhen';
  readonly title = '深圳 路内信息联网';
  readonly duties: readonly Duty[];
  readonly words = messageWords;
  readonly secrets: readonly string[];
  readonly concurrency: number;
  readonly retry: RetrySettings;
  readonly #context: ShenzhenContext;
  readonly #settings: ShenzhenSettings;
  readonly #uplink: Uplink;
  readonly #downlink: ShenzhenDownlink | undefined;

  /** @throws ConfigError for a certificate file that cannot be read */
  constructor(settings: ShenzhenSettings, deps: PlatformDeps) {
    const { site, areas, clock, ids, entropy, log, commands, station, address } = deps;
    const publicUrl = (): string => address() ?? 'http://127.0.0.1';
    this.#settings = settings;
    this.#context = { settings, site, areas, clock, ids, entropy, log, commands, station, publicUrl };
    const ca = readCertificate(settings.http.caFile, 'shenzhen.http.caFile');
    this.#uplink = new Uplink(settings, clock, ca);
    const { downlink } = settings;
    this.#downlink = downlink && new ShenzhenDownlink(this.#context, downlink, ca);
    this.duties = duties(this.#context, this.#uplink);
    this.concurrency = settings.concurrency;
    this.retry = settings.outbox;
    this.secrets = [settings.accessSecret];
  }

  project(event: JournalEvent): readonly OutboxDraft[] {
    return upMessages.flatMap((message) => message.project(event, this.#context));
  }

  async send(message: OutboundMessage, signal: AbortSignal): Promise<Delivery> {
    const definition = upMessages.find(({ name }) => name === message.message);
    if (definition === undefined || !isUpName(definition.name))
      return { kind: 'refused', reason: `there is no message ${message.message}` };
    const wire = await definition.encode(message.body, this.#context);
    if (wire instanceof Refused) return { kind: 'refused', reason: wire.reason };
    const { answer, trace } = await this.#uplink.send(definition.name, wire, signal);
    const delivery = judge(answer, message, this.#settings);
    if (delivery.kind === 'delivered' && answer.kind === 'answered')
      definition.answered(answer, message.body, this.#context);
    return { ...delivery, trace };
  }

  async start(): Promise<void> {
    this.#downlink?.start();
  }

  async stop(): Promise<void> {
    await this.#downlink?.stop();
    await this.#uplink.close();
  }

  status() {
    const downlink = this.#downlink === undefined ? 'none' : this.#downlink.online ? 'online' : 'offline';
    return { clockDriftMs: null, downlink } as const;
  }
}
