import type { StationClient } from '../../../shared/contract/index.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import { useLive } from '../../lib/station/live.ts';
import { type Asked, useAsk } from '../../office/use-ask.ts';
import type { Sheet } from './model.ts';
import { anySheet } from './model.ts';
import { methodName } from './RowsView.tsx';
import { flowSheet } from './sheets/flow.ts';
import { groupsSheet } from './sheets/groups.ts';
import { collectorsSheet, lanesSheet } from './sheets/people.ts';
import { totalsSheet } from './sheets/totals.ts';

/** Reports that are one table. */
export const sheetTabs = ['days', 'collectors', 'lanes', 'methods', 'free', 'discounts', 'opens', 'flow'] as const;
export type SheetTab = (typeof sheetTabs)[number];

/** A sheet and what it was asked for: figures never stand under another period than their own. */
export interface AskedSheet {
  readonly sheet: Sheet;
  readonly tab: SheetTab;
  readonly period: string;
}

/** Asks for one report and lays it out as a table. */
export function useSheet(tab: SheetTab | null, period: string, t: Translate, language: string): Asked<AskedSheet> {
  const lanes = useLive((state) => state.frame?.lanes);
  const lane = (id: string): string => lanes?.find((each) => each.id === id)?.name ?? id;
  return useAsk(
    (client, signal) =>
      tab === null ? null : ask(client, tab, period, { signal }, t, lane).then((sheet) => ({ sheet, tab, period })),
    [tab, period, language],
  );
}

async function ask(
  client: StationClient,
  tab: SheetTab,
  period: string,
  options: { readonly signal: AbortSignal },
  t: Translate,
  lane: (id: string) => string,
): Promise<Sheet> {
  const { reports } = client;
  const groups = async (of: 'received' | 'released' | 'discounts' | 'manual-opens', by: 'reason' | 'method') =>
    (await reports.groups({ period, of, by }, options)).groups;
  const reason = (value: string | null): string => value || t('reports.noReason');
  switch (tab) {
    case 'days':
      return anySheet(totalsSheet(await reports.totals({ period }, options), t));
    case 'collectors':
      return anySheet(collectorsSheet((await reports.collectors({ period }, options)).collectors, t));
    case 'lanes':
      return anySheet(lanesSheet((await reports.lanes({ period }, options)).lanes, lane, t));
    case 'methods':
      return anySheet(
        groupsSheet(
          await groups('received', 'method'),
          {
            ...{ of: 'received', by: 'method', title: t('reports.tab.methods'), heading: t('reports.row.method') },
            ...{ amount: t('reports.column.received'), name: (value) => methodName(value, t) },
          },
          t,
        ),
      );
    case 'free':
      return anySheet(
        groupsSheet(
          await groups('released', 'reason'),
          {
            ...{ of: 'released', by: 'reason', title: t('reports.tab.free'), heading: t('reports.row.reason') },
            ...{ amount: t('reports.column.waived'), name: reason },
          },
          t,
        ),
      );
    case 'discounts':
      return anySheet(
        groupsSheet(
          await groups('discounts', 'reason'),
          {
            ...{
              of: 'discounts',
              by: 'reason',
              title: t('reports.tab.discounts'),
              heading: t('reports.column.origin'),
            },
            ...{ amount: t('reports.column.discount'), name: reason },
          },
          t,
        ),
      );
    case 'opens': {
      const flow = await reports.flow({ period }, options);
      return anySheet(
        groupsSheet(
          await groups('manual-opens', 'reason'),
          {
            ...{ of: 'manual-opens', by: 'reason', title: t('reports.tab.opens'), heading: t('reports.row.reason') },
            ...{ amount: null, name: reason, passages: flow.entries + flow.exits },
          },
          t,
        ),
      );
    }
    case 'flow':
      return anySheet(flowSheet(await reports.flow({ period }, options), t));
  }
}
