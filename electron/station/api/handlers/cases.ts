import type { CaseView } from '../../../../shared/contract/payments.ts';
import { type Case, caseKindSchema } from '../../../../shared/domain/money-flow.ts';
import { toRfc3339 } from '../../../../shared/domain/time.ts';
import { NotFoundError } from '../../runtime/errors.ts';
import { actorOf, type Guarded, isAtLeast, signedInUser } from '../base.ts';
import type { Principal } from '../context.ts';
import type { ApiDeps } from '../deps.ts';

export function caseHandlers(os: Guarded, deps: ApiDeps) {
  const { store } = deps;
  const { cases } = deps.payments;
  const worker = (user: Principal | null) => ({ actor: actorOf(user), role: signedInUser(user).role });
  const view = (each: Case, user: Principal | null): CaseView => ({
    ...each,
    openedAt: toRfc3339(each.openedAt),
    closedAt: each.closedAt === null ? null : toRfc3339(each.closedAt),
    hindrance: cases.hindrance(each, worker(user)),
  });
  return {
    list: os.cases.list.handler(({ input, context }) => {
      const { page, pageSize, open, ...filter } = input;
      const found = store.read.cases.search({
        ...filter,
        open: open === undefined ? undefined : open === 'true',
        offset: (page - 1) * pageSize,
        limit: pageSize,
      });
      return { items: found.items.map((each) => view(each, context.user)), total: found.total, page, pageSize };
    }),
    summary: os.cases.summary.handler(({ context }) => {
      const kinds = store.read.cases
        .openByKind(signedInUser(context.user).name)
        .flatMap(({ kind, oldestAt, ...counts }) => {
          // A kind of an earlier version that nothing opens any more is no heading to file under.
          const known = caseKindSchema.safeParse(kind);
          return known.success ? [{ kind: known.data, ...counts, oldestAt: toRfc3339(oldestAt) }] : [];
        });
      return {
        open: kinds.reduce((sum, each) => sum + each.open, 0),
        mine: kinds.reduce((sum, each) => sum + each.mine, 0),
        byKind: kinds,
        people: store.read.users
          .all()
          .filter((user) => !user.disabled)
          .map(({ name, displayName, role }) => ({ name, displayName, role })),
      };
    }),
    take: os.cases.take.handler(({ input, context }) =>
      view(cases.take(input.id, actorOf(context.user), isAtLeast(context.user, 'manager')), context.user),
    ),
    handOver: os.cases.handOver.handler(({ input, context }) => {
      const to = store.read.users.get(input.to);
      if (!to || to.disabled) throw new NotFoundError('没有这个人，或账号已停用');
      const over = isAtLeast(context.user, 'manager');
      return view(cases.handOver(input.id, to.name, actorOf(context.user), over), context.user);
    }),
    close: os.cases.close.handler(({ input, context }) =>
      view(cases.close(input.id, input.resolution, worker(context.user)), context.user),
    ),
  };
}
