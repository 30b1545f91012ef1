import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FACE_VALUES } from '../../../../shared/domain/cash.ts';
import { OUT } from '../../../support/lane-world.ts';
import { ANNA, KeytopWorld, MINUTE } from './keytop-world.ts';

const anna = { actor: ANNA, manager: false };
const SETTINGS = { pages: { change: 'https://pay.example.com/change', entry: '' } };

const car = fc.record({
  // What the fee of 10 yuan is paid with.
  notesFen: fc.constantFrom(1000, 2000, 5000, 10_000),
  change: fc.constantFrom('cash' as const, 'code' as const),
  after: fc.constantFrom('given', 'told-twice', 'by-hand', 'given-then-by-hand', 'by-hand-then-given', 'nothing'),
  turnsBack: fc.boolean(),
});

/** Notes and coins that come to so much. */
function piecesOf(fen: number): Record<string, number> {
  let left = fen;
  return Object.fromEntries(
    FACE_VALUES.map((face) => {
      const pieces = Math.floor(left / face);
      left -= pieces * face;
      return [String(face), pieces];
    }),
  );
}

/** Everything that really lay in the drawer and on the driver's phone, kept by the test as its own witness. */
it('balances whatever becomes of the change, and nobody gets it twice but by two people', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(car, { minLength: 1, maxLength: 4 }), async (cars) => {
      const world = await KeytopWorld.open({ settings: SETTINGS });
      try {
        const shift = world.shifts.open({ booth: '', floatFen: 20_000 }, anna);
        let drawerFen = 20_000;
        for (const [index, { notesFen, change, after, turnsBack }] of cars.entries()) {
          const plate = `闽D1000${index}`;
          const uid = await world.parked(61, plate);
          world.car(OUT.id, plate);
          const bill = world.lanes.state(OUT.id).passage?.bill;
          if (!bill) throw new Error('nothing due');
          const pays = { method: 'cash', amountFen: 1000, receivedFen: notesFen, change, actor: ANNA } as const;
          world.lanes.order(OUT.id, { type: 'collect', ...pays });
          const order = world.read.changeOrders.ofBill(bill.id);
          expect(order !== undefined).toBe(change === 'code' && notesFen > 1000);
          const overFen = notesFen - 1000;
          drawerFen += order ? notesFen : 1000;
          let onPhoneFen = 0;
          let inHandFen = order ? 0 : overFen;
          const notify = async (): Promise<void> => {
            const said = await world.call('PayChargeNotice', { orderNo: order?.id ?? '', chargeType: '0' });
            // The third party pays once, and gives what is refused to nobody.
            if (said.resCode === 0) onPhoneFen = overFen;
          };
          const byHand = (): void => {
            try {
              world.payments.changeOrders.settle(order?.id ?? '', ANNA);
              inHandFen += overFen;
              drawerFen -= overFen;
            } catch {
              expect(onPhoneFen).toBe(overFen);
            }
          };
          if (order && after.startsWith('by-hand')) byHand();
          if (order && /^given|given$|told/.test(after)) await notify();
          if (order && after === 'told-twice') await notify();
          if (order && after === 'given-then-by-hand') byHand();
          expect(onPhoneFen + inHandFen).toBe(order && after === 'nothing' ? 0 : overFen);
          if (turnsBack) {
            world.lanes.order(OUT.id, { type: 'withdraw', reason: '掉头', actor: ANNA });
            // The fee comes back, and the change that was not given yet.
            const backFen = 1000 + (overFen - onPhoneFen - inHandFen);
            drawerFen -= backFen;
            expect(backFen + onPhoneFen + inHandFen).toBe(notesFen);
            expect(world.read.stays.get(uid)).toMatchObject({ status: 'inside', paidFen: 0 });
            if (order) expect(world.read.changeOrders.get(order.id)?.state).not.toBe('open');
          }
          await world.clock.advance(2 * MINUTE);
        }
        world.shifts.pause(shift.id, anna);
        const counted = world.shifts.count(shift.id, piecesOf(drawerFen), anna);
        expect(counted).toMatchObject({ differenceFen: 0, expectedFen: drawerFen });
      } finally {
        await world.dispose();
      }
    }),
    { numRuns: 25 },
  );
}, 60_000);
