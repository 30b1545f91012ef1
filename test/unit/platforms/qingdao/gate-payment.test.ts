import { afterEach, describe, expect, it } from 'vitest';
import { shanghaiDateTime } from '../../../../shared/domain/time.ts';
import { CAR, CityWorld, HOUR } from './city-world.ts';

let world: CityWorld;
afterEach(() => world.dispose());

const paid =
  (changes: object = {}) =>
  (data: Readonly<Record<string, unknown>>) => ({
    ...{ resultCode: '200', msg: '', plateNo: data['plateNo'], billID: data['billID'], shouldPay: 1000, payStatus: 1 },
    ...{ actualPay: 1000, discountAmount: 0, dealTime: '2026-03-02 09:06:09', orderCode: 'order-1', paidType: 2 },
    ...changes,
  });
const unpaid = (data: Readonly<Record<string, unknown>>) => ({
  ...{ resultCode: '200', msg: '', plateNo: data['plateNo'], billID: data['billID'], shouldPay: 1000, payStatus: 0 },
});
const none = { resultCode: '204', msg: '没有查询到数据' };

async function atTheExit(settings: object = {}): Promise<string> {
  world = await CityWorld.open({ settings: { applyPayment: settings } });
  return world.parked(61);
}
const attempts = (uid: string): string[] => world.read.attempts.ofStay(uid).map(({ state }) => state);
const phase = (): string => world.lanes.state('out1').phase;

describe('pay before leaving', () => {
  it('asks the city before the cashier charges, and lets the car out when it says paid', async () => {
    const uid = await atTheExit();
    world.answer('applyPayment', paid());
    world.car('out1');
    const bill = world.bill(uid);
    await world.comes('out', () => phase() === 'cleared');
    expect(world.sent('applyPayment')).toEqual([
      {
        parkingCode: '1001',
        uid,
        plateNo: CAR,
        plateColor: 1,
        arriveTime: '2026-03-02 08:05:09',
        endTime: shanghaiDateTime(world.clock.now()),
        outNum: '2',
        billID: bill.id,
        billTime: shanghaiDateTime(bill.createdAt),
        shouldPay: 1000,
        payStatus: 0,
        carStock: 0,
      },
    ]);
    expect(world.read.payments.get(bill.id)).toMatchObject({ method: 'alipay', via: 'qingdao', reference: 'order-1' });
    await world.heard('uploadPayRecord');
    expect(world.sent('uploadPayRecord')).toMatchObject([
      { billID: bill.id, paidType: 2, payType: 103, billWay: 1, dealTime: '2026-03-02 09:06:09' },
    ]);
  });

  it('books what the city took off as its discount, and its notice of the same money changes nothing', async () => {
    const uid = await atTheExit();
    world.answer('applyPayment', paid({ actualPay: 300, discountAmount: 700 }));
    world.car('out1');
    await world.comes('out', () => phase() === 'cleared');
    expect([world.takenFen(uid), world.cases(), attempts(uid)]).toEqual([300, [], ['paid']]);
    expect(world.read.stays.get(uid)).toMatchObject({ paidFen: 300, discountFen: 700, owedFen: 0 });
    const notice = { ...paid({ actualPay: 300, discountAmount: 700 })({ plateNo: CAR, billID: world.bill(uid).id }) };
    expect(world.push('payResult', notice)).toMatchObject({ success: true });
    expect([world.takenFen(uid), world.cases()]).toEqual([300, []]);
    await world.heard('uploadPayRecord');
    expect(world.sent('uploadPayRecord')).toMatchObject([{ chargeFee: 1000, shouldPay: 1000, actualPay: 300 }]);
  });

  it('not paid: the cashier takes over at once, and a notice that still comes opens the arm', async () => {
    const uid = await atTheExit();
    world.answer('applyPayment', unpaid);
    world.car('out1');
    await world.comes('an answer', () => attempts(uid).includes('declined'));
    expect(phase()).toBe('charging');
    world.push(
      'payResult',
      paid({ actualPay: 400, discountAmount: 600 })({ plateNo: CAR, billID: world.bill(uid).id }),
    );
    expect(phase()).toBe('cleared');
    expect([world.takenFen(uid), world.cases()]).toEqual([400, []]);
  });

  it('not paid, where the site waits for it: the payment stays open', async () => {
    const uid = await atTheExit({ unpaid: 'pending' });
    world.answer('applyPayment', unpaid);
    world.answer('getPayResult', none);
    world.car('out1');
    await world.heard('applyPayment');
    await world.comes('pending', () => attempts(uid).includes('sent'));
    expect(phase()).toBe('charging');
  });

  it('no answer in time: asks once what became of it, and lets the car out when it is paid', async () => {
    const uid = await atTheExit();
    world.answer('applyPayment', () => undefined);
    // Without a result code, as the table has it.
    world.answer('getPayResult', (data) => {
      const { resultCode: _code, msg: _msg, ...bare } = paid()(data);
      return bare;
    });
    world.car('out1');
    await world.heard('applyPayment');
    await world.clock.advance(4999);
    expect(world.sent('getPayResult')).toEqual([]);
    await world.clock.advance(1);
    await world.comes('out', () => phase() === 'cleared');
    expect(world.sent('getPayResult')).toEqual([{ billID: world.bill(uid).id, parkingCode: '1001', plateNo: CAR }]);
    expect(world.takenFen(uid)).toBe(1000);
  });

  it('nothing known: the cashier charges, and the money that came all the same is a case', async () => {
    const uid = await atTheExit({ afterSilence: 'unknown' });
    world.answer('applyPayment', () => undefined);
    world.answer('getPayResult', none);
    world.car('out1');
    await world.heard('applyPayment');
    await world.clock.advance(5000);
    await world.comes('unknown', () => attempts(uid).includes('unknown'));
    expect(phase()).toBe('charging');
    world.cash(world.bill(uid));
    expect(phase()).toBe('cleared');
    world.answer('getPayResult', paid());
    world.push('payResult', paid()({ plateNo: CAR, billID: world.bill(uid).id }));
    for (let i = 0; i < 5 && world.cases().length === 0; i += 1) {
      await world.clock.advance(2000);
      await world.settled();
    }
    expect([world.takenFen(uid), world.cases()]).toEqual([1000, ['paid-twice 1000']]);
  });

  it.each([
    ['does not know the bill', none],
    ['says it is not paid', unpaid],
  ])('no answer, and then the city %s: any way of paying is open at once', async (_what, answer) => {
    const uid = await atTheExit();
    world.answer('applyPayment', () => undefined);
    world.answer('getPayResult', answer);
    world.car('out1');
    await world.heard('applyPayment');
    await world.clock.advance(5000);
    await world.comes('declined', () => attempts(uid).includes('declined'));
    world.cash(world.bill(uid));
    expect(phase()).toBe('cleared');
    // The application arrived all the same.
    world.push('payResult', paid()({ plateNo: CAR, billID: world.bill(uid).id }));
    expect([world.takenFen(uid), world.cases()]).toEqual([1000, ['paid-twice 1000']]);
  });

  it('a city that has answered nothing lately is not asked: no car waits for it', async () => {
    const uid = await atTheExit();
    // The first heartbeat and its like, and the entry.
    await world.pass(2000, 2);
    for (const name of ['applyPayment', 'getPayResult', 'getOverDueResult']) world.answer(name, () => undefined);
    const never = new AbortController().signal;
    for (let i = 0; i < 3; i += 1) {
      const asked = world.platform.lookUp('鲁B22222', never);
      await world.heard('getOverDueResult', i + 1);
      await world.clock.advance(60_000);
      await asked;
    }
    world.car('out1');
    await world.settled();
    expect([world.sent('applyPayment'), attempts(uid), phase()]).toEqual([[], [], 'charging']);
    world.cash(world.bill(uid));
    expect(phase()).toBe('cleared');
    world.answer('getOverDueResult', none);
    await world.platform.lookUp('鲁B22222', never);
    world.answer('applyPayment', paid());
    const next = await world.parked(61, '鲁B33333');
    world.car('out1', '鲁B33333');
    await world.heard('applyPayment');
    expect(attempts(next)).toHaveLength(1);
  });

  it('a bill that the city does not know stays open for three hours, then it is declined', async () => {
    const uid = await atTheExit({ afterSilence: 'unknown' });
    world.answer('applyPayment', () => undefined);
    world.answer('getPayResult', none);
    world.car('out1');
    await world.heard('applyPayment');
    await world.clock.advance(5000);
    await world.comes('unknown', () => attempts(uid).includes('unknown'));
    const [attempt] = world.read.attempts.ofStay(uid);
    const [channel] = world.platform.channels;
    if (!attempt || !channel) throw new Error('nothing was asked');
    const never = new AbortController().signal;
    expect(await channel.query(attempt, never)).toMatchObject({ state: 'unknown' });
    world.clock.jumpWall(3 * HOUR);
    expect(await channel.query(attempt, never)).toMatchObject({ state: 'declined' });
  });

  it.each([
    ['a refusal', { resultCode: '400', msg: '缺失参数' }, 'declined'],
    ['nothing', none, 'declined'],
    ['too little money', paid({ actualPay: 100 }), 'unknown'],
    ['money for another bill', paid({ billID: 'bill_other' }), 'unknown'],
  ] as const)('answered with %s: no money, and the cashier charges', async (_what, answer, state) => {
    const uid = await atTheExit();
    world.answer('applyPayment', answer);
    world.answer('getPayResult', none);
    world.car('out1');
    await world.comes(state, () => attempts(uid).includes(state));
    expect([phase(), world.takenFen(uid)]).toEqual(['charging', 0]);
  });

  it('an amount that nobody can read is asked about once', async () => {
    const uid = await atTheExit();
    world.answer('applyPayment', paid({ actualPay: 'ten' }));
    world.answer('getPayResult', paid());
    world.car('out1');
    await world.comes('out', () => phase() === 'cleared');
    expect(world.takenFen(uid)).toBe(1000);
  });

  it('no connection: certainly not sent, so nothing is asked about', async () => {
    const uid = await atTheExit();
    await world.vanish();
    world.car('out1');
    await world.comes('declined', () => attempts(uid).includes('declined'));
    expect(phase()).toBe('charging');
  });

  it('only cars with a contract are asked about where the site wants that', async () => {
    const uid = await atTheExit({ ask: 'signed' });
    world.answer('applyPayment', paid());
    world.push('departurePayInfo', { plateNo: CAR, plateColor: 1, noSense: 1, moneyLimit: 100, departurePay: 0 });
    await world.parked(1, '鲁B22222');
    world.car('out1', '鲁B22222');
    world.car('out1');
    await world.heard('applyPayment');
    expect(attempts(uid)).toHaveLength(1);
    expect(world.sent('applyPayment').map((data) => data['plateNo'])).toEqual([CAR]);
  });

  it('a bill with debts in it is not asked for: none of them is of this stay', async () => {
    const uid = await atTheExit();
    world.registry.debts.put({ plate: CAR, amountFen: 500 }, 'other-1', { kind: 'platform', name: 'keytop' });
    world.car('out1');
    await world.settled();
    expect(world.bill(uid).arrears).toHaveLength(1);
    expect([world.sent('applyPayment'), phase()]).toEqual([[], 'charging']);
  });
});
