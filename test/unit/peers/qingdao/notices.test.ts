import { describe, expect, test } from 'vitest';
import type { PayResult } from '../../../peers/qingdao/index.ts';
import { worldWithBroker } from './support.ts';

const PLATE = '鲁B01C01';
const LONG_ID = '9007199254740993123';
const SPECIAL = { plateNo: PLATE, operateType: 0, operate: 0 } as const;
const RESULT: PayResult = {
  ...{ plateNo: PLATE, billID: 'B1', billTime: '2026-03-02 09:34:00', shouldPay: 500, payStatus: 1 },
  ...{ actualPay: 500, discountAmount: 0, dealTime: '2026-03-02 09:34:20', orderCode: '42', paidType: 3, payType: 102 },
};

describe('the five notices', () => {
  test('arrive on their topics with their bodies, and are confirmed', async () => {
    const { clock, platform, park } = await worldWithBroker();
    platform.downlink.nextRequestId = BigInt(LONG_ID);
    await platform.publishPayResult(RESULT);
    await platform.publishDeparturePayInfo({ plateNo: PLATE, noSense: 1, moneyLimit: 1000, departurePay: 1 });
    await platform.publishOverDueResult({ plateNo: PLATE, overDueCount: 2, unPay: 1500, prevent: 1 });
    await platform.publishSpecialCar(SPECIAL);
    await expect.poll(() => platform.downlink.confirms.length).toBe(4);
    expect(park.inbox.map(({ topic, requestId, body }) => [topic, requestId, body])).toEqual([
      ['qdpark/v1/payResult/234/1001', LONG_ID, RESULT],
      [
        'qdpark/v1/departurePayInfo/234/1001',
        '9007199254740993124',
        { parkingCode: '1001', plateNo: PLATE, plateColor: 1, noSense: 1, moneyLimit: 1000, departurePay: 1 },
      ],
      [
        'qdpark/v1/overDueResult/234/1001',
        '9007199254740993125',
        { plateNo: PLATE, overDueCount: 2, unPay: 1500, prevent: 1 },
      ],
      [
        'qdpark/v1/specialCar/234/1001',
        '9007199254740993126',
        expect.objectContaining({ ...SPECIAL, parkingCode: '1001' }),
      ],
    ]);
    expect(park.inbox[0]?.timestamp).toBe('2026-03-02 10:00:00');
    expect(platform.violations).toEqual([]);
    expect(platform.unconfirmed()).toEqual([]);
    expect(platform.late()).toEqual([]);
    await clock.advance(1);
  });

  test('a fee query is open until a bill of that plate comes', async () => {
    const { platform, park } = await worldWithBroker(false);
    const notice = await platform.publishFee({ plateNo: PLATE });
    await expect.poll(() => park.inbox.length).toBe(1);
    const fee = { name: 'fee', requestId: notice.requestId, body: notice.body };
    expect(platform.unconfirmed()).toEqual([notice]);
    await park.confirm(fee, { success: false, params: { plateNo: '鲁B99999', parkingCode: '1001' } });
    expect(platform.violations.splice(0)).toMatchObject([{ rule: 'echo', field: 'params' }]);
    await park.confirm(fee, { success: false });
    expect(platform.unconfirmed()).toEqual([]);
    expect(await platform.waitForConfirm(notice.requestId)).toMatchObject({ success: false });
  });
});

describe('what can be wrong with a notice', () => {
  test('its place, its time, its seal, its words', async () => {
    const { platform, park } = await worldWithBroker(false);
    const options = [
      { leadingSlash: true },
      { legacy: true },
      { node: 2 },
      { parkingCode: '1002' },
      { shiftMs: -60_000 },
      { shiftMs: 60_000 },
      { timestamp: '2008-08-08 08:08:08' },
      { seal: 'platformPrivate' },
      { wrapped: true },
      { badSign: true },
      { garbage: true },
      { topic: 'qdpark/v1/holidaySet/234/1001' },
    ] as const;
    for (const one of options) await platform.publishDeparturePayInfo({ plateNo: PLATE }, one);
    await expect.poll(() => park.inbox.length).toBe(options.length);
    const [slash, legacy, node, other, stale, future, old, sealed, wrapped, bad, garbage, unknown] = park.inbox;
    expect([slash, legacy, node, other, unknown].map((one) => one?.topic)).toEqual([
      '/qdpark/v1/departurePayInfo/234/1001',
      '/qdpark/v1/nosenseinfo/234/1001',
      'qdpark/v1/departurePayInfo/234_2/1001',
      'qdpark/v1/departurePayInfo/234/1002',
      'qdpark/v1/holidaySet/234/1001',
    ]);
    expect([stale, future, old].map((one) => one?.timestamp)).toEqual([
      '2026-03-02 09:59:00',
      '2026-03-02 10:01:00',
      '2008-08-08 08:08:08',
    ]);
    const body = { parkingCode: '1001', plateNo: PLATE, plateColor: 1, noSense: 0, moneyLimit: 0, departurePay: 0 };
    expect(sealed).toMatchObject({ signed: true, body });
    expect(other?.body).toEqual({ ...body, parkingCode: '1002' });
    expect(wrapped?.body).toEqual({ data: body });
    expect(bad).toMatchObject({ signed: false, body });
    expect(garbage).toMatchObject({ signed: true, body: null });
    expect(platform.downlink.notices.map(({ confirmation }) => confirmation)).toEqual([
      ...['must', 'must', 'must', 'must-not', 'must', 'must', 'must', 'must', 'must'],
      ...['must-not', 'must-not', 'may'],
    ]);
    expect(platform.unconfirmed()).toHaveLength(8);
  });

  test('what should have been dropped must not be confirmed', async () => {
    const { platform, park } = await worldWithBroker(false);
    await platform.publishSpecialCar(SPECIAL, { badSign: true });
    await platform.publishOverDueResult({ plateNo: PLATE }, { parkingCode: '1002' });
    await expect.poll(() => park.inbox.length).toBe(2);
    for (const received of park.inbox) await park.confirm(received);
    expect(platform.violations.map(({ rule }) => rule)).toEqual(['confirm', 'confirm']);
  });

  test('what it says may be outside its own table: it is repeated all the same', async () => {
    const { platform } = await worldWithBroker();
    await platform.downlink.publish('overDueResult', {
      plateNo: PLATE,
      overDueCount: 1,
      unPay: 5,
      prevent: 7,
      note: 'x',
    });
    await expect.poll(() => platform.downlink.confirms.length).toBe(1);
    expect(platform.violations).toEqual([]);
  });
});

describe('confirmations', () => {
  test('are held against the clock: five seconds, twenty for the lists', async () => {
    const { clock, platform, park } = await worldWithBroker(false);
    await platform.publishSpecialCar(SPECIAL);
    await platform.publishOverDueResult({ plateNo: PLATE });
    await expect.poll(() => park.inbox.length).toBe(2);
    await clock.advance(6_000);
    for (const received of park.inbox) await park.confirm(received);
    expect(platform.late()).toMatchObject([{ interface: 'confirmOverDueResult', latencyMs: 6_000, limitMs: 5_000 }]);
    expect(platform.downlink.confirms).toMatchObject([{ latencyMs: 6_000, limitMs: 20_000 }, {}]);
    expect(platform.violations).toEqual([]);
  });

  test('come once for each departure of a notice, or are repeats', async () => {
    const { platform, park } = await worldWithBroker(false);
    const notice = await platform.publishOverDueResult({ plateNo: PLATE });
    await platform.downlink.repeat(notice);
    await expect.poll(() => park.inbox.length).toBe(2);
    for (const received of park.inbox) await park.confirm(received);
    expect(platform.repeats).toEqual([]);
    const [received] = park.inbox;
    if (!received) throw new Error('nothing received');
    await park.confirm(received);
    expect(platform.repeats).toMatchObject([{ interface: 'confirmOverDueResult', id: notice.requestId }]);
    expect(platform.violations).toEqual([]);
    platform.downlink.answers.once = true;
    await park.confirm(received);
    expect(platform.violations).toMatchObject([{ rule: 'confirm', field: 'requestId' }]);
  });

  test('that the network doubles are the network’s fault', async () => {
    const { platform, park } = await worldWithBroker();
    platform.downlink.answers.once = true;
    platform.fault({ kind: 'duplicate' }, { times: 1 });
    await platform.publishOverDueResult({ plateNo: PLATE });
    await expect.poll(() => platform.log.map(({ outcome }) => outcome)).toEqual(['accepted', 'repeat']);
    expect(park.inbox).toHaveLength(1);
    expect(platform.violations).toEqual([]);
  });

  test('may come again when their answer was lost', async () => {
    const { platform, park } = await worldWithBroker(false);
    platform.downlink.answers.once = true;
    await platform.publishOverDueResult({ plateNo: PLATE });
    await expect.poll(() => park.inbox.length).toBe(1);
    const [received] = park.inbox;
    if (!received) throw new Error('nothing received');
    platform.fault({ kind: 'answer-lost' }, { times: 1 });
    await expect(park.confirm(received)).rejects.toThrow();
    expect(await park.confirm(received)).toMatchObject({ resultCode: '200' });
    expect(platform.violations).toEqual([]);
    expect(platform.repeats).toHaveLength(1);
  });
});

describe('on the way to the broker', () => {
  test('notices are lost, doubled, late, and out of order', async () => {
    const { clock, platform, park } = await worldWithBroker(false);
    const publish = (unPay: number) => platform.publishOverDueResult({ plateNo: PLATE, unPay });
    platform.downlink.fault({ kind: 'lose' }, { times: 1 });
    await publish(1);
    platform.downlink.fault({ kind: 'duplicate' }, { times: 1 });
    await publish(2);
    platform.downlink.fault({ kind: 'delay', ms: 3_000 }, { times: 1 });
    await publish(3);
    const hold = platform.downlink.fault({ kind: 'hold' });
    await publish(4);
    await publish(5);
    hold.clear();
    await publish(6);
    expect(platform.downlink.held.map(({ body }) => body.unPay)).toEqual([4, 5]);
    await platform.downlink.release('reversed');
    await clock.advance(3_000);
    await expect.poll(() => park.inbox.map(({ body }) => body?.unPay)).toEqual([2, 2, 6, 5, 4, 3]);
    expect(platform.unconfirmed().map(({ body }) => body.unPay)).toEqual([2, 3, 4, 5, 6]);
  });
});
