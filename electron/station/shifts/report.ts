import type { ChangeOrderState } from '../../../shared/domain/change-order.ts';
import type { PaidOut, Shift } from '../../../shared/domain/money-flow.ts';
import type { Lane } from '../../../shared/domain/site.ts';
import { readRow } from '../journal/rows.ts';
import type { MethodSum, SeqSpan } from '../store/report-rows.ts';
import { type Counted, sumsBy, total } from '../store/report-sums.ts';
import type { Repositories } from '../store/repositories.ts';
import { type Drawer, drawerOf, isCounted } from './cash.ts';

/** A time inside the shift in which something went unseen. `clock`: the PC's clock was set. Instants are epoch ms. */
export interface ServiceGap {
  readonly kind: 'crashed' | 'stopped' | 'clock' | 'held-open' | 'camera-down';
  readonly laneId: string | null;
  readonly from: number;
  readonly to: number | null;
}

/** 班次报表. Money is fen; lists are by what they name. */
export interface ShiftReport {
  readonly shift: Shift;
  /** Counted already: as it was worked out then. Before: as it stands now, for a manager. */
  readonly drawer: Drawer;
  /** Booked to the drawer after it was counted; always 0, or somebody must look. */
  readonly bookedAfterCountFen: number;
  readonly received: readonly ({ readonly method: string; readonly scene: string } & Counted)[];
  readonly refunds: readonly MethodSum[];
  readonly recharges: readonly MethodSum[];
  readonly paidOuts: readonly PaidOut[];
  /** Orders over change that this drawer kept, as they stand now: the platform is owed what it has given. */
  readonly changeOrders: Readonly<Record<ChangeOrderState, Counted>>;
  readonly released: readonly ({ readonly reason: string } & Counted)[];
  readonly manualOpens: readonly ({ readonly reason: string } & Counted)[];
  readonly debtsLetOut: Counted;
  /** Left first, to be charged after by a platform; in no other figure of debts. */
  readonly departurePay: Counted;
  readonly debtsCollected: Counted;
  readonly feesLowered: Counted;
  readonly billsVoided: number;
  readonly entries: number;
  readonly exits: number;
  /** Rows of the journal that the report rests on. */
  readonly rows: SeqSpan;
  readonly gaps: readonly ServiceGap[];
}

/**
 * What a shift came to. Money is what was booked to it; passages and openings are those at the lanes of its booth while it
 * was responsible, which it was not while somebody stood in for it.
 */
export function shiftReport(read: Repositories, shift: Shift, lanes: readonly Lane[], now: number): ShiftReport {
  const { reports } = read;
  const rows = rowsOf(read, shift);
  const reliefs = read.shifts
    .overlapping(shift.openedAt, shift.closedAt ?? Number.MAX_SAFE_INTEGER)
    .filter((other) => other.standsInFor === shift.id)
    .map((other) => rowsOf(read, other));
  const served = without(rows, reliefs);
  const ours = new Set(lanes.filter((lane) => (lane.booth ?? '') === shift.booth).map((lane) => lane.id));
  const here = (row: { readonly laneId: string | null }): boolean => row.laneId !== null && ours.has(row.laneId);
  const deeds = served.flatMap((part) => reports.deedsBetween(part)).filter(here);
  const released = served.flatMap((part) => reports.releasedBetween(part)).filter(here);
  const of = (what: (typeof deeds)[number]['what']) => deeds.filter((deed) => deed.what === what);
  const received = reports.receivedOfShift(shift.id);
  const ledger = drawerOf(shift, read.shiftCash.sums(shift.id));
  const drawer = locked(shift) ?? ledger;
  return {
    shift,
    drawer,
    bookedAfterCountFen: ledger.expectedFen - drawer.expectedFen,
    received: sumsBy(received, ({ method, scene }) => ({ method, scene })),
    refunds: reports.refundsOfShift(shift.id),
    recharges: reports.rechargesOfShift(shift.id, rows),
    paidOuts: read.paidOuts.ofShift(shift.id),
    changeOrders: changeOf(read, shift),
    released: sumsBy(released, ({ reason }) => ({ reason })),
    manualOpens: sumsBy(of('manual-open'), ({ reason }) => ({ reason })),
    debtsLetOut: total(of('debt')),
    departurePay: total(of('departure-pay')),
    debtsCollected: total(received.filter((row) => row.scene === 'arrears')),
    feesLowered: total(of('fee-lowered')),
    billsVoided: total(of('bill-void')).count,
    entries: total(of('entry')).count,
    exits: total(of('exit')).count,
    rows,
    gaps: gapsOf(read, shift, rows, ours, now),
  };
}

function changeOf(read: Repositories, shift: Shift): ShiftReport['changeOrders'] {
  const sums = read.changeOrders.sumsOfShift(shift.id);
  const of = (state: ChangeOrderState): Counted => {
    const { count, amountFen } = sums.find((each) => each.state === state) ?? { count: 0, amountFen: 0 };
    return { count, amountFen };
  };
  return { open: of('open'), given: of('given'), 'by-hand': of('by-hand') };
}

function locked(shift: Shift): Drawer | null {
  const { cashInFen, cashRefundedFen, paidOutFen, changeKeptFen, changeHandedFen, expectedFen } = shift;
  return isCounted(shift) && expectedFen !== null
    ? { cashInFen, cashRefundedFen, paidOutFen, changeKeptFen, changeHandedFen, expectedFen }
    : null;
}

/** From the row that opened the shift to the one that closed it, or to the newest. */
function rowsOf(read: Repositories, shift: Shift): SeqSpan {
  const changes = read.journal.storedOfKey(shift.id).flatMap((row) => {
    const reading = readRow(row);
    return 'event' in reading && reading.event.kind === 'shift-changed'
      ? [{ seq: row.seq, change: reading.event.body.change }]
      : [];
  });
  const last = changes.find(({ change }) => change === 'closed')?.seq ?? read.journal.last().seq;
  return { first: changes[0]?.seq ?? last, last };
}

/** `whole` without the rows of `parts`, which may reach beyond its end. */
function without(whole: SeqSpan, parts: readonly SeqSpan[]): SeqSpan[] {
  const left: SeqSpan[] = [];
  let first = whole.first;
  for (const part of parts.toSorted((a, b) => a.first - b.first)) {
    if (part.first > first) left.push({ first, last: Math.min(whole.last, part.first - 1) });
    first = Math.max(first, part.last + 1);
  }
  if (first <= whole.last) left.push({ first, last: whole.last });
  return left;
}

function gapsOf(read: Repositories, shift: Shift, rows: SeqSpan, ours: ReadonlySet<string>, now: number): ServiceGap[] {
  const life = read.journal.storedLifeBetween(rows.first, rows.last).flatMap((row): ServiceGap[] => {
    const reading = readRow(row);
    if (!('event' in reading)) return [];
    const { event } = reading;
    if (event.kind === 'clock-jumped')
      return [{ kind: 'clock', laneId: null, from: event.at - event.body.byMs, to: event.at }];
    if (event.kind !== 'station-started') return [];
    const kind = event.body.previous === 'crashed' ? 'crashed' : 'stopped';
    return [{ kind, laneId: null, from: event.at - (event.body.downMs ?? 0), to: event.at }];
  });
  const lanes = read.gaps
    .overlapping(shift.openedAt, shift.closedAt ?? now)
    .filter((gap) => ours.has(gap.laneId))
    .map(({ kind, laneId, from, to }): ServiceGap => ({ kind, laneId, from, to }));
  return [...life, ...lanes].toSorted((a, b) => a.from - b.from);
}
