import { describe, expect, test } from 'vitest';
import type { OwnerOptions } from '../../../peers/cmb/index.ts';
import { CHARGE, ENTRY, EXIT, item, world } from './support.ts';

async function inside(habits: OwnerOptions = {}) {
  const made = await world();
  const owner = made.bank.owner('京A12345').set({ autopay: { limit: 5_000 }, ...habits });
  await made.park.send('Indata', ENTRY);
  return { ...made, owner };
}

const orders = (park: { heard: readonly { fields: Readonly<Record<string, string>> }[] }): string[] =>
  park.heard.map(({ fields }) => String(JSON.parse(fields['pay_list'] ?? '[]')[0]?.order));

describe('AutoPay', () => {
  test('charges once, however often it is asked', async () => {
    const { bank, park } = await inside();
    const first = (await park.send('AutoPay', CHARGE)).json;
    expect((await park.send('AutoPay', CHARGE)).json).toEqual(first);
    await bank.waitFor(() => bank.pushed('pay')[0]?.done, 'echo');
    expect(bank.books.record('R1').collectedFen).toBe(800);
    expect(orders(park)).toEqual([first?.data?.['channel_order']]);
    expect(bank.violations).toEqual([]);
  });

  test.each<[OwnerOptions, number]>([
    [{ echo: 'before' }, 1],
    [{ echo: 'after' }, 1],
    [{ echo: 'twice' }, 2],
    [{ echo: 'never' }, 0],
  ])('echo: %o', async (habits, times) => {
    const { bank, park } = await inside(habits);
    let before = -1;
    bank.once('answering', 'AutoPay', () => {
      before = park.heard.length;
    });
    expect(await park.says('AutoPay', CHARGE)).toBe(0);
    if (times > 0) await bank.waitFor(() => bank.pushes.filter(({ done }) => done).length === times, 'echoes');
    expect(before).toBe(habits.echo === 'before' ? 1 : 0);
    expect(new Set(orders(park)).size).toBe(Math.min(times, 1));
    expect(bank.books.totals().collectedFen).toBe(800);
    expect(bank.orders.get('Q1')).toMatchObject({ state: 'paid', known: 'paid' });
  });

  test.each(['request', 'other'] as const)('the echo goes by another number: %s', async (echoOrder) => {
    const { bank, park } = await inside({ echoOrder, echoDelayMs: 0 });
    const channel = String((await park.send('AutoPay', CHARGE)).json?.data?.['channel_order']);
    await bank.waitFor(() => bank.pushed('pay')[0]?.done, 'echo');
    const [echoed = ''] = orders(park);
    expect(echoed === 'Q1').toBe(echoOrder === 'request');
    expect(echoed).not.toBe(channel);
    // Outdata may name it by any of its numbers.
    expect(await park.says('Outdata', { ...EXIT, charge_items: item(echoed, 800) })).toBe(0);
    expect(bank.books.differences()).toEqual([]);
  });

  test('later: unpaid when asked about, paid when its time comes', async () => {
    const { bank, park, clock } = await inside({ pays: 'later', delayMs: 30_000 });
    expect(await park.says('AutoPay', CHARGE)).toBe(1);
    expect(await park.says('PayOrderStatus', { request_order: 'Q1' })).toBe(1);
    expect(bank.books.totals().collectedFen).toBe(0);
    await clock.advance(30_000);
    await bank.waitFor(() => bank.pushed('pay')[0]?.done, 'late echo');
    expect(await park.says('PayOrderStatus', { request_order: 'Q1' })).toBe(0);
    expect(bank.books.totals().collectedFen).toBe(800);
  });

  test('declined, over the bank’s limit, never', async () => {
    const { bank, park, owner } = await inside({ pays: 'declines', declineStatus: 7 });
    expect(await park.says('AutoPay', CHARGE)).toBe(7);
    owner.set({ pays: 'never' });
    expect(await park.says('AutoPay', { ...CHARGE, request_order: 'Q2' })).toBe(7);
    owner.set({ autopay: { limit: 100 }, pays: 'at-once', declineStatus: 1 });
    expect(await park.says('AutoPay', { ...CHARGE, request_order: 'Q3' })).toBe(1);
    expect([...bank.orders.values()].map(({ state }) => state)).toEqual(['declined', 'pending', 'declined']);
    expect(bank.books.totals().collectedFen).toBe(0);
    expect(bank.violations).toEqual([]);
  });

  test('保付: answered first, completed later or never', async () => {
    const { bank, park, owner, clock } = await inside({ mode: 'guaranteed', pays: 'later', delayMs: 30_000 });
    expect(await park.says('AutoPay', CHARGE)).toBe(0);
    expect(bank.orders.get('Q1')).toMatchObject({ state: 'guaranteed', paidAt: null });
    expect(bank.books.totals().collectedFen).toBe(800);
    bank.state.guaranteedCountsAsPaid = false;
    expect(await park.says('PayOrderStatus', { request_order: 'Q1' })).toBe(1);
    await clock.advance(30_000);
    await bank.waitFor(() => bank.pushed('pay')[0]?.done, 'completion');
    expect(bank.orders.get('Q1')?.state).toBe('paid');
    expect(bank.books.totals().collectedFen).toBe(800);
    owner.set({ pays: 'never' });
    await park.send('Indata', { ...ENTRY, record_id: 'R2' });
    expect(await park.says('AutoPay', { ...CHARGE, record_id: 'R2', request_order: 'Q2' })).toBe(0);
    await bank.complete('Q2');
    expect(bank.orders.get('Q2')?.state).toBe('paid');
    expect(bank.violations).toEqual([]);
  });
});

describe('what no car park may do', () => {
  test.each<[string, Record<string, string>, string]>([
    ['charge a stranger', { vpl_number: '京B12345' }, 'contract'],
    ['charge beyond the limit', { amount: '5001' }, 'contract'],
    ['charge nothing', { amount: '0' }, 'relation'],
    ['charge who never came', { record_id: 'R2' }, 'order'],
  ])('%s', async (_, change, rule) => {
    const { bank, park } = await inside();
    expect(await park.says('AutoPay', { ...CHARGE, ...change })).toBe(1);
    expect(bank.violations).toMatchObject([{ rule }]);
    expect(bank.orders.size).toBe(0);
  });

  test('charge who has left, use an order for something else, or order again before it knows', async () => {
    const { bank, park } = await inside({ echo: 'never' });
    bank.fault({ kind: 'answer-lost' }, { interface: 'AutoPay', times: 1 });
    await expect(park.send('AutoPay', CHARGE)).rejects.toThrow();
    expect(await park.says('AutoPay', { ...CHARGE, amount: '900' })).toBe(1);
    expect(await park.says('AutoPay', { ...CHARGE, request_order: 'Q2' })).toBe(1);
    await park.send('Outdata', EXIT);
    expect(await park.says('AutoPay', { ...CHARGE, record_id: 'R1', request_order: 'Q3' })).toBe(1);
    expect(bank.violations.map(({ rule }) => rule)).toEqual(['money', 'money', 'order', 'money']);
    expect(bank.books.differences()).toEqual([
      expect.stringMatching(/^京A12345 R1: CMB\d+ 800 is not in Outdata \(never heard of\)$/),
    ]);
  });

  test('a new order after the old one is known to have failed is right', async () => {
    const { bank, park, owner } = await inside({ pays: 'declines' });
    await park.send('AutoPay', CHARGE);
    owner.set({ pays: 'at-once', echo: 'never' });
    expect(await park.says('AutoPay', { ...CHARGE, request_order: 'Q2' })).toBe(0);
    expect(bank.violations).toEqual([]);
  });

  test('tell money that the bank does not have', async () => {
    const { bank, park } = await inside({ echo: 'never' });
    const channel = String((await park.send('AutoPay', CHARGE)).json?.data?.['channel_order']);
    for (const items of [
      item(channel, 900),
      item('Q9', 800),
      `[${[item('Q1', 800), item(channel, 800)].map((one) => one.slice(1, -1)).join()}]`,
    ])
      expect(await park.says('Outdata', { ...EXIT, charge_items: items })).toBe(1);
    expect(bank.violations.map(({ rule }) => rule)).toEqual(['money', 'money', 'money']);
    bank.strict = false;
    await park.send('Outdata', { ...EXIT, charge_items: item(channel, 900) });
    expect(bank.books.differences()).toEqual([`京A12345 R1: ${channel} 900 is only in Outdata`]);
    expect(bank.books.record('R1')).toMatchObject({ collectedFen: 800, toldFen: 900 });
  });
});

test('who is told no by a fault may order again, and the money shows up all the same', async () => {
  const { bank, park } = await inside({ echo: 'never' });
  bank.fault({ kind: 'status', status: 9, processed: true }, { interface: 'AutoPay', times: 1 });
  expect(await park.says('AutoPay', CHARGE)).toBe(9);
  expect(await park.says('AutoPay', { ...CHARGE, request_order: 'Q2' })).toBe(0);
  expect(bank.violations).toEqual([]);
  expect(bank.books.record('R1').collectedFen).toBe(1_600);
});

describe('what the car park can know of an order', () => {
  test('told by PayOrderStatus that it failed, it may order again', async () => {
    const { bank, park } = await inside({ pays: 'never' });
    bank.fault({ kind: 'answer-lost' }, { interface: 'AutoPay', times: 1 });
    await expect(park.send('AutoPay', CHARGE)).rejects.toThrow();
    expect(await park.says('PayOrderStatus', { request_order: 'Q1' })).toBe(1);
    expect(await park.says('AutoPay', { ...CHARGE, request_order: 'Q2' })).toBe(1);
    expect(bank.violations).toEqual([]);
  });

  test('told by the echo that it was paid', async () => {
    const { bank, park } = await inside({ echo: 'after' });
    bank.fault({ kind: 'answer-lost' }, { interface: 'AutoPay', times: 1 });
    await expect(park.send('AutoPay', CHARGE)).rejects.toThrow();
    await bank.waitFor(() => bank.pushed('pay')[0]?.done, 'echo');
    expect(bank.orders.get('Q1')).toMatchObject({ state: 'paid', known: 'paid' });
  });

  test('an order that was decided is not decided again', async () => {
    const { bank, park, owner } = await inside({ pays: 'declines' });
    expect(await park.says('AutoPay', CHARGE)).toBe(1);
    owner.set({ pays: 'at-once' });
    expect(await park.says('AutoPay', CHARGE)).toBe(1);
    expect(bank.books.totals().collectedFen).toBe(0);
    expect(bank.repeats).toMatchObject([{ interface: 'AutoPay' }]);
  });
});
