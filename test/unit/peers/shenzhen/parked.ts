import type { Caller } from './caller.ts';
import { ENTRY, PARK, RECORD } from './samples.ts';
import { onlineWorld, type World } from './support.ts';
import { MINUTE, NOW } from './wire.ts';

export const GATE = 'GATE-01';
export const FEE = {
  ...{ recordCode: RECORD, plateNumber: '粤B12345', entryTime: NOW - 120 * MINUTE, queryTime: NOW, shouldPay: 1000 },
  ...{ agioMoney: 0, paidMoney: 0, needPay: 1000, freeLeaveMinutes: 15, usedCoupons: [] },
};
type Online = World & { readonly caller: Caller };

/** A car that came in, and a car park that says what it owes and how its gate stands. */
export async function parked(): Promise<Online> {
  const w = await onlineWorld();
  await w.park.says('park', PARK);
  await w.park.says('parkRecordEntry', ENTRY);
  w.caller.answers['feeQuery'] = { data: FEE };
  w.caller.answers['gateStatus'] = ({ barCode }) => ({ data: { barCode, state: 1, gateState: 0 } });
  return w;
}
