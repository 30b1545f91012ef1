import { afterEach, describe, expect, it } from 'vitest';
import { CAR, CityWorld } from './city-world.ts';

let world: CityWorld;
afterEach(() => world.dispose());

const never = new AbortController().signal;
const contract = { resultCode: '200', msg: '', noSense: '1', moneyLimit: 1500, departurePay: 1 };
/** As the example has it: no code, no count. */
const arrears = { plateNo: CAR, unPay: 1000, prevent: 1 };
const none = { resultCode: '204', msg: '没有查询到数据' };
const open = () => world.read.debts.open(CAR).map(({ amountFen, intercept }) => [amountFen, intercept]);

describe('looking up a car', () => {
  it('puts contract and arrears into the registry, and says so', async () => {
    world = await CityWorld.open();
    world.answer('getDeparturePayInfo', contract);
    world.answer('getOverDueResult', arrears);
    const uid = await world.parked(5);
    const said = await world.platform.lookUp(CAR, never);
    expect(said).toEqual({ kind: 'known', detail: '欠费 10.00 元；已签约先离场后付费，额度 15.00 元' });
    expect(open()).toEqual([[1000, 'exit']]);
    expect(world.read.agreements.ofPlate(CAR)).toMatchObject([{ kind: 'departure-pay', uid, limitFen: 1500 }]);
    const question = { parkingCode: '1001', plateNo: CAR, plateColor: 1 };
    expect([world.sent('getDeparturePayInfo'), world.sent('getOverDueResult')]).toEqual([[question], [question]]);
  });

  it('takes back what the city no longer knows', async () => {
    world = await CityWorld.open();
    world.answer('getDeparturePayInfo', contract);
    world.answer('getOverDueResult', arrears);
    await world.parked(5);
    await world.platform.lookUp(CAR, never);
    world.answer('getDeparturePayInfo', none);
    world.answer('getOverDueResult', none);
    expect(await world.platform.lookUp(CAR, never)).toEqual({ kind: 'none', detail: '无欠费；未签约' });
    expect([open(), world.read.agreements.ofPlate(CAR)]).toEqual([[], []]);
  });

  it('asks about a car that is not inside for its arrears only', async () => {
    world = await CityWorld.open();
    world.answer('getOverDueResult', arrears);
    expect(await world.platform.lookUp(CAR, never)).toMatchObject({ kind: 'known' });
    expect(world.sent('getDeparturePayInfo')).toEqual([]);
    expect(world.sent('getOverDueResult')).toEqual([{ parkingCode: '1001', plateNo: CAR }]);
  });

  it('changes nothing when the city does not answer', async () => {
    world = await CityWorld.open();
    world.answer('getOverDueResult', arrears);
    await world.platform.lookUp(CAR, never);
    world.answer('getOverDueResult', { resultCode: '500', msg: '忙' });
    expect(await world.platform.lookUp(CAR, never)).toMatchObject({ kind: 'failed' });
    expect(open()).toEqual([[1000, 'exit']]);
  });
});

describe('after an entry', () => {
  it.each([
    ['never', 0],
    ['offline', 1],
    ['always', 1],
  ] as const)('%s: asked %i times where no notices can come', async (atEntry, times) => {
    world = await CityWorld.open({ settings: { lookUp: { atEntry } } });
    world.answer('getOverDueResult', none);
    world.answer('getDeparturePayInfo', contract);
    world.car('in1');
    if (times === 0) await world.settled();
    else await world.comes('known', () => world.read.agreements.ofPlate(CAR).length > 0);
    expect(world.sent('getOverDueResult')).toHaveLength(times);
    expect(world.read.agreements.ofPlate(CAR)).toHaveLength(times);
  });

  it('asks about a few at once, the newest of those that wait first, and is silent when nobody answers', async () => {
    world = await CityWorld.open({ settings: { lookUp: { atEntry: 'always' } } });
    world.answer('getOverDueResult', () => undefined);
    world.answer('getDeparturePayInfo', () => undefined);
    const plates = ['鲁B11111', '鲁B22222', '鲁B33333', '鲁B44444'];
    for (const text of plates) world.car('in1', text);
    await world.heard('getOverDueResult', 2);
    const asked = world.sent('getOverDueResult').map((data) => data['plateNo']);
    expect(new Set(asked)).toEqual(new Set(['鲁B33333', '鲁B44444']));
    expect(world.alarms.list().filter(({ code }) => code.startsWith('qingdao'))).toEqual([]);
  });
});
