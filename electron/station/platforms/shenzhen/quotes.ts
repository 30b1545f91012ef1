import type { Stay } from '../../../../shared/domain/stay.ts';
import { carriedOut } from './carried-out.ts';
import { done, notDone, SHENZHEN, type ShenzhenContext, type ShenzhenReply } from './context.ts';
import { type Coupon, oddRate, takenOff } from './coupons.ts';
import { couponBase, dueOf, type Figures, figuresOf } from './due.ts';
import { toEpoch } from './fields.ts';
import { type Quote, quotesOf } from './money-marks.ts';
import { isUsed } from './order.ts';

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
    if (due.kind === 'unknown') return notDone(1, due.why);
    const figures = figuresOf(due, context);
    const fresh = coupons.filter(({ id }) => !isUsed(id, context));
    const lines = due.kind === 'nothing' ? [] : takenOff(fresh, couponBase(due, context), settings.coupons);
    const off = lines.reduce((sum, { amountFen }) => sum + amountFen, 0);
    const now = context.clock.now();
    const until = now + settings.payments.quoteMinutes * 60_000;
    const payFen = figures.needPay - off;
    const billId = due.kind === 'bill' ? due.bill.id : null;
    if (billId !== null) station().payments.prepayments.extend(billId, until, SHENZHEN);
    keep(due.stay, { at: now, until, billId, payFen, coupons: [...lines] }, context);
    return told(
      recordCode,
      due.stay,
      { ...figures, agioMoney: figures.agioMoney + off, needPay: payFen },
      lines.map(({ couponId }) => couponId),
      context,
    );
  });
}

function keep({ uid }: Stay, quoted: Quote, context: ShenzhenContext): void {
  const before = quotesOf.recall(uid, context) ?? [];
  quotesOf.remember(uid, [...before, quoted].slice(-KEPT_QUOTES), context);
}

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
