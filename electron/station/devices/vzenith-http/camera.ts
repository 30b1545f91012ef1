import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { Cancel } from '../../runtime/ports.ts';
import { CAR_UNDER_ARM, refused } from '../command-end.ts';
import type {
  Camera,
  CommandOutcome,
  DeviceDeps,
  DeviceFacts,
  DeviceRequest,
  DeviceResponse,
  GateAction,
  PlateRead,
} from '../device.ts';
import { FaultReasons } from '../fault-reasons.ts';
import { PlateDoor } from '../plate-door.ts';
import { Presence } from '../presence.ts';
import { isDeparture } from '../vzenith-plates.ts';
import { CameraInputs } from '../vzenith-relays.ts';
import { decodeJpeg, readOf } from '../vzenith-results.ts';
import { SerialEars, unfitForSerial } from '../vzenith-serial.ts';
import { CometPark } from './comet.ts';
import { CommandQueue } from './command-queue.ts';
import { type CameraMessage, glimpseStored, isOfPlate, type PushedResult } from './messages.ts';
import { withoutPassword } from './parser.ts';
import { PlateReplies } from './plate-replies.ts';
import { type CameraCommand, type ContinuePushOffline, IDLE_REPLY, NOTHING_REPLY, replyBody } from './reply.ts';
import { selfTest } from './self-test.ts';
import type { VzenithSettings } from './settings.ts';

export const DRIVER = 'vzenith-http';

export const jsonResponse = (status: number, body: string): DeviceResponse => ({
  status,
  contentType: 'application/json; charset=utf-8',
  body,
});

/** One camera. It is the HTTP client, so every command of ours travels in the reply to one of its requests. */
export class VzenithCamera implements Camera {
  readonly id: string;
  readonly kind = 'camera';
  readonly driver = DRIVER;
  readonly serialNo: string;
  readonly #settings: VzenithSettings;
  readonly #deps: DeviceDeps;
  readonly #queue: CommandQueue;
  readonly #comet: CometPark;
  readonly #presence: Presence;
  readonly #inputs: CameraInputs;
  readonly #ears: SerialEars;
  readonly #door: PlateDoor;
  readonly #plateReplies = new PlateReplies();
  readonly #addresses = { own: '', remote: '' };
  /** A plate is being handled: commands queued now leave in its reply, not in a parked request. */
  #collecting = false;
  #running = false;
  #heartbeatAt: number | null = null;
  /** How far the camera's clock was from ours with its last live plate. */
  #clockOffsetMs: number | null = null;

  constructor(id: string, settings: VzenithSettings, deps: DeviceDeps) {
    this.id = id;
    this.serialNo = settings.serialNo;
    this.#settings = settings;
    this.#deps = deps;
    this.#queue = new CommandQueue(deps.clock, settings.commandTtlMs);
    this.#comet = new CometPark(deps.clock, settings.parkMs);
    this.#presence = new Presence(deps.clock, settings.offlineAfterMs, (state, detail) =>
      deps.events.state(id, state, detail),
    );
    this.#inputs = new CameraInputs(id, settings.inputs, deps.events);
    this.#ears = new SerialEars(deps.log);
    const faults = new FaultReasons((detail) => deps.events.fault(id, 'firmware', detail));
    this.#door = new PlateDoor({ ...deps, deviceId: id, faults });
  }

  async start(): Promise<void> {
    this.#running = true;
    this.#presence.start();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#presence.stop();
    this.#queue.close();
    this.#comet.wake('stopped');
  }

  lastSeenAt(): EpochMs | null {
    return this.#presence.lastSeenAt;
  }

  facts(): DeviceFacts {
    return {
      serialNo: this.serialNo,
      address: this.#addresses.own || this.#addresses.remote || undefined,
      inputs: this.#inputs.roles,
    };
  }

  async selfTest(): Promise<readonly SelfTestStep[]> {
    const now = this.#deps.clock.monotonic();
    const { lastSeenAt } = this.#presence;
    return selfTest(this.#settings, {
      silentMs: lastSeenAt === null ? null : this.#deps.clock.now() - lastSeenAt,
      heartbeatAgeMs: this.#heartbeatAt === null ? null : now - this.#heartbeatAt,
      listening: this.#comet.isOpen,
      clockOffsetMs: this.#clockOffsetMs,
      address: this.#addresses.remote,
    });
  }

  gate(action: GateAction): Promise<CommandOutcome> {
    if (action === 'close' && this.#inputs.isUnderArm) return Promise.resolve(refused(CAR_UNDER_ARM));
    return this.#send({ kind: 'gate', action });
  }

  sendSerial(channel: number, bytes: Uint8Array): Promise<CommandOutcome> {
    const unfit = unfitForSerial(channel, bytes);
    return unfit ? Promise.resolve(unfit) : this.#send({ kind: 'serial', channel, bytes });
  }

  /** What comes in on its RS-485: channel 0 is the first. */
  onSerial(channel: number, heard: (bytes: Uint8Array) => void): Cancel {
    return this.#ears.on(channel, heard);
  }

  /** Asks it to look once more and read the plate again. */
  recognise(): Promise<CommandOutcome> {
    return this.#send({ kind: 'recognise' });
  }

  snapshot(): Promise<CommandOutcome> {
    return this.#send({ kind: 'snapshot' });
  }

  /** Whether something that came without a serial number can only be from this camera. */
  isAt(ipaddr: string | null, remote: string): boolean {
    return (ipaddr !== null && ipaddr === this.#addresses.own) || remote === this.#addresses.remote;
  }

  /** A heartbeat. In comet mode it stays open until there is a command or its time is up. */
  heartbeat(request: DeviceRequest, ipaddr: string | null): Promise<DeviceResponse> {
    return this.#traced(request, withoutPassword(request.body), () => this.#heartbeat(request, ipaddr));
  }

  message(message: CameraMessage, request: DeviceRequest): Promise<DeviceResponse> {
    return this.#traced(request, request.body, () => this.#message(message, request));
  }

  /** JSON of this camera that cannot be read. One that came whole counts as taken, and as fetched where the camera had stored it. */
  unread(what: string, text: string, isWhole: boolean, request: DeviceRequest): Promise<DeviceResponse> {
    return this.#traced(request, request.body, async () => {
      if (!this.#running) return jsonResponse(503, NOTHING_REPLY);
      this.#seen(request, null);
      if (isOfPlate(text)) this.#door.unread(what);
      if (!isWhole) return jsonResponse(400, NOTHING_REPLY);
      const stored = glimpseStored(text);
      return jsonResponse(200, stored === null ? NOTHING_REPLY : replyBody(this.#settings, [], acknowledge(stored)));
    });
  }

  async #traced(
    request: DeviceRequest,
    body: Uint8Array,
    answer: () => Promise<DeviceResponse>,
  ): Promise<DeviceResponse> {
    const query = request.query === '' ? '' : `?${Buffer.from(withoutPassword(Buffer.from(request.query))).toString()}`;
    const { link } = this.#deps;
    link.exchanged('in', `${request.method} ${request.path || '/'}${query} ${request.contentType}`, body);
    const response = await answer();
    link.exchanged('out', `${response.status} ${response.contentType}`, response.body);
    return response;
  }

  async #heartbeat(request: DeviceRequest, ipaddr: string | null): Promise<DeviceResponse> {
    if (!this.#running) return jsonResponse(503, NOTHING_REPLY);
    this.#seen(request, ipaddr);
    this.#heartbeatAt = this.#deps.clock.monotonic();
    if (this.#settings.heartbeat === 'normal') return jsonResponse(200, NOTHING_REPLY);
    if (this.#queue.isEmpty) await this.#comet.park(request.signal);
    return this.#replyWithCommands(request, IDLE_REPLY);
  }

  async #message(message: CameraMessage, request: DeviceRequest): Promise<DeviceResponse> {
    // Not started or already stopping: nothing can be recorded, so the camera shall keep it and come again.
    if (!this.#running) return jsonResponse(503, NOTHING_REPLY);
    this.#seen(request, message.ipaddr);
    switch (message.kind) {
      case 'plate':
        return this.#plate(message.result, request);
      case 'input':
        this.#inputs.changed(message.source, message.on);
        if (this.#inputs.isUnderArm) this.#queue.dropFalls('防砸地感上有车');
        break;
      case 'snapshot': {
        const jpeg = this.#jpeg(message.imageFile);
        if (jpeg) this.#deps.events.snapshot(this.id, jpeg);
        break;
      }
      case 'serial':
        if (message.bytes) this.#ears.tell(message.channel, message.bytes);
        else this.#deps.log.warn('bytes from the serial port are not base64', { device: this.id });
    }
    return jsonResponse(200, NOTHING_REPLY);
  }

  #plate(result: PushedResult, request: DeviceRequest): DeviceResponse {
    const about = { deviceId: this.id, serialNo: this.serialNo, receivedAt: this.#deps.clock.now() };
    const photo = this.#jpeg(result.imagefile) ?? this.#jpeg(result.imagefragmentfile);
    const read: PlateRead = { ...readOf(result, { ...about, photo }), again: 'may-open' };
    if (!read.stored && read.capturedAt !== null) this.#clockOffsetMs = read.receivedAt - read.capturedAt;
    this.#collecting = true;
    const told = toldAs(read);
    this.#plateReplies.toldAgain(told);
    try {
      // Not stored: any answer but 2xx makes the camera keep the record and send it again.
      if (!isDeparture(result.triggertype) && !this.#door.take(read, request.body))
        return jsonResponse(500, NOTHING_REPLY);
    } finally {
      this.#collecting = false;
    }
    if (!read.stored) return this.#replyWithCommands(request, NOTHING_REPLY, told);
    this.#flush();
    return jsonResponse(200, replyBody(this.#settings, [], acknowledge(read.plateId)));
  }

  /** Answers with what waits for the camera, or with `otherwise`. A request nobody listens to takes nothing along. */
  #replyWithCommands(request: DeviceRequest, otherwise: string, told: string | null = null): DeviceResponse {
    const batch = request.signal.aborted ? undefined : this.#queue.take();
    if (batch) this.#plateReplies.answered(told, batch);
    return {
      ...jsonResponse(200, batch ? replyBody(this.#settings, batch.commands) : otherwise),
      settled: (written) => {
        batch?.settled(written);
        this.#flush();
      },
    };
  }

  #send(command: CameraCommand): Promise<CommandOutcome> {
    if (!this.#running) return Promise.resolve(refused('相机未投入使用'));
    if (this.#settings.heartbeat === 'normal' && !this.#collecting)
      return Promise.resolve(refused('该相机设为普通心跳，只能在识别应答中带指令'));
    const since = this.#deps.clock.monotonic();
    const outcome = this.#queue.push(command).then((ended) => {
      if (ended.outcome === 'done') this.#deps.link.took(this.#deps.clock.monotonic() - since);
      return ended;
    });
    if (!this.#collecting) this.#flush();
    return outcome;
  }

  #flush(): void {
    if (!this.#queue.isEmpty) this.#comet.wake('commands');
  }

  #seen(request: DeviceRequest, ipaddr: string | null): void {
    if (ipaddr !== null) this.#addresses.own = ipaddr;
    this.#addresses.remote = request.remote;
    this.#presence.seen(`收到来自 ${request.remote} 的请求`);
  }

  #jpeg(base64: string): Uint8Array | null {
    const bytes = decodeJpeg(base64);
    if (bytes === undefined)
      this.#deps.log.warn('a picture is not a JPEG and was dropped', { device: this.id, characters: base64.length });
    return bytes ?? null;
  }
}

/** The number alone begins again when the camera was without power, and would be that of a car before. */
const toldAs = ({ plateId, plate }: PlateRead): string | null => (plateId === null ? null : `${plateId} ${plate.text}`);

function acknowledge(plateId: string | null): ContinuePushOffline | undefined {
  if (plateId === null) return undefined;
  return { plateid: /^\d{1,15}$/.test(plateId) ? Number(plateId) : plateId, continue: 1 };
}
