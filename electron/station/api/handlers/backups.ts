import { ORPCError } from '@orpc/server';
import { actorOf, type Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';
import { confirmed } from './confirmed.ts';

export function backupHandlers(os: Guarded, { backups, accounts }: ApiDeps) {
  return {
    list: os.backups.list.handler(() => backups.overview()),
    make: os.backups.make.handler(({ context }) => backups.make('by-hand', actorOf(context.user))),
    configure: os.backups.configure.handler(({ input, context }) => {
      backups.configure(input, actorOf(context.user));
      return backups.overview();
    }),
    verify: os.backups.verify.handler(({ input }) => backups.verify(input.id)),
    remove: os.backups.remove.handler(async ({ input, context }) => {
      await backups.remove(input.id, actorOf(context.user));
      return {};
    }),
    restore: os.backups.restore.handler(async ({ input, context }) => {
      if (!(await confirmed(accounts, context.user, input.password)))
        throw new ORPCError('FORBIDDEN', { status: 403, message: '密码不正确' });
      return backups.restore(input.id, actorOf(context.user));
    }),
  };
}
