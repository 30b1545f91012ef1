import { z } from 'zod';
import { MAX_FEN } from '../../../../shared/domain/money.ts';
import type { Bill } from '../../../../shared/domain/money-flow.ts';
import type { Discount } from '../../../../shared/domain/registry.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import type { PlatformDiscount } from '../../payments/discounts.ts';
import { KEYTOP, type KeytopContext } from './context.ts';
import { maybeText, maybeWhole } from './down-fields.ts';

/** What a payment had taken off beside its money (减免), and what that is worth here. */

/** As many minutes as anybody stays. */
export const MAX_MINUTES = 10 * 366 * 24 * 60;

/** A payment has a handful of them; each with minutes prices the stay once more. */
const MAX_DETAILS = 100;

const SOURCES: Readonly<Record<string, string>> = { 0: '积分抵扣', 1: '抵扣券', 2: '购物小票' };

/** Members as numbers or texts, the code always kept as a text: its leading zeros count (G31). */
const elementSchema = z
  .record(z.string(), z.unknown())
  .transform((given) =>
    Object.fromEntries(
      Object.entries(given)
        .filter(([, value]) => value !== null)
        .map(([name, value]) => [name.trim().toLowerCase(), value]),
    ),
  )
  .pipe(
    z.object({
      money: maybeWhole(0, MAX_FEN),
      time: maybeWhole(0, MAX_MINUTES),
      code: maybeText(100),
      type: maybeText(20),
    }),
  )
  .transform(({ money = 0, time = 0, code, type }) => ({
    moneyFen: money,
    minutes: time,
    origin: [SOURCES[type] ?? '减免', code].filter(Boolean).join(' '),
  }));
type FreeDetail = z.output<typeof elementSchema>;

/** freeDetail: a JSON array in a text, an array, one object, nothing (G31). */
export const freeDetail = () =>
  z
    .unknown()
    .optional()
    .transform((value, context): readonly unknown[] => {
      const list = listOf(value);
      if (list) return list;
      context.addIssue({ code: 'custom', message: '应为 JSON 数组' });
      return z.NEVER;
    })
    .pipe(z.array(elementSchema).max(MAX_DETAILS, `不应超过 ${MAX_DETAILS} 项`));

function listOf(value: unknown): readonly unknown[] | undefined {
  if (value === undefined || value === null) return [];
  if (typeof value === 'object') return z.array(z.unknown()).safeParse(value).data ?? [value];
  if (typeof value !== 'string') return undefined;
  if (value.trim() === '') return [];
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'string' ? undefined : listOf(parsed);
  } catch {
    return undefined;
  }
}

/** What is said to be taken off. The totals count; the details say what they are made of. */
export interface Reductions {
  /** 车场免费金额 */
  readonly discountFen: number;
  readonly freeMoneyFen: number;
  readonly freeMinutes: number;
  readonly details: readonly FreeDetail[];
}

interface Piece {
  readonly origin: string;
  readonly value: number;
}

const CAMPAIGN = '车场优惠活动';

/** The details up to their total, and what the total has beyond them. */
function pieces(total: number, told: readonly Piece[], rest: string): readonly Piece[] {
  let left = total;
  const named = told.flatMap(({ origin, value }) => {
    const counted = Math.min(left, value);
    left -= counted;
    return counted > 0 ? [{ origin, value: counted }] : [];
  });
  return left > 0 ? [...named, { origin: rest, value: left }] : named;
}

/**
 * The reductions as discounts of the bill, minutes first (G13): these are worth what the stay would have cost less, had it been so much
 * shorter when the bill was made. All together never more than the stay's own due.
 */
export function worthOf(bill: Bill, stay: Stay, told: Reductions, context: KeytopContext): readonly PlatformDiscount[] {
  const minutes = pieces(
    told.freeMinutes,
    told.details.map(({ origin, minutes: value }) => ({ origin, value })),
    '减免时长',
  );
  const money = [
    ...pieces(told.discountFen, [], CAMPAIGN),
    ...pieces(
      told.freeMoneyFen,
      told.details.map(({ origin, moneyFen: value }) => ({ origin, value })),
      '减免金额',
    ),
  ];
  const worthOfMinutes = minutesWorth(bill, stay, context);
  let left = bill.dueFen;
  let counted = 0;
  let byMinutes = 0;
  const lines: PlatformDiscount[] = [];
  for (const { origin, value } of minutes) {
    counted += value;
    const worth = Math.max(byMinutes, worthOfMinutes(counted));
    const amountFen = Math.min(left, worth - byMinutes);
    byMinutes = worth;
    left -= amountFen;
    lines.push({ kind: 'minutes', value, origin, originKind: 'platform', amountFen });
  }
  for (const { origin, value } of money) {
    const amountFen = Math.min(left, value);
    left -= amountFen;
    lines.push({ kind: 'amount', value, origin, originKind: origin === CAMPAIGN ? 'rule' : 'platform', amountFen });
  }
  return lines;
}

/** How much less the bill would have been over, had the car stood so many minutes less. A fee that a person set knows no minutes. */
function minutesWorth(
  bill: Bill,
  stay: Stay,
  { settings, station, clock }: KeytopContext,
): (minutes: number) => number {
  if (bill.tariffId === 'fixed') return () => 0;
  const { createdAt: at, dueFen } = bill;
  // What a shorter stay would cost nobody here can work out: each minute is worth its share.
  if (settings.pricing.enabled)
    return (minutes) => (minutes >= bill.minutes ? dueFen : Math.floor((dueFen * minutes) / bill.minutes));
  const { lanes } = station();
  // The same for however many minutes, and a long stay takes its time.
  let whole: number | undefined;
  return (minutes) => {
    whole ??= lanes.account(stay, at)?.dueFen;
    const after = lanes.account({ ...stay, discounts: [...stay.discounts, minutesOff(minutes, clock.now())] }, at);
    return whole !== undefined && after ? Math.max(0, Math.min(dueFen, whole - after.dueFen)) : 0;
  };
}

const minutesOff = (value: number, grantedAt: number): Discount => ({
  ...{ id: 'disc-told', kind: 'minutes', value, maxFen: null, minimumFen: 0, origin: KEYTOP.name },
  ...{ originKind: 'platform', couponId: null, grantedAt },
});
