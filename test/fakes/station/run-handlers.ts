import { ORPCError } from '@orpc/server';
import type { FakeStation } from './fake-station.ts';
import { type FakeConnection, os } from './implementer.ts';

const NONE = { runs: [], differences: [], daily: [] };

/** Comparisons as the scene has them; what is asked of them is remembered. */
export function runHandlers(station: FakeStation, needManager: (context: FakeConnection) => void) {
  const compared = () => station.scene.compared ?? NONE;
  const runOf = (id: string) => {
    const found = compared().runs.find((run) => run.id === id);
    if (!found) throw new ORPCError('NOT_FOUND', { message: '没有这次对账' });
    return found;
  };
  return {
    list: os.reconciliations.list.handler(({ context }) => {
      needManager(context);
      return [...compared().runs];
    }),
    get: os.reconciliations.get.handler(({ input, context }) => {
      needManager(context);
      return runOf(input.id);
    }),
    differences: os.reconciliations.differences.handler(({ input, context }) => {
      needManager(context);
      const all = compared().differences.filter(({ found }) => input.found === undefined || found === input.found);
      return { items: all, total: all.length, page: input.page, pageSize: input.pageSize };
    }),
    repair: os.reconciliations.repair.handler(async ({ input, context }) => {
      needManager(context);
      await station.act('reconciliations.repair', input);
      return { inserted: 1, retried: 2, next: null };
    }),
    daily: os.reconciliations.daily.handler(({ context }) => {
      needManager(context);
      return [...compared().daily];
    }),
    acknowledge: os.reconciliations.acknowledge.handler(async ({ input, context }) => {
      needManager(context);
      await station.act('reconciliations.acknowledge', input);
      const daily = compared().daily.map((each) => ({
        ...each,
        open: each.open.filter(({ day }) => day !== input.day),
      }));
      station.change({ compared: { ...compared(), daily } });
      return daily;
    }),
  };
}
