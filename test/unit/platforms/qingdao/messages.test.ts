import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { qingdao } from '../../../../electron/station/platforms/qingdao/index.ts';
import type { Plate } from '../../../../shared/domain/plate.ts';
import { type AppliedDiscount, departureDebtId } from '../../../../shared/domain/registry.ts';
import { deps, entered, exited, other, paid, photographed, settings, stay } from './support.ts';

const platform = qingdao.create(settings({ defaults: { plateColor: 3, carType: 2 } }), deps());
const record = z.record(z.string(), z.unknown());
const onlyDraft = (drafts: ReturnType<typeof platform.project>) => {
  expect(drafts).toHaveLength(1);
  const [draft] = drafts;
  return { ...draft, body: record.parse(draft?.body) };
};

it('every message whose figures a comparison shows has a title', () => {
  const named = new Map((platform.words ?? []).map(({ name, title }) => [name, title]));
  for (const { name, title } of qingdao.messages.filter(({ direction }) => direction === 'up' || direction === 'query'))
    expect(named.get(name), name).toBe(title);
});

describe('projection', () => {
  it('makes uploadCarInData of an entry', () => {
    expect(platform.project(entered())).toEqual([
      {
        id: 'uploadCarInData:1001120260302080509000:rec_in',
        message: 'uploadCarInData',
        key: '1001120260302080509000',
        kind: 'record',
        body: {
          uid: '1001120260302080509000',
          arriveID: 'rec_in',
          parkingCode: '1001',
          plateNo: '鲁B01C01',
          plateColor: 1,
          carType: 1,
          parkingType: 1,
          gateNo: 'B1',
          operatorCode: '01C001',
          totalBerthNum: 150,
          openBerthNum: 130,
          freeBerthNum: 70,
          entryNum: '1',
          arriveTime: '2026-03-02 08:05:09',
        },
      },
    ]);
  });

  it('makes uploadCarOutData of an exit, without an operator when the station acted by itself', () => {
    expect(onlyDraft(platform.project(exited())).body).toEqual({
      uid: '1001120260302080509000',
      endID: 'rec_out',
      parkingCode: '1001',
      plateNo: '鲁B01C01',
      plateColor: 1,
      carType: 1,
      parkingType: 1,
      gateNo: null,
      operatorCode: null,
      totalBerthNum: 150,
      openBerthNum: 130,
      freeBerthNum: 70,
      entryNum: '1',
      arriveTime: '2026-03-02 08:05:09',
      endTime: '2026-03-02 11:05:10',
      outNum: '2',
      chargeFee: 1000,
      shouldPay: 800,
    });
  });

  it('makes uploadPayRecord of a payment', () => {
    const draft = onlyDraft(platform.project(paid()));
    expect(draft).toMatchObject({ id: 'uploadPayRecord:1001120260302080509000:bill_9', kind: 'record' });
    expect(draft.body).toEqual({
      billID: 'bill_9',
      uid: '1001120260302080509000',
      plateNo: '鲁B01C01',
      parkingCode: '1001',
      chargeFee: 1000,
      shouldPay: 800,
      actualPay: 800,
      billTime: '2026-03-02 11:05:01',
      dealTime: '2026-03-02 11:05:07',
      paidType: 1,
      payType: 103,
      billWay: 0,
    });
  });

  it.each([
    [
      { method: 'alipay', scene: 'prepaid', via: 'qingdao' },
      { paidType: 2, payType: 102, billWay: 1 },
    ],
    [
      { method: 'wechat', scene: 'after-departure', via: 'qingdao' },
      { paidType: 3, payType: 101, billWay: 1 },
    ],
    [
      { method: 'unionpay', scene: 'arrears', via: null },
      { paidType: 6, payType: 104, billWay: 0 },
    ],
    [
      { method: 'etc', scene: 'gate', via: null },
      { paidType: 10, payType: 103, billWay: 0 },
    ],
    [
      { method: 'platform', scene: 'gate', via: 'qingdao' },
      { paidType: 4, payType: 103, billWay: 1 },
    ],
    [
      { method: 'platform', scene: 'gate', via: 'cmb' },
      { paidType: 9, payType: 103, billWay: 0 },
    ],
  ] as const)('codes the payment %o as %o', (how, codes) => {
    expect(onlyDraft(platform.project(paid(how))).body).toMatchObject(codes);
  });

  it('tells what the collecting platform took off at paying apart from what the car park let off', () => {
    const line = (id: string, originKind: 'platform' | 'merchant', amountFen: number): AppliedDiscount => ({
      discount: {
        ...{ id, originKind, value: amountFen, maxFen: null, minimumFen: 0, origin: 'x', couponId: null, grantedAt: 0 },
        kind: 'amount',
      },
      amountFen,
      text: '',
    });
    const event = paid({
      ...{ chargeFen: 1000, discountFen: 500, dueFen: 500, paidFen: 500, via: 'qingdao', attemptId: 'att_1' },
      discounts: [line('d_1', 'merchant', 200), line('by-att_1', 'platform', 300)],
    });
    expect(onlyDraft(platform.project(event)).body).toMatchObject({ chargeFee: 1000, shouldPay: 800, actualPay: 500 });
  });

  const writtenOff = (body: Parameters<typeof paid>[0]) =>
    platform.project(paid({ scene: 'arrears', ...body })).map(({ message, key, body: fields }) => ({
      ...{ message, key },
      billID: record.parse(fields)['billID'],
    }));
  const key = '1001120260302080509000';

  it('tells the platform that a debt of its own was paid in another way, after the payment', () => {
    expect(writtenOff({ debtId: 'qingdao-鲁B01C01', billId: 'bill_9-a1' })).toEqual([
      { message: 'uploadPayRecord', key, billID: 'bill_9-a1' },
      { message: 'cancelOverDueBill', key: null, billID: 'bill_9-a1' },
    ]);
    const own = departureDebtId('qingdao', 'bill_3');
    const both = [
      { message: 'uploadPayRecord', key, billID: 'bill_3' },
      { message: 'cancelOverDueBill', key, billID: 'bill_3' },
    ];
    expect(writtenOff({ debtId: own, billId: 'bill_9-a1' })).toEqual(both);
    // In the app, and yet under another bill: the platform does not know that this one is paid.
    expect(writtenOff({ debtId: own, billId: 'bill_9-a1', via: 'qingdao' })).toEqual(both);
  });

  it.each([
    [
      'the bill that it collects itself',
      { debtId: departureDebtId('qingdao', 'bill_3'), billId: 'bill_3', via: 'qingdao' },
    ],
    ["another platform's departed car", { debtId: departureDebtId('keytop', 'bill_3'), billId: 'bill_9-a1' }],
    ['a debt that is none of its business', { debtId: 'debt_1', billId: 'bill_9-a1' }],
    ['no debt at all', { debtId: null }],
  ])('writes nothing off for %s', (_what, body) => {
    expect(writtenOff(body).map(({ message }) => message)).toEqual(['uploadPayRecord']);
  });

  it('makes uploadPhoto of entry and exit photos of a stay, to wait behind the records', () => {
    const draft = onlyDraft(platform.project(photographed({ purpose: 'exit' })));
    expect(draft).toMatchObject({ id: 'uploadPhoto:1001120260302080509000:ph_1', kind: 'photo' });
    expect(draft.body).toEqual({
      uid: '1001120260302080509000',
      parkingCode: '1001',
      photoID: 'ph_1',
      time: '2026-03-02 08:05:09',
      type: 2,
      name: 'in1.jpg',
    });
    expect(onlyDraft(platform.project(photographed({ name: `${'长'.repeat(80)}.jpg` }))).body['name']).toHaveLength(60);
  });

  it.each([
    ['a photo without a stay', photographed({ stay: null })],
    ['a photo of a manual opening', photographed({ purpose: 'manual' })],
    ['an event of another kind', other()],
  ])('makes nothing of %s', (_what, event) => {
    expect(platform.project(event)).toEqual([]);
  });

  const plate = (text: string, kind: Plate['kind'], color: Plate['color'] = 'blue'): Plate => ({ text, kind, color });
  it.each([
    [plate('', 'none', 'unknown'), { plateNo: '无车牌', plateColor: 3, carType: 2 }],
    [plate('', 'unread', 'unknown'), { plateNo: '未识别', plateColor: 3, carType: 2 }],
    [plate('鲁B·01-C 01', 'irregular'), { plateNo: '鲁B01C01', plateColor: 1, carType: 1 }],
    [plate('鲁B?1C01', 'irregular'), { plateNo: '未识别', plateColor: 1, carType: 1 }],
    [plate('鲁BD12345', 'new-energy-small', 'green'), { plateNo: '鲁BD12345', plateColor: 5 }],
    [plate('鲁B12345D', 'new-energy-large', 'yellow-green'), { plateColor: 6 }],
    [plate('ABCDEFGHIJKLMNOP', 'irregular', 'unknown'), { plateNo: '未识别', plateColor: 3, carType: 1 }],
  ])('writes the plate %o as %o', (found, wire) => {
    expect(onlyDraft(platform.project(entered({ stay: stay({ plate: found }) }))).body).toMatchObject(wire);
  });

  it.each([
    ['monthly', 2],
    ['shared', 3],
    ['special', 4],
  ] as const)('codes %s parking and large vehicles', (parkingType, code) => {
    const event = entered({ stay: stay({ parkingType, vehicleClass: 'large' }) });
    expect(onlyDraft(platform.project(event)).body).toMatchObject({ parkingType: code, carType: 3 });
  });

  it('gives the same drafts for the same event, and bodies that survive JSON and their own schema', () => {
    for (const event of [entered(), exited(), paid(), photographed()]) {
      const first = platform.project(event);
      expect(platform.project(structuredClone(event))).toEqual(first);
      for (const { message, body } of first) {
        const { schema } = qingdao.messages.find(({ name }) => name === message) ?? {};
        const stored: unknown = JSON.parse(JSON.stringify(body));
        expect(schema?.safeParse(stored).error?.issues ?? []).toEqual([]);
      }
    }
  });
});
