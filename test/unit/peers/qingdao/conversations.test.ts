import { describe, expect, test } from 'vitest';
import { APPLY, BILL, ENTRY, EXIT, MODIFY, RESULT_QUERY } from './samples.ts';
import { worldWithBroker } from './support.ts';

const PLATE = '鲁B01C01';
const LEAVES_FIRST = { noSense: 1, moneyLimit: 1000, departurePay: 1 } as const;

describe('when a car enters', () => {
  test('its contract and its arrears are pushed, if its account is set to it', async () => {
    const { platform, park } = await worldWithBroker();
    platform.owner(PLATE).set({ contract: LEAVES_FIRST, arrears: [{ billID: 'A1', amount: 700 }], announces: true });
    await park.send('uploadCarInData', ENTRY);
    await expect.poll(() => park.inbox.length).toBe(2);
    expect(park.inbox.map(({ name, body }) => [name, body])).toEqual([
      ['departurePayInfo', { parkingCode: '1001', plateNo: PLATE, plateColor: 1, ...LEAVES_FIRST }],
      ['overDueResult', { plateNo: PLATE, overDueCount: 1, unPay: 700, prevent: 0 }],
    ]);
    await park.send('uploadCarInData', ENTRY);
    await expect.poll(() => platform.unconfirmed()).toEqual([]);
    expect(platform.downlink.notices).toHaveLength(2);
    expect(platform.violations).toEqual([]);
  });

  test('the car that it turns out to be is told of, too', async () => {
    const { platform, park } = await worldWithBroker();
    platform.owner('鲁B01C02').set({ contract: LEAVES_FIRST, announces: true });
    await park.send('uploadCarInData', ENTRY);
    await park.send('uploadModifyCarInData', { ...MODIFY, plateNo: '鲁B01C02' });
    await park.send('uploadModifyCarInData', { ...MODIFY, plateNo: '鲁B01C02', plateColor: 5 });
    await expect.poll(() => park.inbox.length).toBe(1);
    expect(park.inbox[0]?.body).toMatchObject({ plateNo: '鲁B01C02', noSense: 1 });
    expect(platform.downlink.notices).toHaveLength(1);
  });

  test('a broker that is not there is told to the test, not to the car park', async () => {
    const { platform, park } = await worldWithBroker();
    platform.owner(PLATE).set({ announces: true });
    await platform.downlink.disconnect();
    expect(await park.send('uploadCarInData', ENTRY)).toMatchObject({ resultCode: '200' });
    await expect.poll(() => platform.failures.length).toBe(1);
  });
});

describe('after a car has left', () => {
  test('its owner pays later, and the notice says so', async () => {
    const { clock, platform, park } = await worldWithBroker();
    platform.owner(PLATE).set({ contract: LEAVES_FIRST, pays: 'later', delayMs: 600_000 });
    await park.send('uploadCarInData', ENTRY);
    await park.send('uploadCarOutData', EXIT);
    expect(await park.send('applyPayment', { ...APPLY, carStock: 1 })).toMatchObject({ payStatus: 0 });
    await park.send('applyPayment', { ...APPLY, carStock: 1 });
    await clock.advance(599_999);
    expect(await park.send('getPayResult', RESULT_QUERY)).toMatchObject({ payStatus: 0 });
    await clock.advance(1);
    await expect
      .poll(() => park.inbox.map(({ name, body }) => [name, body?.billID, body?.payType]))
      .toEqual([['payResult', 'B1', 101]]);
    await expect.poll(() => platform.city.bills.get('B1')?.told).toBe(true);
    await clock.advance(3_600_000);
    expect(platform.downlink.notices).toHaveLength(1);
    expect(platform.violations).toEqual([]);
  });

  test('its owner pays when told to', async () => {
    const { clock, platform, park } = await worldWithBroker();
    const owner = platform.owner(PLATE).set({ contract: LEAVES_FIRST, pays: 'later', delayMs: 600_000 });
    await park.send('uploadCarInData', ENTRY);
    await park.send('uploadCarOutData', EXIT);
    await park.send('applyPayment', { ...APPLY, carStock: 1 });
    await owner.pay('B1');
    await clock.advance(600_000);
    await expect.poll(() => park.inbox.length).toBe(1);
    expect(platform.downlink.notices).toHaveLength(1);
    expect(() => owner.pay('B9')).toThrow(/B9/);
  });

  test('what was answered as paid can be told once more', async () => {
    const { platform, park } = await worldWithBroker();
    platform.owner(PLATE).set({ pays: 'at-once', noticeAlways: true });
    await park.send('uploadCarInData', ENTRY);
    await park.send('applyPayment', APPLY);
    await expect.poll(() => park.inbox.map(({ body }) => body?.payType)).toEqual([103]);
    expect(platform.violations).toEqual([]);
  });

  test('what was answered into the void is not told', async () => {
    const { platform, park } = await worldWithBroker();
    platform.owner(PLATE).set({ pays: 'at-once' });
    await park.send('uploadCarInData', ENTRY);
    platform.fault({ kind: 'answer-lost' }, { times: 1, interface: 'applyPayment' });
    await expect(park.send('applyPayment', APPLY)).rejects.toThrow();
    expect(platform.city.bills.get('B1')).toMatchObject({ told: false, payment: { payType: 103 } });
    expect(await park.send('getPayResult', RESULT_QUERY)).toMatchObject({ payStatus: 1 });
    await expect.poll(() => platform.city.bills.get('B1')?.told).toBe(true);
  });
});

describe('an owner with a phone', () => {
  test('asks, pays, and is believed', async () => {
    const { platform, park } = await worldWithBroker(false);
    await park.send('uploadCarInData', ENTRY);
    const paying = platform.owner(PLATE).prepay();
    await expect.poll(() => park.inbox.length).toBe(1);
    const [query] = park.inbox;
    if (!query) throw new Error('no query');
    expect(query).toMatchObject({ name: 'fee', body: { plateNo: PLATE, parkingCode: '1001' } });
    await park.confirm(query, { params: BILL });
    expect(await paying).toMatchObject({ billID: 'B1', by: 'uploadFee', payment: { actualPay: 500, payType: 102 } });
    await expect.poll(() => park.inbox.length).toBe(2);
    const [, result] = park.inbox;
    if (!result) throw new Error('no result');
    expect(result).toMatchObject({ name: 'payResult', body: { billID: 'B1', payStatus: 1, payType: 102 } });
    await park.confirm(result);
    expect(platform.city.bills.get('B1')?.told).toBe(true);
    expect(platform.unconfirmed()).toEqual([]);
    expect(platform.violations).toEqual([]);
  });

  test('is told that the car is not here, or nothing at all', async () => {
    const { platform, park } = await worldWithBroker(false);
    const asking = platform.owner(PLATE).ask();
    await expect.poll(() => park.inbox.length).toBe(1);
    const [query] = park.inbox;
    if (!query) throw new Error('no query');
    const refusal = expect(asking).rejects.toThrow(/no bill/);
    await park.confirm(query, { success: false });
    await refusal;
    await expect(platform.owner(PLATE).ask({}, 20)).rejects.toThrow(/within 20 ms/);
  });
});
