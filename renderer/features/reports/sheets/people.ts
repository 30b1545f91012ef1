import type { StationClient } from '../../../../shared/contract/index.ts';
import type { Translate } from '../../../lib/i18n/index.ts';
import { count, money, rate, share, text } from '../columns.ts';
import type { Behind, Sheet } from '../model.ts';

type Collectors = Awaited<ReturnType<StationClient['reports']['collectors']>>['collectors'];
type Collector = Collectors[number];
type Lanes = Awaited<ReturnType<StationClient['reports']['lanes']>>['lanes'];
type LaneRow = Lanes[number];

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

const add = <T>(rows: readonly T[], of: (row: T) => { readonly count: number; readonly amountFen: number }) =>
  rows.reduce((all, row) => ({ count: all.count + of(row).count, amountFen: all.amountFen + of(row).amountFen }), {
    count: 0,
    amountFen: 0,
  });
const sum = <T>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((all, row) => all + of(row), 0);

/** 收费员统计. Money that came without anybody has a line of its own, so that the sum is that of the day. */
export function collectorsSheet(collectors: Collectors, t: Translate): Sheet<Collector> {
  const [received, released] = [add(collectors, (row) => row.received), add(collectors, (row) => row.released)];
  const [opens, cars] = [sum(collectors, (row) => row.manualOpens), sum(collectors, (row) => row.cars)];
  const total: Collector = {
    name: t('kit.sum'),
    received,
    released,
    cash: add(collectors, (row) => row.cash),
    freeRatio: ratio(released.count, released.count + received.count),
    manualOpens: opens,
    cars,
    manualOpensPer100Cars: ratio(opens * 100, cars),
    feesLowered: add(collectors, (row) => row.feesLowered),
    byHour: [],
  };
  // The rows of whoever is nobody cannot be named by a person: the total opens them among all.
  const lead =
    (of: Behind['of'], more: Partial<Behind> = {}) =>
    (row: Collector): Behind | null =>
      row === total ? { of, ...more } : row.name === null ? null : { of, ...more, operator: row.name };
  return {
    title: t('reports.tab.collectors'),
    rows: collectors,
    key: (row) => row.name ?? '',
    total,
    columns: [
      text('name', t('reports.column.collector'), (row) => row.name ?? t('reports.nobody')),
      count('payments', t('reports.column.payments'), (row) => row.received.count, lead('received')),
      money('received', t('reports.column.received'), (row) => row.received.amountFen, lead('received')),
      money('cash', t('reports.column.cash'), (row) => row.cash.amountFen, lead('received', { method: 'cash' })),
      count('released', t('reports.column.released'), (row) => row.released.count, lead('released')),
      money('waived', t('reports.column.waived'), (row) => row.released.amountFen, lead('released')),
      share('ratio', t('reports.column.freeRatio'), (row) => row.freeRatio),
      count('opens', t('reports.column.opens'), (row) => row.manualOpens, lead('manual-opens')),
      // Cars are counted by the shifts at a booth: without a shift nobody knows whose they were.
      {
        ...count<Collector>('cars', t('reports.column.cars'), (row) => row.cars),
        show: (row) => (row.cars === 0 ? '—' : String(row.cars)),
      },
      rate('per100', t('reports.column.per100'), (row) => row.manualOpensPer100Cars),
      count('lowered', t('reports.column.lowered'), (row) => row.feesLowered.count, lead('fees-lowered')),
      money('loweredFen', t('reports.column.loweredFen'), (row) => row.feesLowered.amountFen, lead('fees-lowered')),
    ],
    bars: null,
    file: 'collectors',
    exportRows: null,
  };
}

/** 车道统计. */
export function lanesSheet(lanes: Lanes, nameOf: (id: string) => string, t: Translate): Sheet<LaneRow> {
  const total: LaneRow = {
    ...{ laneId: null, areaId: null, areaName: null },
    entries: sum(lanes, (row) => row.entries),
    exits: sum(lanes, (row) => row.exits),
    received: add(lanes, (row) => row.received),
    released: add(lanes, (row) => row.released),
    chargedFen: sum(lanes, (row) => row.chargedFen),
    owedFen: sum(lanes, (row) => row.owedFen),
    manualOpens: sum(lanes, (row) => row.manualOpens),
  };
  const lead =
    (of: Behind['of']) =>
    (row: LaneRow): Behind | null =>
      row === total ? { of } : row.laneId === null ? null : { of, laneId: row.laneId };
  return {
    title: t('reports.tab.lanes'),
    rows: lanes,
    key: (row) => row.laneId ?? (row.areaId === null ? '' : `area ${row.areaId}`),
    total,
    columns: [
      text('lane', t('reports.column.lane'), (row) =>
        row === total ? t('kit.sum') : row.laneId === null ? (row.areaName ?? t('reports.noLane')) : nameOf(row.laneId),
      ),
      count('entries', t('reports.column.entries'), (row) => row.entries, lead('entries')),
      count('exits', t('reports.column.exits'), (row) => row.exits, lead('exits')),
      money('charged', t('reports.column.charged'), (row) => row.chargedFen, lead('charged')),
      count('payments', t('reports.column.payments'), (row) => row.received.count, lead('received')),
      money('received', t('reports.column.received'), (row) => row.received.amountFen, lead('received')),
      count('released', t('reports.column.released'), (row) => row.released.count, lead('released')),
      money('waived', t('reports.column.waived'), (row) => row.released.amountFen, lead('released')),
      money('owed', t('reports.column.owed'), (row) => row.owedFen, lead('debts')),
      count('opens', t('reports.column.opens'), (row) => row.manualOpens, lead('manual-opens')),
    ],
    bars: null,
    file: 'lanes',
    exportRows: null,
  };
}
