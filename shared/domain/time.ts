import { z } from 'zod';

/** An instant as epoch milliseconds. Inside the product all instants have this form. */
export type EpochMs = number;

/** China has used UTC+8 without summer time since 1991, so a fixed offset is exact for every instant we meet. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

const pad = (value: number, width: number): string => String(value).padStart(width, '0');
/** Of a number from 0 to 99. Written out, because every event and every look at the clock says its time. */
const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly ms: number;
}

/** The wall clock of Asia/Shanghai at an instant, whatever the zone of the PC is. */
export function shanghaiWallClock(at: EpochMs): WallClock {
  const shifted = new Date(at + SHANGHAI_OFFSET_MS);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    ms: shifted.getUTCMilliseconds(),
  };
}

const dateOf = (w: WallClock): string => `${pad(w.year, 4)}-${two(w.month)}-${two(w.day)}`;
const timeOf = (w: WallClock): string => `${two(w.hour)}:${two(w.minute)}:${two(w.second)}`;

/** `2026-03-02` in Asia/Shanghai. */
export function shanghaiDate(at: EpochMs): string {
  return dateOf(shanghaiWallClock(at));
}

/** `2026-03-02 08:05:09` in Asia/Shanghai: the form of every platform and every screen. */
export function shanghaiDateTime(at: EpochMs): string {
  const w = shanghaiWallClock(at);
  return `${dateOf(w)} ${timeOf(w)}`;
}

/** `20260302080509123` in Asia/Shanghai: 17 digits, for serial numbers. */
export function shanghaiCompact(at: EpochMs): string {
  const w = shanghaiWallClock(at);
  return `${pad(w.year, 4)}${two(w.month)}${two(w.day)}${two(w.hour)}${two(w.minute)}${two(w.second)}${pad(w.ms, 3)}`;
}

/** `2026-03-02T08:05:09.123+08:00`: the form of the local API. */
export function toRfc3339(at: EpochMs): string {
  const w = shanghaiWallClock(at);
  return `${dateOf(w)}T${timeOf(w)}.${pad(w.ms, 3)}+08:00`;
}

/** Reads `yyyy-MM-dd HH:mm:ss` as Asia/Shanghai wall clock; `undefined` when it is not a real date and time. */
export function parseShanghaiDateTime(text: string): EpochMs | undefined {
  const m = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})$/.exec(text.trim());
  if (!m) return undefined;
  const [year, month, day, hour, minute, second] = m.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const at = Date.UTC(year, month - 1, day, hour, minute, second) - SHANGHAI_OFFSET_MS;
  return shanghaiDateTime(at) === text.trim() ? at : undefined;
}

/** RFC 3339 with an offset, as the local API speaks it. */
export const timestampSchema = z.iso
  .datetime({ offset: true, error: 'must be RFC 3339 with an offset, e.g. 2026-03-02T08:05:09+08:00' })
  .describe('RFC 3339 date and time with offset');

/** Parses what {@link timestampSchema} accepted. */
export function fromRfc3339(text: string): EpochMs {
  return Date.parse(text);
}
