import type { JournalEvent } from '../../../../shared/domain/events.ts';
import type { PaymentChannel } from '../../payments/channel.ts';
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
import { ask } from './asking.ts';
import { chooseCipher } from './cipher.ts';
import type { KeytopSettings } from './config.ts';
import type { KeytopContext } from './context.ts';
import { KeytopDownlink } from './downlink.ts';
import { judge } from './judge.ts';
import { upMessages } from './messages.ts';
import { duties } from './schedule.ts';
import { Uplink } from './uplink.ts';
import { messageWords } from './words.ts';

/** The platform at work. Built by its definition; everything it needs comes in through `deps`. */
export class KeytopPlatform implements Platform {
  readonly id = 'keytop';
  readonly title = '科拓 第三方对接';
  readonly duties: readonly Duty[];
  readonly words = messageWords;
  readonly secrets: readonly string[];
  readonly concurrency: number;
  readonly retry: RetrySettings;
  readonly channels: readonly PaymentChannel[];
  readonly inbound?: KeytopDownlink;
  readonly #context: KeytopContext;
  readonly #uplink: Uplink;
  readonly #giveUpAfter: number;

  /** @throws ConfigError for a certificate file that cannot be read */
  constructor(settings: KeytopSettings, deps: PlatformDeps) {
    const { site, areas, clock, ids, log, photos, commands, station, address } = deps;
    const { downlink } = settings;
    const cipher = chooseCipher(log);
    this.#uplink = new Uplink(settings, clock, cipher, readCertificate(settings.http.caFile, 'keytop.http.caFile'));
    const publicUrl = (): string => settings.photo.publicUrl || (address(downlink?.listen) ?? addressHere(downlink));
    this.#context = {
      ...{ settings, site, areas, clock, ids, log, photos, commands, station, publicUrl },
      ask: (query, body, signal) => ask(this.#uplink, query, body, this.#context, signal),
    };
    if (downlink) this.inbound = new KeytopDownlink(this.#context, downlink, cipher);
    this.channels = [];
    this.duties = duties(this.#context, this.#uplink);
    this.concurrency = settings.concurrency;
    this.retry = settings.outbox;
    this.#giveUpAfter = settings.outbox.giveUpAfter;
    this.secrets = [settings.password, settings.key, ...(downlink ? [downlink.password, downlink.key] : [])];
  }

  project(event: JournalEvent): readonly OutboxDraft[] {
    return upMessages.flatMap((message) => message.project(event, this.#context));
  }

  async send(message: OutboundMessage, signal: AbortSignal): Promise<Delivery> {
    const definition = upMessages.find(({ name }) => name === message.message);
    if (definition === undefined) return { kind: 'refused', reason: `there is no message ${message.message}` };
    const wire = await definition.encode(message.body, this.#context);
    if (wire instanceof Refused) return { kind: 'refused', reason: wire.reason };
    const { answer, trace } = await this.#uplink.post(definition.name, wire, signal);
    const delivery = judge(answer, message.attempt, this.#giveUpAfter);
    if (delivery.kind === 'delivered' && answer.kind === 'answered')
      definition.answered({ data: answer.data }, message.body, this.#context);
    return { ...delivery, trace };
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {
    await this.#uplink.close();
  }

  status() {
    const downlink = this.inbound?.heard.lately ? 'online' : 'none';
    return { clockDriftMs: null, downlink } as const;
  }
}

/** Where nobody knows how this station is reached: an address must be told all the same. */
const addressHere = (own: KeytopSettings['downlink']): string =>
  own?.listen ? `${own.listen.tls ? 'https' : 'http'}://127.0.0.1:${own.listen.port}` : 'http://127.0.0.1';
