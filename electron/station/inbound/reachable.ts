import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Stand for every address of this PC. */
const EVERY = new Set(['0.0.0.0', '[::]']);
/** Given by a PC to itself where nobody gives it one, or good on one wire only. */
const MAKESHIFT = /^(169\.254\.|fe80:)/i;

interface Listening {
  readonly host: string;
  readonly port: number;
  readonly tls?: unknown;
}

const inUrl = (address: string): string => (isIPv6(address) ? `[${address.replace(/%.*$/, '')}]` : address);

/** How others reach a listener: where it listens everywhere, under the first address of this PC that others can use. */
export function reachableFrom({ host, port, tls }: Listening, interfaces = networkInterfaces()): string {
  const url = new URL(`${tls ? 'https' : 'http'}://${inUrl(host)}:${port}`);
  if (EVERY.has(url.hostname)) url.hostname = inUrl(ownAddress(interfaces));
  return url.origin;
}

function ownAddress(interfaces: ReturnType<typeof networkInterfaces>): string {
  const usable = Object.values(interfaces)
    .flatMap((each) => each ?? [])
    .filter(({ internal, address }) => !internal && !MAKESHIFT.test(address));
  const found = usable.find(({ family }) => family === 'IPv4') ?? usable[0];
  return found?.address ?? '127.0.0.1';
}
