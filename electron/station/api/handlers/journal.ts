import type { Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';
import { watchLive } from '../live.ts';
import { eventView } from '../views.ts';

export function journalHandlers(os: Guarded, deps: ApiDeps) {
  const { store, clock } = deps;
  return {
    events: {
      list: os.events.list.handler(({ input }) => store.read.journal.list(input).map(eventView)),
    },
    audit: os.audit.handler(({ input }) =>
      store.read.journal
        .list({ before: input.before, limit: input.limit, byUser: true, userName: input.user })
        .map(eventView),
    ),
    live: os.live.handler(({ input, signal, context }) => {
      const { user } = context;
      return watchLive(deps, input.afterSeq, signal, () => user !== null && deps.accounts.stands(user));
    }),
    health: os.health.handler(() => {
      const checks = [...deps.checks()];
      return {
        status: checks.every((check) => check.ok) ? ('ok' as const) : ('degraded' as const),
        version: deps.version,
        uptimeSeconds: Math.floor((clock.monotonic() - deps.startedAt) / 1000),
        checks,
      };
    }),
  };
}
