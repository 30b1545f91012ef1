import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { Cancel } from '../../runtime/ports.ts';
import type {
  Camera,
  CommandOutcome,
  DeviceDeps,
  DeviceFacts,
  DeviceRequest,
  GateAction,
  PlateRead,
} from '../device.ts';
import { DigestCaller } from '../digest.ts';
import { FaultReasons } from '../fault-reasons.ts';
import { isJpeg } from '../jpeg-end.ts';
import { LoginGuard } from '../login-guard.ts';
import type { MultipartStream } from '../multipart-stream.ts';
import { largestOf } from '../picture-wait.ts';
import { PlateDoor } from '../plate-door.ts';
import { Presence } from '../presence.ts';
import { UnstoredReads } from '../unstored-reads.ts';
import { attachPath, Cgi, MANUAL_SNAP } from './cgi.ts';
import { ManualSnap } from './manual-snap.ts';
import { type DahuaEvent, type DahuaPush, momentOf } from './messages.ts';
import { OwnOpenings } from './own-openings.ts';
import { plateOf } from './plate-map.ts';
import { Rpc } from './rpc.ts';
import { selfTest } from './self-test.ts';
import type { DahuaSettings } from './settings.ts';
import { snapStream } from './snap-stream.ts';
import { Strobe } from './strobe.ts';

export const DRIVER = 'dahua';

/** A connection that is back within this time was not away. */
const GONE_AFTER_MS = 5_000;

/** A 大华 ITC camera: we listen at it or it pushes, and orders go to its web server. */
export class DahuaCamera implements Camera {
  readonly id: string;
  readonly kind = 'camera';
  readonly driver = DRIVER;
  readonly serialNo: string;
  readonly #settings: DahuaSettings;
  readonly #deps: DeviceDeps;
  /** One for each way to log in: that one lets us in says nothing of the other. */
  readonly #guards: { readonly cgi: LoginGuard; readonly rpc: LoginGuard };
  readonly #refusals = new Map<string, string>();
  readonly #cgi: Cgi;
  readonly #rpc: Rpc;
  readonly #strobe: Strobe;
  /** null: it pushes. */
  readonly #stream: MultipartStream | null;
  readonly #snap: ManualSnap;
  /** How the list of events is written at present. */
  #turn = 0;
  readonly #presence: Presence;
  readonly #unstored: UnstoredReads;
  readonly #faults: FaultReasons;
  readonly #door: PlateDoor;
  #state: 'online' | 'offline' | 'unknown' = 'unknown';
  #running = false;
  #streamUp = false;
  #seenAt: EpochMs | null = null;
  #gone: Cancel = () => undefined;
  #offsetMs: number | null = null;
  #openedAt: EpochMs | null = null;
  readonly #own: OwnOpenings;
  /** The event that was told last. */
  #lastId: string | null = null;
  #pushed: { readonly at: number; readonly remote: string } | null = null;

  constructor(id: string, settings: DahuaSettings, deps: DeviceDeps) {
    const { clock, entropy, link, links, log } = deps;
    const { user, password, host, port, channel } = settings;
    this.id = id;
    this.serialNo = settings.serialNo;
    this.#settings = settings;
    this.#deps = deps;
    this.#guards = {
      cgi: new LoginGuard(clock, (refusal) => this.#refused('CGI', refusal)),
      rpc: new LoginGuard(clock, (refusal) => this.#refused('RPC2', refusal)),
    };
    const { cgi: guard, rpc: rpcGuard } = this.#guards;
    const http = new DigestCaller({ http: links.http, clock, guard, credentials: { user, password } });
    this.#cgi = new Cgi(http, link, { host, port });
    this.#rpc = new Rpc({
      ...{ http: links.http, clock, link, log, guard: rpcGuard, base: `http://${host}:${port}` },
      ...{ user, password, channel: settings.rpcChannel },
    });
    this.#strobe = new Strobe(settings, {
      ...{ cgi: this.#cgi, rpc: this.#rpc, clock, lacks: (what) => this.#faults.set('strobe', what) },
    });
    this.#own = new OwnOpenings(clock);
    this.#faults = new FaultReasons((detail) => deps.events.fault(id, 'firmware', detail));
    this.#door = new PlateDoor({ ...deps, deviceId: id, faults: this.#faults });
    this.#snap = new ManualSnap({
      ...{ http, clock, link, channel, cgi: this.#cgi },
      url: () => this.#cgi.url(attachPath(channel, this.#turn, MANUAL_SNAP)),
      taken: (picture) => deps.events.snapshot(id, picture),
    });
    this.#unstored = new UnstoredReads({ ...deps, events: this.#door });
    this.#presence = new Presence(clock, settings.silentSeconds * 1000, (state, detail) => this.#become(state, detail));
    this.#stream =
      settings.receive === 'push'
        ? null
        : snapStream({
            ...{ http, clock, entropy, link },
            url: (turn) => {
              this.#turn = turn;
              return this.#cgi.url(attachPath(channel, turn));
            },
            event: (event, pictures) => this.#heard(event, pictures),
            alive: () => {
              this.#seenAt = clock.now();
            },
            state: (up, why) => this.#streamed(up, why),
          });
  }

  async start(): Promise<void> {
    this.#running = true;
    if (this.#stream) this.#stream.start();
    else this.#presence.start();
    if (this.#strobe.isByRpc) void this.#rpc.warm();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#gone();
    this.#presence.stop();
    this.#stream?.stop();
    this.#snap.stop();
    this.#unstored.stop();
    this.#rpc.stop();
  }

  lastSeenAt(): EpochMs | null {
    return this.#seenAt;
  }

  facts(): DeviceFacts {
    const { host, port } = this.#settings;
    return { serialNo: this.serialNo, address: port === 80 ? host : `${host}:${port}` };
  }

  async gate(action: GateAction): Promise<CommandOutcome> {
    if (!this.#running) return { outcome: 'refused', detail: '相机未投入使用' };
    if (action === 'hold' || action === 'release-hold')
      return { outcome: 'refused', detail: '大华相机没有公开的常抬指令，请用继电器板控制道闸' };
    const since = this.#deps.clock.monotonic();
    const answered = action === 'open' ? this.#own.ordered() : null;
    const ended = await this.#strobe.give(action);
    answered?.(ended.outcome !== 'refused');
    if (ended.outcome === 'done') this.#deps.link.took(this.#deps.clock.monotonic() - since);
    return ended;
  }

  async sendSerial(): Promise<CommandOutcome> {
    return { outcome: 'refused', detail: '大华相机没有公开的 485 透传，显示屏请接串口或网口' };
  }

  /** The picture comes as an event of its own. */
  async snapshot(): Promise<CommandOutcome> {
    if (!this.#running) return { outcome: 'refused', detail: '相机未投入使用' };
    if (this.#stream && !this.#streamUp) return { outcome: 'refused', detail: '事件监听没有接通，收不到图片' };
    return this.#snap.take(this.#settings.commandTtlMs);
  }

  selfTest(): Promise<readonly SelfTestStep[]> {
    const { clock } = this.#deps;
    return selfTest(this.#settings, {
      guard: this.#guards.rpc.refusal() === null ? this.#guards.cgi : this.#guards.rpc,
      ...{ streaming: this.#stream === null ? null : this.#streamUp, offsetMs: this.#offsetMs },
      silentMs: this.#seenAt === null ? null : clock.now() - this.#seenAt,
      pushed: this.#pushed && { silentMs: clock.monotonic() - this.#pushed.at, remote: this.#pushed.remote },
      openedAgoMs: this.#openedAt === null ? null : clock.now() - this.#openedAt,
    });
  }

  /** @returns whether it was taken */
  push({ event, pictures }: DahuaPush, request: DeviceRequest): boolean {
    const { link } = this.#deps;
    link.exchanged('in', `${request.method} ${request.path || '/'} ${request.contentType}`, request.body);
    const isTaken = this.#running && this.#pushedBy(event, pictures, request);
    link.exchanged('out', isTaken ? '200' : '500', '');
    return isTaken;
  }

  #pushedBy(event: DahuaEvent | null, pictures: readonly string[], request: DeviceRequest): boolean {
    const { clock } = this.#deps;
    this.#seenAt = clock.now();
    this.#pushed = { at: clock.monotonic(), remote: request.remote };
    if (!this.#stream) this.#presence.seen(`推送来自 ${request.remote}`);
    if (!event) return true;
    const decoded = pictures.map(
      (content) => new Uint8Array(Buffer.from(content.replace(/^data:[^,]*,/, ''), 'base64')),
    );
    const read = this.#readOf(event, decoded.filter(isJpeg));
    // It is told again until it was taken.
    return read === null || this.#door.take(read, request.body);
  }

  /** The stream tells each event but once; its pictures may follow. */
  #heard(event: DahuaEvent, pictures: readonly Uint8Array[]): void {
    const read = this.#running ? this.#readOf(event, pictures) : null;
    if (read) this.#unstored.take(read);
  }

  /** The car that was seen; null: none was. */
  #readOf(event: DahuaEvent, pictures: readonly Uint8Array[]): PlateRead | null {
    const { clock } = this.#deps;
    const photo = largestOf(pictures);
    if (this.#snap.heard(event, pictures) || !/^(?:TrafficJunction)?$/i.test(event.code)) return null;
    const receivedAt = clock.now();
    const capturedAt = momentOf(event, this.#settings.utc, receivedAt);
    const isAlone = event.opened && (event.stored || !this.#own.isOurs(event.id));
    if (isAlone && !event.stored) this.#openedByItself(event, receivedAt);
    // Its picture comes behind: how long that took says nothing of its clock.
    if (!event.stored && capturedAt !== null && event.id !== this.#lastId) this.#offsetMs = receivedAt - capturedAt;
    this.#lastId = event.id;
    return {
      ...{ deviceId: this.id, serialNo: this.serialNo, plateId: event.id, plate: plateOf(event.plate, event.color) },
      ...{ confidence: null, trigger: 'automatic', capturedAt, receivedAt, stored: event.stored, photo },
      ...(isAlone && { openedByCamera: true }),
    };
  }

  #openedByItself({ id }: DahuaEvent, at: EpochMs): void {
    this.#openedAt = at;
    if (id !== this.#lastId)
      this.#deps.log.warn('the camera opened by itself; let only the station open', { plateId: id });
  }

  #streamed(up: boolean, why: string): void {
    this.#gone();
    this.#streamUp = up;
    if (up) {
      this.#seenAt = this.#deps.clock.now();
      this.#become('online', '事件监听已接通');
    } else if (this.#running) {
      if (this.#state === 'online')
        this.#gone = this.#deps.clock.after(GONE_AFTER_MS, () => this.#become('offline', `事件监听中断：${why}`));
      else this.#become('offline', `事件监听没有接通：${why}`);
    }
  }

  #become(state: 'online' | 'offline', detail: string): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#deps.events.state(this.id, state, detail);
  }

  #refused(way: string, refusal: string | null): void {
    if (refusal === null) this.#refusals.delete(way);
    else this.#refusals.set(way, `${way} ${refusal}`);
    this.#deps.events.fault(this.id, 'login-refused', [...this.#refusals.values()].join('；') || null);
  }
}
