import { vi } from 'vitest';
import { z } from 'zod';
import type { DeviceState } from '../../../../electron/station/platforms/platform.ts';
import type { VankeSettings } from '../../../../electron/station/platforms/vanke/config.ts';
import { Uplink } from '../../../../electron/station/platforms/vanke/uplink.ts';
import { VankePlatform } from '../../../../electron/station/platforms/vanke/vanke-platform.ts';
import type { DisplayLine } from '../../../../shared/domain/display.ts';
import type { EventDraft, EventKind, JournalEvent } from '../../../../shared/domain/events.ts';
import { STATION } from '../../../../shared/domain/events.ts';
import type { DeviceKind, Lane } from '../../../../shared/domain/site.ts';
import { IN, OUT } from '../../../support/lane-world.ts';
import { serveForms } from '../form-server.ts';
import { type Data, HOUR, type StationOptions } from '../platform-station.ts';
import { PlatformWorld } from '../platform-world.ts';
import { platformSays, settings } from './support.ts';

export { HOUR, MINUTE } from '../platform-station.ts';
export const CAR = '粤B12345';

const ALLOWED = { respCode: '0', respDesc: '' };
/** The devices are looked at only where the test wants it. */
const QUIET = { abnormal: { checkMs: 24 * HOUR } };

const under = (lane: Lane, name: string): Lane => ({
  ...{ ...lane, name, display: `led-${lane.id}` },
  authority: {
    ...{ platform: 'vanke', pollSeconds: 2, retrySeconds: 1, giveUpAfter: 5, onGiveUp: 'release' },
    ...{ rules: 'platform', fees: 'platform' },
  },
});
/** The entry and the exit of a car park where the platform has the word. */
export const GATE_IN = under(IN, '东二门01道');
export const GATE_OUT = under(OUT, '东二门02道');

const replySchema = z.looseObject({ respCode: z.string(), respDesc: z.string() });

/** The station before a platform on a socket, which allows whatever it is asked. What it says itself goes in at the inbound door. */
export class VankeWorld extends PlatformWorld<VankePlatform, Data> {
  /** How the hardware is, and what stands on its displays. */
  readonly hardware: Map<string, DeviceState>;
  readonly shown: { readonly deviceId: string; readonly lines: readonly DisplayLine[] }[];

  readonly #chosen: VankeSettings;

  private constructor(
    server: Awaited<ReturnType<typeof serveForms<Data>>>,
    options: StationOptions,
    devices: Pick<VankeWorld, 'hardware' | 'shown'>,
  ) {
    const chosen = settings({ ...QUIET, baseUrl: `${server.baseUrl}/lot`, ...options.settings });
    super(
      {
        ...{ server, ok: ALLOWED, car: CAR, asking: vi.spyOn(Uplink.prototype, 'post') },
        make: (deps) => new VankePlatform(chosen, deps),
      },
      {
        ...{ lanes: [GATE_IN, GATE_OUT], arms: true },
        devices: {
          states: () => [...devices.hardware.values()],
          photograph: async () => ({ why: '' }),
          show: async (deviceId, lines) => {
            if (devices.hardware.get(deviceId)?.kind !== 'display') return { outcome: 'refused', detail: '不是显示屏' };
            devices.shown.push({ deviceId, lines });
            return { outcome: 'done', detail: '' };
          },
        },
        ...options,
      },
    );
    this.hardware = devices.hardware;
    this.shown = devices.shown;
    this.#chosen = chosen;
  }

  /** A platform of the same station that is not started yet. */
  built(): VankePlatform {
    return new VankePlatform(this.#chosen, this.deps);
  }

  /** As the end of the program does: alarms live in memory. */
  forgetAlarms(): void {
    for (const { code, subject } of this.alarms.list()) this.alarms.clear(code, subject);
  }

  static async open(options: StationOptions = {}): Promise<VankeWorld> {
    const server = await serveForms<Data>(
      (text) => z.record(z.string(), z.unknown()).parse(JSON.parse(text)),
      ({ path, form }, response) => world.hear(path.replace(/^\/lot\//, ''), form, response),
    );
    const world: VankeWorld = new VankeWorld(server, options, { hardware: new Map(), shown: [] });
    for (const { camera, barrier, display } of world.lanes.lanes())
      for (const [kind, device] of [
        ['camera', camera],
        ['barrier', barrier],
        ['display', display],
      ] as const)
        if (device !== undefined) world.device(device, kind, 'online');
    await world.hub.start();
    return world;
  }

  /** A device is like this from now on. */
  device(id: string, kind: DeviceKind, state: DeviceState['state']): void {
    this.hardware.set(id, { id, kind, state, via: null, address: null });
  }

  /** A loop of a lane is pressed, or let go; as the events of the devices have it. */
  loop(lane: string, role: 'trigger-loop' | 'safety-loop', on: boolean): void {
    const head = { key: null, laneId: lane, passageId: null, actor: STATION };
    this.write({ ...head, kind: 'lane-input', body: { deviceId: `cam-${lane}`, role, on } });
    if (role === 'safety-loop') this.lanes.safetyLoop(lane, on);
    else this.lanes.triggerLoop(lane, on);
  }

  /** A car comes onto the loop of a lane and is read there. */
  arrives(lane: string, text = CAR, photo: Uint8Array | null = null): void {
    this.loop(lane, 'trigger-loop', true);
    this.car(lane, text, photo);
  }

  /** Something stands in the journal. */
  write(draft: EventDraft): void {
    this.store.write((tx) => tx.record(draft));
  }

  /** Whatever stands in the journal under this kind. */
  told<K extends EventKind>(kind: K): Extract<JournalEvent, { kind: K }>[] {
    const isOne = (event: JournalEvent): event is Extract<JournalEvent, { kind: K }> => event.kind === kind;
    return this.read.journal.after(0, 10_000).filter(isOne);
  }

  /** The platform calls us: business fields, rightly signed unless they say otherwise. @returns its answer */
  async push(name: string, fields: Data = {}): Promise<z.output<typeof replySchema>> {
    return this.pushRaw(name, platformSays(fields, this.clock.now()));
  }

  async pushRaw(name: string, body: string, remote = '127.0.0.1'): Promise<z.output<typeof replySchema>> {
    const response = await this.platform.inbound.handle({
      ...{ method: 'POST', path: `/${name}`, query: '', remote, headers: {} },
      ...{ contentType: 'application/json', body: Buffer.from(body, 'utf8') },
    });
    if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
    return replySchema.parse(JSON.parse(Buffer.from(response.body).toString('utf8')));
  }
}
