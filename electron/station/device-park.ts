import { z } from 'zod';
import type { LaneView } from '../../shared/contract/lanes.ts';
import type { SelfTestStep } from '../../shared/domain/device-test.ts';
import type { DeviceConfig, Lane } from '../../shared/domain/site.ts';
import { toRfc3339 } from '../../shared/domain/time.ts';
import { faultOf } from './configuration/faults.ts';
import type { Device, DeviceDeps, DeviceEndpoint, DeviceEvents, DriverDefinition } from './devices/device.ts';
import { FoundDevices } from './devices/found.ts';
import { isBarrier, isCamera, isPrinter } from './devices/narrow.ts';
import { drivers, findDriver } from './devices/registry.ts';
import { DeviceWatch, type Picture } from './devices/watch.ts';
import type { MountedEndpoint } from './inbound/device-routes.ts';
import { ConfigError, errorText } from './runtime/errors.ts';
import type { Log } from './runtime/ports.ts';

/** A picture that was asked for is expected within this time. */
const PICTURE_MS = 10_000;

const NO_PICTURE: SelfTestStep = {
  ...{ step: 'picture', result: 'skipped', detail: '该型号不能远程取图，画面只随车牌上报', tookMs: null },
  said: { code: 'not-offered', figures: {} },
};

/** The line that a device is on, as far as its settings say: those that name the same one share it. */
const placeSchema = z.union([
  z.object({ path: z.string() }).transform(({ path }) => path),
  z.object({ host: z.string(), port: z.int() }).transform(({ host, port }) => `${host}:${port}`),
]);

/** Why a device did not start, in Chinese as far as there are words for it. */
const reasonOf = (error: unknown): string =>
  error instanceof ConfigError ? error.faults.map((fault) => faultOf(fault).messageZh).join('；') : errorText(error);

type ParkDeps = Omit<DeviceDeps, 'find' | 'link'>;

/** All devices of the car park: made from the configuration, started, watched, stopped. */
export class DevicePark {
  readonly found: FoundDevices;
  readonly #devices = new Map<string, Device>();
  readonly #watches = new Map<string, DeviceWatch>();
  readonly #places = new Map<string, string>();
  readonly #listeners = new Set<() => void>();
  readonly #log: Log;
  readonly #deps: Omit<ParkDeps, 'events'>;
  readonly #events: DeviceEvents;

  constructor(configs: readonly DeviceConfig[], deps: ParkDeps) {
    this.#log = deps.log;
    this.#deps = deps;
    this.found = new FoundDevices(deps.clock);
    const events = this.#watched(deps.events);
    this.#events = events;
    for (const config of configs) {
      const driver = findDriver(config.kind, config.driver);
      if (!driver) throw new Error(`no ${config.kind} driver ${config.driver}: the provision check lets none through`);
      const settings: unknown = driver.settings.parse(config.settings);
      const place = placeSchema.safeParse(settings);
      if (place.success) this.#places.set(config.id, place.data);
      const link = new DeviceWatch(deps.clock);
      this.#watches.set(config.id, link);
      this.#devices.set(
        config.id,
        driver.create(config.id, settings, {
          ...{ ...deps, events, link },
          log: deps.log.child(config.id),
          find: (id) => this.find(id),
        }),
      );
    }
  }

  /** What the devices report goes to the station first, and is taken note of afterwards. */
  #watched(events: DeviceEvents): DeviceEvents {
    const watch = (id: string): DeviceWatch | undefined => this.#watches.get(id);
    return {
      plate: (read) => {
        events.plate(read);
        watch(read.deviceId)?.read(read);
      },
      berths: (reading) => {
        const heard = events.berths(reading);
        this.#changed();
        return heard;
      },
      input: (id, role, on) => {
        events.input(id, role, on);
        watch(id)?.input(role, on);
        this.#changed();
      },
      state: (id, state, detail) => {
        watch(id)?.changed(state);
        events.state(id, state, detail);
        this.#changed();
      },
      arm: (id, arm) => {
        const known = watch(id);
        if (known) known.arm = arm;
        events.arm(id, arm);
        this.#changed();
      },
      snapshot: (id, jpeg) => {
        events.snapshot(id, jpeg);
        watch(id)?.pictured(jpeg);
      },
      scanned: (id, code) => events.scanned(id, code),
      fault: (id, code, detail) => {
        watch(id)?.fault(code, detail);
        events.fault(id, code, detail);
        this.#changed();
      },
    };
  }

  readonly find = (id: string): Device | undefined => this.#devices.get(id);

  list(): readonly Device[] {
    return [...this.#devices.values()];
  }

  watchOf(id: string): DeviceWatch | undefined {
    return this.#watches.get(id);
  }

  /** A device that moves an arm hangs on the same line: what is sent there may reach it. */
  sharesWithArm({ id }: Device): boolean {
    const place = this.#places.get(id);
    return place !== undefined && this.list().some((other) => isBarrier(other) && this.#places.get(other.id) === place);
  }

  /** Asks a camera for a picture and waits until it is there; else says why there is none. */
  async takePicture(device: Device): Promise<Picture | string> {
    const watch = this.#watches.get(device.id);
    if (!isCamera(device) || !watch) return '该设备没有画面';
    const arrives = watch.nextPicture(PICTURE_MS);
    const asked = await device.snapshot();
    if (asked.outcome !== 'done') return asked.detail;
    return (await arrives) ?? `${PICTURE_MS / 1000} 秒内没有收到图片`;
  }

  /** What the driver can tell, and for a camera whether its picture arrives. */
  async selfTest(device: Device): Promise<readonly SelfTestStep[]> {
    const steps = (await device.selfTest?.()) ?? [];
    if (!isCamera(device)) return steps;
    if (device.takesPictures === false) return [...steps, NO_PICTURE];
    const { clock } = this.#deps;
    const since = clock.monotonic();
    const picture = await this.takePicture(device);
    const tookMs = clock.monotonic() - since;
    const told: SelfTestStep =
      typeof picture === 'string'
        ? { step: 'picture', result: 'failed', detail: picture, tookMs: null }
        : { step: 'picture', result: 'ok', detail: `收到图片 ${Math.ceil(picture.jpeg.byteLength / 1024)} KB`, tookMs };
    return [...steps, told];
  }

  /** One endpoint for each driver whose devices push to us, whether or not one is configured: a stranger gets an answer. By driver. */
  endpoints(): ReadonlyMap<string, MountedEndpoint> {
    const endpoints = new Map<string, MountedEndpoint>();
    for (const definition of drivers) {
      const endpoint = this.#endpointOf(definition);
      if (endpoint) endpoints.set(definition.driver, { endpoint, paths: definition.paths ?? [] });
    }
    return endpoints;
  }

  #endpointOf(definition: DriverDefinition): DeviceEndpoint | undefined {
    const devices = [...this.#devices.values()].filter(
      // One door for all that push by this driver, of whatever kind they are.
      (device) => device.driver === definition.driver,
    );
    return definition.endpoint?.(devices, {
      clock: this.#deps.clock,
      log: this.#log.child(definition.driver),
      found: (stranger) => this.found.saw(definition.driver, definition.kind, stranger),
    });
  }

  async start(): Promise<void> {
    for (const device of this.#devices.values())
      await device.start().catch((error: unknown) => {
        this.#log.error('a device could not be started', { device: device.id, error: errorText(error) });
        this.#events.state(device.id, 'offline', `设备没有启动：${reasonOf(error)}`);
      });
  }

  async stop(): Promise<void> {
    for (const device of this.#devices.values())
      await device
        .stop()
        .catch((error: unknown) =>
          this.#log.warn('a device did not stop cleanly', { device: device.id, error: errorText(error) }),
        );
  }

  onChanged(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  /** The devices of a lane as screens show them. */
  viewsOf(lane: Lane): LaneView['devices'] {
    return [lane.camera, lane.exitCamera, lane.barrier, lane.io, lane.display, lane.scanner, lane.printer].flatMap(
      (id) => {
        const device = id === undefined ? undefined : this.#devices.get(id);
        return device ? [this.viewOf(device)] : [];
      },
    );
  }

  /** Whether a car stands on a loop of the lane, as far as its devices tell. */
  loopOf(lane: Lane): LaneView['loop'] {
    const told = [lane.camera, lane.exitCamera, lane.barrier, lane.io].flatMap((id) => {
      const roles = id === undefined ? undefined : this.#devices.get(id)?.facts?.().inputs;
      const known = id === undefined ? undefined : this.#watches.get(id)?.inputs;
      return (roles ?? []).filter((role) => role.endsWith('-loop')).map((role) => known?.get(role)?.on);
    });
    if (told.length === 0) return null;
    if (told.includes(true)) return 'occupied';
    return told.includes(false) ? 'clear' : 'unknown';
  }

  viewOf(device: Device): LaneView['devices'][number] {
    const seen = device.lastSeenAt();
    const faults = [...(this.#watches.get(device.id)?.faults.keys() ?? [])];
    return {
      id: device.id,
      kind: device.kind,
      driver: device.driver,
      state: this.#watches.get(device.id)?.state ?? 'unknown',
      lastSeenAt: seen === null ? null : toRfc3339(seen),
      ...(faults.length === 0 ? {} : { faults }),
      ...(isPrinter(device) && device.hasDrawer ? { drawer: true } : {}),
    };
  }
}
