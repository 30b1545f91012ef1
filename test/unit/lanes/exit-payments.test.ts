import { afterEach, describe, expect, it } from 'vitest';
import type { EventBody, JournalEvent } from '../../../shared/domain/events.ts';
import { LaneWorld, OUT } from '../../support/lane-world.ts';
import { ANNA, CmbWorld } from '../platforms/cmb/cmb-world.ts';
import { A, agreement, billAt, card, cash, coupon, debt, exited, given, parked, payment, user } from './given.ts';

/** What an exit says was paid: every payment of its stay, each once. */

type Payments = NonNullable<EventBody<'vehicle-exited'>['payments']>;
const brief = (payments: Payments | undefined) =>
  payments?.map(({ method, paidFen, scene, debtId }) => `${method} ${paidFen} ${scene}${debtId ? ` ${debtId}` : ''}`);

describe('an exit tells', () => {
  it('the payment that opened the arm, with who brought it', () => {
    const world = parked(61);
    world.car(OUT, A);
    const bill = billAt(world);
    world.must(OUT, {
      ...{ type: 'paid', billId: bill?.id ?? '', actor: { kind: 'platform', name: 'city' } },
      payment: payment(1000, { via: 'city', reference: 'no-7', attemptId: 'att9' }),
    });
    expect(exited(world).payments).toEqual([
      {
        ...{ billId: bill?.id, attemptId: 'att9', method: 'wechat', scene: 'gate', via: 'city', paidFen: 1000 },
        ...{ discounts: [], reference: 'no-7', paidAt: expect.any(Number), collector: 'city', debtId: null },
      },
    ]);
  });

  it('every part of a bill, in the order in which it was paid', () => {
    const world = parked(61);
    world.car(OUT, A);
    world.must(OUT, cash(300, { part: true, receivedFen: 300 }));
    world.must(OUT, cash(500, { part: true, receivedFen: 500 }));
    world.must(OUT, cash(200));
    expect(brief(exited(world).payments)).toEqual(['cash 300 gate', 'cash 500 gate', 'cash 200 gate']);
  });

  it('the debts that were paid with it, beside the stay itself', () => {
    const world = given(new LaneWorld(), { debts: [debt()] });
    parked(61, {}, A, world);
    world.car(OUT, A);
    world.must(OUT, cash(1700));
    expect(brief(exited(world).payments)).toEqual(['cash 1000 gate', 'cash 700 arrears d1']);
  });

  it('what a card paid, and the driver besides', () => {
    const world = given(new LaneWorld(), { cards: [card({ type: 'stored-value', balanceFen: 600 })] });
    parked(61, {}, A, world);
    world.car(OUT, A);
    world.must(OUT, cash(400));
    expect(brief(exited(world).payments)).toEqual(['card 600 gate', 'cash 400 gate']);
  });

  it('the discounts that a payment used', () => {
    const world = new LaneWorld();
    world.coupons.set('q1', coupon());
    world.merchants.set('m1', {
      ...{ id: 'm1', name: '商户', couponsLeft: null, amountLeftFen: null, state: 'active', updatedAt: 0 },
    });
    parked(61, {}, A, world);
    world.car(OUT, A);
    world.must(OUT, cash(700));
    expect(exited(world).payments).toMatchObject([{ paidFen: 700, discounts: [{ amountFen: 300 }] }]);
  });

  it('that nothing was paid, when the car owes, was let go, or pays after it has left', () => {
    for (const how of ['owe', 'release'] as const) {
      const world = parked(61);
      world.car(OUT, A);
      world.must(OUT, { type: how, reason: 'r', actor: user });
      expect(exited(world).payments).toEqual([]);
    }
    const world = given(new LaneWorld(), { agreements: [agreement()] });
    parked(61, {}, A, world);
    world.car(OUT, A);
    expect(exited(world)).toMatchObject({ how: 'departure-pay', payments: [] });
  });
});

describe('at a station', () => {
  let world: CmbWorld | undefined;
  afterEach(async () => {
    await world?.dispose();
    world = undefined;
  });

  const exits = (at: CmbWorld): EventBody<'vehicle-exited'>[] =>
    at.read.journal
      .after(0, 1000)
      .flatMap((event: JournalEvent) => (event.kind === 'vehicle-exited' ? [event.body] : []));

  it('what was paid inside is told by the exit that asks for nothing more', async () => {
    world = await CmbWorld.open();
    const uid = await world.parked(70);
    const made = world.payments.prepayments.bill({ uid }, ANNA);
    if (made.kind !== 'bill') throw new Error('nothing to pay');
    world.cash(made.bill);
    world.car('out1');
    expect(exits(world).map(({ how, payments }) => [how, brief(payments)])).toEqual([['paid', ['cash 1000 prepaid']]]);
  });

  it('a withdrawn exit tells of its payments, and the next one only of what still counts', async () => {
    world = await CmbWorld.open({ site: { rules: { debtExit: true, debtIntercept: 'none' } } });
    await world.parked(30);
    world.car('out1');
    world.lanes.order('out1', { type: 'owe', reason: '未带手机', actor: ANNA });
    await world.clock.advance(180_000);
    const uid = await world.parked(70);
    world.car('out1');
    world.lanes.order('out1', { type: 'collect', method: 'cash', amountFen: 1500, actor: ANNA });
    world.lanes.order('out1', { type: 'withdraw', reason: '掉头', actor: ANNA });
    await world.clock.advance(120_000);
    world.car('out1');
    world.lanes.order('out1', { type: 'collect', method: 'pos', amountFen: world.bill(uid).dueFen, actor: ANNA });
    const [owing, first, second] = exits(world).map(({ payments }) => brief(payments));
    const debtPaid = expect.stringMatching(/^cash 500 arrears debt/);
    expect(owing).toEqual([]);
    expect(first).toEqual(['cash 1000 gate', debtPaid]);
    expect(second).toEqual([debtPaid, 'pos 1000 gate']);
  });
});
