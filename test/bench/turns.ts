import { createServer } from 'node:http';
import { isMainThread } from 'node:worker_threads';

/**
 * Loaded into a station by a bench: tells how long the station's thread worked at most without a turn for anybody else. It counts the
 * time that this thread had the processor, so that other programs on the machine do not matter. Asking begins anew.
 */
const TICK_MS = 2;

const port = Number(process.env['BENCH_TURNS_PORT']);
if (isMainThread && port > 0) {
  let longest = 0;
  const worked = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let before = worked();
  setInterval(() => {
    const now = worked();
    longest = Math.max(longest, now - before);
    before = now;
  }, TICK_MS).unref();
  createServer((_, response) => {
    response.end(String(longest));
    longest = 0;
  })
    .listen(port, '127.0.0.1')
    .unref();
}
