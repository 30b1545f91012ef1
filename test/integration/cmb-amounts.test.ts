import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { pageOf } from '../../shared/contract/base.ts';
import { caseViewSchema, refundViewSchema } from '../../shared/contract/payments.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { faultsInTheMoney } from '../support/bank-books.ts';
import { CarPark } from '../support/car-park.ts';
import { until } from '../support/until.ts';

const FEE = 700;
const image = jpegOfSize(4_000);
const cases = pageOf(caseViewSchema);
const refunds = pageOf(refundViewSchema);

/** Money of the bank that is not simply the sum of one bill: it is booked where it is due, or a person has it as a case. */
describe('odd sums', () => {
  let park: CarPark;
  const cash = new Map<string, number>();
  beforeAll(async () => {
    park = await CarPark.open({ bank: true });
  });
  afterAll(() => park.close());
  afterEach(async () => {
    await park.outboxEmpty();
    expect(park.bank.violations).toEqual([]);
    expect(park.bank.failures).toEqual([]);
    expect(await faultsInTheMoney(park, cash)).toEqual([]);
  });

  const casesOf = async (uid: string) =>
    (await park.station.get(cases, `/cases?uid=${uid}`)).items.map(({ kind, amountFen }) => [kind, amountFen]);
  const refundsOf = async (uid: string) =>
    (await park.station.get(refunds, '/refunds?pageSize=200')).items
      .filter((refund) => refund.uid === uid)
      .map(({ amountFen }) => amountFen);
  const items = (uid: string) =>
    park.bank.books.record(uid).items.map(({ seq_num, actual_pay, pay_type }) => [seq_num, actual_pay, pay_type]);

  async function inside(plate: string) {
    const { uid } = await park.register(plate, 90);
    await park.bank.waitFor(() => park.bank.records.has(uid), `Indata of ${plate}`);
    return { uid, owner: park.bank.owner(plate) };
  }
  async function leaves(plate: string, cashFen = 0): Promise<void> {
    await park.exit.push(plate, { image });
    if (cashFen > 0) {
      const { passage } = await park.laneWhen('out1', 'charging', ({ phase }) => phase === 'charging');
      await park.collect(cashFen, passage?.id);
      cash.set(plate, cashFen);
    }
    await until(`${plate} has left`, async () => (await park.stayOf(plate)).status === 'left');
    await park.outboxEmpty();
  }

  test('two payments in one push are one bill, and each is told by its own number', async () => {
    const { uid, owner } = await inside('京A10001');
    const { push, payments } = await owner.payByPlate({ parts: [300, 400] });
    expect(push?.done).toBe(true);
    if (push) expect((await park.bank.replay(push)).answer?.status).toBe(0);
    expect(await park.stay(uid)).toMatchObject({ paidFen: FEE });
    await leaves('京A10001');
    expect(items(uid)).toEqual(payments.map(({ order, amount }) => [order, amount, 99]));
    expect(await casesOf(uid)).toEqual([]);
  });

  test('an order of digits, as a bare number and as a text, is one order', async () => {
    const plate = '京A10002';
    const { uid, owner } = await inside(plate);
    const { fee } = await owner.payByPlate({ amount: 0 });
    const order = '20261122000000000017';
    const payment = park.bank.state.orders.pay({
      ...{ order, recordId: uid, plate, billId: fee?.billId ?? '', amount: FEE },
      ...{ paidAt: park.now(), via: 'plate' },
    });
    const push = {
      ...{ vpl_number: plate, record_id: uid, bill_id: payment.billId },
      pay_time: String(Math.floor(payment.paidAt / 1000)),
    };
    for (const written of [order, `"${order}"`]) {
      const pay_list = `[{"pay_type":99,"amount":${FEE},"order":${written}}]`;
      expect((await park.bank.push('pay', { ...push, pay_list })).answer?.status).toBe(0);
    }
    expect(await park.stay(uid)).toMatchObject({ paidFen: FEE });
    await leaves(plate);
    expect(items(uid)).toEqual([[order, FEE, 99]]);
  });

  test('too little is no payment of the bill, and a person has it', async () => {
    const { uid, owner } = await inside('京A10003');
    expect((await owner.payByPlate({ amount: 300 })).push?.done).toBe(true);
    expect(await park.stay(uid)).toMatchObject({ paidFen: 0 });
    expect(await casesOf(uid)).toEqual([['unknown-payment', 300]]);
    await leaves('京A10003', FEE);
  });

  test('two phones pay the same bill: the second is to be given back', async () => {
    const { uid, owner } = await inside('京A10004');
    const { fee } = await owner.payByPlate();
    if (!fee) throw new Error('there is no order');
    expect((await owner.pay(fee))?.done).toBe(true);
    expect(await park.stay(uid)).toMatchObject({ paidFen: FEE });
    expect([await casesOf(uid), await refundsOf(uid)]).toEqual([[['paid-twice', FEE]], [FEE]]);
    await leaves('京A10004');
  });

  test('paid when the fee had gone up already: booked, and the rest is due at the exit', async () => {
    const { uid, owner } = await inside('京A10005');
    const { fee } = await owner.payByPlate({ amount: 0 });
    await park.pass(60);
    if (!fee) throw new Error('there is no order');
    expect((await owner.pay(fee))?.done).toBe(true);
    expect(await park.stay(uid)).toMatchObject({ paidFen: FEE });
    await leaves('京A10005', 400);
    expect(await casesOf(uid)).toEqual([]);
  });

  test('paid when the car was gone, for cash: to be given back', async () => {
    const { uid, owner } = await inside('京A10006');
    const { fee } = await owner.payByPlate({ amount: 0 });
    await leaves('京A10006', FEE);
    if (!fee) throw new Error('there is no order');
    expect((await owner.pay(fee))?.done).toBe(true);
    expect([await casesOf(uid), await refundsOf(uid)]).toEqual([[['paid-twice', FEE]], [FEE]]);
  });

  test('money for a record that is none of ours: a case, once, however often it is told', async () => {
    const push = {
      ...{ vpl_number: '京Z99999', record_id: 'of-another-car-park', bill_id: '' },
      ...{
        pay_time: String(Math.floor(park.now() / 1000)),
        pay_list: '[{"pay_type":99,"amount":900,"order":"STRAY-1"}]',
      },
    };
    for (let times = 0; times < 3; times += 1)
      expect((await park.bank.push('pay', push, { retry: false })).answer?.status).toBe(410);
    const all = (await park.station.get(cases, '/cases?kind=unknown-payment&pageSize=200')).items;
    expect(all.filter(({ detail }) => detail.includes('STRAY-1'))).toMatchObject([{ amountFen: 900 }]);
  });
});
