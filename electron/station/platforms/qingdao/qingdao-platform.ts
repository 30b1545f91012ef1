import type { JournalEvent } from '../../../../shared/domain/events.ts';
import type { Site } from '../../../../shared/domain/site.ts';
import type { PaymentChannel } from '../../payments/channel.ts';
import { errorText } from '../../runtime/errors.ts';
import { readCertificate } from '../certificate.ts';
import { NotNow, Refused } from '../define-message.ts';
import type {
  DailyCheck,
  DayCheck,
  Delivery,
  Duty,
  LookedUp,
  OutboundMessage,
  OutboxDraft,
  Platform,
  PlatformDeps,
  RetrySettings,
} from '../platform.ts';
import { announceParking } from './announce.ts';
import { ask } from './asking.ts';
import { QingdaoCodec } from './codec.ts';
import type { QingdaoSettings } from './config.ts';
import { ConfirmWatch } from './confirm-watch.ts';
import type { QingdaoContext } from './context.ts';
import { chooseEngine, createEngine } from './crypto-self-test.ts';
import { QingdaoDayCheck } from './day-check.ts';
import { DeletedStays } from './deleted-stays.ts';
import { Denials } from './denials.ts';
import { Departures } from './departures.ts';
import { QingdaoDownlink } from './downlink.ts';
import { InDoubt } from './in-doubt.ts';
import { modulusBits, privateKeyLine, readPrivateKey, readPublicKey } from './keys.ts';
import { EntryLookUp, lookUp } from './look-up.ts';
import { MadeAhead } from './made-ahead.ts';
import { applyPayment } from './messages/applyPayment.ts';
import { uploadAbnormalBill } from './messages/uploadAbnormalBill.ts';
import { downMessages, upMessages } from './messages.ts';
import { MqttLink } from './mqtt-link.ts';
import { QingdaoChannel } from './payment.ts';
import { duties } from './schedule.ts';
import { SealThread } from './sealer.ts';
import { topicsFor } from './topics.ts';
import { Uplink } from './uplink.ts';
import { messageWords } from './words.ts';

/**
 * 204 to these is an answer, and no fault of the message: it cannot charge now, or does not follow that bill. What became of the bill
 * is asked about all the same, and nothing of the stay waits for a person.
 */
const ANSWERED_BY_204: ReadonlySet<string> = new Set([applyPayment.name, uploadAbnormalBill.name]);

/** Not taken at its first word; see {@link Denials}. */
const doubted = (reason: string) => ({ kind: 'retry', scope: 'message', reason, answered: true }) as const;

/** The platform at work. Built by its definition; everything it needs comes in through `deps`. */
export class QingdaoPlatform implements Platform {
  readonly id = 'qingdao';
  readonly title = '青岛 全市一个停车场';
  readonly duties: readonly Duty[];
  readonly concurrency: number;
  readonly retry: RetrySettings;
  readonly words = messageWords;
  readonly secrets: readonly string[];
  readonly daily: DailyCheck;
  readonly channels: readonly PaymentChannel[];
  readonly #site: Site;
  readonly #context: QingdaoContext;
  readonly #uplink: Uplink;
  readonly #ahead: MadeAhead;
  readonly #watch: ConfirmWatch;
  readonly #denials = new Denials();
  readonly #inDoubt: InDoubt;
  readonly #deleted: DeletedStays;
  readonly #departures: Departures;
  readonly #entries: EntryLookUp;
  readonly #link: MqttLink | undefined;
  #driftMs: number | null = null;
  #drifting = false;
  #deaf = false;

  /** Throws `ConfigError` for certificate files that cannot be read. */
  constructor(settings: QingdaoSettings, deps: PlatformDeps) {
    const { clock, entropy, ids, log, photos, commands, station } = deps;
    const publicKey = readPublicKey(settings.platformPublicKey);
    const privateKey = readPrivateKey(settings.userPrivateKey);
    for (const [name, key] of Object.entries({ platformPublicKey: publicKey, userPrivateKey: privateKey }))
      if (modulusBits(key) !== 1024)
        log.warn('the specification implies RSA keys of 1024 bits', { key: name, bits: modulusBits(key) });
    if (deps.site.code !== settings.parkingCode)
      log.warn('uids begin with site.code, and the specification wants them to begin with parkingCode', {
        site: deps.site.code,
        parkingCode: settings.parkingCode,
      });
    const keys = { publicKey, privateKey };
    const choice = chooseEngine();
    const codec = new QingdaoCodec(settings, keys, createEngine(keys, log, choice));
    const sealer = new SealThread(
      codec.sealing,
      { settings, ...keys, choice },
      {
        ...{ clock, log },
        failing: (failing) => this.#noteSealing(failing),
      },
    );

    this.#uplink = new Uplink(
      settings,
      codec,
      clock,
      readCertificate(settings.http.caFile, 'qingdao.http.caFile'),
      sealer,
    );
    this.#context = {
      ...{ settings, clock, ids, log, photos, commands, station },
      ask: (query, body, signal) => ask(this.#uplink, query, body, this.#context, signal),
      noteDrift: (ms) => this.#noteDrift(ms),
    };
    this.#ahead = new MadeAhead(clock);
    this.#watch = new ConfirmWatch(this.#context);
    this.#inDoubt = new InDoubt(this.#context);
    this.#deleted = new DeletedStays(this.#context);
    const downlink = new QingdaoDownlink(this.#context, codec, (message, id, params) =>
      this.#watch.queued(message, id, params),
    );
    const { mqtt } = settings;
    this.#link =
      mqtt &&
      new MqttLink({
        ...{ settings, mqtt, clock, entropy, log },
        defaultPassword: privateKeyLine(privateKey),
        ca: readCertificate(mqtt.caFile, 'qingdao.mqtt.caFile'),
        topics: topicsFor(
          downMessages.map(({ notice }) => notice.name),
          settings,
        ),
        receive: (topic, payload, sentAgain) => downlink.receive(topic, payload, sentAgain),
        deaf: (isDeaf, detail) => this.#noteDeaf(isDeaf, detail),
      });
    this.#departures = new Departures(this.#context);
    this.#entries = new EntryLookUp(this.#context, () => this.#link?.online !== true);
    this.channels = [new QingdaoChannel(this.#context, () => this.#uplink.silent)];
    this.duties = duties(this.#context, this.#uplink);
    this.concurrency = settings.concurrency;
    this.daily = settings.check;
    this.#site = deps.site;
    this.retry = settings.outbox;
    this.secrets = [settings.userPrivateKey, privateKeyLine(privateKey), ...(mqtt?.password ? [mqtt.password] : [])];
  }

  project(event: JournalEvent): readonly OutboxDraft[] {
    return upMessages.flatMap((message) => message.project(event, this.#context));
  }

  prepare(message: OutboundMessage): void {
    const definition = upMessages.find(({ name }) => name === message.message);
    // Whoever may be there already is asked about first.
    if (definition === undefined || message.maybeDelivered) return;
    this.#ahead.prepare(message, async () => {
      const wire = await definition.encode(message.body, this.#context);
      return wire instanceof Refused ? undefined : await this.#uplink.make(wire);
    });
  }

  async send(message: OutboundMessage, signal: AbortSignal): Promise<Delivery> {
    const definition = upMessages.find(({ name }) => name === message.message);
    if (definition === undefined) return { kind: 'refused', reason: `there is no message ${message.message}` };
    return await this.#deleted.send(message, () => this.#sendNow(definition, message, signal));
  }

  async #sendNow(
    definition: (typeof upMessages)[number],
    message: OutboundMessage,
    signal: AbortSignal,
  ): Promise<Delivery> {
    const fate = await this.#inDoubt.fateOf(message, signal);
    if (fate.kind === 'settled') return fate.delivery;
    const wire = (await this.#ahead.of(message)) ?? (await this.#encode(definition, message.body));
    if (wire instanceof Refused) return { kind: 'refused', reason: wire.reason };
    if (wire instanceof NotNow)
      return { kind: 'retry', scope: 'message', reason: wire.message, answered: true, unsent: true };
    const answerIsAll = ANSWERED_BY_204.has(definition.name);
    const maybe = fate.maybeDelivered || answerIsAll;
    const { delivery, denied, body, date, at } = await this.#uplink.post(definition.name, wire, maybe, signal);
    if (denied === undefined || answerIsAll) this.#denials.forget(message);
    else if (!this.#denials.believed(message)) return { ...delivery, ...doubted(denied) };
    if (delivery.kind === 'retry' && !delivery.answered) this.#inDoubt.unanswered(message.message, message.body);
    if (delivery.kind === 'delivered') {
      this.#watch.delivered(message.message, message.body);
      if (body !== undefined) definition.answered({ body, date, at }, message.body, this.#context);
    }
    return delivery;
  }

  async #encode(definition: (typeof upMessages)[number], body: unknown) {
    try {
      return await definition.encode(body, this.#context);
    } catch (error) {
      if (error instanceof NotNow) return error;
      throw error;
    }
  }

  lookUp(plate: string, signal: AbortSignal): Promise<LookedUp> {
    return lookUp(this.#context, plate, signal);
  }

  checkDay(day: string): DayCheck {
    return new QingdaoDayCheck(this.#context, day);
  }

  async start(): Promise<void> {
    announceParking(this.#context, this.#site);
    this.#departures.start();
    this.#entries.start();
    this.#link?.start();
  }

  async stop(): Promise<void> {
    this.#departures.stop();
    this.#entries.stop();
    this.#watch.stop();
    await this.#link?.stop();
    await this.#uplink.close();
  }

  status() {
    const downlink = this.#link === undefined ? 'none' : this.#link.online ? 'online' : 'offline';
    return { clockDriftMs: this.#driftMs, downlink } as const;
  }

  /** Positive: our clock is ahead. Times on the wire have whole seconds, so less than one says nothing. */
  #noteDrift(ms: number | null): void {
    this.#driftMs = ms;
    const { settings, commands } = this.#context;
    const drifting = ms !== null && Math.abs(ms) > settings.clock.maxSkewMs;
    if (drifting === this.#drifting) return;
    this.#drifting = drifting;
    const detail = ms === null ? '平台未返回时间' : `本机时钟比平台${ms < 0 ? '慢' : '快'} ${Math.abs(ms)} 毫秒`;
    commands.alarm({
      ...{ code: 'clock-drift', subject: 'qingdao', detail, severity: 'warning', cleared: !drifting },
      ...(ms === null ? {} : { figures: { ms } }),
    });
  }

  #noteDeaf(deaf: boolean, detail: string): void {
    if (deaf === this.#deaf) return;
    this.#deaf = deaf;
    this.#alarm({ code: 'qingdao-no-subscription', detail, severity: 'alarm', cleared: !deaf });
  }

  #noteSealing(failing: boolean): void {
    const detail = '报文加密线程反复退出，改在主线程加密，出入口可能变慢；请重启程序，仍不行请联系技术支持';
    this.#alarm({ code: 'qingdao-sealing', detail, severity: 'warning', cleared: !failing });
  }

  #alarm(alarm: Omit<Parameters<PlatformDeps['commands']['alarm']>[0], 'subject'>): void {
    const { commands, log } = this.#context;
    try {
      commands.alarm({ ...alarm, subject: 'qingdao' });
    } catch (error) {
      log.error('an alarm could not be stored', { reason: errorText(error) });
    }
  }
}
