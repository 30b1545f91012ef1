import { flushCompileCache } from 'node:module';
import { z } from 'zod';

/**
 * Loaded into the station's process before anything else (`node --import`): lets a test make time pass. Wall and monotonic clock
 * move together, for a wall clock that moves alone is one that somebody set, and makes the stays inside doubtful. Timers stay as
 * they are.
 */
const order = z.union([z.object({ clockOffsetMs: z.number() }), z.object({ keepCompiled: z.literal(true) })]);
const real = Date.now.bind(Date);
let offset = Number(process.env['TEST_CLOCK_OFFSET_MS'] ?? 0);
const atStart = offset;
const realMonotonic = performance.now.bind(performance);
Date.now = () => real() + offset;
performance.now = () => realMonotonic() + offset - atStart;

process.on('message', (message) => {
  const parsed = order.safeParse(message);
  if (!parsed.success) return;
  if ('keepCompiled' in parsed.data) {
    // Left to the end it would be lost: most stations of the tests end without warning.
    flushCompileCache();
    return;
  }
  offset = parsed.data.clockOffsetMs;
  process.send?.(parsed.data);
});
// The channel must not keep a station alive that was told to stop.
process.channel?.unref();
