import { z } from 'zod';

/**
 * Loaded into the station's process before anything else (`node --import`): lets a test set the PC's wall clock, as a person
 * or a time server would. The monotonic clock and timers stay as they are.
 */
const order = z.object({ clockOffsetMs: z.number() });
const real = Date.now.bind(Date);
let offset = Number(process.env['TEST_CLOCK_OFFSET_MS'] ?? 0);
Date.now = () => real() + offset;

process.on('message', (message) => {
  const parsed = order.safeParse(message);
  if (!parsed.success) return;
  offset = parsed.data.clockOffsetMs;
  process.send?.(parsed.data);
});
// The channel must not keep a station alive that was told to stop.
process.channel?.unref();
