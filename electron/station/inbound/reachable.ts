import { networkInterfaces } from 'node:os';

/** Stands for every address of this PC. */
const EVERY = new Set(['0.0.0.0', '[::]']);

/** How others reach a listener: where it listens everywhere, under the first address of this PC that is not its own loopback. */
export function reachableFrom(listening: string, interfaces = networkInterfaces()): string {
  const url = new URL(listening);
  if (!EVERY.has(url.hostname)) return url.origin;
  const found = Object.values(interfaces)
    .flatMap((each) => each ?? [])
    .find((each) => each.family === 'IPv4' && !each.internal);
  url.hostname = found?.address ?? '127.0.0.1';
  return url.origin;
}
