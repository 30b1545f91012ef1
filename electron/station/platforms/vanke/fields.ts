import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Plate, PlateColor } from '../../../../shared/domain/plate.ts';
import type { Lane, LaneDirection } from '../../../../shared/domain/site.ts';
import { type EpochMs, shanghaiWallClock } from '../../../../shared/domain/time.ts';
import type { VankeSettings } from './config.ts';

/** The kinds of field that the tables are made of. */

const pad = (n: number, width = 2): string => String(n).padStart(width, '0');

/** `yyyyMMdd HH:mm:ss`, 17 characters, China Standard Time. */
export function toWireTime(at: EpochMs): string {
  const w = shanghaiWallClock(at);
  return `${pad(w.year, 4)}${pad(w.month)}${pad(w.day)} ${pad(w.hour)}:${pad(w.minute)}:${pad(w.second)}`;
}

const WIRE_TIME = /^(\d{4})(\d{2})(\d{2}) (\d{2}):(\d{2}):(\d{2})$/;

/** Undefined for what is no time, such as 20240230 or 24:00:00. */
export function fromWireTime(text: string): EpochMs | undefined {
  const [, y, mo, d, h, mi, s] = WIRE_TIME.exec(text) ?? [];
  const at = Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}+08:00`);
  return Number.isFinite(at) && toWireTime(at) === text ? at : undefined;
}

/** Epoch ms, as stored. */
export const instant = z.int().min(0).max(8_640_000_000_000_000);

/** As `uuidOf` makes it. */
export const uuid = z
  .string()
  .max(32)
  .regex(/^[0-9a-f]{32}$/);

/** Empty where it could not be read. */
export const plateNumber = z.string().max(16);

export const color = z.enum(['blue', 'yellow', 'black', 'white', 'green', 'other']);

const COLORS: Partial<Record<PlateColor, z.infer<typeof color>>> = {
  blue: 'blue',
  yellow: 'yellow',
  black: 'black',
  white: 'white',
  green: 'green',
  // The list lacks 黄绿: green is the nearest.
  'yellow-green': 'green',
};

/** The plate as it is told: empty where it could not be read, and its colour is then `other`. */
export function plateFields(plate: Plate): { readonly plateNumber: string; readonly color: z.infer<typeof color> } {
  const read = plate.kind === 'unread' || plate.kind === 'none' ? '' : plate.text;
  return { plateNumber: read, color: read === '' ? 'other' : (COLORS[plate.color] ?? 'other') };
}

/** One recognition of one car: the same in every poll, in its crossing, and after a restart. 32 hex digits. */
export const uuidOf = (passageId: string, plate: Pick<Plate, 'text'>): string =>
  createHash('sha256').update(`${passageId}|${plate.text}`).digest('hex').slice(0, 32);

/** What the platform calls a device. */
export const deviceNoOf = (deviceId: string, { devices }: Pick<VankeSettings, 'devices'>): string =>
  devices[deviceId] ?? deviceId;

/** The number of the plate reader that looks at cars going this way through a lane; the lane's own id where it has none. */
export function readerNoOf(
  lane: Pick<Lane, 'id' | 'camera' | 'exitCamera'>,
  direction: LaneDirection,
  settings: Pick<VankeSettings, 'devices'>,
): string {
  const camera = direction === 'out' ? (lane.exitCamera ?? lane.camera) : lane.camera;
  return deviceNoOf(camera ?? lane.id, settings);
}
