import { randomUUID } from 'node:crypto';
import type {
  BerthReading,
  BerthsHeard,
  Device,
  DeviceDeps,
  DeviceEvents,
  DeviceRequest,
  DeviceResponse,
  PlateRead,
  Stranger,
} from '../../../electron/station/devices/device.ts';
import { openLinks } from '../../../electron/station/devices/links/index.ts';
import type { DeviceLinks } from '../../../electron/station/devices/links.ts';
import { SystemClock } from '../../../electron/station/runtime/clock.ts';
import type { Log } from '../../../electron/station/runtime/ports.ts';
import { FakeClock } from '../../support/fake-clock.ts';

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export function recordingLog(lines: LogLine[]): Log {
  const at =
    (level: string) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
      lines.push({ level, message, fields });
    };
  const log: Log = {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: () => log,
  };
  return log;
}

/** Everything a driver is given, with what it reported. Set `onPlate` to act as the lane does while a plate is handled. */
export class Bench {
  readonly clock = new FakeClock();
  /** Each read, each time that it was told. */
  readonly reads: PlateRead[] = [];
  /** As a lane has them: those that were taken, each once, with the picture that came along or behind. */
  readonly cars: PlateRead[] = [];
  readonly inputs: string[] = [];
  readonly states: string[] = [];
  readonly arms: string[] = [];
  readonly snapshots: Uint8Array[] = [];
  readonly berths: BerthReading[] = [];
  readonly lines: LogLine[] = [];
  readonly exchanges: { direction: 'in' | 'out'; head: string; bytes: Uint8Array | string }[] = [];
  readonly delays: number[] = [];
  readonly codes: string[] = [];
  readonly faults: string[] = [];
  readonly strangers: Stranger[] = [];
  readonly found = (stranger: Stranger): void => void this.strangers.push(stranger);
  readonly devices = new Map<string, Device>();
  readonly log = recordingLog(this.lines);
  onPlate: (read: PlateRead) => void = () => undefined;
  onBerths: (reading: BerthReading) => BerthsHeard = () => ({ unknown: [], failed: [] });
  readonly #events: DeviceEvents = {
    plate: (read) => {
      this.reads.push(read);
      this.onPlate(read);
      const at = this.cars.findIndex(({ plateId }) => plateId !== null && plateId === read.plateId);
      const known = this.cars[at];
      if (known) this.cars[at] = { ...known, photo: known.photo ?? read.photo };
      else this.cars.push(read);
    },
    input: (id, role, on) => this.inputs.push(`${id} ${role} ${on ? 'on' : 'off'}`),
    state: (id, state) => this.states.push(`${id} ${state}`),
    arm: (id, arm) => this.arms.push(`${id} ${arm}`),
    snapshot: (_id, jpeg) => this.snapshots.push(jpeg),
    berths: (reading) => {
      this.berths.push(reading);
      return this.onBerths(reading);
    },
    scanned: (id, code) => this.codes.push(`${id} ${code}`),
    fault: (id, code, detail) => this.faults.push(`${id} ${code} ${detail ?? 'over'}`),
  };
  #chance = 0;
  /** The real ways to devices; a test that drives a line by hand passes its own `links`. */
  readonly links: DeviceLinks = openLinks({
    clock: new SystemClock(),
    entropy: { random: () => 0.5 },
    ids: { next: (prefix) => `${prefix}_${randomUUID()}` },
    log: this.log,
  });

  readonly deps: DeviceDeps = {
    clock: this.clock,
    ids: { next: (prefix) => `${prefix}_1` },
    entropy: {
      random: () => {
        this.#chance = (this.#chance * 1_103_515_245 + 12_345) % 2_147_483_648;
        return this.#chance / 2_147_483_648;
      },
    },
    log: this.log,
    events: this.#events,
    link: {
      exchanged: (direction, head, bytes) => this.exchanges.push({ direction, head, bytes }),
      took: (ms) => this.delays.push(ms),
    },
    links: this.links,
    find: (id) => this.devices.get(id),
  };
}

export function request(
  body: string | Uint8Array,
  options: { contentType?: string; path?: string; query?: string; remote?: string; signal?: AbortSignal } = {},
): DeviceRequest {
  return {
    method: 'POST',
    path: options.path ?? '',
    query: options.query ?? '',
    contentType: options.contentType ?? 'application/json',
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
    remote: options.remote ?? '192.168.1.100',
    signal: options.signal ?? new AbortController().signal,
  };
}

export const json = (response: DeviceResponse): unknown => JSON.parse(String(response.body));
