import { ORPCError } from '@orpc/server';
import type { UserView } from '../../../../shared/contract/base.ts';
import { toRfc3339 } from '../../../../shared/domain/time.ts';
import type { SignedIn } from '../accounts.ts';
import { type Guarded, signedInUser } from '../base.ts';
import type { Principal, Session } from '../context.ts';
import type { ApiDeps } from '../deps.ts';

export function authHandlers(os: Guarded, deps: ApiDeps) {
  const { accounts } = deps;
  const bind = (session: Session, signedIn: SignedIn | null, otherwise: string) => {
    if (!signedIn) throw new ORPCError('UNAUTHORIZED', { status: 401, message: otherwise });
    session.principal = signedIn.principal;
    return { token: signedIn.token, user: userView(signedIn.principal), expiresAt: toRfc3339(signedIn.expiresAt) };
  };
  const onlyHere = (local: boolean): void => {
    if (!local) throw new ORPCError('FORBIDDEN', { status: 403, message: '只能在本机进行此操作' });
  };
  return {
    status: os.auth.status.handler(() => ({
      siteName: deps.site.name,
      version: deps.version,
      state: accounts.isEmpty() && !deps.demo ? ('needs-setup' as const) : ('ready' as const),
      demo: deps.demo,
      time: toRfc3339(deps.clock.now()),
    })),
    signIn: os.auth.signIn.handler(async ({ input, context }) =>
      bind(context.session, await accounts.signIn(input.name, input.password, context.address), '用户名或密码不正确'),
    ),
    resume: os.auth.resume.handler(({ input, context }) =>
      bind(context.session, accounts.resume(input.token), '登录已过期，请重新登录'),
    ),
    setUp: os.auth.setUp.handler(async ({ input, context }) => {
      onlyHere(context.local);
      return bind(context.session, await accounts.setUp(input.name, input.password, context.address), '');
    }),
    demoSignIn: os.auth.demoSignIn.handler(async ({ context }) => {
      onlyHere(context.local);
      if (!deps.demo) throw new ORPCError('FORBIDDEN', { status: 403, message: '这不是演示停车场' });
      return bind(context.session, await accounts.demo(), '');
    }),
    signOut: os.auth.signOut.handler(({ context }) => {
      if (context.session.principal) accounts.signOut(context.session.principal);
      context.session.principal = null;
      return {};
    }),
    me: os.auth.me.handler(({ context }) => userView(signedInUser(context.user))),
    lock: os.auth.lock.handler(({ input, context }) => userView(accounts.lock(signedInUser(context.user), input.why))),
    unlock: os.auth.unlock.handler(async ({ input, context }) =>
      userView(await accounts.unlock(signedInUser(context.user), input.password)),
    ),
    changePassword: os.auth.changePassword.handler(async ({ input, context }) => {
      await accounts.changePassword(signedInUser(context.user), input.from, input.to);
      return {};
    }),
    checkExit: os.auth.checkExit.handler(async ({ input }) => {
      await accounts.checkExit(input.password);
      return {};
    }),
  };
}

function userView({ name, role, displayName, number, post, rights, lockedAt }: Principal): UserView {
  return { name, role, displayName, number, post, rights: [...rights], locked: lockedAt !== null };
}
