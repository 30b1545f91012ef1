import type { JournalEvent } from '../../../../shared/domain/events.ts';
import type { PaymentChannel } from '../../payments/channel.ts';
import { readCertificate } from '../certificate.ts';
import { NotNow, Refused } from '../define-message.ts';
import type {
  Delivery,
  Duty,
  OutboundMessage,
  OutboxDraft,
  Platform,
  PlatformDeps,
  PlatformInbound,
  RetrySettings,
} from '../platform.ts';
import { ask } from './asking.ts';
import type { CmbSettings } from './config.ts';
import type { CmbContext } from './context.ts';
import { CmbDownlink } from './downlink.ts';
import { judge, readAnswer } from './judge.ts';
import { upMessages } from './messages.ts';
import { duties } from './schedule.ts';
import { Uplink } from './uplink.ts';
import { messageWords } from './words.ts';

/** The platform at work. Built by its definition; everything it needs comes in through `deps`. */
export class CmbPlatform implements Platform {
  readonly id = 'cmb';
  readonly title = '招商银行 停车';
  readonly duties: readonly Duty[];
  readonly words = messageWords;
  readonly secrets: readonly string[];
  readonly concurrency: number;
  readonly retry: RetrySettings;
  readonly channels: readonly PaymentChannel[];
  readonly inbound: PlatformInbound;
  readonly #context: CmbContext;
  readonly #uplink: Uplink;
  readonly #giveUpAfter: number;

  /** @throws ConfigError for a certificate file that cannot be read */
  constructor(settings: CmbSettings, deps: PlatformDeps) {
    const { clock, ids, log, photos, commands, station } = deps;
    this.#uplink = new Uplink(settings, clock, readCertificate(settings.http.caFile, 'cmb.http.caFile'));
    this.#context = {
      ...{ settings, clock, ids, log, photos, commands, station },
      ask: (query, body, signal) => ask(this.#uplink, query, body, this.#context, signal),
    };
    this.inbound = new CmbDownlink(this.#context);
    this.channels = [];
    this.duties = duties(this.#context, this.#uplink);
    this.concurrency = settings.concurrency;
    this.retry = settings.outbox;
    this.secrets = [settings.appSecret];
    this.#giveUpAfter = settings.outbox.giveUpAfter;
  }

  project(event: JournalEvent): readonly OutboxDraft[] {
    return upMessages.flatMap((message) => message.project(event, this.#context));
  }

  async send(message: OutboundMessage, signal: AbortSignal): Promise<Delivery> {
    const definition = upMessages.find(({ name }) => name === message.message);
    if (definition === undefined) return { kind: 'refused', reason: `there is no message ${message.message}` };
    let wire: Awaited<ReturnType<typeof definition.encode>>;
    try {
      wire = await definition.encode(message.body, this.#context);
    } catch (error) {
      if (!(error instanceof NotNow)) throw error;
      return { kind: 'retry', scope: 'message', reason: error.message, answered: true, unsent: true };
    }
    if (wire instanceof Refused) return { kind: 'refused', reason: wire.reason };
    const { result, trace } = await this.#uplink.post(definition.name, wire, signal);
    const delivery = judge(result, message.attempt, this.#giveUpAfter);
    const answer = readAnswer(result);
    if (delivery.kind === 'delivered' && answer.kind === 'answered')
      definition.answered({ data: answer.data }, message.body, this.#context);
    return { ...delivery, trace };
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {
    await this.#uplink.close();
  }

  status() {
    return { clockDriftMs: null, downlink: 'none' } as const;
  }
}
