import { expect, test } from 'vitest';
import { broken, ENTRY, MINUTE, NOW, onlineWorld, PARK, RECORD } from './support.ts';

const FEE = {
  ...{ recordCode: RECORD, plateNumber: '粤B12345', entryTime: NOW - 120 * MINUTE, queryTime: NOW, shouldPay: 1000 },
  ...{ agioMoney: 0, paidMoney: 0, needPay: 1000, freeLeaveMinutes: 15, usedCoupons: [] },
};

test('a fee is asked and answered', async () => {
  const w = await onlineWorld();
  await w.park.says('park', PARK);
  await w.park.says('parkRecordEntry', ENTRY);
  w.caller.answers['feeQuery'] = { data: FEE };
  const call = await w.cloud.feeQuery(RECORD);
  expect(call).toMatchObject({ outcome: 'answered', code: 0, ok: true, legal: true, violations: [] });
  expect(call.answer?.data['needPay']).toBe(1000);
  expect(broken(w)).toEqual([]);
});
