import type { DayRows, MethodSum } from '../store/report-rows.ts';
import { type Counted, sumsBy, total } from '../store/report-sums.ts';

type By<K extends string> = { readonly [name in K]: string } & Counted;

/** What a day or a month came to. Fen. Charges belong to the day in which the stay ended, money to the day in which it came. */
export interface Totals {
  readonly stays: number;
  readonly chargedFen: number;
  readonly discountFen: number;
  readonly waivedFen: number;
  readonly owedFen: number;
  readonly received: readonly By<'method' | 'scene'>[];
  readonly receivedTotal: Counted;
  readonly released: readonly By<'reason'>[];
  readonly refunds: readonly MethodSum[];
  readonly refundTotal: Counted;
  readonly recharges: readonly MethodSum[];
  readonly manualOpens: readonly By<'reason'>[];
  readonly debtsLetOut: Counted;
  /** Left first, to be charged after by a platform; in no other figure of debts. */
  readonly departurePay: Counted;
  readonly debtsCollected: Counted;
  readonly feesLowered: Counted;
  readonly billsVoided: number;
  readonly entries: number;
  readonly exits: number;
}

const add = <T>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((sum, row) => sum + of(row), 0);

/** Rows of several days as those of one. */
export function joined(days: readonly DayRows[]): DayRows {
  return {
    received: days.flatMap((day) => day.received),
    ended: days.flatMap((day) => day.ended),
    released: days.flatMap((day) => day.released),
    deeds: days.flatMap((day) => day.deeds),
    refunds: days.flatMap((day) => day.refunds),
    recharges: days.flatMap((day) => day.recharges),
  };
}

export function totalsOf(rows: DayRows): Totals {
  const { received, ended, released, refunds, recharges } = rows;
  const of = (what: DayRows['deeds'][number]['what']) => rows.deeds.filter((deed) => deed.what === what);
  return {
    stays: add(ended, (row) => row.stays),
    chargedFen: add(ended, (row) => row.chargeFen),
    discountFen: add(ended, (row) => row.discountFen),
    waivedFen: add(ended, (row) => row.waivedFen),
    owedFen: add(ended, (row) => row.owedFen),
    received: sumsBy(received, ({ method, scene }) => ({ method, scene })),
    receivedTotal: total(received),
    released: sumsBy(released, ({ reason }) => ({ reason })),
    refunds: sumsBy(refunds, ({ method }) => ({ method })),
    refundTotal: total(refunds),
    recharges: sumsBy(recharges, ({ method }) => ({ method })),
    manualOpens: sumsBy(of('manual-open'), ({ reason }) => ({ reason })),
    debtsLetOut: total(of('debt')),
    departurePay: total(of('departure-pay')),
    debtsCollected: total(received.filter((row) => row.scene === 'arrears')),
    feesLowered: total(of('fee-lowered')),
    billsVoided: total(of('bill-void')).count,
    entries: total(of('entry')).count,
    exits: total(of('exit')).count,
  };
}
