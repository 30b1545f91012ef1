import { vi } from 'vitest';
import type { DeviceState } from '../../../../electron/station/platforms/platform.ts';
import type { ShenzhenContext } from '../../../../electron/station/platforms/shenzhen/context.ts';
import { ShenzhenPlatform } from '../../../../electron/station/platforms/shenzhen/shenzhen-platform.ts';
import { Uplink } from '../../../../electron/station/platforms/shenzhen/uplink.ts';
import { type Berth, type BerthState, UNKNOWN_BERTH } from '../../../../shared/domain/berth.ts';
import { type EventDraft, STATION } from '../../../../shared/domain/events.ts';
import type { DeviceKind } from '../../../../shared/domain/site.ts';
import { serveForms } from '../form-server.ts';
import type { Data, StationOptions } from '../platform-station.ts';
import { PlatformWorld } from '../platform-world.ts';
import { SITE, settings } from './up-support.ts';

export { ANNA, HOUR, MINUTE } from '../platform-station.ts';

/** A form as it came, or the fields of one message. */
export type Told = Readonly<Record<string, string>>;

export const CAR = '粤B12345';

export interface UpOptions extends StationOptions {
  readonly hardware?: readonly DeviceState[];
}

export const device = (id: string, kind: DeviceKind, state: DeviceState['state'] = 'online'): DeviceState => ({
  ...{ id, kind, state, via: null, address: null },
});

/** The station before a city on a socket, which takes whatever it is told. Berths stand in the register as the test says. */
export class UpWorld extends PlatformWorld<ShenzhenPlatform, Told> {
  readonly hardware: Map<string, DeviceState>;
  /** As messages of the city get to see it. */
  readonly context: ShenzhenContext;

  private constructor(
    server: Awaited<ReturnType<typeof serveForms<Told>>>,
    options: UpOptions,
    hardware: Map<string, DeviceState>,
  ) {
    const chosen = settings({ baseUrl: server.baseUrl, site: SITE, ...options.settings });
    super(
      {
        ...{ server, ok: { code: 0, msg: 'success', data: {} }, car: CAR, asking: vi.spyOn(Uplink.prototype, 'send') },
        make: (deps) => new ShenzhenPlatform(chosen, deps),
      },
      {
        devices: {
          states: () => [...hardware.values()],
          photograph: async () => ({ why: '' }),
          show: async () => ({ outcome: 'refused', detail: '' }),
        },
        ...options,
      },
    );
    this.hardware = hardware;
    this.context = { ...this.deps, settings: chosen, publicUrl: () => '' };
  }

  /** The station runs, and the city knows what it is told at a start. */
  static async open(options: UpOptions = {}): Promise<UpWorld> {
    const world = await UpWorld.built(options);
    await world.start();
    return world;
  }

  /** Not started: whatever is to be there before. */
  static async built(options: UpOptions = {}): Promise<UpWorld> {
    const server = await serveForms<Told>(
      (text) => (text.startsWith('{') ? { json: text } : Object.fromEntries(new URLSearchParams(text))),
      ({ path, form }, response) => world.hear(path.replace(/^\/api\//, ''), form, response),
    );
    const hardware = new Map((options.hardware ?? []).map((state) => [state.id, state]));
    const world: UpWorld = new UpWorld(server, options, hardware);
    return world;
  }

  async start(): Promise<void> {
    await this.hub.start();
    await this.pass(1);
  }

  /** What the city was told until now does not count. */
  forget(): void {
    this.asked.length = 0;
  }

  write(...drafts: readonly EventDraft[]): void {
    this.store.write((tx) => {
      for (const draft of drafts) tx.record(draft);
    });
  }

  addBerth(number: number, more: Partial<Berth> = {}): Berth {
    const berth: Berth = {
      ...{ id: `b${number}`, code: `NS0001${String(number).padStart(8, '0')}`, number, areaId: 'a1', road: '深南大道' },
      ...{ side: 'right', position: number, sensor: null, camera: null, inUse: true, updatedAt: this.clock.now() },
      ...more,
    };
    this.write({
      ...{ kind: 'berth-changed', key: null, laneId: null, passageId: null, actor: STATION },
      body: { change: 'added', berth },
    });
    return berth;
  }

  /** A berth is taken or free from now on. */
  observe({ id, code }: Berth, occupied: boolean, more: Partial<BerthState> = {}): void {
    const before = this.read.berthStates.get(id) ?? UNKNOWN_BERTH;
    const since = this.clock.now();
    const state: BerthState = {
      ...{ ...before, occupied, since, source: 'video', deviceId: null, sequence: before.sequence + 1 },
      ...more,
    };
    this.write({
      ...{ kind: 'berth-observed', key: null, laneId: null, passageId: null, actor: STATION },
      body: { berth: { id, code }, before, state, at: since },
    });
  }

  /** A device is like this from now on, and the station says so. */
  turns(id: string, state: 'online' | 'offline'): void {
    const known = this.hardware.get(id);
    if (known) this.hardware.set(id, { ...known, state });
    this.write({
      ...{ kind: 'device-state', key: null, laneId: null, passageId: null, actor: STATION },
      body: { deviceId: id, state, detail: '' },
    });
  }

  /** What the city was told under this name, one field of each. */
  fieldsOf(name: string, field: string): (string | undefined)[] {
    return this.sent(name).map((told) => told[field]);
  }

  alarmsOf(code: string): string[] {
    return this.alarms
      .list()
      .filter((alarm) => alarm.code === code)
      .map(({ detail }) => detail);
  }

  refuse(name: string, msg = '系统繁忙'): void {
    this.answer(name, { code: 1, msg });
  }

  accept(name: string): void {
    this.answer(name, { code: 0, msg: 'success' } satisfies Data);
  }
}
