import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CityWorld, HOUR } from './city-world.ts';

type Data = Readonly<Record<string, unknown>>;

/** What becomes of the application at the exit; `lost`: the city acts, and its answer never comes. */
const application = fc.constantFrom('paid', 'unpaid', 'lost-paid', 'lost-unpaid');
/** What else happens, in any order: the city collects by itself, tells so, is asked, and a cashier takes the money. */
const happening = fc.constantFrom('collect', 'notice', 'notice', 'cash', 'wait');

describe('money that may come from two sides', () => {
  let world: CityWorld;
  /** Bills that the city has collected. */
  const collected = new Set<string>();
  const result = ({ billID, plateNo }: Data): Data => ({
    ...{ plateNo, billID, shouldPay: 1000, payStatus: 1, actualPay: 700, discountAmount: 300 },
    ...{ dealTime: '2026-03-02 09:30:00', orderCode: `order-${String(billID)}`, paidType: 4, payType: 103 },
  });
  const truth = (data: Data): Data =>
    collected.has(String(data['billID'])) ? result(data) : { resultCode: '204', msg: '没有查询到数据' };

  beforeAll(async () => {
    world = await CityWorld.open();
    world.answer('getPayResult', truth);
  });
  afterAll(() => world.dispose());

  let cars = 0;
  async function oneCar(how: string, then: readonly string[]): Promise<void> {
    // No plate is like another's, so that no car is taken for one that still stands inside.
    cars += 1;
    const text = `鲁B${10_000 + ((cars * 31_379) % 90_000)}`;
    const uid = await world.parked(61, text);
    const asked = world.sent('applyPayment').length;
    const casesBefore = world.cases().length;
    world.answer('applyPayment', (data) => {
      if (how.endsWith('paid') && !how.endsWith('unpaid')) collected.add(String(data['billID']));
      if (how.startsWith('lost')) return undefined;
      return how === 'paid' ? { resultCode: 200, ...result(data) } : { resultCode: 200, payStatus: 0 };
    });
    world.car('out1', text);
    const bill = world.bill(uid);
    await world.heard('applyPayment', asked + 1);
    if (how.startsWith('lost')) await world.pass(5000);
    let cash = false;
    const notice = () => world.push('payResult', result({ billID: bill.id, plateNo: text }));
    for (const each of then) {
      if (each === 'collect') collected.add(bill.id);
      if (each === 'notice' && collected.has(bill.id)) expect(notice()).toMatchObject({ success: true });
      if (each === 'wait') await world.pass(11_000);
      if (each === 'cash' && world.bill(uid).state === 'open') {
        world.cash(world.bill(uid));
        cash = true;
      }
      await world.settled();
    }
    const city = collected.has(bill.id);
    // In the end the city tells what it has, and what is still open is asked about.
    if (city) notice();
    await world.pass(HOUR, 2);

    const bookedFen = world.takenFen(uid);
    const newCases = world.cases().slice(0, world.cases().length - casesBefore);
    const stay = world.read.stays.get(uid);
    expect(stay?.status).toBe(cash || city ? 'left' : 'inside');
    if (cash && city) {
      // Cash was taken because nothing was booked before; the city's money is a case, once.
      expect([bookedFen, newCases]).toEqual([1000, ['paid-twice 700']]);
    } else {
      expect(newCases).toEqual([]);
      expect(bookedFen).toBe(cash ? 1000 : city ? 700 : 0);
    }
    if (!cash && !city) world.cash(world.bill(uid));
    else expect((stay?.paidFen ?? 0) + (stay?.discountFen ?? 0)).toBe(1000);
  }

  it('is taken once, and what came twice is a case', async () => {
    await fc.assert(
      fc.asyncProperty(application, fc.array(happening, { maxLength: 5 }), (how, then) => oneCar(how, then)),
      { numRuns: 12, endOnFailure: true },
    );
  }, 120_000);
});
