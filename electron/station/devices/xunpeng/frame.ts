import type { DisplayColor } from '../../../../shared/domain/display.ts';

/** Frames of the 讯鹏 sign: `3A colour count(2, low first) info sum 0A`. Pure. */

const HEAD = 0x3a;
const TAIL = 0x0a;
const COLORS: Readonly<Record<DisplayColor, number>> = { green: 0, yellow: 1, red: 2 };
/** Said of the count by the only sample that is known. */
const INFO = 1;

/** Begins and ends as frames do. What is between may be tried out: only one sample of it is known. */
export const isFramed = (bytes: Uint8Array): boolean => bytes[0] === HEAD && bytes.length > 2 && bytes.at(-1) === TAIL;

/** The number that stands on the sign; it has room for `digits`. */
export function encodeCount(free: number, color: DisplayColor, digits: number): Uint8Array {
  const shown = Math.max(0, Math.min(10 ** digits - 1, Math.trunc(free)));
  const bare = [HEAD, COLORS[color], shown & 0xff, shown >> 8, INFO];
  return Uint8Array.from([...bare, bare.reduce((sum, byte) => sum + byte, 0) & 0xff, TAIL]);
}
