import { act, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { changeOrder, changeOrderBecomes } from '../fakes/station/change-handlers.ts';
import type { Scene } from '../fakes/station/fake-station.ts';
import { ageShownCar, type Bench, byHand, openBooth, resetStores, scene } from './support.tsx';

let bench: Bench;
afterEach(() => {
  bench.stop();
  resetStores();
});

/** 35.00 is due at the exit. */
async function open(offered = true): Promise<void> {
  bench = await openBooth({ ...scene('charging'), ...(offered ? { changePlatform: 'keytop' } : {}) });
  ageShownCar();
  await bench.settle();
}
async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await byHand(bench, key);
  await bench.settle();
}
const named = (name: string) => bench.station.calls.filter((call) => call.name === name).map((call) => call.input);
const dialog = () => within(screen.getByRole('dialog'));

it('offers change by code beside change in cash, takes the money with it, and shows the code until it is given', async () => {
  await open();
  await press('50');
  await waitFor(() => expect(document.querySelector('.money-rest')?.textContent).toBe('找零 ¥15.00'));
  // The key is that act's now: the list of orders is behind its button alone.
  expect(screen.getByRole('button', { name: /扫码找零/ }).getAttribute('aria-keyshortcuts')).toBe('C');
  expect(screen.getByRole('button', { name: /找零订单/ }).getAttribute('aria-keyshortcuts')).toBeNull();
  await press('c');
  expect(named('lanes.collect')).toMatchObject([{ amountFen: 3500, receivedFen: 5000, change: 'code' }]);
  expect(screen.getByText('鲁B7K218 已收 ¥35.00，找零 ¥15.00 请司机扫码领，正在抬杆')).toBeTruthy();
  const box = within(screen.getByRole('region', { name: '找零订单' }));
  expect(await box.findByRole('img', { name: '找零订单 700000000001 的二维码' })).toBeTruthy();
  expect(box.getByText('¥15.00')).toBeTruthy();
  expect(box.getByText('待找零')).toBeTruthy();
  await waitFor(() => expect(screen.getByRole('button', { name: /待找零 1/ })).toBeTruthy());
  const [order] = bench.station.changeOrders;
  if (!order) throw new Error('no order');
  act(() => void changeOrderBecomes(bench.station, { ...order, state: 'given', method: 'wechat', url: null }));
  await bench.settle();
  expect(box.getByText('已找零（微信）')).toBeTruthy();
  expect(box.queryByRole('img')).toBeNull();
});

it('gives change in cash with the great key, as everywhere', async () => {
  await open();
  await press('50', '{Enter}');
  expect(named('lanes.collect')).toMatchObject([{ receivedFen: 5000, change: 'cash' }]);
  expect(bench.station.changeOrders).toEqual([]);
});

it('has no second choice where nobody gives change, and the key takes no money', async () => {
  await open(false);
  await press('50');
  expect(screen.queryByRole('button', { name: /扫码找零/ })).toBeNull();
  expect(screen.queryByRole('button', { name: /找零订单/ })).toBeNull();
  await press('c');
  expect(named('lanes.collect')).toEqual([]);
});

it('lists who waits, and hands change over in cash only after a second look', async () => {
  await open();
  act(() => void changeOrderBecomes(bench.station, changeOrder(bench.station, 'out2', 1500)));
  act(() => void changeOrderBecomes(bench.station, changeOrder(bench.station, 'out2', 600)));
  await bench.settle();
  // Nothing was handed over yet: the key shows who waits, and takes nothing.
  await press('c');
  await waitFor(() => expect(dialog().getAllByRole('button', { pressed: false }).length).toBeGreaterThan(1));
  expect(named('lanes.collect')).toEqual([]);
  await press('{ArrowDown}', '{Enter}');
  expect(named('changeOrders.settle')).toEqual([]);
  expect(dialog().getByRole('alert').textContent).toContain('先请司机看手机有没有收到');
  // Esc goes back to the list, and never on.
  await press('{Escape}');
  expect(dialog().queryByRole('alert')).toBeNull();
  await press('{Enter}', '{Enter}');
  expect(named('changeOrders.settle')).toEqual([{ id: '700000000001' }]);
  // It stays in sight, though it is no longer among those who wait.
  await waitFor(() => expect(dialog().getByText('已现金补找', { selector: 'strong' })).toBeTruthy());
  expect(dialog().queryByText('已现金补找', { selector: 'li *' })).toBeNull();
  await press('{ArrowRight}');
  await waitFor(() => expect(dialog().getByText('已现金补找', { selector: 'li *' })).toBeTruthy());
});

it('says it where the platform was first', async () => {
  await open();
  act(() => void changeOrderBecomes(bench.station, changeOrder(bench.station, 'out2', 1500)));
  await bench.settle();
  await press('c');
  await waitFor(() => expect(dialog().getByText('待找零', { selector: 'strong' })).toBeTruthy());
  await press('{Enter}');
  const [order] = bench.station.changeOrders;
  if (!order) throw new Error('no order');
  // Given at this very moment, and not told here yet.
  bench.station.changeOrders[0] = { ...order, state: 'given', method: 'wechat', url: null };
  await press('{Enter}');
  await waitFor(() => expect(dialog().getByRole('alert').textContent).toContain('这笔找零已经办过'));
});

it('prints the ticket of an order with its code, says that a second one is a copy, and prints none of one that is over', async () => {
  bench = await openBooth({
    ...withPrinter(scene('charging')),
    changePlatform: 'keytop',
  });
  const order = changeOrder(bench.station, 'out2', 1500);
  act(() => void changeOrderBecomes(bench.station, order));
  await bench.settle();
  await press('c');
  await press('r');
  expect(named('printing.change')).toEqual([{ id: order.id, printer: 'prn-1' }]);
  expect(dialog().getByText('找零单已打印')).toBeTruthy();
  await press('r');
  expect(dialog().getByText('找零单已补打，第 1 次')).toBeTruthy();
  bench.station.papers.push({ outcome: 'refused', detail: '打印机缺纸，未打印' });
  await press('r');
  expect(dialog().getByRole('alert').textContent).toBe('找零单没有打印：打印机缺纸，未打印');
  act(() => void changeOrderBecomes(bench.station, { ...order, state: 'given', method: 'wechat', url: null }));
  await bench.settle();
  await press('r');
  expect(named('printing.change')).toHaveLength(3);
  expect(dialog().queryByRole('button', { name: /找零单/ })).toBeNull();
});

const withPrinter = (from: Scene): Scene => ({
  ...from,
  lanes: from.lanes.map((lane) => ({
    ...lane,
    devices: [
      ...lane.devices,
      { id: 'prn-1', kind: 'printer', driver: 'escpos-tcp', state: 'online', lastSeenAt: null },
    ],
  })),
});
