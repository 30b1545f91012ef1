import type { StationClient } from '../../../../shared/contract/index.ts';
import type { ReportRowsOf } from '../../../../shared/contract/reports.ts';
import type { Translate } from '../../../lib/i18n/index.ts';
import { count, money, rate, text } from '../columns.ts';
import type { Behind, Sheet } from '../model.ts';

type Groups = Awaited<ReturnType<StationClient['reports']['groups']>>['groups'];
type Group = Groups[number];

/** A report that is one figure by one of its columns: payment kinds, free reasons, discounts, openings by hand. */
export function groupsSheet(
  groups: Groups,
  what: {
    readonly of: ReportRowsOf;
    readonly by: 'reason' | 'method' | 'operator';
    readonly title: string;
    readonly heading: string;
    readonly amount: string | null;
    readonly name: (value: string | null) => string;
    /** Cars that passed either way, for rates per 100. */
    readonly passages?: number;
  },
  t: Translate,
): Sheet<Group> {
  const total: Group = {
    value: null,
    count: groups.reduce((sum, row) => sum + row.count, 0),
    amountFen: groups.reduce((sum, row) => sum + row.amountFen, 0),
  };
  const lead = (row: Group): Behind | null =>
    row === total ? { of: what.of } : row.value === null ? null : { of: what.of, [what.by]: row.value };
  return {
    title: what.title,
    rows: groups,
    key: (row) => row.value ?? '',
    total,
    columns: [
      text('value', what.heading, (row) => (row === total ? t('kit.sum') : what.name(row.value))),
      count('count', t('reports.column.times'), (row) => row.count, lead),
      ...(what.passages === undefined
        ? []
        : [
            rate('per100', t('reports.column.perPassages'), (row: Group) =>
              what.passages ? (row.count * 100) / what.passages : null,
            ),
          ]),
      ...(what.amount === null ? [] : [money('amount', what.amount, (row: Group) => row.amountFen, lead)]),
    ],
    bars:
      groups.length === 0
        ? null
        : {
            label: what.title,
            names: groups.slice(0, 12).map((row) => what.name(row.value)),
            series: [
              what.amount === null
                ? { name: t('reports.column.times'), values: groups.slice(0, 12).map((row) => row.count) }
                : { name: what.amount, values: groups.slice(0, 12).map((row) => row.amountFen), money: true },
            ],
          },
    file: null,
    exportRows: { of: what.of },
  };
}
