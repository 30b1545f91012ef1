import { type Bill, toPayFen } from '../../../../shared/domain/money-flow.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import { atExit, isBeingPaid } from '../asked-stay.ts';
import { carriedOut } from './carried-out.ts';
import { KEYTOP, type KeytopContext, type KeytopReply, notDone, rows } from './context.ts';
import { cardNoOf, elapsedMinutes, plateOf, toDashed } from './fields.ts';
import { tellOrder, zeroOrderFor } from './orders.ts';
import { photoLink } from './photo-links.ts';

/** What a car has to pay now, or why that cannot be told (3.1). */

const PERSON = notDone('请等待工作人员处理');
const PRICING = notDone('正在计费，请稍后再试');
const BEING_PAID = notDone('该车正在支付，请稍后再试');

/**
 * The car of a stay, wherever it is: at an exit it pays what stands there, with the debts that are asked for along with it; inside the stay
 * alone.
 */
export async function quote(found: Stay, context: KeytopContext): Promise<KeytopReply> {
  const { station, settings, clock } = context;
  // What stands at an exit was priced there.
  if (settings.pricing.enabled && !atExit(found, context)) await station().prices?.fresh(found);
  // While a price was waited for the car may have come to an exit, or left.
  const stay = station().read.stays.get(found.uid) ?? found;
  const exit = atExit(stay, context);
  if (exit?.phase === 'cleared') return nothingDue(stay, context);
  if (stay.status !== 'inside') return notDone('没有在场记录');
  if (isBeingPaid(stay, context)) return BEING_PAID;
  // The clock was set while it was inside: no fee that follows from that is right, not even none.
  if (stay.enteredAt > clock.now()) return PERSON;
  if (exit?.phase === 'charging' && exit.bill) return billed(exit.bill, stay, context);
  // Nobody has to do anything: the price is on its way.
  if (exit?.phase === 'pricing') return PRICING;
  // The site only wants to look at a car that has nothing to pay.
  if (exit) return exit.attention === 'confirm' ? nothingDue(stay, context) : PERSON;
  return carriedOut(() => {
    // Debts of other visits are collected where the car cannot leave without paying them.
    const wanted = { debts: false, validMinutes: settings.orders.minutes, upToDate: true };
    const made = station().payments.prepayments.bill({ uid: stay.uid }, KEYTOP, wanted);
    return made.kind === 'bill' ? billed(made.bill, made.stay, context) : nothingDue(made.stay, context);
  });
}

function billed(bill: Bill, stay: Stay, context: KeytopContext): KeytopReply {
  const orderNo = tellOrder(bill, context);
  return told(stay, { orderNo, toPayFen: toPayFen(bill), paidFen: bill.paidFen }, context);
}

/** A 0-yuan order is an order. */
const nothingDue = (stay: Stay, context: KeytopContext): KeytopReply =>
  told(stay, { orderNo: zeroOrderFor(stay, context), toPayFen: 0, paidFen: stay.paidFen }, context);

interface Figures {
  readonly orderNo: string;
  readonly toPayFen: number;
  /** Money that was taken for this stay before. */
  readonly paidFen: number;
}

/** `totalFee` is what is left after discounts, with the debts collected along with it: it less `payedFee` is always `payable`. */
function told(stay: Stay, { orderNo, toPayFen: payable, paidFen }: Figures, context: KeytopContext): KeytopReply {
  const { clock, site } = context;
  const now = stay.exitedAt ?? clock.now();
  return rows([
    {
      orderNo,
      plateNo: plateOf(stay),
      cardNo: cardNoOf(stay),
      entryTime: toDashed(stay.enteredAt),
      payTime: toDashed(now),
      elapsedTime: elapsedMinutes(stay.enteredAt, now),
      imgName: entryPhoto(stay, context),
      payable,
      delayTime: site.rules.graceMinutes,
      totalFee: String(payable + paidFen),
      payedFee: String(paidFen),
      outTime: toDashed(now),
    },
  ]);
}

/** Always as an address here, whatever form records have (table of 3.1). */
function entryPhoto({ uid }: Stay, context: KeytopContext): string {
  const { settings, station, clock } = context;
  if (settings.photo.form === 'none') return '';
  const taken = station()
    .read.photos.ofStay(uid)
    .findLast(({ purpose }) => purpose === 'entry');
  return photoLink(taken?.id ?? null, clock.now(), context);
}
