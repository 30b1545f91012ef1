import type { Stay } from '../../../../shared/domain/stay.ts';
import { carriedOut } from './carried-out.ts';
import { done, notDone, notNow, SHENZHEN, type ShenzhenContext, type ShenzhenReply } from './context.ts';
import { type Coupon, oddRate, takenOff } from './coupons.ts';
import { couponBase, type Due, dueOf, type Figures, figuresOf } from './due.ts';
import { toEpoch } from './fields.ts';
import { type Quote, quotesOf } from './money-marks.ts';
import { isUsed } from './order.ts';

type Priced = Exclude<Due, { kind: 'unknown' }>;

/** So many of the last quotes of a record are known: the city may have asked once more before its payment was told. */
const KEPT_QUOTES = 5;

/** What a record has to pay now, and with these coupons (6.3.14). Told is what onlinePay pays while it holds. */
export async function quote(
  recordCode: string,
  found: Stay,
  coupons: readonly Coupon[],
  context: ShenzhenContext,
): Promise<ShenzhenReply> {
  const { station, settings } = context;
  const odd = oddRate(coupons, settings.coupons);
  if (odd) return notDone(400, `couponList: 优惠券 ${odd.id} 的 discountRate 过大`);
  await station().prices?.fresh(found);
  // While a price was waited for the car may have come to an exit, or left.
  const stay = station().read.stays.get(found.uid) ?? found;
  return carriedOut(() => {
    const due = dueOf(stay, context);
    if (due.kind === 'unknown') return notNow(due.why);
    const figures = figuresOf(due, context);
    const fresh = coupons.filter(({ id }) => !isUsed(id, context));
    const lines = due.kind === 'nothing' ? [] : takenOff(fresh, couponBase(due, context), settings.coupons);
    const off = lines.reduce((sum, { amountFen }) => sum + amountFen, 0);
    const payFen = figures.needPay - off;
    keep(due, { payFen, coupons: [...lines] }, context);
    return told(
      recordCode,
      due.stay,
      { ...figures, agioMoney: figures.agioMoney + off, needPay: payFen },
      lines.map(({ couponId }) => couponId),
      context,
    );
  });
}

/**
 * An app asks every few seconds while its driver looks at the sum. Nothing is written for that while the bill and the quote that stand say
 * the same, and hold for half of their time at least.
 */
function keep(due: Priced, told: Pick<Quote, 'payFen' | 'coupons'>, context: ShenzhenContext): void {
  const { clock, settings, station } = context;
  const now = clock.now();
  const holdsMs = settings.payments.quoteMinutes * 60_000;
  const isEnding = (until: number): boolean => until - now <= holdsMs / 2;
  const bill = due.kind === 'bill' ? due.bill : undefined;
  // One that stands at a lane holds as long as its car.
  const billUntil = bill && station().payments.desk.laneOf(bill.id) === null ? bill.validUntil : null;
  const renew = bill !== undefined && billUntil !== null && isEnding(billUntil);
  if (renew) station().payments.prepayments.extend(bill.id, now + holdsMs, SHENZHEN);
  const until = renew || billUntil === null ? now + holdsMs : Math.min(now + holdsMs, billUntil);
  const before = quotesOf.recall(due.stay.uid, context) ?? [];
  // Where another one over the same sum was told since, which of them is paid depends on which was the last.
  const last = before.findLast(({ payFen }) => payFen === told.payFen);
  const quoted: Quote = { at: now, until, billId: bill?.id ?? null, ...told };
  if (last && last.at <= now && !isEnding(last.until) && isSame(last, quoted)) return;
  const others = before.filter((each) => !isSame(each, quoted));
  quotesOf.remember(due.stay.uid, [...others, quoted].slice(-KEPT_QUOTES), context);
}

const isSame = (a: Quote, b: Quote): boolean =>
  a.billId === b.billId && a.payFen === b.payFen && JSON.stringify(a.coupons) === JSON.stringify(b.coupons);

const told = (
  recordCode: string,
  stay: Stay,
  { shouldPay, agioMoney, paidMoney, needPay }: Figures,
  usedCoupons: readonly string[],
  { clock, site, settings }: ShenzhenContext,
): ShenzhenReply =>
  done({
    recordCode,
    plateNumber: stay.plate.text,
    entryTime: toEpoch(stay.enteredAt, settings),
    queryTime: toEpoch(clock.now(), settings),
    ...{ shouldPay, agioMoney, paidMoney, needPay },
    freeLeaveMinutes: site.rules.graceMinutes,
    usedCoupons,
  });
