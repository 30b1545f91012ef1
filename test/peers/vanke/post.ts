import { request } from 'node:http';
import type { Socket } from 'node:net';
import { connect as connectPlain, isIP } from 'node:net';
import { connect as connectSecure, TLSSocket } from 'node:tls';
import type { Fault } from './faults.ts';

/** Whom the cloud believes behind https; nothing named, those of the system. */
export interface Trust {
  /** PEM of an authority. */
  readonly ca?: string;
  /** SHA-256 of the certificate itself, whoever signed it and whatever it is for. */
  readonly fingerprint?: string;
}

/** What the car park answered, as it came. */
export interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly location: string | null;
  readonly bytes: Buffer;
  /** From the last byte of the request to the last of the answer, in real time. */
  readonly ms: number;
}

export interface Outgoing {
  readonly url: URL;
  readonly method: string;
  /** Null sends nothing at all. */
  readonly content: { readonly type: string; readonly body: Buffer } | null;
  readonly trust: Trust;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const PIECES = 10;
const ANSWER_LIMIT = 20_000_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
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
  if (fault?.kind === 'down' || fault?.kind === 'request-lost') throw new Error(`${fault.kind}: it never left`);
  const socket = await dial(outgoing);
  return new Promise((resolve, reject) => {
    const body = content?.body ?? Buffer.alloc(0);
    const headers = content ? { 'content-type': content.type, 'content-length': body.length } : {};
    const sending = request({
      ...{ createConnection: () => socket, method, signal },
      ...{ host: url.hostname, path: `${url.pathname}${url.search}`, headers: { host: url.host, ...headers } },
    });
    let sentAt = performance.now();
    const fail = (error: Error): void => {
      clearTimeout(timer);
      reject(error);
    };
    const lost = (why: string): void => {
      sending.destroy();
      fail(new Error(why));
    };
    const timer = setTimeout(() => lost(`no answer within ${timeoutMs} ms`), timeoutMs);
    sending.on('error', fail);
    sending.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      if (fault?.kind === 'silence') {
        response.resume();
        return;
      }
      response.on('error', fail);
      response.on('aborted', () => fail(new Error('the answer was cut')));
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > ANSWER_LIMIT) lost('the answer has no end');
      });
      response.on('end', () => {
        if (fault?.kind === 'answer-lost') {
          lost('answer-lost: nobody heard it');
          return;
        }
        clearTimeout(timer);
        const { 'content-type': contentType = '', location = null } = response.headers;
        const status = response.statusCode ?? 0;
        resolve({ status, contentType, location, bytes: Buffer.concat(chunks), ms: performance.now() - sentAt });
      });
    });
    const half = body.subarray(0, Math.floor(body.length / 2));
    const drip = async (ms: number): Promise<void> => {
      const size = Math.max(1, Math.ceil(body.length / PIECES));
      for (let from = 0; from < body.length && !sending.destroyed; from += size) {
        sending.write(body.subarray(from, from + size));
        await pause(ms / PIECES);
      }
      sentAt = performance.now();
      sending.end();
    };
    if (fault?.kind === 'cut') sending.write(half, () => lost('cut: in the middle of the request'));
    else if (fault?.kind === 'silence' && fault.processed !== true) sending.write(half);
    else if (fault?.kind === 'slow-body') drip(fault.ms).catch(fail);
    else sending.end(body);
  });
}
