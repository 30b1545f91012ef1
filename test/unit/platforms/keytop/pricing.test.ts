import { afterEach, describe, expect, test } from 'vitest';
import type { FeeAnswer } from '../../../../electron/station/payments/fee-source.ts';
import { shanghaiDateTime } from '../../../../shared/domain/time.ts';
import { IN, OUT } from '../../../support/lane-world.ts';
import { ANNA, CAR, type KeytopOptions, KeytopWorld, MINUTE } from './keytop-world.ts';

/** 上行5.3 第三方线上自主计费. */

let world: KeytopWorld;
afterEach(() => world.dispose());

const NAME = 'AutonomousCalfee';
const open = async (options: KeytopOptions = {}): Promise<KeytopWorld> => {
  world = await KeytopWorld.open({ ...options, settings: { pricing: { enabled: true }, ...options.settings } });
  return world;
};
const data = (payMoney: unknown) => ({ resCode: 0, resMsg: '', data: [{ payMoney }] });
const stay = (uid: string) => {
  const found = world.read.stays.get(uid);
  if (!found) throw new Error('no stay');
  return found;
};
const ask = (uid: string, laneId: string | null = OUT.id): Promise<FeeAnswer> => {
  const { fees } = world.platform;
  if (!fees) throw new Error('prices nothing');
  return fees.ask({ stay: stay(uid), at: world.clock.now(), laneId }, new AbortController().signal);
};

test('nothing is priced there unless the settings say so', async () => {
  world = await KeytopWorld.open();
  expect(world.platform.fees).toBeUndefined();
  const uid = await world.parked(65);
  world.car(OUT.id);
  expect(world.bill(uid)).toMatchObject({ tariffId: 't', dueFen: 1000 });
  expect(world.sent(NAME)).toEqual([]);
});

describe('the question', () => {
  test('has every field of the table, dates with dashes', async () => {
    await open();
    world.answer(NAME, data(1200));
    const uid = await world.parked(65);
    expect(await ask(uid)).toEqual({ kind: 'fee', toPayFen: 1200 });
    expect(world.sent(NAME)).toEqual([
      {
        parkCode: '1',
        plateNo: CAR,
        cardNo: '',
        entryTime: shanghaiDateTime(stay(uid).enteredAt),
        entryPlace: IN.name,
        leaveTime: shanghaiDateTime(world.clock.now()),
        leavePlace: OUT.name,
      },
    ]);
    expect(world.sent(NAME)[0]?.['entryTime']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  });

  test('names the first exit for a car inside, and lanes as the settings call them', async () => {
    await open({ settings: { placeAs: 'code', devices: { [IN.id]: 'E01', [OUT.id]: 'X01' } } });
    world.answer(NAME, data(1200));
    const uid = await world.parked(65);
    await ask(uid, null);
    expect(world.sent(NAME)).toMatchObject([{ entryPlace: 'E01', leavePlace: 'X01' }]);
  });

  test('names a car without a plate by its number', async () => {
    await open({ site: { rules: { unlicensed: 'admit' } } });
    world.answer(NAME, data(300));
    world.lanes.identify(IN.id, 'openid-1', { kind: 'user', name: 'anna' });
    world.clock.jumpWall(65 * MINUTE);
    const inside = world.read.stays.insideIdentity('openid-1');
    if (!inside) throw new Error('not inside');
    await ask(inside.uid);
    expect(world.sent(NAME)).toMatchObject([{ plateNo: '', cardNo: 'openid-1' }]);
  });

  test('does not leave before it came in, whatever happened to the clock', async () => {
    await open();
    world.answer(NAME, data(0));
    const uid = await world.parked(65);
    world.clock.jumpWall(-300 * MINUTE);
    await ask(uid);
    const [{ entryTime, leaveTime } = {}] = world.sent(NAME);
    expect(leaveTime).toBe(entryTime);
  });
});

describe('the answer', () => {
  test.each([
    [1200, 1200],
    ['1200', 1200],
    [' 0 ', 0],
    [0, 0],
  ])('%j is a price', async (payMoney, toPayFen) => {
    await open();
    world.answer(NAME, data(payMoney));
    expect(await ask(await world.parked(65))).toEqual({ kind: 'fee', toPayFen });
  });

  test.each([[-1], ['-1'], [12.5], ['12.50'], [''], [null], [undefined], ['免费'], [1e15], [true]])(
    '%j is none',
    async (payMoney) => {
      await open();
      world.answer(NAME, data(payMoney));
      expect(await ask(await world.parked(65))).toMatchObject({ kind: 'failed' });
    },
  );

  test('field names in any case, and one object where a list belongs', async () => {
    await open();
    world.answer(NAME, { resCode: '0', resMsg: '', data: { PAYMONEY: 500 } });
    expect(await ask(await world.parked(65))).toEqual({ kind: 'fee', toPayFen: 500 });
  });

  test('a refusal, no data, no JSON, an error of HTTP or nobody there: no price, asked once', async () => {
    await open();
    const uid = await world.parked(65);
    world.answer(NAME, { resCode: 1, resMsg: '未找到车辆', data: null });
    expect(await ask(uid)).toEqual({ kind: 'failed', reason: '未找到车辆' });
    world.answer(NAME, { resCode: 0, resMsg: '', data: [] });
    expect(await ask(uid)).toMatchObject({ kind: 'failed' });
    world.answerHttp(NAME, 200, '<html>');
    expect(await ask(uid)).toMatchObject({ kind: 'failed' });
    world.answerHttp(NAME, 500, '{"resCode":0,"data":[{"payMoney":0}]}');
    expect(await ask(uid)).toMatchObject({ kind: 'failed' });
    expect(world.sent(NAME)).toHaveLength(4);
    await world.vanish();
    expect(await ask(uid)).toMatchObject({ kind: 'failed' });
  });
});

describe('a bill inside', () => {
  const bill = (uid: string) => world.payments.prepayments.bill({ uid }, ANNA);

  test('is made for the price that was just told, and while nobody tells one there is none', async () => {
    await open();
    world.answer(NAME, { resCode: 1, resMsg: '系统维护', data: null });
    const uid = await world.parked(65);
    expect(() => bill(uid)).toThrow(expect.objectContaining({ reason: 'fee-unknown' }));
    await world.prices.fresh(stay(uid));
    expect(() => bill(uid)).toThrow(expect.objectContaining({ reason: 'fee-unknown' }));
    expect(world.read.bills.open(uid)).toBeUndefined();
    world.answer(NAME, data(700));
    await world.prices.fresh(stay(uid));
    expect(bill(uid)).toMatchObject({ kind: 'bill', bill: { tariffId: 'keytop', chargeFen: 700, dueFen: 700 } });
    // The same while it holds, however old the price is by then.
    world.clock.jumpWall(3 * MINUTE);
    expect(bill(uid)).toMatchObject({ kind: 'bill', bill: { dueFen: 700 } });
  });

  test('costs nothing when they say 0', async () => {
    await open();
    world.answer(NAME, data(0));
    const uid = await world.parked(65);
    await world.prices.fresh(stay(uid));
    expect(bill(uid)).toMatchObject({ kind: 'nothing-due' });
  });

  test('paid, it buys the time to leave without another question', async () => {
    await open();
    world.answer(NAME, data(700));
    const uid = await world.parked(65);
    await world.prices.fresh(stay(uid));
    const made = bill(uid);
    if (made.kind !== 'bill') throw new Error('nothing due');
    world.cash(made.bill);
    world.car(OUT.id);
    expect(world.lanes.state(OUT.id).phase).toBe('cleared');
    expect(world.sent(NAME)).toHaveLength(1);
    expect(world.told('vehicle-exited')).toMatchObject([{ body: { how: 'paid', stay: { chargeFen: 700 } } }]);
  });
});

describe('at the exit', () => {
  test('the car is billed what the third party says', async () => {
    await open();
    world.answer(NAME, data('700'));
    const uid = await world.parked(65);
    world.car(OUT.id);
    await world.heard(NAME);
    expect(world.bill(uid)).toMatchObject({ tariffId: 'keytop', dueFen: 700 });
  });

  test('a silent third party holds the car after 5 seconds, and opens nothing', async () => {
    await open({ arms: true });
    world.answer(NAME, () => undefined);
    await world.parked(65);
    world.car(OUT.id);
    await world.heard(NAME);
    expect(world.lanes.state(OUT.id).phase).toBe('pricing');
    // Nobody has to come for it yet.
    const query = async () => (await world.call('GetParkingPaymentInfo', { plateNo: CAR })).resMsg;
    expect(await query()).toBe('正在计费，请稍后再试');
    await world.pass(5100);
    expect(world.lanes.state(OUT.id)).toMatchObject({ phase: 'attention', passage: { attention: 'fee-unknown' } });
    expect(await query()).toBe('请等待工作人员处理');
    expect(world.sent(NAME)).toHaveLength(1);
    expect(world.told('gate-commanded').filter(({ laneId }) => laneId === OUT.id)).toEqual([]);
  });
});
