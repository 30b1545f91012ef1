import type { EventKind } from '../../../../shared/domain/events.ts';
import type { Attempt, Bill } from '../../../../shared/domain/money-flow.ts';
import type { Data } from '../platform-station.ts';
import { CAR, type KeytopWorld } from './keytop-world.ts';

/** PayParkingFee as a third party without coupons tells it, but for what the test says. */
export const payment = (orderNo: string, amount: number, more: Data = {}): Data => ({
  ...{ orderNo, amount, discount: 0, payType: 4, payMethod: 4, freeMoney: 0, freeTime: 0, freeDetail: '' },
  ...more,
});

/** The order over what a car has to pay. */
export async function ordered(world: KeytopWorld, keys: Data = { plateNo: CAR }): Promise<string> {
  const { data } = await world.call('GetParkingPaymentInfo', keys);
  const orderNo = data?.[0]?.['orderNo'];
  if (typeof orderNo !== 'string') throw new Error('no order');
  return orderNo;
}

/** A code of 4.1 is on the screen for this bill. */
export function codeShown(
  world: KeytopWorld,
  bill: Bill,
  id = `att_${bill.id}`,
  change: Partial<Attempt> = {},
): string {
  const now = world.clock.now();
  const attempt: Attempt = {
    ...{ id, billId: bill.id, uid: bill.uid, laneId: null, channel: 'keytop-qr', kind: 'qr', method: 'platform' },
    ...{ amountFen: bill.dueFen, discountFen: 0, state: 'sent', setAside: false, guarantee: null },
    ...{ reference: 'P-1', detail: '', createdAt: now, updatedAt: now },
    ...change,
  };
  world.write({
    ...{ kind: 'attempt-changed', key: bill.uid, laneId: null, passageId: null },
    ...{ actor: { kind: 'station', name: 'station' }, body: { attempt } },
  });
  return id;
}

/** These say that nothing was booked; and the answer of an arm comes when it comes. */
const BESIDE = new Set<EventKind>(['case-changed', 'alarm', 'gate-answered']);

/** What stands in the journal of what was done. */
export const written = (world: KeytopWorld): readonly string[] =>
  world.read.journal
    .after(0, 100_000)
    .filter(({ kind }) => !BESIDE.has(kind))
    .map(({ kind, seq }) => `${seq} ${kind}`);
