import type { JournalEvent } from '../../../../shared/domain/events.ts';
import type { Cancel } from '../../runtime/ports.ts';
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
import { VankeAuthority } from './authority.ts';
import type { VankeSettings } from './config.ts';
import type { VankeContext } from './context.ts';
import { DeviceCheck } from './device-check.ts';
import { VankeDownlink } from './downlink.ts';
import { judge } from './judge.ts';
import { LoopWatch } from './loop-watch.ts';
import { receiveAbnormal } from './messages/receiveAbnormal.ts';
import { receivePlateNumber } from './messages/receivePlateNumber.ts';
import { upMessages } from './messages.ts';
import { Network } from './network.ts';
import { isFailedPush } from './recognition.ts';
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
  readonly authority: VankeAuthority;
  readonly #context: VankeContext;
  readonly #uplink: Uplink;
  readonly #network: Network;
  readonly #devices: DeviceCheck;
  readonly #loops: LoopWatch;
  #listening: readonly Cancel[] = [];

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
    const publicUrl = (): string =>
      settings.photo.publicUrl || (address(settings.downlink) ?? addressHere(settings.downlink));
    this.#context = { settings, site, clock, ids, log, photos, commands, station, publicUrl };
    this.inbound = new VankeDownlink(this.#context);
    this.authority = new VankeAuthority(this.#context, this.#uplink);
    this.#devices = new DeviceCheck(this.#context);
    this.#loops = new LoopWatch(this.#context);
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
    const failedPush = definition.name === receivePlateNumber.name && isFailedPush(message.body);
    // It was tried at the lane. Only a person sends it again, and each time once.
    if (failedPush && message.attempt === 1)
      return { kind: 'given-up', reason: '在车道询问时没有等到应答，由平台查询' };
    const wire = await definition.encode(message.body, this.#context);
    if (wire instanceof Refused) return { kind: 'refused', reason: wire.reason };
    const { answer, trace } = await this.#uplink.post(definition.name, wire, signal, 'record');
    const attempt = failedPush ? Number.POSITIVE_INFINITY : message.attempt;
    return { ...judge(definition.name, answer, attempt, this.#context.settings), trace };
  }

  async start(): Promise<void> {
    const { commands } = this.#context;
    const hurry = (): void => commands.hurry('vanke', receiveAbnormal.name);
    this.#listening = [
      this.#network.onRecovered(hurry),
      this.inbound.heard.onCalled(() => {
        this.#network.recovered();
        // After the request of the platform, not within it.
        this.#context.clock.after(0, hurry);
      }),
    ];
    this.authority.start();
    this.#devices.start();
    this.#loops.start();
  }

  async stop(): Promise<void> {
    for (const stopListening of this.#listening) stopListening();
    this.authority.stop();
    this.#devices.stop();
    this.#loops.stop();
    await this.#uplink.close();
  }

  status() {
    const downlink = this.inbound.heard.lately ? 'online' : 'none';
    return { clockDriftMs: null, downlink, uplink: this.#network.state } as const;
  }
}

/** Where nobody knows how this station is reached: an address must be told all the same. */
const addressHere = (own: VankeSettings['downlink']): string =>
  own === undefined ? 'http://127.0.0.1' : `${own.tls ? 'https' : 'http'}://127.0.0.1:${own.port}`;
