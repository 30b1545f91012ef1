import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { CAR_UNDER_ARM, refused } from '../command-end.ts';
import { Contact } from '../contact.ts';
import type {
  ArmPosition,
  Camera,
  CommandOutcome,
  DeviceDeps,
  DeviceFacts,
  DeviceRequest,
  GateAction,
} from '../device.ts';
import { decodeText } from '../device-text.ts';
import { DigestCaller } from '../digest.ts';
import { FaultReasons } from '../fault-reasons.ts';
import { LoginGuard } from '../login-guard.ts';
import type { MultipartStream } from '../multipart-stream.ts';
import { PlateDoor } from '../plate-door.ts';
import { UnstoredReads } from '../unstored-reads.ts';
import { alertStream } from './alert-stream.ts';
import { HikArm } from './arm.ts';
import { type IdentityClaim, isIt, plainId } from './identity.ts';
import { Isapi } from './isapi.ts';
import { type DeviceInfo, deviceInfoOf, type HikEvent, PATHS, unlockMs } from './messages.ts';
import { Polls } from './polls.ts';
import { PushHost } from './push-host.ts';
import { Reads } from './reads.ts';
import { selfTest } from './self-test.ts';
import type { HikvisionSettings } from './settings.ts';

export const DRIVER = 'hikvision';

const CONTACT_MS = 10_000;
/** So long the camera may answer while nobody hears its events. */
const DEAF_MS = 15_000;
/** So long it may be there and push nothing before somebody is told: a whole night without a car is no fault. */
const UNHEARD_MS = 8 * 3_600_000;

/** A 海康威视 camera: its events come by its alarm stream or by push, commands go to its web server. */
export class HikvisionCamera implements Camera {
  readonly id: string;
  readonly kind = 'camera';
  readonly driver = DRIVER;
  readonly serialNo: string;
  readonly settings: HikvisionSettings;
  readonly #deps: DeviceDeps;
  readonly #guard: LoginGuard;
  readonly #isapi: Isapi;
  readonly #arm: HikArm;
  readonly #polls: Polls;
  readonly #stream: MultipartStream | null;
  readonly #reads: Reads;
  readonly #unstored: UnstoredReads;
  readonly #contact: Contact;
  readonly #pushHost: PushHost;
  readonly #door: PlateDoor;
  /** What the model lacks, or does not do. */
  readonly #faults: FaultReasons;
  #running = false;
  #info: DeviceInfo | null = null;
  /** Another camera answers at the address. */
  #impostor: string | null = null;
  #armState: 'closed' | 'open' | 'unknown' = 'unknown';
  #greeted = false;
  #streamUp = false;
  #deafSince: number;
  /** Since when it has been there. */
  #onlineSince: number;
  #pushed: { readonly at: number; readonly remote: string } | null = null;

  constructor(id: string, settings: HikvisionSettings, deps: DeviceDeps) {
    const { clock, entropy, link, links, log, events } = deps;
    this.id = id;
    this.serialNo = settings.serialNo;
    this.settings = settings;
    this.#deps = deps;
    this.#faults = new FaultReasons((detail) => events.fault(id, 'firmware', detail));
    this.#door = new PlateDoor({ deviceId: id, clock, log, events, faults: this.#faults });
    this.#guard = new LoginGuard(clock, (refusal) => events.fault(id, 'login-refused', refusal));
    const { user, password, host, port } = settings;
    const http = new DigestCaller({
      ...{ http: links.http, clock, guard: this.#guard, credentials: { user, password } },
      unlockMs: ({ body }) => unlockMs(decodeText(body)),
    });
    this.#isapi = new Isapi(http, link, { host, port });
    this.#arm = new HikArm(settings, {
      ...{ isapi: this.#isapi, clock, log, lacks: (what) => this.#faults.set('gate', what) },
    });
    this.#polls = new Polls(settings, {
      ...{ isapi: this.#isapi, clock, input: (role, on) => events.input(id, role, on) },
      arm: (arm) => this.#moved(arm),
      unsupported: (what) => (what === 'inputs' ? this.#faults.set('inputs', '该型号不能查询输入口状态') : undefined),
    });
    this.#pushHost = new PushHost(settings, {
      isapi: this.#isapi,
      lacks: (what, detail) => (this.#running ? this.#faults.set(what, detail) : undefined),
    });
    this.#unstored = new UnstoredReads({ clock, log, events: this.#door });
    this.#reads = new Reads({
      ...{ deviceId: id, serialNo: settings.serialNo, channel: settings.channel, clock, log, door: this.#door },
      ...{ unstored: this.#unstored, fetch: (url) => this.#fetch(url) },
    });
    this.#stream =
      settings.receive === 'push'
        ? null
        : alertStream({
            ...{ http, clock, entropy, link, url: this.#isapi.url(PATHS.alertStream) },
            event: (event, pictures) => this.#heard(event, pictures),
            state: (up) => this.#streamed(up),
          });
    this.#contact = new Contact({
      ...{ clock, entropy, everyMs: CONTACT_MS, ask: () => this.#ask() },
      changed: (state, detail) => {
        this.#greeted &&= state === 'online';
        this.#onlineSince = clock.monotonic();
        this.#faults.set('unheard', null);
        events.state(id, state, detail);
      },
    });
    this.#deafSince = clock.monotonic();
    this.#onlineSince = this.#deafSince;
  }

  async start(): Promise<void> {
    this.#running = true;
    this.#deafSince = this.#deps.clock.monotonic();
    this.#contact.start();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#contact.stop();
    this.#polls.stop();
    this.#stream?.stop();
    this.#unstored.stop();
    await this.#arm.stop();
  }

  lastSeenAt(): EpochMs | null {
    return this.#contact.lastSeenAt;
  }

  facts(): DeviceFacts {
    const { host, port, inputs } = this.settings;
    return {
      serialNo: this.#info?.serialNumber ?? this.serialNo,
      firmware: this.#info?.firmware ?? undefined,
      address: port === 80 ? host : `${host}:${port}`,
      inputs: inputs.map(({ role }) => role),
    };
  }

  /** Where the arm is, where the model tells. */
  arm(): ArmPosition {
    return this.#contact.isOnline ? this.#armState : 'unknown';
  }

  async gate(action: GateAction): Promise<CommandOutcome> {
    if (!this.#running) return { outcome: 'refused', detail: '相机未投入使用' };
    if (this.#impostor !== null) return { outcome: 'refused', detail: this.#impostor };
    if (action === 'close' && this.#polls.isOn('safety-loop')) return refused(CAR_UNDER_ARM);
    const since = this.#deps.clock.monotonic();
    const ended = await this.#arm.gate(action);
    if (ended.outcome === 'done') this.#deps.link.took(this.#deps.clock.monotonic() - since);
    else this.#contact.askNow();
    return ended;
  }

  async sendSerial(): Promise<CommandOutcome> {
    return { outcome: 'refused', detail: '海康相机没有公开的 485 透传，显示屏请接串口或网口' };
  }

  async snapshot(): Promise<CommandOutcome> {
    if (!this.#running) return { outcome: 'refused', detail: '相机未投入使用' };
    // Its picture would show another lane.
    if (this.#impostor !== null) return refused(this.#impostor);
    const picture = await this.#isapi.picture(PATHS.picture(this.settings.channel));
    if (typeof picture === 'string') return { outcome: 'refused', detail: `没有拿到图片：${picture}` };
    this.#deps.events.snapshot(this.id, picture);
    return { outcome: 'done', detail: '相机已拍照' };
  }

  selfTest(): Promise<readonly SelfTestStep[]> {
    const { clock } = this.#deps;
    return selfTest(this.settings, {
      ...{ isapi: this.#isapi, clock, guard: this.#guard, inputs: this.#polls.known, impostor: this.#impostor },
      streaming: this.#stream === null ? null : this.#streamUp,
      pushed: this.#pushed && { silentMs: clock.monotonic() - this.#pushed.at, remote: this.#pushed.remote },
    });
  }

  /** Whether an event that came to our door is from this camera. */
  sent(claim: IdentityClaim): boolean {
    return isIt(claim, { serialNo: this.serialNo, host: this.settings.host, info: this.#info });
  }

  /** An event that was pushed. @returns whether it was taken */
  push(event: HikEvent, pictures: readonly Uint8Array[], request: DeviceRequest): boolean {
    const { link, clock } = this.#deps;
    link.exchanged('in', `${request.method} ${request.path || '/'} ${request.contentType}`, request.body);
    if (this.#running) {
      this.#pushed = { at: clock.monotonic(), remote: request.remote };
      this.#faults.set('unheard', null);
      this.#contact.heard();
    }
    const isTaken = this.#running && this.#reads.pushed(event, pictures, request.body);
    link.exchanged('out', isTaken ? '200' : '500', '');
    return isTaken;
  }

  #heard(event: HikEvent, pictures: readonly Uint8Array[]): void {
    if (!this.#running) return;
    this.#contact.heard();
    this.#reads.heard(event, pictures);
  }

  /** Asks who is there; null: our camera is. */
  async #ask(): Promise<string | null> {
    const answer = await this.#isapi.get(PATHS.deviceInfo, true);
    if ('failed' in answer) return answer.detail;
    if (!this.#running) return null;
    const info = answer.status === 200 ? deviceInfoOf(answer.text) : null;
    if (info) this.#info = info;
    this.#impostor =
      info && this.#isOther(info) ? `该地址上是另一台相机（${info.mac ?? info.serialNumber ?? ''}）` : null;
    if (this.#impostor !== null) {
      this.#stream?.stop();
      this.#polls.stop();
      this.#streamUp = false;
      return this.#impostor;
    }
    this.#stream?.start();
    this.#polls.start();
    if (!this.#greeted) {
      this.#greeted = true;
      this.#pushHost.owe();
      void this.#arm.reset();
    }
    void this.#pushHost.tell();
    this.#lookForPushes();
    return this.#deaf();
  }

  #isOther(info: DeviceInfo): boolean {
    const known = [info.mac, info.serialNumber].filter((each) => each !== null).map(plainId);
    const own = plainId(this.serialNo);
    return known.length > 0 && !known.some((each) => each === own || (own.length >= 9 && each.endsWith(own)));
  }

  /** Answers, and no event could be heard for a while: at the lane that is as good as being away. */
  #deaf(): string | null {
    if (this.settings.receive !== 'stream' || this.#streamUp) return null;
    const silent = this.#deps.clock.monotonic() - this.#deafSince;
    return silent > DEAF_MS ? '相机有应答，但事件监听没有接通' : null;
  }

  /** It answers, and has pushed nothing since it is there: nothing but its pushes tells of cars. */
  #lookForPushes(): void {
    if (this.settings.receive !== 'push' || !this.#contact.isOnline) return;
    if (this.#pushed !== null && this.#pushed.at >= this.#onlineSince) return;
    if (this.#deps.clock.monotonic() - this.#onlineSince >= UNHEARD_MS)
      this.#faults.set(
        'unheard',
        `相机在线 ${UNHEARD_MS / 3_600_000} 小时以上，一次推送也没有收到，请核对相机里的推送地址`,
      );
  }

  #streamed(up: boolean): void {
    if (this.#streamUp && !up) {
      this.#deafSince = this.#deps.clock.monotonic();
      this.#contact.askNow();
    }
    this.#streamUp = up;
  }

  #moved(arm: 'closed' | 'open' | 'unknown'): void {
    this.#armState = arm;
    if (arm !== 'unknown') this.#deps.events.arm(this.id, arm);
  }

  /** Only from the camera itself: an event could name any address. */
  async #fetch(url: string): Promise<Uint8Array | string> {
    const { host, port } = this.settings;
    const at = URL.canParse(url) ? new URL(url) : null;
    if (at?.protocol !== 'http:' || at.hostname !== host || Number(at.port || 80) !== port || at.username !== '')
      return '图片地址不在相机上';
    const picture = await this.#isapi.picture(at.pathname + at.search);
    return this.#running ? picture : '相机未投入使用';
  }
}
