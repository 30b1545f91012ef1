import { CameraBody, type Wires } from '../camera/body.ts';
import { tinyJpeg } from '../jpeg.ts';
import { alarmInfoPlate, type CameraIdentity, type PlateOptions, type PlateRecord } from './alarm-plate.ts';
import { type ArmOptions, BarrierArm, type PulseCause } from './arm.ts';
import { type Posted, post } from './post.ts';
import { type DecodedReply, decodeReply } from './reply.ts';

export interface VzenithOptions {
  readonly serialno: string;
  /** Where everything is posted; the camera accepts any path. */
  readonly url: string;
  readonly deviceName?: string;
  readonly ipaddr?: string;
  readonly password?: string;
  readonly arm?: ArmOptions;
  /** A whole lane in place of the arm of its own: relays, inputs and the boards on its RS-485. */
  readonly wires?: Wires;
  readonly timeoutMs?: number;
  readonly resends?: number;
  /** Not stated by any source. */
  readonly resendPauseMs?: number;
  readonly storeLimit?: number;
  readonly cometTimeoutMs?: number;
  readonly cometErrorPauseMs?: number;
  /** Stored records leave by themselves after the next success. */
  readonly autoOffline?: boolean;
  readonly firstPlateId?: number;
}

/** One POST of a plate. */
export interface PlateAttempt extends Posted {
  readonly plateId: number;
  readonly offline: boolean;
  /** Epoch ms of its start. */
  readonly at: number;
  readonly reply: DecodedReply | null;
}

export interface PushResult {
  readonly plateId: number;
  /** `stored`: every attempt failed and the record went to the offline store. */
  readonly outcome: 'answered' | 'stored';
  readonly attempts: readonly PlateAttempt[];
  readonly reply: DecodedReply | null;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A 臻识 camera with HTTP push: an HTTP client that owns the relays of a barrier and an RS-485 port. */
export class VzenithCamera {
  /** May be changed at any time, e.g. after the station came back elsewhere. */
  url: string;
  readonly arm: BarrierArm;
  readonly identity: CameraIdentity;
  /** Every POST of a plate, with its latency. */
  readonly attempts: PlateAttempt[] = [];
  /** What was wrong with replies, as a strict firmware sees it. Empty in a sound system. */
  readonly protocolFaults: string[] = [];
  /** Bytes that went out on RS-485, in order. */
  readonly serialOut: {
    readonly at: number;
    readonly channel: number;
    readonly bytes: Buffer;
    readonly cause: PulseCause;
  }[] = [];
  readonly voices: unknown[] = [];
  /** How often a reply asked to recognise again. */
  recognitions = 0;
  /** Uploads of pictures that a reply asked for. */
  readonly snapshots: Posted[] = [];
  /** What the camera sees when it is asked for a picture. */
  view: Buffer = tinyJpeg();
  /** Records that could not be delivered, oldest first. */
  readonly stored: PlateRecord[] = [];
  /** Records that were pushed out of a full store. */
  lost = 0;
  readonly comet = { polls: 0, errors: 0, running: false };
  readonly #options: Required<Omit<VzenithOptions, 'url' | 'arm' | 'wires' | 'serialno' | 'deviceName' | 'ipaddr'>>;
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<unknown>>();
  #live: Promise<unknown> = Promise.resolve();
  #liveWaiting = 0;
  #interrupt = new AbortController();
  #draining: Promise<number> | undefined;
  #plateId: number;
  readonly #body: CameraBody | null;
  /** When its clock began again; without a battery that is 1970. */
  #beganAt = 0;

  constructor(options: VzenithOptions) {
    this.url = options.url;
    this.arm = new BarrierArm(options.arm);
    this.identity = {
      serialno: options.serialno,
      deviceName: options.deviceName ?? 'IN1',
      ipaddr: options.ipaddr ?? '192.168.1.100',
    };
    this.#options = {
      password: options.password ?? 'x',
      timeoutMs: options.timeoutMs ?? 5_000,
      resends: options.resends ?? 4,
      resendPauseMs: options.resendPauseMs ?? 100,
      storeLimit: options.storeLimit ?? 9_000,
      cometTimeoutMs: options.cometTimeoutMs ?? 30_000,
      cometErrorPauseMs: options.cometErrorPauseMs ?? 2_000,
      autoOffline: options.autoOffline ?? true,
      firstPlateId: options.firstPlateId ?? 1,
    };
    this.#plateId = this.#options.firstPlateId;
    this.#body = options.wires
      ? new CameraBody(options.wires, { 0: 'open', 1: 'close' }, { 0: 'trigger', 1: 'safety' })
      : null;
    this.#body?.onInput((source, on) => void this.gio(source, on ? 1 : 0));
  }

  /** Sees a plate and pushes it: one attempt and its resends. A live read interrupts the offline queue. */
  push(license: string, options: PlateOptions = {}): Promise<PushResult> {
    const record: PlateRecord = {
      plateId: this.#plateId++,
      license,
      options,
      capturedAt: options.capturedAt ?? this.#now(),
    };
    return this.pushRecord(record);
  }

  /** The same record once more, e.g. a resend whose first answer was lost behind the camera's back. */
  pushRecord(record: PlateRecord): Promise<PushResult> {
    this.#liveWaiting += 1;
    this.#interrupt.abort();
    const result = this.#live
      .then(() => this.#pushNow(record))
      .finally(() => {
        this.#liveWaiting -= 1;
      });
    this.#live = result.catch(() => undefined);
    return this.#track(result);
  }

  /** The power was away, and nothing keeps its clock: that is in 1970 now, and the counter at the first number again. */
  powerLoss(): void {
    this.#beganAt = Date.now();
    this.#plateId = this.#options.firstPlateId;
  }

  /** By its own clock; it takes a minute to start. */
  #now(): number {
    return this.#beganAt === 0 ? Date.now() : Date.now() - this.#beganAt + 60_000;
  }

  /** Only keeps the record, as if the network had been away when the car came. */
  keep(license: string, options: PlateOptions = {}): PlateRecord {
    const record = { plateId: this.#plateId++, license, options, capturedAt: options.capturedAt ?? this.#now() };
    this.#store(record);
    return record;
  }

  /** Sends stored records, oldest first, as long as each is acknowledged and the next is asked for. Resolves with how many. */
  deliverStored(): Promise<number> {
    this.#draining ??= this.#track(this.#drain()).finally(() => {
      this.#draining = undefined;
    });
    return this.#draining;
  }

  /** An input changed: source 0–3 = input 1–4. */
  gio(source: number, value: 0 | 1): Promise<Posted> {
    const { deviceName, ipaddr, serialno } = this.identity;
    return this.#json({ AlarmGioIn: { deviceName, ipaddr, serialno, result: { TriggerResult: { source, value } } } });
  }

  /** Bytes arrived on RS-485. */
  serialIn(channel: 0 | 1, bytes: Buffer): Promise<Posted> {
    const { serialno } = this.identity;
    return this.#json({
      SerialData: { serialChannel: channel, data: bytes.toString('base64'), dataLen: bytes.length, serialno },
    });
  }

  /** One normal heartbeat; its reply is not acted on. */
  async heartbeat(): Promise<Posted> {
    const posted = await this.#heartbeat(this.#options.timeoutMs);
    if (this.#success(posted)) this.#offerStored();
    return posted;
  }

  /** Heartbeats every so often until the camera stops. */
  startHeartbeat(everyMs = 30_000): void {
    this.#background(
      (async () => {
        while (!this.#stop.signal.aborted) {
          await this.heartbeat();
          await this.#rest(everyMs);
        }
      })(),
    );
  }

  /** Keeps one request open at the server, whose answer is obeyed like a plate's. */
  startComet(): void {
    if (this.comet.running) return;
    this.comet.running = true;
    this.#background(this.#cometLoop());
  }

  /** Ends all loops and cuts what is on its way. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#interrupt.abort();
    this.#body?.end();
    await Promise.allSettled([...this.#running]);
  }

  /** Polls until `probe` gives something truthy. */
  async waitFor<T>(probe: () => T | undefined | null | false, what: string, timeoutMs = 5_000): Promise<T> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const value = probe();
      if (value !== undefined && value !== null && value !== false) return value;
      if (Date.now() > end) throw new Error(`camera ${this.identity.serialno}: no ${what} within ${timeoutMs} ms`);
      await pause(5);
    }
  }

  async #pushNow(record: PlateRecord): Promise<PushResult> {
    await this.#draining;
    const attempts: PlateAttempt[] = [];
    for (let turn = 0; turn <= this.#options.resends && !this.#stop.signal.aborted; turn++) {
      if (turn > 0) await this.#rest(this.#options.resendPauseMs);
      const attempt = await this.#sendPlate(record, false, this.#stop.signal);
      attempts.push(attempt);
      if (attempt.reply?.accepted) {
        this.#offerStored(1);
        return { plateId: record.plateId, outcome: 'answered', attempts, reply: attempt.reply };
      }
    }
    this.#store(record);
    return { plateId: record.plateId, outcome: 'stored', attempts, reply: null };
  }

  async #drain(): Promise<number> {
    this.#interrupt = new AbortController();
    const signal = AbortSignal.any([this.#interrupt.signal, this.#stop.signal]);
    let delivered = 0;
    for (let record = this.stored[0]; record && !signal.aborted; record = this.stored[0]) {
      const { reply } = await this.#sendPlate(record, true, signal);
      if (!reply?.accepted) break;
      const next = reply.actions.find((action) => action.kind === 'offline');
      if (next?.plateId !== record.plateId) {
        this.protocolFaults.push(`stored record ${record.plateId}: acknowledged ${next?.plateId ?? 'nothing'}`);
        break;
      }
      this.stored.shift();
      delivered += 1;
      if (!next.more) break;
    }
    return delivered;
  }

  async #sendPlate(record: PlateRecord, offline: boolean, signal: AbortSignal): Promise<PlateAttempt> {
    const at = Date.now();
    const body = JSON.stringify(alarmInfoPlate(this.identity, record, offline));
    const posted = await post(this.url, JSON_TYPE, body, { timeoutMs: this.#options.timeoutMs, signal });
    const reply = this.#success(posted) ? decodeReply(posted.body, 'plate') : null;
    const attempt: PlateAttempt = { ...posted, plateId: record.plateId, offline, at, reply };
    this.attempts.push(attempt);
    if (reply) this.#obey(reply, { kind: 'plate-reply', plateId: record.plateId, offline });
    return attempt;
  }

  async #cometLoop(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const posted = await this.#heartbeat(this.#options.cometTimeoutMs);
      const reply = this.#success(posted) ? decodeReply(posted.body, 'comet') : null;
      if (this.#stop.signal.aborted) break;
      if (reply) this.#obey(reply, { kind: 'comet' });
      if (reply?.accepted) {
        this.comet.polls += 1;
        this.#offerStored();
      } else {
        this.comet.errors += 1;
        await this.#rest(this.#options.cometErrorPauseMs);
      }
    }
    this.comet.running = false;
  }

  #obey(reply: DecodedReply, cause: PulseCause): void {
    this.protocolFaults.push(...reply.faults);
    for (const action of reply.actions) {
      const why = cause.kind === 'comet' ? 'comet' : `reply to ${cause.offline ? 'stored ' : ''}plate ${cause.plateId}`;
      if (action.kind === 'pulse') {
        this.arm.pulse(action.relay, action.ms, cause);
        this.#body?.pulse(action.relay, action.ms, why);
      } else if (action.kind === 'switch') {
        this.arm.hold(action.relay, action.on, cause);
        this.#body?.set(action.relay, action.on, why);
      } else if (action.kind === 'serial') {
        this.serialOut.push({ at: Date.now(), channel: action.channel, bytes: action.bytes, cause });
        // A camera that is set to passes on what the board answers.
        const channel = action.channel === 1 ? 1 : 0;
        for (const bytes of this.#body?.serial(channel, action.bytes, why) ?? [])
          this.#background(this.#pass(channel, bytes));
      }
      if (action.kind === 'voice') this.voices.push(action.request);
      else if (action.kind === 'recognise') this.recognitions += 1;
      else if (action.kind === 'snapshot') this.#background(this.#upload(action));
    }
  }

  async #pass(channel: 0 | 1, bytes: Buffer): Promise<void> {
    await this.serialIn(channel, bytes);
  }

  /** Where the picture goes and what its fields are is unconfirmed: no source shows a whole TriggerImage push. */
  async #upload(wish: { readonly port: number; readonly relative: string; readonly absolute: string }): Promise<void> {
    const server = new URL(this.url);
    server.port = String(wish.port);
    const target = wish.absolute === '' ? new URL(wish.relative, server).href : wish.absolute;
    const { ipaddr, serialno } = this.identity;
    const imageFile = this.view.toString('base64');
    const body = { TriggerImage: { ipaddr, serialno, imageFile, imageFileLen: imageFile.length } };
    this.snapshots.push(await this.#json(body, target));
  }

  #json(body: object, url = this.url): Promise<Posted> {
    const { timeoutMs } = this.#options;
    return this.#track(post(url, JSON_TYPE, JSON.stringify(body), { timeoutMs, signal: this.#stop.signal }));
  }

  #heartbeat(timeoutMs: number): Promise<Posted> {
    const form = new URLSearchParams({
      device_name: this.identity.deviceName,
      ipaddr: this.identity.ipaddr,
      port: '80',
      user_name: 'admin',
      pass_wd: this.#options.password,
      serialno: this.identity.serialno,
      channel_num: '1',
    });
    const type = 'application/x-www-form-urlencoded';
    return this.#track(post(this.url, type, form.toString(), { timeoutMs, signal: this.#stop.signal }));
  }

  #success = ({ status }: Posted): boolean => status !== null && status >= 200 && status < 300;

  /** Starts the offline queue unless more live reads than `own` want the line. */
  #offerStored(own = 0): void {
    if (this.#options.autoOffline && this.stored.length > 0 && this.#liveWaiting <= own && !this.#stop.signal.aborted)
      this.deliverStored().catch(() => undefined);
  }

  #store(record: PlateRecord): void {
    this.stored.push(record);
    while (this.stored.length > this.#options.storeLimit) {
      this.stored.shift();
      this.lost += 1;
    }
  }

  /** Waits, but not beyond the end of the camera. */
  #rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#stop.signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#stop.signal.addEventListener('abort', done, { once: true });
      if (this.#stop.signal.aborted) done();
    });
  }

  #background(task: Promise<void>): void {
    this.#track(task).catch(() => undefined);
  }

  /** Remembers what is on its way, so that the end of the camera can wait for it. */
  #track<T>(promise: Promise<T>): Promise<T> {
    this.#running.add(promise);
    promise.catch(() => undefined).finally(() => this.#running.delete(promise));
    return promise;
  }
}
