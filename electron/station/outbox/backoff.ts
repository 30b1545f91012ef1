import type { RetrySettings } from '../platforms/platform.ts';
import type { Entropy } from '../runtime/ports.ts';

/**
 * Pause before attempt `failures + 1`: doubling from `firstMs` up to `maxMs`, and then somewhere between half of that and all
 * of it, so that a thousand booths do not come back in step.
 */
export function pauseAfter(
  failures: number,
  retry: Pick<RetrySettings, 'firstMs' | 'maxMs'>,
  entropy: Entropy,
): number {
  const full = Math.min(retry.maxMs, retry.firstMs * 2 ** Math.min(failures - 1, 30));
  return full / 2 + (full / 2) * entropy.random();
}
