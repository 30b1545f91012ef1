import { request } from 'node:http';
import type { Socket } from 'node:net';
import { connect as connectPlain, isIP } from 'node:net';
import { connect as connectSecure, TLSSocket } from 'node:tls';
import { depart, exchange, type Heard } from '../http/exchange.ts';
import type { Fault } from './faults.ts';

/** Whom the cloud believes behind https; nothing named, those of the system. */
export interface Trust {
  /** PEM of an authority. */
  readonly ca?: string;
  /** SHA-256 of the certificate itself, whoever signed it and whatever it is for. */
  readonly fingerprint?: string;
}

/** What the car park answered, as it came. */
export type Reply = Heard;

export interface Outgoing {
  readonly url: URL;
  readonly method: string;
  /** Null sends nothing at all. */
  readonly content: { readonly type: string; readonly body: Buffer } | null;
  readonly trust: Trust;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const ANSWER_LIMIT = 20_000_000;
const bare = (fingerprint: string): string => fingerprint.replaceAll(':', '').toLowerCase();

/** A connection over which a request may go: behind https, to somebody who is believed. */
function dial({ url, trust, timeoutMs, signal }: Outgoing): Promise<Socket> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isSecure = url.protocol === 'https:';
  const port = Number(url.port || (isSecure ? 443 : 80));
  const { ca, fingerprint } = trust;
  return new Promise((resolve, reject) => {
    const socket = isSecure
      ? connectSecure({
          ...{ host, port, rejectUnauthorized: fingerprint === undefined },
          ...(isIP(host) ? {} : { servername: host }),
          ...(ca === undefined ? {} : { ca }),
        })
      : connectPlain({ host, port });
    const fail = (error: Error): void => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(() => fail(new Error(`no connection within ${timeoutMs} ms`)), timeoutMs);
    const aborted = (): void => fail(new Error('the cloud is gone'));
    signal.addEventListener('abort', aborted, { once: true });
    socket.on('error', fail);
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      signal.removeEventListener('abort', aborted);
      const shown = socket instanceof TLSSocket ? socket.getPeerCertificate().fingerprint256 : '';
      if (fingerprint !== undefined && isSecure && bare(shown) !== bare(fingerprint)) {
        fail(new Error('another certificate than the pinned one'));
        return;
      }
      clearTimeout(timer);
      resolve(socket);
    });
  });
}

/** Sends one request with a connection of its own and resolves with the answer; rejects when none comes, or is not let in. */
export async function post(outgoing: Outgoing, fault: Fault | undefined): Promise<Reply> {
  const { url, method, content, timeoutMs, signal } = outgoing;
  depart(fault);
  const socket = await dial(outgoing);
  const body = content?.body ?? Buffer.alloc(0);
  const headers = content ? { 'content-type': content.type, 'content-length': body.length } : {};
  const sending = request({
    ...{ createConnection: () => socket, method, signal },
    ...{ host: url.hostname, path: `${url.pathname}${url.search}`, headers: { host: url.host, ...headers } },
  });
  return exchange(sending, body, fault, { timeoutMs, answerBytes: ANSWER_LIMIT });
}
