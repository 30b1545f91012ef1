import { act, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { useBooth } from '../../renderer/features/booth/store.ts';
import { useSession } from '../../renderer/lib/station/session.ts';
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
async function open(printer: boolean, drawer = false): Promise<Bench> {
  const from = scene('idle');
  const lanes = from.lanes.map((lane) =>
    printer && lane.direction === 'out'
      ? {
          ...lane,
          devices: [
            ...lane.devices,
            {
              ...{ id: 'prn-1', kind: 'printer' as const, driver: 'escpos-tcp', state: 'online' as const },
              ...{ lastSeenAt: null, ...(drawer ? { drawer: true as const } : {}) },
            },
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

  it('says once that a receipt did not come by itself, at the booth where it should have', async () => {
    const { station, settle } = await open(true);
    const failed = async (
      laneId: string,
      outcome: 'refused' | 'unknown',
      automatic = true,
      what = 'payment',
    ): Promise<void> => {
      act(() =>
        station.addEvent({
          ...{
            kind: 'receipt-printed',
            key: 'uid',
            laneId,
            passageId: null,
            actor: { kind: 'station', name: 'station' },
          },
          body: {
            what,
            id: 'bill',
            copy: 1,
            deviceId: 'prn-1',
            automatic,
            outcome,
            detail: '打印机缺纸，未打印',
          },
        }),
      );
      await settle();
    };
    const exit = useBooth.getState().laneId ?? '';
    await failed(exit, 'refused');
    expect(strip()).toContain('小票没有打印：打印机缺纸，未打印');
    expect(strip()).toContain('处理好打印机，再按 R');
    useBooth.setState({ notice: null });
    // What a person asked for was said to that person.
    await failed(exit, 'refused', false);
    await failed('elsewhere', 'refused');
    expect(useBooth.getState().notice).toBeNull();
    await failed(exit, 'unknown');
    expect(strip()).toContain('小票可能没有打完');
    useBooth.setState({ notice: null });
    await failed(exit, 'refused', true, 'change');
    expect(strip()).toContain('找零单没有打印：打印机缺纸，未打印');
    expect(strip()).toContain('在找零订单里补打');
    expect(strip()).not.toContain('小票');
    useBooth.setState({ notice: null });
    await failed(exit, 'unknown', true, 'change');
    expect(strip()).toContain('找零单可能没有打完');
  });

  it('shows no key where there is no printer', async () => {
    await open(false);
    expect(screen.queryByRole('button', { name: /打印小票/ })).toBeNull();
  });
});

describe('打开钱箱', () => {
  it('asks for a reason, then Enter; says how it ended, and keeps nothing waiting', async () => {
    const { station } = await open(true, true);
    expect(screen.getByRole('button', { name: /打开钱箱/ }).getAttribute('aria-keyshortcuts')).toBe('D');
    await press('d');
    await press('{Enter}');
    expect(station.calls).toEqual([]);
    await press('1');
    await press('{Enter}');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(station.calls).toEqual([{ name: 'printing.drawer', input: { id: 'prn-1', reason: '换零钱' } }]);
    expect(document.body.textContent).toContain('钱箱已弹开，原因已记录');
    expect(useBooth.getState().pending).toBeNull();
  });

  it('says why it did not open, and where nobody knows, what to do', async () => {
    const { station } = await open(true, true);
    station.papers.push({ outcome: 'refused', detail: '打印机 192.168.1.60:9100 未连接' });
    station.papers.push({ outcome: 'unknown', detail: '打印机没有再应答' });
    for (const said of ['钱箱没有弹开：打印机 192.168.1.60:9100 未连接', '钱箱可能已弹开：打印机没有再应答']) {
      await press('d');
      await press('2');
      await press('{Enter}');
      expect(strip()).toContain(said);
    }
    expect(strip()).toContain('看一眼钱箱');
  });

  it('serves a lane from the drawer of its booth, and none from that of another', async () => {
    const { station, settle } = await open(true, true);
    const { laneId } = useBooth.getState();
    const entry = station.scene.lanes.find(({ direction }) => direction === 'in');
    if (!entry || laneId === null) throw new Error('no lanes');
    useBooth.setState({ laneId: entry.id, pinned: true });
    await press('d');
    expect(useBooth.getState().dialog).toMatchObject({ kind: 'reason', act: 'drawer', laneId });
    await press('{Escape}');
    station.changeLane(entry.id, { booth: '别处' });
    await settle();
    await press('d');
    expect(useBooth.getState().dialog).toBeNull();
    expect(strip()).toContain('这里没有接钱箱');
  });

  it('is not there without a drawer, nor for who may not open it; offline it is refused at once', async () => {
    await open(true);
    expect(screen.queryByRole('button', { name: /打开钱箱/ })).toBeNull();
    bench?.stop();
    resetStores();
    await open(true, true);
    const user = useSession.getState().user;
    if (!user) throw new Error('nobody');
    act(() =>
      useSession.setState({
        user: { ...user, rights: [...(user.rights ?? [])].filter((right) => right !== 'drawer.open') },
      }),
    );
    expect(screen.queryByRole('button', { name: /打开钱箱/ })).toBeNull();
    act(() => useSession.setState({ user, link: 'lost' }));
    await press('d');
    expect(useBooth.getState().dialog).toBeNull();
    expect(useBooth.getState().notice).toMatchObject({ key: 'offline' });
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
