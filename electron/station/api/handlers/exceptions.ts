import { attentionSchema } from '../../../../shared/contract/lanes.ts';
import { fromRfc3339, toRfc3339 } from '../../../../shared/domain/time.ts';
import type { Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';
import { toPage } from '../paging.ts';
import { eventView, stayView } from '../views.ts';

const period = (input: { readonly from?: string | undefined; readonly to?: string | undefined }) => ({
  ...(input.from === undefined ? {} : { from: fromRfc3339(input.from) }),
  ...(input.to === undefined ? {} : { to: fromRfc3339(input.to) }),
});

export function exceptionHandlers(os: Guarded, deps: ApiDeps) {
  const { reader, clock, site, lanes } = deps;
  const laneName = (id: string): string => lanes.lanes().find((lane) => lane.id === id)?.name ?? id;
  return {
    doubtful: os.exceptions.doubtful.handler(async ({ input, signal }) => {
      const { page, pageSize } = input;
      const { cameraDownMinutes } = site.rules;
      const found = await reader.doubtful({ now: clock.now(), cameraDownMinutes, ...toPage(input) }, signal);
      const items = found.items.map(({ stay, doubts }) => ({
        stay: stayView(stay),
        since: toRfc3339(doubts[0]?.at ?? stay.enteredAt),
        doubts: doubts.map(({ kind, at, detail }) => ({ kind, at: toRfc3339(at), detail: laneName(detail) })),
      }));
      return { items, total: found.total, exact: found.exact, page, pageSize };
    }),
    acts: os.exceptions.acts.handler(async ({ input, signal }) => {
      const { about, user: actor, laneId, edited, page, pageSize } = input;
      const found = await reader.acts(
        { about, actor, laneId, edited, loose: input.loose === 'true', ...period(input), ...toPage(input) },
        signal,
      );
      const items = found.items.map(({ row, stopped }) => ({ ...eventView(row), stopped }));
      return { items, total: found.total, exact: found.exact, page, pageSize };
    }),
    counts: os.exceptions.counts.handler(async ({ input, signal }) => {
      const { stopped, ...counts } = await reader.actCounts(period(input), signal);
      return {
        ...counts,
        stopped: stopped.flatMap(({ reason, count }) => {
          const known = attentionSchema.safeParse(reason);
          return known.success ? [{ reason: known.data, count }] : [];
        }),
      };
    }),
  };
}
