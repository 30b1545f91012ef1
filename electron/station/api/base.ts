import { implement, ORPCError } from '@orpc/server';
import { contract } from '../../../shared/contract/index.ts';
import type { Actor } from '../../../shared/domain/events.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Accounts } from './accounts.ts';
import { LockedOutError } from './accounts.ts';
import { type ApiContext, mayAct, type Principal } from './context.ts';

/**
 * The contract, ready to be implemented: every procedure passes through here first. Access comes from the contract itself and
 * is denied unless it says otherwise; our own errors become the contract's.
 */
export function guarded(accounts: Accounts) {
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

export type Guarded = ReturnType<typeof guarded>;

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
  return error;
}

/** The signed-in person as the journal names them. */
export function actorOf(user: Principal | null): Actor {
  if (!user) throw new ORPCError('UNAUTHORIZED', { status: 401, message: '请先登录' });
  return { kind: 'user', name: user.name };
}
