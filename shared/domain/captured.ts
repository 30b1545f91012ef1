import type { EpochMs } from './time.ts';

/** 2020-01-01 in Beijing: a clock without its battery begins years before. */
const FIRST = Date.UTC(2020, 0, 1) - 8 * 3_600_000;
const DAY_MS = 86_400_000;

/**
 * When a camera took its picture, by its own clock; null where that clock cannot be right, so that nothing is counted by it: years ago, or
 * later than the picture came.
 */
export const believable = (capturedAt: EpochMs | null, receivedAt: EpochMs): EpochMs | null =>
  capturedAt !== null && capturedAt >= FIRST && capturedAt <= receivedAt + DAY_MS ? capturedAt : null;
