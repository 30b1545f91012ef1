import type { JournalEvent } from '../../../../shared/domain/events.ts';
import type { PaymentChannel } from '../../payments/channel.ts';
import type { Cancel } from '../../runtime/ports.ts';
import { readCertificate } from '../certificate.ts';
import { NotNow, Refused } from '../define-message.ts';
import type {
  Delivery,
  Duty,
  LookedUp,
  OutboundMessage,
  OutboxDraft,
  Platform,
  PlatformDeps,
  RetrySettings,
} from '../platform.ts';
import { announceConfig } from './announce.ts';
import { ask } from './asking.ts';
import type { CmbSettings } from './config.ts';
import type { CmbContext } from './context.ts';
import { CmbDownlink } from './downlink.ts';
import { GuaranteeWatch } from './guarantee.ts';
import { judge, readAnswer } from './judge.ts';
import { EntryLookUp, lookUp } from './look-up.ts';
import { upMessages } from './messages.ts';
import { CmbChannel } from './payment.ts';
import { CmbCodeChannel } from './qr.ts';
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
  readonly inbound: CmbDownlink;
  readonly #context: CmbContext;
  readonly #uplink: Uplink;
  readonly #giveUpAfter: number;
  readonly #entries: EntryLookUp;
  readonly #guarantees: GuaranteeWatch;
  #stopAnnouncing: Cancel = () => undefined;

  /** @throws ConfigError for a certificate file that cannot be read */
  constructor(settings: CmbSettings, deps: PlatformDeps) {
    const { site, clock, ids, log, photos, commands, station } = deps;
    this.#uplink = new Uplink(settings, clock, readCertificate(settings.http.caFile, 'cmb.http.caFile'));
    this.#context = {
      ...{ settings, site, clock, ids, log, photos, commands, station },
      ask: (query, body, signal, to) => ask(this.#uplink, query, body, this.#context, signal, to),
    };
    this.inbound = new CmbDownlink(this.#context);
    const silent = (): boolean => this.#uplink.silent;
    this.channels = [new CmbChannel(this.#context, silent), new CmbCodeChannel(this.#context)];
    this.#entries = new EntryLookUp(this.#context, silent);
    this.#guarantees = new GuaranteeWatch(this.#context);
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

  lookUp(plate: string, signal: AbortSignal): Promise<LookedUp> {
    return lookUp(this.#context, plate, signal);
  }

  async start(): Promise<void> {
    this.#stopAnnouncing = announceConfig(this.#context);
    this.#entries.start();
    this.#guarantees.start();
  }

  async stop(): Promise<void> {
    this.#stopAnnouncing();
    this.#entries.stop();
    this.#guarantees.stop();
    await this.#uplink.close();
  }

  status() {
    return { clockDriftMs: null, downlink: this.inbound.isHeard ? 'online' : 'none' } as const;
  }
}
