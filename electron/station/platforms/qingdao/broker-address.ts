import type { IClientOptions } from 'mqtt';
import { z } from 'zod';

const protocolSchema = z.enum(['mqtt', 'mqtts', 'ws', 'wss']);

/**
 * Where a broker is, taken apart by ourselves: the client does it with a call that Node warns of on standard error, in the built
 * program, and nothing but lines of the log belongs there.
 */
export function brokerAddress(address: string): Pick<IClientOptions, 'protocol' | 'host' | 'port' | 'path' | 'auth'> {
  const url = new URL(address);
  const protocol = protocolSchema.parse(url.protocol.slice(0, -1));
  const web = protocol === 'ws' || protocol === 'wss';
  return {
    protocol,
    // A web socket's address is put together again, a socket's is taken as it is.
    host: web ? url.hostname : url.hostname.replace(/^\[(.*)\]$/, '$1'),
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    ...(url.username === '' ? {} : { auth: [url.username, url.password].map(decodeURIComponent).join(':') }),
    ...(web ? { path: `${url.pathname}${url.search}` } : {}),
  };
}
