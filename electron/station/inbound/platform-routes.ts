import type { IncomingMessage } from 'node:http';
import type { InboundResponse, Platform, PlatformInbound } from '../platforms/platform.ts';
import type { Alarms } from '../runtime/alarms.ts';
import { errorText } from '../runtime/errors.ts';
import type { Clock, Log } from '../runtime/ports.ts';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, sendProblem } from './http-server.ts';
import { OwnListener } from './platform-listener.ts';

/** No request of a platform is larger; whoever sends more has not even proved who it is. */
const BODY_LIMIT = 1024 * 1024;
/**
 * The station's own addresses on the shared listener: no platform is ever served at or below them. Beside them there may be others: a
 * specification can want addresses below `/api/`, too.
 */
const OURS: readonly (readonly string[])[] = [
  ['api', 'v1'],
  ['api', 'openapi.json'],
  ['devices'],
  ['rpc'],
  ['practice'],
];

type Called = Pick<Platform, 'id' | 'inbound'>;

interface PlatformRoutesDeps {
  readonly platforms: readonly Called[];
  readonly clock: Clock;
  readonly alarms: Alarms;
  readonly log: Log;
}

/** What platforms call us by: on the shared listener, or each on one of its own. Lanes never wait for any of it. */
export interface PlatformRoutes {
  /** Opens the listeners of their own; one that cannot be opened is tried again until it can. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Serves platforms behind every route of the station's own: what nobody else takes, and a platform says is for it. Whatever it does
 * not say that of is answered as though there were no platforms, its body unread.
 */
export function mountPlatforms(app: FastifyInstance, deps: PlatformRoutesDeps): PlatformRoutes {
  const shared: PlatformInbound[] = [];
  const own: OwnListener[] = [];
  for (const { id, inbound } of deps.platforms) {
    if (!inbound) continue;
    const { clock, alarms, log } = deps;
    const serveIt = (on: FastifyInstance): void => serve(on, [inbound], () => true, log);
    if (inbound.listen) own.push(new OwnListener(id, inbound.listen, { clock, alarms, log, serve: serveIt }));
    else shared.push(inbound);
  }
  if (shared.length > 0) serve(app, shared, (path) => !isOurs(path), deps.log);
  return {
    start: async () => {
      await Promise.all(own.map((listener) => listener.open()));
    },
    close: async () => {
      await Promise.all(own.map((listener) => listener.close()));
    },
  };
}

function isOurs(path: string): boolean {
  // Whatever a client or proxy on the way could take for another address than it seems is nobody's but ours.
  if (!path.startsWith('/')) return true;
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .map((part) => decoded(part).toLowerCase());
  if (parts.some((part) => part === '.' || part === '..' || /[/\\\0]/.test(part))) return true;
  if (parts.length === 1 && parts[0] === 'api') return true;
  return OURS.some((own) => own.every((part, index) => parts[index] === part));
}

/** A part of a path as the router reads it. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function serve(
  app: FastifyInstance,
  inbounds: readonly PlatformInbound[],
  free: (path: string) => boolean,
  log: Log,
): void {
  // Before anything is parsed: a request that is nobody's must not have its body read.
  app.addHook('onRequest', async (request, reply) => {
    if (!isTakenByNobody(request)) return undefined;
    const { method } = request;
    const [path = '', ...query] = (request.raw.url ?? '').split('?');
    const inbound = free(path) ? inbounds.find((each) => each.serves(method, path)) : undefined;
    if (!inbound) return undefined;
    const body = await bodyOf(request.raw);
    // Whoever left does not hear any more; the request was cut off, so it is not carried out either.
    if (body === 'gone') return reply.hijack();
    if (body === 'too-large') {
      void reply.header('connection', 'close');
      const said = inbound.tooLarge?.();
      return said ? send(reply, said) : sendProblem(reply, 413, '请求内容过大', 'TOO_LARGE');
    }
    return answer(reply, log, path, () =>
      inbound.handle({
        ...{ method, path, query: query.join('?'), body },
        contentType: request.headers['content-type'] ?? '',
        headers: request.headers,
        remote: request.ip,
      }),
    );
  });
}

/** The files of the UI stand behind everything: their route takes every address that is read. */
const isTakenByNobody = (request: FastifyRequest): boolean =>
  request.is404 || (request.method === 'GET' && request.routeOptions.url === '/*');

async function answer(
  reply: FastifyReply,
  log: Log,
  path: string,
  handle: () => Promise<InboundResponse>,
): Promise<FastifyReply> {
  try {
    return send(reply, await handle());
  } catch (error) {
    log.error('a request of a platform failed', { path: path.slice(0, 200), error: errorText(error) });
    return sendProblem(reply, 500, '内部错误', 'ERROR');
  }
}

function send(reply: FastifyReply, { status, contentType, body }: InboundResponse): FastifyReply {
  // A text or bytes: the server must not make JSON of either.
  return reply
    .status(status)
    .headers({ ...HEADERS, 'content-type': contentType })
    .send(typeof body === 'string' ? body : Buffer.from(body));
}

/** A picture of somebody's car stays a picture, and in no cache on the way. */
const HEADERS = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' };

/** Whole, or not at all; how long it may take is the listener's limit. */
function bodyOf(request: IncomingMessage): Promise<Uint8Array | 'too-large' | 'gone'> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT) return Promise.resolve('too-large');
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    request.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes <= BODY_LIMIT) parts.push(part);
      else {
        request.pause();
        resolve('too-large');
      }
    });
    request.on('end', () => resolve(Buffer.concat(parts)));
    request.on('error', () => resolve('gone'));
    request.on('close', () => resolve('gone'));
  });
}
