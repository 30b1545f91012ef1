import type { LaneView } from '../../shared/contract/lanes.ts';
import type { Lane } from '../../shared/domain/site.ts';
import { toRfc3339 } from '../../shared/domain/time.ts';
import type { Device, DeviceDeps, DeviceEndpoint, DeviceEvents, DriverDefinition } from './devices/device.ts';
import { drivers, findDriver } from './devices/registry.ts';
import { errorText } from './runtime/errors.ts';
import type { Log } from './runtime/ports.ts';

type DeviceState = 'online' | 'offline' | 'unknown';

/** All devices of the car park: made from the configuration, started, watched, stopped. */
export class DevicePark {
  readonly #devices = new Map<string, Device>();
  readonly #states = new Map<string, DeviceState>();
  readonly #listeners = new Set<() => void>();
  readonly #log: Log;
  readonly #deps: Omit<DeviceDeps, 'find' | 'events'>;

  constructor(
    configs: readonly {
      readonly id: string;
      readonly kind: Device['kind'];
      readonly driver: string;
      readonly settings: unknown;
    }[],
    deps: Omit<DeviceDeps, 'find'>,
  ) {
    this.#log = deps.log;
    this.#deps = deps;
    const events: DeviceEvents = {
      ...deps.events,
      state: (id, state, detail) => {
        this.#states.set(id, state);
        deps.events.state(id, state, detail);
        this.#changed();
      },
      arm: (id, arm) => {
        deps.events.arm(id, arm);
        this.#changed();
      },
    };
    for (const config of configs) {
      const driver = findDriver(config.kind, config.driver);
      if (!driver) throw new Error(`no ${config.kind} driver ${config.driver}: the provision check lets none through`);
      const settings: unknown = driver.settings.parse(config.settings);
      this.#devices.set(
        config.id,
        driver.create(config.id, settings, {
          ...deps,
          events,
          log: deps.log.child(config.id),
          find: (id) => this.find(id),
        }),
      );
    }
  }

  readonly find = (id: string): Device | undefined => this.#devices.get(id);

  /** One endpoint for each driver whose devices push to us, whether or not one is configured: a stranger gets an answer. */
  endpoints(): ReadonlyMap<string, DeviceEndpoint> {
    const endpoints = new Map<string, DeviceEndpoint>();
    for (const definition of drivers) {
      const endpoint = this.#endpointOf(definition);
      if (endpoint) endpoints.set(definition.driver, endpoint);
    }
    return endpoints;
  }

  #endpointOf(definition: DriverDefinition): DeviceEndpoint | undefined {
    const devices = [...this.#devices.values()].filter(
      (device) => device.driver === definition.driver && device.kind === definition.kind,
    );
    return definition.endpoint?.(devices, { clock: this.#deps.clock, log: this.#log.child(definition.driver) });
  }

  async start(): Promise<void> {
    for (const device of this.#devices.values())
      await device
        .start()
        .catch((error: unknown) =>
          this.#log.error('a device could not be started', { device: device.id, error: errorText(error) }),
        );
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
    return [lane.camera, lane.barrier, lane.display].flatMap((id) => {
      const device = id === undefined ? undefined : this.#devices.get(id);
      if (!device) return [];
      const seen = device.lastSeenAt();
      return [
        {
          id: device.id,
          kind: device.kind,
          driver: device.driver,
          state: this.#states.get(device.id) ?? 'unknown',
          lastSeenAt: seen === null ? null : toRfc3339(seen),
        },
      ];
    });
  }
}
