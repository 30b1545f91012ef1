import type { Socket } from 'node:net';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import type { ORPCError } from '@orpc/server';
import { experimental_ZodSmartCoercionPlugin as Coercion } from '@orpc/zod/zod4';
import type { Accounts } from '../api/accounts.ts';
import type { ApiContext } from '../api/context.ts';
import { logDefects } from '../api/log-defects.ts';
import type { ApiRouter } from '../api/router.ts';
import type { Log } from '../runtime/ports.ts';
import { describeApi } from './api-document.ts';
import { refuseForeignNames } from './host-guard.ts';
import { type FastifyInstance, type FastifyRequest, pathOf, sendProblem } from './http-server.ts';
import { oneEachTurn } from './turns.ts';

/** No call of ours is larger; whoever sends more has not even signed in yet. */
const BODY_LIMIT = 1024 * 1024;
const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

export const isLocal = (address: string | undefined): boolean => address !== undefined && LOOPBACK.has(address);

/** The local API: REST under `/api/v1`, its description, and plain text for Prometheus. */
export function mountApi(
  app: FastifyInstance,
  deps: {
    readonly router: ApiRouter;
    readonly accounts: Accounts;
    readonly version: string;
    readonly log: Log;
    readonly metrics: () => string;
    /** Shape of the provision file, published for editors and installers. Made when first asked for: it takes as long as the store's start. */
    readonly provisionSchema: () => object;
  },
): void {
  const handler = new OpenAPIHandler<ApiContext>(deps.router, {
    plugins: [new Coercion()],
    customErrorResponseBodyEncoder: problemOf,
    clientInterceptors: [logDefects(deps.log)],
  });
  const turn = oneEachTurn();
  app.register(async (scope) => {
    scope.addHook('onRequest', refuseForeignNames);
    scope.addHook('onRequest', turn);
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: BODY_LIMIT },
      (_request, body, done) => {
        try {
          done(null, body === '' ? undefined : JSON.parse(body.toString()));
        } catch {
          done(Object.assign(new Error('请求内容不是 JSON'), { statusCode: 400, code: 'BAD_REQUEST' }));
        }
      },
    );
    scope.addHook('onSend', async (_request, reply, payload) => {
      if (reply.statusCode >= 400) void reply.header('content-type', 'application/problem+json; charset=utf-8');
      return payload;
    });
    let document: Promise<object> | undefined;
    scope.get('/api/openapi.json', async () => {
      document ??= describeApi(deps.version);
      return document;
    });
    let schema: object | undefined;
    scope.get('/api/provision.schema.json', async () => {
      schema ??= deps.provisionSchema();
      return schema;
    });
    scope.get('/api/v1/metrics', async (_request, reply) =>
      reply.header('content-type', 'text/plain; version=0.0.4').send(deps.metrics()),
    );
    scope.all('/api/v1/*', async (request, reply) => {
      const { matched } = await handler.handle(request, reply, {
        prefix: '/api/v1',
        context: contextOf(request, deps.accounts),
      });
      if (!matched) return sendProblem(reply, 404, `没有这个接口：${request.method} ${pathOf(request)}`, 'NOT_FOUND');
      return reply;
    });
  });
}

function contextOf(request: FastifyRequest, accounts: Accounts): ApiContext {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  const signedIn = scheme?.toLowerCase() === 'bearer' && token ? accounts.resume(token) : null;
  return { session: { principal: signedIn?.principal ?? null }, ...peerOf(request) };
}

/** Where a call comes from. */
export const peerOf = ({ socket }: { readonly socket: Socket }): Pick<ApiContext, 'local' | 'address'> => ({
  local: isLocal(socket.remoteAddress),
  address: socket.remoteAddress,
});

/** RFC 9457, with the contract's code and its data as extension members. */
function problemOf(error: ORPCError<string, unknown>): object {
  const shown = error.status >= 500 ? '内部错误' : error.message;
  return {
    type: 'about:blank',
    title: shown,
    status: error.status,
    detail: shown,
    code: error.code,
    ...(error.status < 500 && error.data ? { data: error.data } : {}),
  };
}
