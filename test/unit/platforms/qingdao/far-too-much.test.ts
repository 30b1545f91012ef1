import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_FEN } from '../../../../shared/domain/money.ts';
import { CAR, CityWorld } from './city-world.ts';

const CONTRACT = { parkingCode: '1001', plateNo: CAR, plateColor: 1, noSense: 1, moneyLimit: 5000, departurePay: 1 };
let world: CityWorld;
beforeEach(async () => {
  world = await CityWorld.open();
});
afterEach(() => world.dispose());

const kinds = () => world.read.agreements.ofPlate(CAR).map(({ kind, limitFen }) => [kind, limitFen]);

/** Every row of the journal can be read, and the bill that the platform was told. */
const readable = (): boolean => world.read.journal.rowsAfter(0, 1000).every(({ event }) => event !== null);

describe('the limit of a contract', () => {
  it.each([[99_999_999], ['99999999'], [9e12]])(
    'of %s is what no fee exceeds, and the car leaves first',
    async (moneyLimit) => {
      await world.parked(61);
      expect(world.push('departurePayInfo', { ...CONTRACT, moneyLimit }).success).toBe(true);
      expect(kinds()).toEqual([['departure-pay', MAX_FEN]]);
      expect(readable()).toBe(true);
      const [stay] = [world.read.stays.inside(CAR)];
      world.car('out1');
      await world.settled();
      expect(world.read.stays.get(stay?.uid ?? '')?.status).not.toBe('inside');
    },
  );

  it.each([[undefined], [null], ['']])('that is not told (%s) lets nobody leave first', async (moneyLimit) => {
    await world.parked(61);
    expect(world.push('departurePayInfo', { ...CONTRACT, moneyLimit }).success).toBe(true);
    expect(kinds()).toEqual([['auto-pay', null]]);
  });
});

describe('a payment', () => {
  const paid = (billID: string, more: object) => ({
    ...{ plateNo: CAR, billID, shouldPay: 1000, payStatus: 1, actualPay: 1000, discountAmount: 0 },
    ...{ dealTime: '2026-03-02 11:05:06', orderCode: 'o1', paidType: 2, payType: 102, ...more },
  });

  it.each([
    [{ actualPay: 99_999_999 }],
    [{ actualPay: undefined, shouldPay: 99_999_999 }],
    [{ discountAmount: 99_999_999 }],
  ])('of far too much (%o) is refused and leaves nothing behind', async (more) => {
    await world.parked(61);
    const { billID } = world.push('fee', { plateNo: CAR }).params;
    expect(world.push('payResult', paid(billID, more)).success).toBe(false);
    expect(world.read.attempts.ofBill(billID)).toEqual([]);
    expect(readable()).toBe(true);
    expect(world.push('payResult', paid(billID, { orderCode: 'o2' })).success).toBe(true);
  });

  it.each(['0001-01-01 00:00:00', '1969-12-31 23:59:59', '9999-12-31 23:59:59'])(
    'dealt at %s was made between its bill and now',
    async (dealTime) => {
      const uid = await world.parked(61);
      const { billID } = world.push('fee', { plateNo: CAR }).params;
      const billedAt = world.read.bills.get(billID)?.createdAt ?? 0;
      world.clock.jumpWall(60_000);
      expect(world.push('payResult', paid(billID, { dealTime })).success).toBe(true);
      const [payment] = world.read.payments.ofStay(uid);
      expect(payment?.paid_at_ms).toBeGreaterThanOrEqual(billedAt);
      expect(payment?.paid_at_ms).toBeLessThanOrEqual(world.clock.now());
    },
  );
});
