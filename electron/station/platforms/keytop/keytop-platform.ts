import type { JournalEvent } from '../../../../shared/domain/events.ts';
import type { PaymentChannel } from '../../payments/channel.ts';
import type { FeeSource } from '../../payments/fee-source.ts';
import type { Cancel } from '../../runtime/ports.ts';
import { clearWithCases } from '../case-alarms.ts';
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
import { Announcements } from './announce.ts';
import { ask } from './asking.ts';
import { twiceAlarm } from './change.ts';
import { chooseCipher } from './cipher.ts';
import { KeytopCodeChannel } from './code-channel.ts';
import type { KeytopSettings } from './config.ts';
import type { KeytopContext } from './context.ts';
import { Corrections } from './corrections.ts';
import { KeytopDownlink } from './downlink.ts';
import { keytopFees } from './fees.ts';
import { judge } from './judge.ts';
import { ChangeTicketPage } from './messages/ChangeTicketPage.ts';
import { EntryTicketPage } from './messages/EntryTicketPage.ts';
import { PostCarInInfo } from './messages/PostCarInInfo.ts';
import { type KeytopUp, upMessages } from './messages.ts';
import { refusalAlarm } from './refused-money.ts';
import { KeytopScanChannel } from './scan-channel.ts';
import { duties } from './schedule.ts';
import { KeytopChannel } from './seamless.ts';
import { type Purpose, Uplink } from './uplink.ts';
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
  readonly fees?: FeeSource;
  readonly #context: KeytopContext;
  readonly #uplink: Uplink;
  readonly #giveUpAfter: number;
  #stopClearing: Cancel | undefined;
  readonly #announcements: Announcements;
  readonly #corrections: Corrections;

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
    const seamless: KeytopChannel = new KeytopChannel(this.#context, (attempt) => this.#corrections.look(attempt));
    this.#corrections = new Corrections(this.#context, (attemptId) => seamless.isOnTheWay(attemptId));
    this.channels = [
      ...(settings.seamless.enabled ? [seamless] : []),
      ...(settings.codes.enabled ? [new KeytopCodeChannel(this.#context)] : []),
      ...(settings.codes.scanner ? [new KeytopScanChannel(this.#context)] : []),
    ];
    this.#announcements = new Announcements(this.#context);
    this.duties = duties(this.#context, this.#uplink);
    if (settings.pricing.enabled) this.fees = keytopFees(this.#context);
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
    const { answer, trace } = await this.#uplink.post(definition.name, wire, signal, purposeOf(definition));
    const delivery = judge(answer, message.attempt, this.#giveUpAfter);
    if (delivery.kind === 'delivered' && answer.kind === 'answered')
      definition.answered({ data: answer.data }, message.body, this.#context);
    return { ...delivery, trace };
  }

  changePage(orderNo: string): string | undefined {
    return ChangeTicketPage.url({ orderNo }, this.#context.settings);
  }

  entryPage(): string | undefined {
    return EntryTicketPage.url({}, this.#context.settings);
  }

  async start(): Promise<void> {
    this.#stopClearing = clearWithCases((caseId) => twiceAlarm(caseId) ?? refusalAlarm(caseId), this.#context);
    this.#announcements.start();
    this.#corrections.start();
  }

  async stop(): Promise<void> {
    this.#stopClearing?.();
    this.inbound?.stop();
    this.#announcements.stop();
    this.#corrections.stop();
    await this.#uplink.close();
  }

  status() {
    const downlink = this.inbound?.heard.lately ? 'online' : 'none';
    return { clockDriftMs: null, downlink } as const;
  }
}

/** By what connections a report leaves: not an entry behind cards, nor behind exits with their pictures. */
function purposeOf({ name, kind }: Pick<KeytopUp, 'name' | 'kind'>): Purpose {
  if (name === PostCarInInfo.name) return 'entry';
  return kind === 'bulk' ? 'bulk' : 'record';
}

/** Where nobody knows how this station is reached: an address must be told all the same. */
const addressHere = (own: KeytopSettings['downlink']): string =>
  own?.listen ? `${own.listen.tls ? 'https' : 'http'}://127.0.0.1:${own.listen.port}` : 'http://127.0.0.1';
