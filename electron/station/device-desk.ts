import type { DeviceState, Exchange, FoundDevice, SerialPortView } from '../../shared/contract/devices.ts';
import type { SelfTestStep } from '../../shared/domain/device-test.ts';
import type { DisplayColor } from '../../shared/domain/display.ts';
import type { Actor } from '../../shared/domain/events.ts';
import { toRfc3339 } from '../../shared/domain/time.ts';
import type { Announcer } from './announcing/announcer.ts';
import type { DeviceDeskPort, DisplayTry, TakenPicture } from './api/device-port.ts';
import type { DevicePark } from './device-park.ts';
import { DeviceTryOuts } from './device-tryouts.ts';
import { deviceView, laneOfArm, type ViewDeps } from './device-view.ts';
import type { CommandOutcome, Device } from './devices/device.ts';
import type { Found } from './devices/found.ts';
import { findDriver } from './devices/registry.ts';
import type { DeviceWatch } from './devices/watch.ts';
import { ConflictError, NotFoundError } from './runtime/errors.ts';
import type { Store } from './store/store.ts';

/** How many messages a trace holds; said with each answer. */
const KEPT = 200;

interface DeskDeps extends ViewDeps {
  readonly store: Store;
  readonly announcer: Pick<Announcer, 'show'>;
  /** Serial ports that there are; none where the system does not tell. */
  readonly serialPorts: () => Promise<readonly SerialPortView[]>;
}

/** The devices as their page sees them: what is known of each, and the few things that may be asked of it. */
export class DeviceDesk implements DeviceDeskPort {
  readonly #deps: DeskDeps;
  readonly #park: DevicePark;
  readonly #tryOuts: DeviceTryOuts;
  /** Tests of one device run one after the other: two pictures asked for at once would be taken for each other. */
  readonly #testing = new Map<string, Promise<unknown>>();

  constructor(deps: DeskDeps) {
    this.#deps = deps;
    this.#park = deps.park;
    this.#tryOuts = new DeviceTryOuts(deps);
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

  async show(id: string, what: DisplayTry, actor: Actor): Promise<CommandOutcome> {
    return this.#tryOuts.show(this.#device(id), what, actor);
  }

  async sign(id: string, free: number, color: DisplayColor, actor: Actor): Promise<CommandOutcome> {
    return this.#tryOuts.sign(this.#device(id), free, color, actor);
  }

  async sendRaw(id: string, hex: string, reason: string, actor: Actor): Promise<CommandOutcome> {
    return this.#tryOuts.raw(this.#device(id), hex, reason, actor);
  }

  async ports(): Promise<SerialPortView[]> {
    return [...(await this.#deps.serialPorts())];
  }

  pulse(id: string, reason: string, actor: Actor): DeviceState {
    const device = this.#device(id);
    const { lanes } = this.#deps;
    const lane = laneOfArm(device, lanes);
    if (!lane) throw new ConflictError('no-lane', '该设备没有控制任何车道的闸杆，请先在设置里配到车道');
    lanes.gate(lane.id, 'open', reason, actor, 'device-page');
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

  #view(device: Device): DeviceState {
    const { park, lanes, alarms } = this.#deps;
    return deviceView(device, this.#watch(device), { park, lanes, alarms });
  }

  #foundView(found: Found): FoundDevice {
    const { kind, driver, serialNo, address, name, requests, plate } = found;
    const suggested = findDriver(kind, driver)?.suggest?.({ serialNo, address }) ?? { serialNo };
    return {
      ...{ kind, driver, serialNo, address, name, requests, plate },
      firstSeenAt: toRfc3339(found.firstSeenAt),
      lastSeenAt: toRfc3339(found.lastSeenAt),
      hasPicture: found.picture !== null,
      suggestion: { id: this.#freeId(found), ...{ kind, driver }, settings: { ...suggested } },
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
