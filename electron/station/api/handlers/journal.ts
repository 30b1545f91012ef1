import { fromRfc3339 } from '../../../../shared/domain/time.ts';
import type { Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';
import { watchLive } from '../live.ts';
import { eventView } from '../views.ts';

const period = (input: { readonly from?: string | undefined; readonly to?: string | undefined }) => ({
  from: input.from === undefined ? undefined : fromRfc3339(input.from),
  to: input.to === undefined ? undefined : fromRfc3339(input.to),
});

export function journalHandlers(os: Guarded, deps: ApiDeps) {
  const { reader, clock } = deps;
  return {
    events: {
      list: os.events.list.handler(async ({ input, signal }) => {
        const { user, ...rest } = input;
        const found = await reader.journal({ ...rest, ...period(input), actor: user }, signal);
        return found.map(eventView);
      }),
    },
    audit: os.audit.handler(async ({ input, signal }) => {
      const { before, limit, kind, user } = input;
      const found = await reader.journal({ before, limit, kind, ...period(input), byUser: true, actor: user }, signal);
      return found.map(eventView);
    }),
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
