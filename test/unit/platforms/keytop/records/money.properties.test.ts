import fc from 'fast-check';
import { expect, test } from 'vitest';
import { billOfExit, billOfPayment } from '../../../../../electron/station/platforms/keytop/bills.ts';
import { exitMoney } from '../../../../../electron/station/platforms/keytop/exits.ts';
import type { EventBody } from '../../../../../shared/domain/events.ts';
import type { StayPayment } from '../../../../../shared/domain/money-flow.ts';
import type { AppliedDiscount } from '../../../../../shared/domain/registry.ts';
import { type Stay, staySchema } from '../../../../../shared/domain/stay.ts';
import { TEMPORARY } from '../../../../../shared/domain/terms.ts';
import { settings } from '../support.ts';

const context = { settings: settings() };
const lane = { id: 'out1', name: '出口', number: 2 };
const ENTERED = 1_000_000_000_000;

const discount = fc.record({
  amountFen: fc.integer({ min: 0, max: 3000 }),
  kind: fc.constantFrom('amount', 'minutes', 'rate', 'free'),
  originKind: fc.constantFrom('merchant', 'platform', 'user', 'rule'),
});
const payment = fc.record({
  paidFen: fc.integer({ min: 1, max: 5000 }),
  scene: fc.constantFrom('gate', 'prepaid'),
  discounts: fc.array(discount, { maxLength: 3 }),
});

type Off = {
  amountFen: number;
  kind: 'amount' | 'minutes' | 'rate' | 'free';
  originKind: 'merchant' | 'platform' | 'user' | 'rule';
};
let ids = 0;
const applied = ({ amountFen, kind, originKind }: Off): AppliedDiscount => ({
  discount: {
    ...{ id: `d${++ids}`, kind, value: 30, maxFen: null, minimumFen: 0 },
    ...{ origin: '', originKind, couponId: null, grantedAt: 0 },
  },
  ...{ amountFen, text: '' },
});

test('every row balances, and the rows of a stay add up to its exit record', () => {
  fc.assert(
    fc.property(
      fc.array(payment, { maxLength: 4 }),
      fc.array(discount, { maxLength: 3 }),
      fc.nat(4000),
      (paid, left, waivedFen) => {
        const payments: StayPayment[] = paid.map((each, index) => ({
          ...{ billId: `b${index}`, attemptId: null, method: 'cash', scene: each.scene, via: null },
          ...{ paidFen: each.paidFen, discounts: each.discounts.map(applied), reference: null },
          ...{ paidAt: ENTERED + index, collector: 'anna', debtId: null },
        }));
        const paidFen = payments.reduce((sum, each) => sum + each.paidFen, 0);
        const usedDiscounts = [...payments.flatMap(({ discounts }) => discounts), ...left.map(applied)];
        const discountFen = usedDiscounts.reduce((sum, { amountFen }) => sum + amountFen, 0);
        const stay: Stay = staySchema.parse({
          ...{ uid: 'u', status: 'left', plate: { text: '闽D02000', color: 'blue', kind: 'ordinary' } },
          ...{ vehicleClass: 'small', parkingType: 'temporary', terms: TEMPORARY, entryLane: lane },
          ...{ enteredAt: ENTERED, entryRecordId: 'in', exitLane: lane, exitedAt: ENTERED + 9999, exitRecordId: 'out' },
          ...{
            chargeFen: paidFen + discountFen + waivedFen,
            dueFen: paidFen,
            paidFen,
            discountFen,
            waivedFen,
            usedDiscounts,
          },
        });
        const exit: EventBody<'vehicle-exited'> = {
          ...{ stay, lane, booth: null, spaces: { total: 1, open: 1, free: 1, inside: 0 } },
          ...{ how: waivedFen > 0 ? 'released' : 'paid', reason: null, steps: [], payments },
        };
        const rows = payments.map((each) =>
          billOfPayment(
            {
              ...{ billId: each.billId, stay, lane, chargeFen: 0, dueFen: each.paidFen, paidFen: each.paidFen },
              ...{ method: each.method, scene: each.scene, via: null, billedAt: 0, paidAt: each.paidAt, steps: [] },
              ...{ discountFen: 0, discounts: each.discounts, receivedFen: null, changeFen: 0, reference: null },
              ...{ attemptId: null, shiftId: null, debtId: null },
            },
            context,
          ),
        );
        const last = billOfExit(exit, ENTERED, context);
        const all = last ? [...rows, last] : rows;
        const told = exitMoney(exit, context);
        for (const row of all) expect(row.totalMoney).toBe(row.payMoney + row.ticketMoney + row.freeMoney);
        const sum = (field: 'payMoney' | 'ticketMoney' | 'freeMoney' | 'totalMoney'): number =>
          all.reduce((total, row) => total + row[field], 0);
        expect(sum('payMoney')).toBe(told.preMoney + told.payMoney);
        expect(sum('ticketMoney')).toBe(told.ticketMoney);
        expect(sum('freeMoney')).toBe(told.freeMoney);
        expect(sum('totalMoney')).toBe(stay.chargeFen);
      },
    ),
  );
});
