import type { DeviceEndpoint } from '../devices/device.ts';
import { type FastifyInstance, sendProblem } from './http-server.ts';

/**
 * Mounts what cameras push to: `/devices/<driver>` and everything below it. Bodies arrive raw and complete. `begins` is called with a
 * request's first bytes: a picture takes many turns to come in, and whoever works in between makes each of them longer.
 */
export function mountDevices(
  app: FastifyInstance,
  endpoints: ReadonlyMap<string, DeviceEndpoint>,
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
    for (const [driver, endpoint] of endpoints) {
      const base = `/devices/${driver}`;
      const methods: ('GET' | 'POST' | 'PUT')[] = ['GET', 'POST', 'PUT'];
      for (const url of [base, `${base}/*`])
        scope.route({
          method: methods,
          url,
          handler: async (request, reply) => {
            const gone = new AbortController();
            // One listener per response, not per socket: a camera keeps its connection for weeks.
            const { raw } = reply;
            raw.once('close', () => {
              if (!raw.writableFinished) gone.abort();
            });
            const address = new URL(request.raw.url ?? '/', 'http://localhost');
            const response = await endpoint.handle({
              method: request.method,
              path: address.pathname.slice(base.length),
              query: address.search.slice(1),
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
          },
        });
    }
  });
}
