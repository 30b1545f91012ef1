import { ORPCError } from '@orpc/server';
import type { UserView } from '../../../shared/contract/base.ts';
import type { TariffDraftView } from '../../../shared/contract/tariff-views.ts';
import { type Calendar, calendarSchema, EMPTY_CALENDAR } from '../../../shared/domain/calendar.ts';
import { tariffSchema } from '../../../shared/domain/tariff.ts';
import { toRfc3339 } from '../../../shared/domain/time.ts';
import { NOW } from './build.ts';
import type { FakeStation } from './fake-station.ts';
import { type FakeConnection, os } from './implementer.ts';

interface Desk {
  draft: TariffDraftView | null;
  calendar: Calendar;
}

const desks = new WeakMap<FakeStation, Desk>();

/** What the tariff office of a fake station has; tests put a draft or a calendar there. */
export function tariffDesk(station: FakeStation): Desk {
  const known = desks.get(station);
  if (known) return known;
  const made: Desk = { draft: null, calendar: EMPTY_CALENDAR };
  desks.set(station, made);
  return made;
}

/** A draft as the station shows it. */
export function draftOf(tariff: TariffDraftView['tariff'], open: readonly string[] = []): TariffDraftView {
  const at = toRfc3339(NOW);
  return {
    ...{ id: 'draft1', tariff, origin: { kind: 'nothing', ref: null }, remark: '', open: [...open], revision: 1 },
    ...{ createdAt: at, createdBy: '老陈', updatedAt: at, updatedBy: '老陈' },
  };
}

/** One draft and the calendar. A draft is publishable when nothing in it is open; its price is always the same. */
export function tariffHandlers(station: FakeStation, needUser: (context: FakeConnection) => UserView) {
  const desk = tariffDesk(station);
  const draftNow = (): TariffDraftView => {
    if (!desk.draft) throw new ORPCError('NOT_FOUND', { message: '没有这个草稿' });
    return desk.draft;
  };
  return {
    tariffs: {
      versions: os.tariffs.versions.handler(() => []),
      templates: os.tariffs.templates.handler(() => []),
      drafts: {
        list: os.tariffs.drafts.list.handler(() => (desk.draft ? [desk.draft] : [])),
        get: os.tariffs.drafts.get.handler(draftNow),
        change: os.tariffs.drafts.change.handler(async ({ input, context }) => {
          const { name } = needUser(context);
          await station.act('tariffs.drafts.change', input);
          const before = draftNow();
          if (input.revision !== undefined && input.revision !== before.revision)
            throw new ORPCError('CONFLICT', {
              message: `草稿已被 ${before.updatedBy} 修改，请重新打开`,
              data: { reason: 'draft-changed' },
              defined: true,
            });
          desk.draft = {
            ...before,
            ...{ revision: before.revision + 1, updatedBy: name, open: input.open ?? [] },
            tariff: input.tariff === undefined ? before.tariff : tariffSchema.parse(input.tariff),
          };
          return desk.draft;
        }),
      },
      preview: {
        check: os.tariffs.preview.check.handler(({ input }) => {
          tariffSchema.parse(input.tariff);
          const open = input.open ?? [];
          const findings = open.map((path) => ({
            ...{ severity: 'error' as const, code: 'choice-open', path: path.split('.'), message: 'open' },
          }));
          return { publishable: open.length === 0, findings, cases: [], replaces: [], mayFall: false };
        }),
        trial: os.tariffs.preview.trial.handler(({ input }) => {
          const { id } = tariffSchema.parse(input.tariff);
          const { vehicleClass } = input;
          return { tariffId: id, vehicleClass, minutes: 120, feeFen: 1000, steps: [], alternatives: [] };
        }),
      },
    },
    calendar: {
      get: os.calendar.get.handler(() => desk.calendar),
      change: os.calendar.change.handler(async ({ input }) => {
        await station.act('calendar.change', input);
        desk.calendar = calendarSchema.parse({ ...desk.calendar, ...input });
        return desk.calendar;
      }),
    },
  };
}
