import { type ImplementerInternalWithMiddlewares, implement, ORPCError, ValidationError } from '@orpc/server';
import { type Contract, contract } from '../../../shared/contract/index.ts';
import type { Actor } from '../../../shared/domain/events.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import { ReaderError } from '../store/reader/errors.ts';
import type { Accounts } from './accounts.ts';
import { LockedOutError } from './accounts.ts';
import { type ApiContext, mayAct, type Principal } from './context.ts';

/**
 * The contract, ready to be implemented: every procedure passes through here first. Access comes from the contract itself and
 * is denied unless it says otherwise; our own errors become the contract's.
 */
export function guarded(accounts: Accounts): Guarded {
  return implement(contract)
    .$context<ApiContext>()
    .use(async ({ context, procedure, next }) => {
      const { access } = procedure['~orpc'].meta;
      const { session } = context;
      if (session.principal && !accounts.stands(session.principal)) session.principal = null;
      if (access !== 'public') {
        if (!session.principal) throw new ORPCError('UNAUTHORIZED', { status: 401, message: '请先登录' });
        if (!mayAct(session.principal.role, access))
          throw new ORPCError('FORBIDDEN', { status: 403, message: '当前账号没有此操作的权限' });
      }
      try {
        return await next({ context: { user: session.principal } });
      } catch (error) {
        throw asApiError(error);
      }
    });
}

/** Named, because a contract of this size is too long for the compiler to write out. */
export type Guarded = ImplementerInternalWithMiddlewares<
  Contract,
  ApiContext & Record<never, never>,
  ApiContext & { readonly user: Principal | null }
>;

function asApiError(error: unknown): unknown {
  if (error instanceof ConflictError)
    return new ORPCError('CONFLICT', {
      status: 409,
      message: error.message,
      data: { reason: error.reason },
      defined: true,
    });
  if (error instanceof NotFoundError)
    return new ORPCError('NOT_FOUND', { status: 404, message: error.message, defined: true });
  if (error instanceof LockedOutError)
    return new ORPCError('TOO_MANY_REQUESTS', {
      status: 429,
      message: '尝试次数过多，请稍后再试',
      data: { retryAfterSeconds: Math.ceil(error.retryAfterMs / 1000) },
      defined: true,
    });
  if (error instanceof ReaderError) return asSearchError(error);
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError)
    return asInputError(error.cause);
  return error;
}

/** Names each fault by its path. What was sent is not repeated: it may be a password. */
function asInputError({ issues }: ValidationError): ORPCError<'BAD_REQUEST', unknown> {
  const named = issues.slice(0, 20).map(({ path, message }) => ({
    path: (path ?? []).map((part) => {
      const key = typeof part === 'object' ? part.key : part;
      return typeof key === 'number' ? key : String(key);
    }),
    message,
  }));
  const fields = [...new Set(named.map(({ path }) => path.join('.')))].filter((field) => field !== '');
  return new ORPCError('BAD_REQUEST', {
    status: 400,
    message: fields.length === 0 ? '请求内容有误' : `请求内容有误：${fields.join('、').slice(0, 200)}`,
    data: { issues: named },
    defined: true,
  });
}

/** A search that got no answer: none of these is a defect but `failed`, which goes the way of all defects. */
function asSearchError(error: ReaderError): unknown {
  switch (error.kind) {
    case 'busy':
      return new ORPCError('TOO_MANY_REQUESTS', {
        status: 429,
        message: '查询太多，请稍后再试',
        data: { retryAfterSeconds: 1 },
        defined: true,
      });
    case 'timeout':
      return new ORPCError('CONFLICT', {
        status: 409,
        message: '查询时间过长，请缩小范围',
        data: { reason: 'search-too-wide' },
        defined: true,
      });
    case 'cancelled':
      return new ORPCError('CLIENT_CLOSED_REQUEST', { status: 499, message: '查询已取消' });
    case 'unavailable':
      return new ORPCError('SERVICE_UNAVAILABLE', { status: 503, message: '查询暂不可用，请稍后再试' });
    case 'failed':
      return error;
  }
}

/** The signed-in person as the journal names them. */
export function actorOf(user: Principal | null): Actor {
  if (!user) throw new ORPCError('UNAUTHORIZED', { status: 401, message: '请先登录' });
  return { kind: 'user', name: user.name };
}

/** May this person do what their role would do for others? For procedures that are open to a role within limits. */
export const isAtLeast = (user: Principal | null, role: Principal['role']): boolean =>
  user !== null && mayAct(user.role, role);

/** Refuses whoever ranks lower, as the access of a procedure does, with words for what exactly is not theirs. */
export function demandRole(user: Principal | null, role: Principal['role'], message: string): void {
  if (!isAtLeast(user, role)) throw new ORPCError('FORBIDDEN', { status: 403, message });
}
