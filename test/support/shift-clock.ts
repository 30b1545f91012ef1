import { flushCompileCache } from 'node:module';

/**
 * Loaded into the station's process before anything else (`node --import`): lets a test make time pass. Wall and monotonic clock
 * move together, for a wall clock that moves alone is one that somebody set, and makes the stays inside doubtful. Timers stay as
 * they are.
 *
 * Reads its orders without a schema: it is loaded into every station of the tests and each of its threads, and a library of eighty
 * modules would be most of what that costs.
 */
const real = Date.now.bind(Date);
let offset = Number(process.env['TEST_CLOCK_OFFSET_MS'] ?? 0);
const atStart = offset;
const realMonotonic = performance.now.bind(performance);
Date.now = () => real() + offset;
performance.now = () => realMonotonic() + offset - atStart;

process.on('message', (message: unknown) => {
  if (typeof message !== 'object' || message === null) return;
  // Left to the end it would be lost: most stations of the tests end without warning.
  if ('keepCompiled' in message) flushCompileCache();
  if (!('clockOffsetMs' in message) || typeof message.clockOffsetMs !== 'number') return;
  offset = message.clockOffsetMs;
  process.send?.({ clockOffsetMs: offset });
});
// Whoever started it is gone, perhaps killed: nobody would ever stop it.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// The channel must not keep a station alive that was told to stop.
process.channel?.unref();
