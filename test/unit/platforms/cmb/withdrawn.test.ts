import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ANNA, CAR, CmbWorld, MINUTE } from './cmb-world.ts';

/** An exit that was taken back after the bank had charged for it: the bank gives nothing back, and the car is still here. */

let world: CmbWorld;
afterEach(() => world.dispose());

type Form = Readonly<Record<string, string>>;
/** The bank's number follows from ours, so that its push is known by it. */
const numberOf = (order: string | undefined): string => `C${order}`;
const charged = (form: Form) => ({
  ...{ status: 0, message: 'success' },
  data: {
    ...{ vpl_number: form['vpl_number'], pay_time: Math.floor(world.clock.now() / 1000) },
    channel_order: numberOf(form['request_order']),
  },
});
const phase = (): string => world.lanes.state('out1').phase;
const amounts = (): unknown[] => world.sent('AutoPay').map(({ amount }) => amount);

async function chargedAndBack(settings: object = {}): Promise<string> {
  world = await CmbWorld.open({ site: { rules: { graceMinutes: 15 } }, settings: { ...settings } });
  const uid = await world.parked(61);
  await world.push('autoPayBind', { vpl_number: CAR, auto_pay_type: '0', limiter: '50000' });
  world.answer('AutoPay', charged);
  await leave();
  world.lanes.order('out1', { type: 'withdraw', reason: '掉头', actor: ANNA });
  await world.settled();
  return uid;
}
async function leave(): Promise<void> {
  world.car('out1');
  await world.comes('the car goes', () => phase() === 'cleared');
  await world.settled();
}
const itemsSchema = z.array(z.looseObject({ seq_num: z.string(), actual_pay: z.int() }));
/** What the last Outdata of the car says came in, by its numbers. */
const lastTold = (): [string, number][] => {
  const items = itemsSchema.parse(JSON.parse(world.sent('Outdata').at(-1)?.['charge_items'] ?? '[]'));
  return items.map((item) => [item.seq_num, item.actual_pay]);
};
const refunds = () => world.read.refunds.search({ offset: 0, limit: 10 }).items;

describe('after AutoPay', () => {
  it('is no case and no refund: the money stays the payment of the stay', async () => {
    const uid = await chargedAndBack();
    expect(world.read.stays.get(uid)).toMatchObject({ status: 'inside', paidFen: 1000, chargeFen: 1000 });
    expect([world.cases(), refunds(), world.takenFen(uid)]).toEqual([[], [], 1000]);
    expect(world.read.attempts.ofStay(uid).map(({ state }) => state)).toEqual(['paid']);
  });

  it('the car goes within its time without being charged again, and is told with the one payment', async () => {
    const uid = await chargedAndBack();
    await world.pass(5 * MINUTE, 5);
    await leave();
    expect(amounts()).toEqual(['1000']);
    expect(world.takenFen(uid)).toBe(1000);
    await world.heard('Outdata', 2);
    expect(lastTold()).toEqual([[numberOf(world.sent('AutoPay')[0]?.['request_order']), 1000]]);
  });

  it('later it is charged for the time since alone', async () => {
    const uid = await chargedAndBack();
    world.clock.jumpWall(60 * MINUTE);
    await leave();
    expect(amounts()).toEqual(['1000', '500']);
    expect(world.takenFen(uid)).toBe(1500);
    expect(world.cases()).toEqual([]);
  });

  it.each([false, true])('the bank tells of the payment as always (guaranteed: %s)', async (guaranteed) => {
    const uid = await chargedAndBack({ autoPay: { guaranteed } });
    const order = numberOf(world.sent('AutoPay')[0]?.['request_order']);
    const push = {
      ...{ vpl_number: CAR, record_id: uid, bill_id: '', pay_time: String(Math.floor(world.clock.now() / 1000)) },
      pay_list: JSON.stringify([{ pay_type: 99, amount: 1000, order }]),
    };
    expect(await world.push('pay', push)).toMatchObject({ status: 0 });
    expect(world.read.attempts.ofStay(uid).map(({ guarantee }) => guarantee)).toEqual([
      guaranteed ? 'confirmed' : null,
    ]);
    expect([world.cases(), world.takenFen(uid)]).toEqual([[], 1000]);
  });
});
