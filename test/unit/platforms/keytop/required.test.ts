import { afterEach, expect, test } from 'vitest';
import type { Data } from '../platform-station.ts';
import { KeytopWorld } from './keytop-world.ts';
import { written } from './pay-story.ts';

let world: KeytopWorld;

afterEach(() => world.dispose());

const PERIOD = { startTime: '2026-03-01 00:00:00', endTime: '2026-03-02 00:00:00' };
const REDUCTION = { plateNo: '闽D02000', freeMoney: 100, freeTime: 0, remark: '' };
const MONEY = { orderNo: 'bill_1', amount: 0, discount: 0, freeMoney: 0, freeTime: 0, freeDetail: '' };

/** What the tables of 下行3.1 to 3.7 mark 必填; payMethod of 3.2 has a default there (默认与payType一致). */
const REQUIRED: readonly (readonly [name: string, whole: Data, required: readonly string[]])[] = [
  ['GetParkingPaymentInfo', { plateNo: '闽D02000' }, []],
  ['PayParkingFee', { ...MONEY, payType: 4 }, ['orderNo', 'amount', 'discount', 'payType', 'freeMoney', 'freeTime']],
  ['ParkingFree', { ...REDUCTION, payType: 4, payMethod: 4 }, ['payType', 'payMethod']],
  ['GetPaymentStatus', { orderNo: 'bill_1' }, ['orderNo']],
  ['GetPayChargeInfo', { orderNo: '1' }, ['orderNo']],
  ['PayChargeNotice', { orderNo: '1', chargeType: '0' }, ['orderNo', 'chargeType']],
  ['PayChargeReport', { ...PERIOD, pageIndex: 1, pageCount: 10 }, ['startTime', 'endTime', 'pageIndex', 'pageCount']],
];

test.each(
  REQUIRED.flatMap(([name, whole, required]) =>
    ['parkCode', ...required].map((field) => [name, field, whole] as const),
  ),
)('%s without %s: 1 with its name, and nothing changes', async (name, field, whole) => {
  world = await KeytopWorld.open();
  await world.parked(65);
  for (const nothing of [undefined, null, '']) {
    const before = written(world);
    const { resCode, resMsg, data } = await world.call(name, { ...whole, [field]: nothing });
    expect({ resCode, data }).toEqual({ resCode: 1, data: null });
    expect(resMsg).toContain(field);
    expect([written(world), world.cases()]).toEqual([before, []]);
  }
});

test.each([
  ['GetParkingPaymentInfo', { plateNo: '', cardNo: '', deviceCode: '' }],
  ['ParkingFree', { ...REDUCTION, plateNo: '', cardNo: '', payType: 4, payMethod: 4 }],
])('%s without any of its keys: 1, and nothing changes', async (name, fields) => {
  world = await KeytopWorld.open();
  await world.parked(65);
  const before = written(world);
  expect(await world.call(name, fields)).toMatchObject({ resCode: 1, data: null });
  expect(written(world)).toEqual(before);
});
