import type { TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import { metCertificate, mismatch, type Trust } from './certificate.ts';

/** Failures of connections that never came about, so that no byte of a request has left. */
const unconnected = new WeakSet<Error>();

export const neverConnected = (error: unknown): boolean => error instanceof Error && unconnected.has(error);

/**
 * Opens connections for the HTTP client. Whatever the environment of the process says, a server must prove who it is: a failure
 * here is a failure of the request, and nothing is ever sent another way.
 */
export function connector(trust: Trust, connectMs: number): buildConnector.connector {
  const { ca, fingerprint } = trust;
  const connect = buildConnector({
    timeout: connectMs,
    // A connection for each request under way: limits and failures then mean the same with TLS and without.
    allowH2: false,
    // With a pinned certificate nothing but the pin counts, and each connection shows its certificate anew.
    ...(fingerprint === undefined
      ? { rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) }
      : { rejectUnauthorized: false, maxCachedSessions: 0 }),
  });
  return (options, callback) => {
    const fail = (error: Error): void => {
      unconnected.add(error);
      callback(error, null);
    };
    try {
      connect(options, (error, socket) => {
        if (error) return fail(error);
        const refused =
          fingerprint !== undefined && isTls(socket) ? mismatch(metCertificate(socket), fingerprint) : undefined;
        if (refused === undefined) return callback(null, socket);
        socket.destroy();
        fail(refused);
      });
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  };
}

const isTls = (socket: object): socket is TLSSocket => 'encrypted' in socket;
