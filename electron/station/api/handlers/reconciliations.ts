import { fromRfc3339, parseShanghaiDateTime } from '../../../../shared/domain/time.ts';
import { ConflictError } from '../../runtime/errors.ts';
import type { OutboxRun } from '../../store/outbox-run-store.ts';
import { actorOf, type Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';
import { differenceView, runView } from '../outbox-views.ts';

const DAY_MS = 24 * 3_600_000;

/** A calendar day in the car park's zone, which knows no summer time. */
function dayOf(date: string) {
  const from = parseShanghaiDateTime(`${date} 00:00:00`);
  if (from === undefined) throw new ConflictError('period-empty', '日期有误');
  return { from, to: from + DAY_MS };
}

export function reconciliationHandlers(os: Guarded, deps: ApiDeps) {
  const { reader, hub, dailyChecks, reconciliations: runs } = deps;
  const of = os.reconciliations;
  const shown = (run: OutboxRun) => runView(run, (message) => hub.titleOf(run.platform, message));
  return {
    list: of.list.handler(() => runs.newest().map(shown)),
    start: of.start.handler(({ input, context }) => {
      const { platform, purpose, date } = input;
      const period =
        date === undefined ? { from: fromRfc3339(input.from ?? ''), to: fromRfc3339(input.to ?? '') } : dayOf(date);
      return shown(runs.start({ platform, purpose, ...period }, actorOf(context.user)));
    }),
    get: of.get.handler(({ input }) => shown(runs.get(input.id))),
    differences: of.differences.handler(async ({ input, signal }) => {
      const { id, found, page, pageSize } = input;
      runs.get(id);
      const window = { found, offset: (page - 1) * pageSize, limit: pageSize };
      const { items, total } = await reader.outboxDifferences(id, window, signal);
      return { items: items.map(differenceView), total, page, pageSize };
    }),
    repair: of.repair.handler(async ({ input, context, signal }) => {
      const { id, numbers, found, after } = input;
      return await runs.repair(id, numbers ? { numbers } : { found, after }, actorOf(context.user), signal);
    }),
    daily: of.daily.handler(() => dailyChecks.states()),
    acknowledge: of.acknowledge.handler(({ input, context }) => {
      dailyChecks.acknowledge(input.platform, input.day, input.reason, actorOf(context.user));
      return dailyChecks.states();
    }),
  };
}
