import type { Server } from 'node:http';
import { createServer as createHttps, type ServerOptions } from 'node:https';
import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { errorText, PortTakenError } from '../runtime/errors.ts';
import type { Clock, Log } from '../runtime/ports.ts';
import { ConnectionCap } from './connection-cap.ts';
import type { KeyPair } from './listener-certificate.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** While we stop the connection is closed instead of an answer. */
    readonly leftUnanswered?: true;
  }
}

/** A camera's picture in base64 and some room; nothing we serve is larger. */
const BODY_LIMIT = 10 * 1024 * 1024;
const HEADERS_MS = 5_000;
/** A whole request, body included: a client that trickles is cut off. */
const REQUEST_MS = 15_000;
const KEEP_ALIVE_MS = 65_000;
const MAX_CONNECTIONS = 2_000;
const LIMITS = { headersTimeout: HEADERS_MS, connectionsCheckingInterval: 1_000, maxHeaderSize: 16_384 };

/** What a certificate is served with. */
export const tlsOptions = ({ cert, key }: KeyPair) => ({ cert, key, minVersion: 'TLSv1.2' }) as const;

/** Whoever makes a server by hand sets by hand what fastify would have. */
const secureOptions = (pair: KeyPair): ServerOptions => ({
  ...tlsOptions(pair),
  ...LIMITS,
  handshakeTimeout: HEADERS_MS,
  requestTimeout: REQUEST_MS,
  keepAliveTimeout: KEEP_ALIVE_MS,
});

/**
 * An HTTP listener with every limit set: fastify and Node leave slow bodies alone by default, and these ports face cameras that
 * misbehave. With a certificate it speaks nothing but TLS.
 */
export function createHttpServer(
  log: Log,
  clock: Clock,
  { cap = new ConnectionCap(), tls }: { readonly cap?: ConnectionCap; readonly tls?: KeyPair | undefined } = {},
): FastifyInstance {
  const app = fastify<Server>({
    ...(tls && { serverFactory: (handler) => createHttps(secureOptions(tls), handler) }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    // By a hook of ours: not everybody is to be told.
    return503OnClosing: false,
    http: LIMITS,
  });
  app.server.maxConnections = MAX_CONNECTIONS;
  const once = logOnce(log, clock);
  app.server.on('connection', (socket) => {
    const from = socket.remoteAddress ?? '';
    const gone = cap.take(from);
    if (gone) socket.once('close', gone);
    else {
      once('too many connections', from, 'of one address at once');
      socket.destroy();
    }
  });
  const secured = new WeakSet<object>();
  if (tls) app.server.on('secureConnection', (socket: TLSSocket) => secured.add(socket));
  app.server.on('clientError', (error: Error, socket) => {
    once('client error', socket instanceof Socket ? (socket.remoteAddress ?? '') : '', errorText(error));
    // Before the handshake is over there are no words to answer with.
    if (socket instanceof TLSSocket && !secured.has(socket)) socket.destroy();
    else if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else socket.destroy();
  });
  turnAwayAtTheEnd(app);
  app.removeAllContentTypeParsers();
  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error('a request failed', { path: request.url, error: errorText(error) });
    else once(error.code ?? 'bad request', request.ip, `${request.method} ${request.url}`);
    // Whoever sends what we will not read gets the answer, and then the door.
    if (status === 413) void reply.header('connection', 'close');
    return sendProblem(reply, status, wordsFor(status, error), error.code ?? 'ERROR');
  });
  app.setNotFoundHandler((request, reply) => sendProblem(reply, 404, `没有这个地址：${pathOf(request)}`, 'NOT_FOUND'));
  return app;
}

/** Who comes on an open connection while we stop is told so, or nothing at all. */
function turnAwayAtTheEnd(app: FastifyInstance): void {
  let isStopping = false;
  app.addHook('preClose', async () => {
    isStopping = true;
  });
  app.addHook('onRequest', async (request, reply) => {
    if (!isStopping) return undefined;
    if (!request.routeOptions.config.leftUnanswered) return sendProblem(reply, 503, WORDS[503] ?? '', 'STOPPING');
    reply.hijack();
    request.raw.socket.destroy();
    return reply;
  });
}

/** What was asked for, without its query, which may hold what nobody should read over a shoulder; long ones are cut. */
export const pathOf = (request: FastifyRequest): string => (request.url.split('?')[0] ?? '').slice(0, 200);

const WORDS: Readonly<Record<number, string>> = {
  400: '请求有误',
  413: '请求内容过大',
  414: '请求地址过长',
  415: '不支持的内容类型',
  503: '正在停止，请稍后再试',
};

/** The server's own words are English and for programmers; a sentence of ours is shown as it is. */
function wordsFor(status: number, error: Error): string {
  if (status >= 500) return WORDS[status] ?? '内部错误';
  return /\p{Script=Han}/u.test(error.message) ? error.message : (WORDS[status] ?? '请求有误');
}

/** RFC 9457. */
export function sendProblem(reply: FastifyReply, status: number, detail: string, code: string): FastifyReply {
  return reply
    .status(status)
    .header('content-type', 'application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title: detail, status, detail, code }));
}

/** @throws PortTakenError */
export async function listen(app: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      throw new PortTakenError(`${host}:${port} is in use`);
    throw error;
  }
}

/** One line per fault and sender within a minute, however often it comes. */
function logOnce(log: Log, clock: Clock): (fault: string, from: string, detail: string) => void {
  const seen = new Map<string, number>();
  return (fault, from, detail) => {
    const now = clock.monotonic();
    const key = `${fault}\n${from}`;
    const last = seen.get(key);
    if (last !== undefined && now - last < 60_000) return;
    if (seen.size > 500) seen.clear();
    seen.set(key, now);
    log.warn('a request was turned away', { fault, from, detail });
  };
}

export type { FastifyInstance, FastifyReply, FastifyRequest };
