import { fromRfc3339 } from '../../../../shared/domain/time.ts';
import { eventsFor } from '../attendant-events.ts';
import { demandRole, type Guarded, isAtLeast } from '../base.ts';
import type { ApiDeps } from '../deps.ts';
import { watchLive } from '../live.ts';
import { eventView } from '../views.ts';

const period = (input: { readonly from?: string | undefined; readonly to?: string | undefined }) => ({
  from: input.from === undefined ? undefined : fromRfc3339(input.from),
  to: input.to === undefined ? undefined : fromRfc3339(input.to),
});

/** How far back attendants read what happened at the lanes: to pick up the thread, not to add up a shift. */
const RECENT_MS = 2 * 3_600_000;

export function journalHandlers(os: Guarded, deps: ApiDeps) {
  const { reader, clock, store } = deps;
  return {
    events: {
      list: os.events.list.handler(async ({ input, signal, context }) => {
        const { user, ...rest } = input;
        const { from, to } = period(input);
        const all = isAtLeast(context.user, 'manager');
        if (user !== undefined) demandRole(context.user, 'manager', '按人员查询操作记录须由车场经理进行');
        // Of a stay, the whole: it is what the driver asks about. Keys of anything else are the office's.
        if (input.key !== undefined && !store.read.stays.get(input.key))
          demandRole(context.user, 'manager', '该记录须由车场经理查询');
        const since = all || input.key !== undefined ? from : Math.max(from ?? 0, clock.now() - RECENT_MS);
        const found = await reader.journal({ ...rest, from: since, to, actor: user }, signal);
        return eventsFor(context.user, found.map(eventView));
      }),
    },
    audit: os.audit.handler(async ({ input, signal }) => {
      const { user, ...rest } = input;
      const found = await reader.journal({ ...rest, ...period(input), audited: true, actor: user }, signal);
      return found.map(eventView);
    }),
    live: os.live.handler(({ input, signal, context }) => {
      const { user } = context;
      return watchLive(deps, input.afterSeq, signal, {
        present: () => user && deps.accounts.present(user),
        shown: eventsFor,
      });
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
