import { type Attempt, type Bill, toPayFen } from '../../../../shared/domain/money-flow.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import type { Outcome } from '../../payments/channel.ts';
import type { KeytopContext } from './context.ts';
import { cardNoOf, elapsedMinutes, plateOf, toDashed } from './fields.ts';
import { deviceCodeOf } from './places.ts';

/** What codes and scanned codes have in common (4.1, 4.2): the try is the order, and PayParkingFee alone says that it was paid. */

type Needed = Pick<KeytopContext, 'clock' | 'settings'>;

/** Where nobody named this workstation. */
const HERE = 'booth';

/** Bills over a stay; what is owed from before is no order of theirs, unless it is collected with one. */
export const isOrderable = (bill: Bill): boolean =>
  (bill.scene === 'gate' || bill.scene === 'prepaid') && toPayFen(bill) > 0;

export const holdsMs = ({ settings }: Pick<KeytopContext, 'settings'>): number => settings.orders.minutes * 60_000;

/** The order is over: money that still comes for it is refused (G15). */
export const hasRunOut = ({ createdAt }: Attempt, context: Needed): boolean =>
  context.clock.now() > createdAt + holdsMs(context);

export const RUN_OUT: Outcome = { state: 'declined', reference: null, detail: '订单已过期，未收到付款' };

/** The order as it is written; a payment inside the car park is made now. */
export function orderOf({ id, laneId, amountFen }: Attempt, stay: Stay, context: Needed) {
  const { settings, clock } = context;
  const now = clock.now();
  return {
    orderNo: id,
    device: laneId === null ? settings.boothDevice || HERE : deviceCodeOf(laneId, context),
    plate: encodeURIComponent(plateOf(stay)),
    cardNo: cardNoOf(stay),
    inTime: toDashed(stay.enteredAt),
    elapsedTime: elapsedMinutes(stay.enteredAt, now),
    amount: amountFen,
    outTime: toDashed(now),
  };
}
