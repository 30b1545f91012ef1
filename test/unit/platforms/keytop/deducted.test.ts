import { afterEach, describe, expect, it } from 'vitest';
import { ANNA, CAR, KeytopWorld, MINUTE } from './keytop-world.ts';

let world: KeytopWorld;
afterEach(() => world.dispose());

const DUE = 1000;
const corrections = () => world.sent('PostCarCorrect');
const found = () => world.read.cases.search({ offset: 0, limit: 9 }).items;
const isReversed = (uid: string): boolean =>
  world.read.attempts.ofStay(uid).some(({ channel, state }) => channel === 'keytop' && state === 'reversed');

describe('a deduction that is known, and too much', () => {
  /** The request is on its way; the car leaves; then it is answered. */
  async function deductedAfter(leaves: (uid: string) => void): Promise<string> {
    world = await KeytopWorld.open();
    const uid = await world.parked(61);
    await world.call('RecordDensityPay', { plateNo: CAR });
    world.answer('PostCarOutInfo', () => {
      leaves(uid);
      return { resCode: 0, resMsg: '', data: [{ densityMoney: DUE }] };
    });
    world.car('out1');
    await world.comes('a case', () => found().length === 1);
    return uid;
  }

  it('is a case until the correction was taken', async () => {
    const uid = await deductedAfter((of) => world.cash(world.bill(of)));
    expect(found()).toMatchObject([{ kind: 'paid-twice', amountFen: DUE, uid, plate: CAR, causedBy: ['anna'] }]);
    await world.comes('reversed', () => isReversed(uid));
    await world.settled();
    expect(corrections()).toHaveLength(1);
    expect(found()).toMatchObject([{ closedBy: 'keytop', resolution: '第三方已接受冲正，扣款已退还' }]);
    expect([world.takenFen(uid), world.read.refunds.ofStay(uid)]).toEqual([DUE, []]);
  });

  it('stays a case for a person while the third party refuses the correction', async () => {
    const uid = await deductedAfter((of) => {
      world.answer('PostCarCorrect', { resCode: 1, resMsg: '订单已扣款', data: null });
      world.cash(world.bill(of));
    });
    await world.pass(30 * MINUTE, 10);
    expect(corrections().length).toBeGreaterThan(1);
    expect(found()).toMatchObject([{ kind: 'paid-twice', uid, closedAt: null }]);
    // Whoever took the cash does not close it.
    const anna = { actor: ANNA, role: 'manager' } as const;
    expect(() => world.payments.cases.close(found()[0]?.id ?? '', '已核对', anna)).toThrow('其他车场经理');
  });

  it('is one of a car that was let go for nothing as well', async () => {
    await deductedAfter(() => world.lanes.order('out1', { type: 'release', reason: '免费', actor: ANNA }));
    expect(found()).toMatchObject([{ kind: 'late-payment', amountFen: DUE, causedBy: ['anna'] }]);
  });
});
