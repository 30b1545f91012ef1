import type { DeviceEndpoint } from '../devices/device.ts';
import type { FastifyInstance } from './http-server.ts';

/** Mounts what cameras push to: `/devices/<driver>` and everything below it. Bodies arrive raw and complete. */
export function mountDevices(app: FastifyInstance, endpoints: ReadonlyMap<string, DeviceEndpoint>): void {
  app.register(async (scope) => {
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
            let written = false;
            reply.raw.once('finish', () => {
              written = true;
            });
            const { raw } = request;
            const address = new URL(raw.url ?? '/', 'http://localhost');
            raw.socket.once('close', () => gone.abort());
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
              let told = false;
              const tell = (): void => {
                if (told) return;
                told = true;
                settled(written);
              };
              reply.raw.once('finish', () => setImmediate(tell));
              reply.raw.once('close', tell);
              if (raw.socket.destroyed) tell();
            }
            return reply.status(response.status).header('content-type', response.contentType).send(response.body);
          },
        });
    }
  });
}
