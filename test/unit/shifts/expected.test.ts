import fc from 'fast-check';
import { expect, it } from 'vitest';
import { drawerOf, sumOfCount } from '../../../electron/station/shifts/cash.ts';
import { FACE_VALUES } from '../../../shared/domain/cash.ts';
import { Booth, cashier } from './booth.ts';

const wang = cashier('小王');
const zhao = cashier('小赵');

const fen = fc.integer({ min: 1, max: 50_000 });
const move = fc.oneof(
  fc.record({
    what: fc.constantFrom('cash', 'wechat', 'refund', 'pay-out', 'card', 'card-wechat', 'reverse', 'code', 'hand'),
    fen,
  }),
  fc.record({ what: fc.constantFrom('relief', 'lock', 'handed-over'), fen }),
);

it('expects the float, what came in, less what went out, for any order of things and whoever has the drawer', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 50_000 }), fc.array(move, { maxLength: 25 }), (floatFen, moves) => {
      const booth = new Booth();
      try {
        const normal = booth.shifts.open({ booth: 'A', floatFen }, wang);
        const drawers = new Map([[normal.id, floatFen]]);
        const paid: { readonly fen: number; readonly at: string; readonly car: ReturnType<Booth['car']> }[] = [];
        const orders: ReturnType<Booth['keepChange']>[] = [];
        const counted = new Map<string, number | null>();
        const add = (id: string, by: number): unknown => drawers.set(id, (drawers.get(id) ?? 0) + by);
        const handOver = (id: string): void => {
          const shift = booth.shifts.get(id);
          if (shift.state === 'open') booth.shifts.pause(id, cashier(shift.cashier));
          counted.set(id, booth.shifts.count(id, {}, cashier(shift.cashier)).expectedFen);
          booth.shifts.close(id, { reason: '试' }, cashier(shift.cashier));
        };
        for (const { what, fen: amount } of moves) {
          const current = booth.shifts.current('A');
          if (what === 'relief' && current?.kind === 'normal') {
            drawers.set(booth.shifts.relief(current.id, amount, zhao).id, amount);
            continue;
          }
          if (what === 'lock' && current?.kind === 'normal') {
            booth.shifts.pause(current.id, wang);
            expect(() => booth.shifts.till('A', { cashier: '小王', shiftRequired: false })).toThrow('钱箱');
            booth.shifts.resume(current.id, wang);
            continue;
          }
          if (what === 'handed-over' && current?.kind === 'relief') {
            handOver(current.id);
            booth.shifts.resume(normal.id, wang);
            continue;
          }
          const id = booth.shifts.till('A', { cashier: current?.cashier ?? '', shiftRequired: false });
          if (id === null) throw new Error('no till');
          if (what === 'cash') {
            paid.push({ fen: amount, at: id, car: booth.car(amount) });
            add(id, amount);
          } else if (what === 'code') {
            orders.push(booth.keepChange(booth.car(100), amount, id));
            add(id, 100 + amount);
          } else if (what === 'hand') {
            const order = orders.pop();
            if (!order) continue;
            booth.handChange(order, id);
            add(id, -order.amountFen);
          } else if (what === 'wechat') booth.car(amount, { method: 'wechat' });
          else if (what === 'card') {
            booth.recharge(amount, id);
            add(id, amount);
          } else if (what === 'card-wechat') booth.recharge(amount, id, 'wechat');
          else if (what === 'pay-out') {
            booth.shifts.payOut(id, { amountFen: amount, remark: '试' }, cashier(booth.shifts.get(id).cashier));
            add(id, -amount);
          } else if (what === 'refund' || what === 'reverse') {
            const last = paid.pop();
            if (!last) continue;
            if (what === 'refund') booth.refund(last.car, last.fen, id);
            else booth.reverse(last.car, last.fen, id);
            add(id, -last.fen);
          }
        }
        for (const shift of booth.store.read.shifts.running('A').toReversed()) handOver(shift.id);
        expect(Object.fromEntries(counted)).toEqual(Object.fromEntries(drawers));
      } finally {
        booth.temp.dispose();
      }
    }),
    { numRuns: 40 },
  );
}, 60_000);

it('adds a count up by its face values', () => {
  const pieces = fc.record(Object.fromEntries(FACE_VALUES.map((face) => [String(face), fc.nat(500)])));
  fc.assert(
    fc.property(pieces, pieces, (a, b) => {
      const both = Object.fromEntries(FACE_VALUES.map((face) => [face, (a[face] ?? 0) + (b[face] ?? 0)]));
      expect(sumOfCount(both)).toBe(sumOfCount(a) + sumOfCount(b));
    }),
  );
  expect(sumOfCount({ 10000: 1, 5000: 1, 2000: 1, 1000: 1, 500: 1, 100: 1, 50: 1, 10: 1, 1: 1 })).toBe(18_661);
});

it('says nothing went out as plain zero', () => {
  const none = { payment: 0, reversal: 0, refund: 0, 'paid-out': 0, card: 0, 'change-kept': 0, 'change-handed': 0 };
  expect(drawerOf({ floatFen: 0 }, none)).toStrictEqual({
    cashInFen: 0,
    cashRefundedFen: 0,
    paidOutFen: 0,
    changeKeptFen: 0,
    changeHandedFen: 0,
    expectedFen: 0,
  });
});
