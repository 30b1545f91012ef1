import type { DeviceState, Exchange, FoundDevice } from '../../shared/contract/devices.ts';
import type { SelfTestStep } from '../../shared/domain/device-test.ts';
import { type DisplayLine, fromTheLeft } from '../../shared/domain/display.ts';
import type { Actor } from '../../shared/domain/events.ts';
import type { Lane } from '../../shared/domain/site.ts';
import { toRfc3339 } from '../../shared/domain/time.ts';
import type { Announcer } from './announcing/announcer.ts';
import type { DeviceDeskPort, TakenPicture } from './api/device-port.ts';
import type { DevicePark } from './device-park.ts';
import type { Device } from './devices/device.ts';
import type { Found } from './devices/found.ts';
import { isBarrier, isCamera, isDisplay } from './devices/narrow.ts';
import type { DeviceWatch } from './devices/watch.ts';
import type { LaneRuntime } from './lanes/runtime.ts';
import type { Alarms } from './runtime/alarms.ts';
import { ConflictError, NotFoundError } from './runtime/errors.ts';
import type { Store } from './store/store.ts';

/** How many messages a trace holds; said with each answer. */
const KEPT = 200;

const ROLES = ['camera', 'exitCamera', 'barrier', 'display', 'scanner', 'printer'] as const;

/** The devices as their page sees them: what is known of each, and the few things that may be asked of it. */
export class DeviceDesk implements DeviceDeskPort {
  readonly #park: DevicePark;
  readonly #lanes: LaneRuntime;
  readonly #alarms: Alarms;
  readonly #store: Store;
  readonly #announcer: Pick<Announcer, 'show'>;
  /** Tests of one device run one after the other: two pictures asked for at once would be taken for each other. */
  readonly #testing = new Map<string, Promise<unknown>>();

  constructor(deps: {
    readonly park: DevicePark;
    readonly lanes: LaneRuntime;
    readonly alarms: Alarms;
    readonly store: Store;
    readonly announcer: Pick<Announcer, 'show'>;
  }) {
    this.#park = deps.park;
    this.#lanes = deps.lanes;
    this.#alarms = deps.alarms;
    this.#store = deps.store;
    this.#announcer = deps.announcer;
  }

  onChanged(listener: () => void): () => void {
    return this.#park.onChanged(listener);
  }

  list(): DeviceState[] {
    return this.#park.list().map((device) => this.#view(device));
  }

  get(id: string): DeviceState {
    return this.#view(this.#device(id));
  }

  picture(id: string): TakenPicture {
    const picture = this.#watch(this.#device(id)).picture;
    if (!picture) throw new NotFoundError('还没有画面');
    return picture;
  }

  trace(id: string, afterSeq: number): { exchanges: Exchange[]; kept: number } {
    const exchanges = this.#watch(this.#device(id))
      .trace.after(afterSeq)
      .map(({ seq, at, direction, head, size, bytes, cut }) => ({
        ...{ seq, at: toRfc3339(at), direction, head, bytes: size, cut },
        base64: Buffer.from(bytes).toString('base64'),
      }));
    return { exchanges, kept: KEPT };
  }

  async selfTest(id: string): Promise<SelfTestStep[]> {
    const device = this.#device(id);
    return this.#alone(id, async () => [...(await this.#park.selfTest(device))]);
  }

  async snapshot(id: string): Promise<TakenPicture> {
    const device = this.#device(id);
    const picture = await this.#alone(id, () => this.#park.takePicture(device));
    if (typeof picture === 'string') throw new ConflictError('no-picture', picture);
    return picture;
  }

  async show(
    id: string,
    lines: readonly string[],
    actor: Actor,
  ): Promise<{ outcome: 'done' | 'refused' | 'unknown'; detail: string }> {
    const device = this.#device(id);
    if (!isDisplay(device)) throw new ConflictError('no-display', '该设备不是显示屏');
    const [lane] = this.#served(device);
    this.#store.write((tx) =>
      tx.record({
        kind: 'display-tested',
        ...{ key: null, laneId: lane?.lane.id ?? null, passageId: null, actor },
        body: { deviceId: id, lines: [...lines] },
      }),
    );
    return await this.#announcer.show(device, fromTheLeft(lines), 'test');
  }

  pulse(id: string, reason: string, actor: Actor): DeviceState {
    const device = this.#device(id);
    const lane = this.#laneOfArm(device);
    if (!lane) throw new ConflictError('no-lane', '该设备没有控制任何车道的闸杆，请先在设置里配到车道');
    this.#lanes.gate(lane.id, 'open', reason, actor, 'device-page');
    return this.#view(device);
  }

  found(): FoundDevice[] {
    return this.#park.found.list().map((found) => this.#foundView(found));
  }

  foundPicture(driver: string, serialNo: string): TakenPicture {
    const picture = this.#park.found.get(driver, serialNo)?.picture;
    if (!picture) throw new NotFoundError('还没有画面');
    return picture;
  }

  async #alone<T>(id: string, task: () => Promise<T>): Promise<T> {
    const before = this.#testing.get(id) ?? Promise.resolve();
    const run = before.then(task);
    const over = run.catch(() => undefined);
    this.#testing.set(id, over);
    try {
      return await run;
    } finally {
      if (this.#testing.get(id) === over) this.#testing.delete(id);
    }
  }

  #device(id: string): Device {
    const device = this.#park.find(id);
    if (!device) throw new NotFoundError(`没有设备 ${id}`);
    return device;
  }

  #watch({ id }: Device): DeviceWatch {
    const watch = this.#park.watchOf(id);
    if (!watch) throw new NotFoundError(`没有设备 ${id}`);
    return watch;
  }

  #served({ id }: Device): { readonly lane: Lane; readonly role: (typeof ROLES)[number] }[] {
    return this.#lanes
      .lanes()
      .flatMap((lane) => ROLES.filter((role) => lane[role] === id).map((role) => ({ lane, role })));
  }

  /** The lane whose arm this device moves: a barrier, or a camera where nothing else does. */
  #laneOfArm(device: Device): Lane | undefined {
    return this.#lanes
      .lanes()
      .find((lane) =>
        isBarrier(device) ? lane.barrier === device.id : lane.barrier === undefined && lane.camera === device.id,
      );
  }

  #view(device: Device): DeviceState {
    const watch = this.#watch(device);
    const facts = device.facts?.() ?? {};
    const served = this.#served(device);
    const via = facts.via ?? null;
    const carrier = via === null ? undefined : this.#park.watchOf(via);
    const laneIds = new Set(served.map(({ lane }) => lane.id));
    const roles = new Set([...(facts.inputs ?? []), ...watch.inputs.keys()]);
    return {
      ...this.#park.viewOf(device),
      state: carrier?.state ?? watch.state,
      since: time((carrier ?? watch).since),
      reconnects: (carrier ?? watch).reconnects,
      via,
      serialNo: facts.serialNo ?? null,
      firmware: facts.firmware ?? null,
      address: facts.address ?? null,
      delay: watch.delay,
      readDelayMs: watch.readDelayMs,
      lanes: served.map(({ lane, role }) => ({ id: lane.id, name: lane.name, role })),
      alarms: this.#alarms
        .list()
        .filter(
          ({ code, subject }) =>
            subject === device.id || (code === 'gate-command-lost' && laneIds.has(subject) && this.#movesArm(device)),
        )
        .map(({ subject: _subject, since, ...alarm }) => ({ ...alarm, since: toRfc3339(since) })),
      inputs: [...roles].map((role) => {
        const known = watch.inputs.get(role);
        return { role, on: known?.on ?? null, changedAt: time(known?.at ?? null) };
      }),
      arm: isBarrier(device) ? device.arm() : null,
      lastPicture: watch.picture && { takenAt: toRfc3339(watch.picture.takenAt), plate: watch.picture.plate },
      showing: isDisplay(device) ? lines(device.showing()) : null,
      can: {
        selfTest: device.selfTest !== undefined || isCamera(device),
        snapshot: isCamera(device),
        pulse: this.#movesArm(device),
        show: isDisplay(device),
      },
    };
  }

  #movesArm(device: Device): boolean {
    return this.#laneOfArm(device) !== undefined;
  }

  #foundView(found: Found): FoundDevice {
    const { kind, driver, serialNo, address, name, requests, plate } = found;
    return {
      ...{ kind, driver, serialNo, address, name, requests, plate },
      firstSeenAt: toRfc3339(found.firstSeenAt),
      lastSeenAt: toRfc3339(found.lastSeenAt),
      hasPicture: found.picture !== null,
      suggestion: { id: this.#freeId(found), kind, driver, settings: { serialNo } },
    };
  }

  /** `cam-` and the end of the serial number, as it stands on the camera's label; with a number where that is taken. */
  #freeId({ kind, serialNo }: Found): string {
    const letters = serialNo.replace(/[^A-Za-z0-9]/g, '').slice(-8) || 'new';
    const base = `${kind === 'camera' ? 'cam' : kind}-${letters}`;
    const taken = (id: string): boolean => this.#park.find(id) !== undefined;
    if (!taken(base)) return base;
    return `${base}-${Array.from({ length: 99 }, (_, index) => index + 2).find((n) => !taken(`${base}-${n}`)) ?? 'x'}`;
  }
}

const time = (at: number | null): string | null => (at === null ? null : toRfc3339(at));
const lines = (shown: readonly DisplayLine[] | null): DisplayLine[] | null => (shown ? [...shown] : null);
