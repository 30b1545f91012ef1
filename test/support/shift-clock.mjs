/**
 * Loaded into the station's process before anything else (`node --import`): lets a test set the PC's wall clock, as a person
 * or a time server would. The monotonic clock and timers stay as they are.
 */
const real = Date.now.bind(Date);
let offset = Number(process.env['TEST_CLOCK_OFFSET_MS'] ?? 0);
Date.now = () => real() + offset;

process.on('message', (message) => {
  if (typeof message !== 'object' || message === null || typeof message.clockOffsetMs !== 'number') return;
  offset = message.clockOffsetMs;
  process.send?.({ clockOffsetMs: offset });
});
// The channel must not keep a station alive that was told to stop.
process.channel?.unref();
