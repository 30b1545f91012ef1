import type { DeviceEndpoint } from '../devices/device.ts';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, sendProblem } from './http-server.ts';

/** Where devices of a driver come in, and where from the root besides `/devices/<driver>`. */
export interface MountedEndpoint {
  readonly endpoint: DeviceEndpoint;
  readonly paths: readonly string[];
}

const METHODS: ('GET' | 'POST' | 'PUT')[] = ['GET', 'POST', 'PUT'];

/**
 * Mounts what cameras push to: `/devices/<driver>`, the paths that a driver has besides, and everything below them. Bodies arrive raw and
 * complete. `begins` is called with a request's first bytes: a picture takes many turns to come in, and whoever works in between makes each
 * of them longer.
 */
export function mountDevices(
  app: FastifyInstance,
  endpoints: ReadonlyMap<string, MountedEndpoint>,
  begins: () => void,
): void {
  app.register(async (scope) => {
    scope.addHook('onRequest', async () => begins());
    // No camera sends these; a browser does, when some web site's page posts a made-up plate to the booth's PC.
    scope.addHook('onRequest', async (request, reply) => {
      const { headers } = request;
      if (headers.origin === undefined && headers['sec-fetch-site'] === undefined) return undefined;
      return sendProblem(reply, 403, 'for cameras, not for browsers', 'NOT_A_CAMERA');
    });
    // Some cameras name their content in words of their own; refusing that would only make them send it again for ever.
    scope.addHook('onRequest', async ({ raw: { headers } }) => {
      const type = headers['content-type'];
      if (type !== undefined && !/^[\w.+-]+\/[\w.+-]+/.test(type)) headers['content-type'] = 'application/octet-stream';
    });
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    for (const [driver, { endpoint, paths }] of endpoints) {
      const base = `/devices/${driver}`;
      for (const root of [base, ...paths])
        for (const url of [root, `${root}/*`])
          scope.route({
            ...{ method: METHODS, url, handler: (request, reply) => answer(endpoint, base, request, reply) },
            // A camera keeps what nobody answered, and may take any answer for one.
            config: { leftUnanswered: true },
          });
    }
  });
}

async function answer(
  endpoint: DeviceEndpoint,
  base: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const gone = new AbortController();
  // One listener per response, not per socket: a camera keeps its connection for weeks.
  const { raw } = reply;
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort();
  });
  const { pathname, search } = new URL(request.raw.url ?? '/', 'http://localhost');
  const response = await endpoint.handle({
    method: request.method,
    path: pathname.startsWith(base) ? pathname.slice(base.length) : pathname,
    query: search.slice(1),
    contentType: request.headers['content-type'] ?? '',
    body: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(),
    remote: request.ip,
    signal: gone.signal,
  });
  const { settled } = response;
  if (settled) {
    if (raw.closed || raw.destroyed) settled(false);
    else raw.once('close', () => settled(raw.writableFinished));
  }
  return reply.status(response.status).header('content-type', response.contentType).send(response.body);
}
