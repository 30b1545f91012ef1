import { afterEach, describe, expect, it } from 'vitest';
import { ANNA, CAR, CmbWorld, HOUR } from './cmb-world.ts';

let world: CmbWorld;
afterEach(() => world.dispose());

const attempt = (uid: string) => {
  const found = world.read.attempts.ofStay(uid).at(-1);
  if (!found) throw new Error('nothing was tried');
  return found;
};

/** A car that the bank let go on its word; the car park waits ten hours for the money. */
async function guaranteed(plate = CAR): Promise<string> {
  const uid = await world.parked(61, plate);
  await world.push('autoPayBind', { vpl_number: plate, limiter: '50000' });
  world.car('out1', plate);
  await world.comes('out', () => world.read.stays.get(uid)?.status === 'left');
  await world.comes('paid', () => attempt(uid).guarantee === 'pending');
  return uid;
}
async function open(): Promise<CmbWorld> {
  world = await CmbWorld.open({ settings: { autoPay: { guaranteed: true, confirmHours: 10 } } });
  let orders = 0;
  world.answer('AutoPay', (form) => {
    orders += 1;
    const data = { vpl_number: form['vpl_number'], pay_time: null, channel_order: `CMB-${orders}` };
    return { status: 0, message: 'success', data };
  });
  return world;
}
/** The wall is put forward, and whoever looks once an hour has looked. */
async function later(hours: number): Promise<void> {
  world.clock.jumpWall((hours - 1.1) * HOUR);
  await world.pass(1.1 * HOUR, 2);
}

describe('a payment that the bank guarantees', () => {
  it('and does not tell of in time becomes a case, once, also over restarts', async () => {
    await open();
    const uid = await guaranteed();
    await later(9);
    expect(world.cases()).toEqual([]);
    await later(2);
    expect(world.cases()).toEqual(['unknown-payment 1000']);
    const [found] = world.read.cases.ofStay(uid);
    expect(found).toMatchObject({ uid, plate: CAR, detail: expect.stringContaining('CMB-1') });
    world.payments.cases.close(found?.id ?? '', '已与招行核对', { actor: ANNA, role: 'admin' });
    await later(5);
    await world.restarted();
    await later(5);
    expect(world.cases()).toHaveLength(1);
    expect(world.takenFen(uid)).toBe(1000);
  });

  it('is found by a station that was away when it was due', async () => {
    await open();
    await guaranteed();
    await world.platform.stop();
    world.clock.jumpWall(20 * HOUR);
    await world.restarted();
    await world.pass(2 * 60_000);
    expect(world.cases()).toEqual(['unknown-payment 1000']);
  });

  it('and tells of is none', async () => {
    await open();
    const uid = await guaranteed();
    world.payments.notices.notify({
      ...{ attemptId: attempt(uid).id, uid, reference: 'CMB-1', amountFen: 1000, method: 'platform', via: 'cmb' },
      ...{ paidAt: world.clock.now(), givesBack: false },
    });
    expect(attempt(uid).guarantee).toBe('confirmed');
    await later(12);
    expect(world.cases()).toEqual([]);
  });

  it('and tells of after all: the case comes to its end by itself', async () => {
    await open();
    const uid = await guaranteed();
    await later(12);
    const [found] = world.read.cases.ofStay(uid);
    if (!found) throw new Error('no case');
    world.payments.cases.take(found.id, ANNA, false);
    const echo = {
      ...{ vpl_number: CAR, record_id: uid, bill_id: '', pay_time: String(Math.floor(world.clock.now() / 1000)) },
      pay_list: '[{"pay_type":99,"amount":1000,"order":"X1"}]',
    };
    for (let time = 0; time < 2; time += 1) expect(await world.push('pay', echo)).toMatchObject({ status: 0 });
    expect(attempt(uid).guarantee).toBe('confirmed');
    expect(world.read.cases.get(found.id)).toMatchObject({
      ...{ owner: 'anna', closedBy: 'cmb', closedAt: world.clock.now(), resolution: expect.stringContaining('X1') },
    });
    expect(world.cases()).toHaveLength(1);
  });

  it('is told apart from those after it: one that is open hides none that is overdue', async () => {
    await open();
    const first = await guaranteed();
    // Found out only now that it was paid: its time begins anew.
    world.clock.jumpWall(5 * HOUR);
    await guaranteed('京B22222');
    const late = { ...attempt(first), updatedAt: world.clock.now() + 4 * HOUR };
    world.store.write((tx) => tx.attempts.put(late));
    await later(11);
    expect(world.read.cases.search({ offset: 0, limit: 9 }).items.map(({ plate }) => plate)).toEqual(['京B22222']);
    await later(5);
    expect(world.cases()).toHaveLength(2);
  });

  it('the mark of what is done moves on, so that nothing is read twice for ever', async () => {
    await open();
    const first = await guaranteed();
    await later(12);
    const second = await guaranteed('京B22222');
    await later(2);
    const passed = (): string | undefined => world.read.memory.get('cmb', 'guarantees-passed');
    expect(passed()).toBe(attempt(first).id);
    await later(12);
    expect(passed()).toBe(attempt(second).id);
    expect(world.cases()).toHaveLength(2);
  });
});
