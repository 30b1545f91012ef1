import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChargeItem, chargeItems } from '../../../../electron/station/platforms/cmb/charge-items.ts';
import type { EventBody } from '../../../../shared/domain/events.ts';
import { paymentMethodSchema, type StayPayment } from '../../../../shared/domain/money-flow.ts';
import type { AppliedDiscount, Discount } from '../../../../shared/domain/registry.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import { exited, LEFT, payment, stay } from './support.ts';

type Exit = EventBody<'vehicle-exited'>;

/** The items of an exit; 4 stands for a way that is not known any more. */
function items(changes: Partial<Stay>, body: Partial<Exit> = {}, who = ''): ChargeItem[] {
  const event = exited({ stay: stay(changes), ...body });
  if (event.kind !== 'vehicle-exited') throw new Error('no exit');
  return chargeItems(event.body, { at: LEFT, who, unknown: 4 });
}

const paidOff = { chargeFen: 1000, dueFen: 1000, paidFen: 1000 };
const discounted = (amountFen: number, over: Partial<Discount> = {}): AppliedDiscount => ({
  discount: {
    ...{ id: 'disc_1', kind: 'amount', value: amountFen, maxFen: null, minimumFen: 0, origin: '商户' },
    ...{ originKind: 'user', couponId: null, grantedAt: 0 },
    ...over,
  },
  amountFen,
  text: '',
});
const sum = (list: readonly ChargeItem[], field: 'should_pay' | 'actual_pay'): number =>
  list.reduce((total, each) => total + each[field], 0);

describe('a payment', () => {
  it('in cash has its cashier, its bill and its moment', () => {
    expect(items(paidOff, { payments: [payment()] })).toEqual([
      {
        ...{ should_pay: 1000, actual_pay: 1000, pay_type: 1, toll_collector: 'anna', seq_num: 'bill_1' },
        time: (LEFT - 3000) / 1000,
      },
    ]);
  });

  it('that the bank collected is 99, under the number of the bank', () => {
    const byBank = payment({
      ...{ method: 'platform', via: 'cmb', reference: 'CMB2018091800001', attemptId: 'att_1', collector: 'cmb' },
    });
    expect(items(paidOff, { payments: [byBank] })).toMatchObject([
      { should_pay: 1000, actual_pay: 1000, pay_type: 99, toll_collector: '', seq_num: 'CMB2018091800001' },
    ]);
  });

  it.each([
    ['cash', null, 1],
    ['pos', null, 3],
    ['card', null, 10],
    ['wechat', null, 48],
    ['alipay', null, 49],
    ['unionpay', null, 50],
    ['etc', null, 61],
    ['platform', 'qingdao', 55],
    ['wechat', 'qingdao', 53],
    ['alipay', 'qingdao', 54],
    ['unionpay', 'qingdao', 55],
    ['etc', 'qingdao', 61],
    ['platform', 'cmb', 99],
    ['wechat', 'cmb', 99],
  ] as const)('by %s through %s is %s', (method, via, code) => {
    expect(items(paidOff, { payments: [payment({ method, via })] })).toMatchObject([{ pay_type: code }]);
  });

  it('in parts, some of it inside, is as many items', () => {
    const parts = [
      payment({ billId: 'b1', paidFen: 300, scene: 'prepaid', method: 'wechat', reference: 'wx1' }),
      payment({ billId: 'b2', paidFen: 700, method: 'platform', via: 'cmb', reference: '520600NC1' }),
    ];
    expect(items(paidOff, { payments: parts }).map((each) => [each.actual_pay, each.pay_type, each.seq_num])).toEqual([
      [300, 48, 'wx1'],
      [700, 99, '520600NC1'],
    ]);
  });

  it('of an earlier debt with the same order is one order at the bank, and one item', () => {
    const order = { method: 'platform', via: 'cmb', reference: '520600NC1' } as const;
    const both = [
      payment({ ...order, billId: 'b1' }),
      payment({ ...order, billId: 'b1-a1', paidFen: 700, scene: 'arrears', debtId: 'debt_1' }),
    ];
    expect(items(paidOff, { payments: both })).toMatchObject([
      { should_pay: 1700, actual_pay: 1700, pay_type: 99, seq_num: '520600NC1' },
    ]);
  });

  it('of an earlier debt in cash is an item of its own, under the number of its own payment', () => {
    const both = [payment(), payment({ billId: 'bill_1-a1', paidFen: 700, scene: 'arrears', debtId: 'debt_1' })];
    expect(items(paidOff, { payments: both }).map(({ actual_pay, seq_num }) => [actual_pay, seq_num])).toEqual([
      [1000, 'bill_1'],
      [700, 'bill_1-a1'],
    ]);
  });

  it('from before payments were told is one item by the configured code', () => {
    const lastPaidAt = LEFT - 60_000;
    expect(items({ ...paidOff, lastPaidAt })).toEqual([
      {
        ...{ should_pay: 1000, actual_pay: 1000, pay_type: 4, toll_collector: '', seq_num: 'rec_out' },
        time: lastPaidAt / 1000,
      },
    ]);
  });
});

describe('what was not paid', () => {
  it('is an empty list where nothing was due', () => {
    expect(items({ chargeFen: 0, dueFen: 0, paidFen: 0 }, { how: 'free', payments: [] })).toEqual([]);
  });

  it.each([
    [{ couponId: 'q1', originKind: 'merchant', kind: 'amount' }, 16],
    [{ couponId: 'q1', originKind: 'merchant', kind: 'free' }, 17],
    [{ couponId: 'q1', originKind: 'merchant', kind: 'rate' }, 21],
    [{ couponId: 'q1', originKind: 'merchant', kind: 'minutes' }, 6],
    [{ originKind: 'platform', kind: 'amount' }, 57],
    [{ originKind: 'user', kind: 'rate' }, 58],
    [{ originKind: 'rule', kind: 'amount' }, 58],
  ] as const)('of a discount %o is %s', (discount, code) => {
    const used = {
      chargeFen: 1000,
      dueFen: 700,
      paidFen: 700,
      discountFen: 300,
      usedDiscounts: [discounted(300, discount)],
    };
    const [paid, off] = items(used, { payments: [payment({ paidFen: 700 })] });
    expect(paid).toMatchObject({ should_pay: 700, actual_pay: 700 });
    expect(off).toMatchObject({ should_pay: 300, actual_pay: 0, pay_type: code });
  });

  it('of a discount is of the moment of the payment that used it', () => {
    const used = discounted(300, { couponId: 'q1' });
    const early = payment({ paidFen: 700, paidAt: LEFT - 900_000, discounts: [used] });
    const list = items(
      { chargeFen: 1000, dueFen: 700, paidFen: 700, discountFen: 300, usedDiscounts: [used] },
      { payments: [early] },
    );
    expect(list.map(({ time, seq_num }) => [time, seq_num])).toEqual([
      [(LEFT - 900_000) / 1000, 'bill_1'],
      [(LEFT - 900_000) / 1000, 'q1'],
    ]);
  });

  it('is who let it go: by hand, or through an arm that was held up', () => {
    const waived = { chargeFen: 1000, dueFen: 0, paidFen: 0, waivedFen: 1000 };
    expect(items(waived, { how: 'released', payments: [] }, 'anna')).toEqual([
      { should_pay: 1000, actual_pay: 0, pay_type: 8, toll_collector: 'anna', seq_num: 'rec_out', time: LEFT / 1000 },
    ]);
    expect(items(waived, { how: 'held-open', payments: [] })).toMatchObject([{ actual_pay: 0, pay_type: 9 }]);
  });

  it('is what is paid later, when it is owed', () => {
    const owing = { chargeFen: 1000, dueFen: 1000, paidFen: 300, owedFen: 700 };
    expect(items(owing, { how: 'debt', payments: [payment({ paidFen: 300 })] })).toMatchObject([
      { should_pay: 300, actual_pay: 300, pay_type: 1 },
      { should_pay: 700, actual_pay: 0, pay_type: 2 },
    ]);
  });
});

it('whatever became of a stay: the money told is the money that came, and what is told as due is its charge', () => {
  const some = fc.nat({ max: 9_999 });
  const paymentOf = fc
    .record({
      ...{ paidFen: some, method: fc.constantFrom(...paymentMethodSchema.options), isDebt: fc.boolean() },
      ...{ via: fc.constantFrom(null, 'cmb', 'qingdao'), reference: fc.option(fc.stringMatching(/^[A-Z0-9]{1,30}$/)) },
    })
    .map(({ isDebt, ...rest }): StayPayment => payment({ ...rest, debtId: isDebt ? 'debt_1' : null }));
  fc.assert(
    fc.property(
      ...[fc.array(paymentOf, { maxLength: 6 }), fc.array(some, { maxLength: 4 }), some, some, fc.boolean()],
      (payments, discounts, waivedFen, owedFen, isOld) => {
        const numbered = payments.map((each, index) => ({ ...each, billId: `b${index}` }));
        const own = numbered.filter(({ debtId }) => debtId === null).reduce((total, each) => total + each.paidFen, 0);
        const all = numbered.reduce((total, each) => total + each.paidFen, 0);
        const off = discounts.reduce((total, each) => total + each, 0);
        const list = items(
          {
            ...{ chargeFen: own + off + waivedFen + owedFen, paidFen: own, discountFen: off, waivedFen, owedFen },
            usedDiscounts: discounts.map((fen, index) => discounted(fen, { id: `d${index}` })),
          },
          isOld ? {} : { payments: numbered },
        );
        const debts = isOld ? 0 : all - own;
        expect(sum(list, 'actual_pay')).toBe(own + debts);
        expect(sum(list, 'should_pay')).toBe(own + off + waivedFen + owedFen + debts);
        const numbers = list.map((each) => `${each.pay_type} ${each.seq_num}`);
        expect(new Set(numbers).size).toBe(numbers.length);
        expect(list.every((each) => each.actual_pay === 0 || each.actual_pay === each.should_pay)).toBe(true);
      },
    ),
  );
});
