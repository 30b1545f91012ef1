import { screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { useBooth } from '../../renderer/features/booth/store.ts';
import type { EventView } from '../../shared/contract/journal.ts';
import { event, plate } from '../fakes/station/build.ts';
import { storedStay } from '../fakes/station/events.ts';
import { type Bench, byHand, openBooth, resetStores, scene } from './support.tsx';

let bench: Bench | undefined;
afterEach(() => {
  bench?.stop();
  bench = undefined;
  resetStores();
});

const paid = (laneId: string, seq: number): EventView => ({
  ...event(seq, 5, {
    kind: 'bill-paid',
    body: {
      ...{ billId: `bill-${laneId}`, stay: storedStay(plate('鲁B7K218'), 1500), lane: null, chargeFen: 1500 },
      ...{ dueFen: 1500, paidFen: 1500, method: 'cash', scene: 'gate', via: null, billedAt: 0, paidAt: 0, steps: [] },
      ...{ discountFen: 0, discounts: [], receivedFen: null, changeFen: 0, reference: null, attemptId: null },
      ...{ shiftId: null, debtId: null },
    },
  }),
  laneId,
});

/** The booth at an exit where a car has paid, with a receipt printer or without. */
async function open(printer: boolean): Promise<Bench> {
  const from = scene('idle');
  const lanes = from.lanes.map((lane) =>
    printer && lane.direction === 'out'
      ? {
          ...lane,
          devices: [
            ...lane.devices,
            { id: 'prn-1', kind: 'printer' as const, driver: 'escpos-tcp', state: 'online' as const, lastSeenAt: null },
          ],
        }
      : lane,
  );
  const exit = lanes.find(({ direction }) => direction === 'out');
  if (!exit) throw new Error('no exit');
  bench = await openBooth({ ...from, lanes, events: [paid(exit.id, 900), ...from.events] });
  useBooth.setState({ laneId: exit.id, pinned: true });
  await bench.settle();
  return bench;
}

async function press(key: string): Promise<void> {
  if (!bench) throw new Error('no bench');
  await byHand(bench, key);
  await bench.settle();
}
const strip = (): string => (screen.queryByRole('alert') ?? screen.getAllByRole('status').at(-1))?.textContent ?? '';

describe('打印小票', () => {
  it('prints for the car that paid last at the lane, and says on the second press that it is a copy', async () => {
    const { station } = await open(true);
    expect(screen.getByRole('button', { name: /打印小票/ })).toBeTruthy();
    await press('r');
    const { laneId } = useBooth.getState();
    expect(station.calls).toEqual([{ name: 'printing.receipt', input: { id: `bill-${laneId}`, lane: laneId } }]);
    expect(document.body.textContent).toContain('鲁B7K218 的小票已打印');
    await press('r');
    expect(document.body.textContent).toContain('鲁B7K218 的小票已补打，第 1 次');
  });

  it('says what happened, that the money stands, and the next key, where nothing came out', async () => {
    const { station } = await open(true);
    station.papers.push({ outcome: 'refused', detail: '打印机缺纸，未打印' });
    await press('r');
    expect(strip()).toContain('小票没有打印：打印机缺纸，未打印');
    expect(strip()).toContain('收款不变');
    expect(strip()).toContain('处理好打印机，再按 R');
  });

  it('shows no key where there is no printer', async () => {
    await open(false);
    expect(screen.queryByRole('button', { name: /打印小票/ })).toBeNull();
  });
});

describe('接在本机服务上的扫码枪', () => {
  const notice = (id: number, outcome: 'unplaced' | 'garbled' | 'refused', reason = '') => {
    const laneIds = [useBooth.getState().laneId ?? ''];
    return { id, at: '2026-03-02T18:05:09+08:00', deviceId: 'gun', laneIds, outcome, reason };
  };

  it('is told at the booth as a gun of the window is, each once, and never what was there before', async () => {
    const { station, settle } = await open(true);
    station.change({ scans: [notice(1, 'unplaced')] });
    await settle();
    expect(strip()).toContain('扫到的码没有用上');
    useBooth.setState({ notice: null });
    station.change({ scans: [notice(1, 'unplaced'), notice(2, 'refused', 'payment-under-way')] });
    await settle();
    expect(strip()).toContain('没有执行：账单正在支付');
    useBooth.setState({ notice: null });
    station.change({ scans: [notice(2, 'refused', 'payment-under-way')] });
    await settle();
    expect(useBooth.getState().notice).toBeNull();
  });
});
