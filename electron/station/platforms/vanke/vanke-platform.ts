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
import type { VankeSettings } from './config.ts';
import type { VankeContext } from './context.ts';
import { VankeDownlink } from './downlink.ts';
import { judge } from './judge.ts';
import { upMessages } from './messages.ts';
import { Network } from './network.ts';
import { Uplink } from './uplink.ts';
import { messageWords } from './words.ts';

/** The platform at work. Built by its definition; everything it needs comes in through `deps`. */
export class VankePlatform implements Platform {
  readonly id = 'vanke';
  readonly title = '万科 泊时易';
  readonly duties: readonly Duty[] = [];
  readonly words = messageWords;
  readonly secrets: readonly string[];
  readonly concurrency: number;
  readonly retry: RetrySettings;
  readonly inbound: VankeDownlink;
  readonly #context: VankeContext;
  readonly #uplink: Uplink;
  readonly #network: Network;

  /** @throws ConfigError for a certificate file that cannot be read */
  constructor(settings: VankeSettings, deps: PlatformDeps) {
    const { site, clock, ids, log, photos, commands, station, address } = deps;
    const ca = readCertificate(settings.http.caFile, 'vanke.http.caFile');
    const { fingerprint } = settings.http;
    this.#network = new Network(clock);
    this.#uplink = new Uplink(
      settings,
      clock,
      { ...(ca !== undefined && { ca }), ...(fingerprint !== undefined && { fingerprint }) },
      (answer) => this.#network.heard(answer),
    );
    const publicUrl = (): string | undefined => settings.photo.publicUrl || address();
    this.#context = { settings, site, clock, ids, log, photos, commands, station, publicUrl };
    this.inbound = new VankeDownlink(this.#context);
    this.concurrency = settings.concurrency;
    const { maxMs, attemptDays, keepDays } = settings.outbox;
    this.retry = { firstMs: settings.push.gapMs, maxMs, probeMs: settings.push.gapMs, attemptDays, keepDays };
    this.secrets = [settings.appSecret];
  }

  project(event: JournalEvent): readonly OutboxDraft[] {
    return upMessages.flatMap((message) => message.project(event, this.#context));
  }

  async send(message: OutboundMessage, signal: AbortSignal): Promise<Delivery> {
    const definition = upMessages.find(({ name }) => name === message.message);
    if (definition === undefined) return { kind: 'refused', reason: `there is no message ${message.message}` };
    const wire = await definition.encode(message.body, this.#context);
    if (wire instanceof Refused) return { kind: 'refused', reason: wire.reason };
    const { answer, trace } = await this.#uplink.post(definition.name, wire, signal, 'record');
    return { ...judge(definition.name, answer, message.attempt, this.#context.settings), trace };
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {
    await this.#uplink.close();
  }

  status() {
    const downlink = this.inbound.heard.lately ? 'online' : 'none';
    return { clockDriftMs: null, downlink, uplink: this.#network.state } as const;
  }
}
