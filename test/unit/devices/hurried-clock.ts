import { SystemClock } from '../../../electron/station/runtime/clock.ts';
import type { Cancel } from '../../../electron/station/runtime/ports.ts';

/** The machine's clock, on which pauses of a second and more pass ten times as fast: for drivers that speak over real sockets. */
export class HurriedClock extends SystemClock {
  /** Added to the monotonic clock. */
  aheadMs = 0;

  override monotonic(): number {
    return super.monotonic() + this.aheadMs;
  }

  override after(ms: number, task: () => void): Cancel {
    return super.after(ms >= 800 ? ms / 10 : ms, task);
  }
}
