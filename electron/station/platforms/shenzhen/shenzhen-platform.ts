import type { JournalEvent } from '../../../../shared/domain/events.ts';
import type { Cancel } from '../../runtime/ports.ts';
import { clearWithCases } from '../case-alarms.ts';
import { readCertificate } from '../certificate.ts';
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
import { watchBerthCodes } from './berth-codes.ts';
import { Board } from './board.ts';
import type { ShenzhenSettings } from './config.ts';
import type { ShenzhenContext } from './context.ts';
import { FIRST_WORD_MS } from './devices.ts';
import { ShenzhenDownlink } from './downlink.ts';
import { FirstWord } from './first-word.ts';
import { LineState } from './line-state.ts';
import { downMessages, newestMessages, upMessages } from './messages.ts';
import { caseAlarm } from './order-trouble.ts';
import { Pictures } from './photo-links.ts';
import { RecordSender } from './record-sender.ts';
import { rememberSiteCode } from './site-codes.ts';
import { Uplink } from './uplink.ts';
import { watchWaiting } from './waiting.ts';
import { messageWords } from './words.ts';

/** Pauses of a message that could not even be made; those of the city's own are told with each attempt. */
const OUR_FAULT = { firstMs: 5000, maxMs: 300_000, probeMs: 10_000 };

/** The platform at work. Built by its definition; everything it needs comes in through `deps`. */
export class ShenzhenPlatform implements Platform {
  readonly id = 'shenzhen';
  readonly title = '深圳 路内信息联网';
  /** None: what is told by the clock is told on change, too, and minds the pauses of the settings. */
  readonly duties: readonly Duty[] = [];
  readonly words = messageWords;
  readonly secrets: readonly string[];
  readonly concurrency: number;
  readonly retry: RetrySettings;
  readonly inbound: PlatformInbound;
  readonly #context: ShenzhenContext;
  readonly #uplink: Uplink;
  readonly #line: LineState;
  readonly #records: RecordSender;
  readonly #board: Board;
  readonly #firstWord: FirstWord;
  #stopWatching: Cancel = () => undefined;
  #stopWaiting: Cancel = () => undefined;
  readonly #downlink: ShenzhenDownlink | undefined;
  #stopClearing: Cancel | undefined;

  /** @throws ConfigError for a certificate file that cannot be read */
  constructor(settings: ShenzhenSettings, deps: PlatformDeps) {
    const { site, areas, clock, ids, entropy, log, photos, commands, station, address } = deps;
    const since = clock.monotonic();
    this.#context = {
      ...{ settings, site, areas, clock, ids, entropy, log, photos, commands, station },
      publicUrl: () => settings.photo.publicUrl || (address() ?? ''),
    };
    const ca = readCertificate(settings.http.caFile, 'shenzhen.http.caFile');
    this.#uplink = new Uplink(settings, clock, ca);
    this.#line = new LineState(clock, settings);
    this.#firstWord = new FirstWord(clock, settings.reports.firstParkMs);
    this.#records = new RecordSender(this.#context, this.#uplink, this.#line, this.#firstWord);
    const settled = () => clock.monotonic() - since >= FIRST_WORD_MS;
    this.#board = new Board({
      ...{ messages: newestMessages, uplink: this.#uplink, line: this.#line, firstWord: this.#firstWord },
      context: { ...this.#context, settled },
    });
    this.inbound = new Pictures(this.#context);
    const { downlink } = settings;
    this.#downlink = downlink && new ShenzhenDownlink(this.#context, downlink, ca, downMessages);
    this.concurrency = settings.concurrency;
    this.retry = { ...OUR_FAULT, ...settings.outbox };
    this.secrets = [settings.accessSecret];
  }

  project(event: JournalEvent): readonly OutboxDraft[] {
    return upMessages.flatMap((message) => message.project(event, this.#context));
  }

  async send(message: OutboundMessage, signal: AbortSignal): Promise<Delivery> {
    const delivery = await this.#records.send(message, signal);
    if (delivery.kind === 'delivered') this.#board.nudge();
    return delivery;
  }

  async start(): Promise<void> {
    this.#stopClearing ??= clearWithCases((caseId) => caseAlarm(caseId, this.#context), this.#context);
    this.#stopWatching = watchBerthCodes(this.#context);
    rememberSiteCode(this.#context);
    this.#stopWaiting = watchWaiting(this.#context);
    this.#firstWord.start();
    this.#board.start();
    this.#downlink?.start();
  }

  async stop(): Promise<void> {
    this.#stopClearing?.();
    this.#stopClearing = undefined;
    this.#stopWatching();
    this.#stopWaiting();
    this.#board.stop();
    this.#firstWord.said();
    await this.#downlink?.stop();
    await this.#uplink.close();
  }

  status() {
    const downlink = this.#downlink === undefined ? 'none' : this.#downlink.online ? 'online' : 'offline';
    return { clockDriftMs: null, downlink, uplink: this.#line.state } as const;
  }
}
