import {
  type ImplementerInternalWithMiddlewares,
  implement,
  type MergedCurrentContext,
  type MergedInitialContext,
  ORPCError,
  ValidationError,
} from '@orpc/server';
import { type Contract, contract } from '../../../shared/contract/index.ts';
import type { Actor } from '../../../shared/domain/events.ts';
import { openWhileLocked, type Right, rightOf } from '../../../shared/domain/rights.ts';
import type { Role } from '../../../shared/domain/site.ts';
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
    .use<Caller>(async ({ context, procedure, path, next }) => {
      const { access } = procedure['~orpc'].meta;
      const { session } = context;
      // Asked anew with each call: rights that were changed count from now on, for those who are signed in as well.
      session.principal = session.principal && accounts.present(session.principal);
      if (access !== 'public') admit(session.principal, path.join('.'), access);
      try {
        return await next({ context: { user: session.principal } });
      } catch (error) {
        throw asApiError(error);
      }
    });
}

/** @throws ORPCError unless this person may call this procedure now. */
function admit(principal: Principal | null, procedure: string, access: Role): void {
  if (!principal) throw new ORPCError('UNAUTHORIZED', { status: 401, message: '请先登录' });
  if (principal.lockedAt !== null && !openWhileLocked.has(procedure))
    throw new ORPCError('LOCKED', { status: 423, message: '屏幕已锁定，请先解锁', defined: true });
  const right = rightOf(procedure);
  if (right === undefined ? mayAct(principal.role, access) : may(principal, right)) return;
  throw new ORPCError('FORBIDDEN', { status: 403, message: '当前账号没有此操作的权限' });
}

/**
 * Named, because a contract of this size is too long for the compiler to write out; and put just as `use` puts it, since two types of
 * this size that only come to the same are compared procedure by procedure.
 */
export type Guarded = ImplementerInternalWithMiddlewares<
  Contract,
  MergedInitialContext<ApiContext & Record<never, never>, ApiContext, ApiContext>,
  MergedCurrentContext<ApiContext, Caller>
>;

/** What the guard adds to the context of a call: who makes it. */
export interface Caller {
  readonly user: Principal | null;
}

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
export const actorOf = (user: Principal | null): Actor => ({ kind: 'user', name: signedInUser(user).name });

/** The guard lets nobody else through where a sign-in is needed; this tells the compiler. */
export function signedInUser(user: Principal | null): Principal {
  if (!user) throw new ORPCError('UNAUTHORIZED', { status: 401, message: '请先登录' });
  return user;
}

/** Does this person rank at least so high? What a post gives or takes is asked by {@link may}. */
export const isAtLeast = (user: Principal | null, role: Role): boolean => user !== null && mayAct(user.role, role);

/** Has this person the right, by rank or by post? */
export const may = (user: Principal | null, right: Right): boolean => user?.rights.has(right) ?? false;

/** Refuses whoever has not the right, as the guard does, with words for what exactly is not theirs. */
export function demand(user: Principal | null, right: Right, message: string): void {
  if (!may(user, right)) throw new ORPCError('FORBIDDEN', { status: 403, message });
}

/** Refuses whoever ranks lower, whatever their post says. */
export function demandRole(user: Principal | null, role: Role, message: string): void {
  if (!isAtLeast(user, role)) throw new ORPCError('FORBIDDEN', { status: 403, message });
}
