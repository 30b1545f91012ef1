import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { refuseForeignNames } from './host-guard.ts';
import type { FastifyInstance } from './http-server.ts';

const CSP = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob: data:",
  "connect-src 'self' ws: wss:",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'none'",
].join('; ');

/** The built UI, for browsers. Without a build the station still serves lanes, and says so to whoever looks. */
export function mountUi(app: FastifyInstance, directory: string | undefined): void {
  if (directory === undefined || !existsSync(join(directory, 'index.html'))) {
    app.get('/', { onRequest: refuseForeignNames }, async (_request, reply) =>
      reply
        .type('text/plain; charset=utf-8')
        .send('岗亭服务正在运行，但界面尚未构建。The station runs; its UI has not been built.\n'),
    );
    return;
  }
  app.register(async (scope) => {
    scope.addHook('onRequest', refuseForeignNames);
    scope.register(fastifyStatic, {
      root: directory,
      dotfiles: 'ignore',
      setHeaders: (reply) => {
        void reply.header('content-security-policy', CSP);
        void reply.header('x-content-type-options', 'nosniff');
        void reply.header('referrer-policy', 'no-referrer');
      },
    });
  });
}
