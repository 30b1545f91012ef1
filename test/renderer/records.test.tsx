import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseAnchors } from '../../renderer/features/audit/anchors.ts';
import { auditFilterOf } from '../../renderer/features/audit/audit-filter.ts';
import { insideFilterOf } from '../../renderer/features/inside/inside-filter.ts';
import { StayList } from '../../renderer/features/stays/StayList.tsx';
import { daysOf, filterOf, timeKindOf } from '../../renderer/features/stays/stay-filter.ts';
import { go, readRoute, useRoute } from '../../renderer/lib/route.ts';
import { person, plate, quote, stay } from '../fakes/station/build.ts';
import type { Scene } from '../fakes/station/fake-station.ts';
import { type Bench, openBench, resetStores, scene } from './support.tsx';

describe('a list that a figure opens by its address', () => {
  const link =
    'stays?exitedFrom=2026-03-02T00%3A00%3A00%2B08%3A00&exitedTo=2026-03-03T00%3A00%3A00%2B08%3A00&laneId=out1';
  const { query } = readRoute(`#/${link}`);

  it('asks for exactly those rows, and shows the whole day as a day', () => {
    expect(filterOf(query)).toEqual({
      exitedFrom: '2026-03-02T00:00:00+08:00',
      exitedTo: '2026-03-03T00:00:00+08:00',
      laneId: 'out1',
    });
    expect(timeKindOf(query)).toBe('exited');
    expect(daysOf(query['exitedFrom'], query['exitedTo'], '00:00')).toEqual({ from: '2026-03-02', to: '2026-03-02' });
  });

  it('shows as days only what are whole business days', () => {
    expect(daysOf('2026-03-02T06:00:00+08:00', '2026-03-04T06:00:00+08:00', '06:00')).toEqual({
      from: '2026-03-02',
      to: '2026-03-03',
    });
    expect(daysOf('2026-03-02T00:00:00+08:00', '2026-03-03T00:00:00+08:00', '06:00')).toBeNull();
    expect(daysOf('2026-03-02T00:00:00+08:00', undefined, '00:00')).toBeNull();
  });

  it('is not narrowed by what makes no sense there', () => {
    expect(filterOf({ status: 'gone', from: 'yesterday', vehicleClass: 'bus', plate: '' })).toEqual({});
    expect(insideFilterOf({ hours: '-3', parkingType: 'monthly' })).toEqual({ hours: 0, parkingType: 'monthly' });
    expect(auditFilterOf({ scope: 'everything', kind: ' exported ', from: '2026' })).toEqual({
      scope: 'people',
      kind: 'exported',
    });
  });
});

it('an anchor is read as people keep it, and a slip in one is said', () => {
  const hash = 'ab'.repeat(32);
  expect(parseAnchors(`82:${hash}\n\n #90：${hash.toUpperCase()} `)).toEqual([
    { seq: 82, hash },
    { seq: 90, hash },
  ]);
  expect(parseAnchors('82')).toBeNull();
  expect(parseAnchors(`82:${hash.slice(1)}`)).toBeNull();
});

describe('on the screens', () => {
  let bench: Bench;
  afterEach(() => {
    bench.stop();
    resetStores();
  });
  const cars = [stay(plate('鲁B7K218'), 4000), stay(plate('鲁BK2180'), 9000), stay(plate('京A7F663'), 90_000)];
  const lot: Scene = {
    ...scene('paying'),
    user: person('李建国', 'manager'),
    stays: cars,
    quotes: cars.map((car) => quote(car)),
  };
  const pause = async (ms: number): Promise<void> => {
    await act(async () => {
      await new Promise((resolve) => setTimeout(resolve, ms));
    });
  };
  const key = (name: string): void => {
    fireEvent.keyDown(document.activeElement ?? document.body, { key: name });
  };

  it('a part of a plate narrows the list; Enter opens the evidence, → the next one, Esc the list as it was', async () => {
    bench = await openBench(lot);
    act(() => go('stays'));
    const field = await screen.findByPlaceholderText('任意几位');
    fireEvent.change(field, { target: { value: 'k2 18' } });
    await pause(400);
    expect(useRoute.getState().query['plate']).toBe('K218');
    await bench.settle();
    const rows = screen.getAllByRole('row').filter((row) => row.hasAttribute('data-id'));
    expect(rows.map((row) => row.getAttribute('data-id'))).toEqual([cars[0]?.uid, cars[1]?.uid]);
    rows[0]?.focus();
    key('Enter');
    await screen.findByText('第 1 条，共 2 条');
    expect(useRoute.getState()).toMatchObject({ id: cars[0]?.uid, query: { plate: 'K218' } });
    expect(screen.getByText('← 上一条').closest('button')?.disabled).toBe(true);
    fireEvent.keyDown(window, { key: 'ArrowRight' });
    await screen.findByText('第 2 条，共 2 条');
    expect(useRoute.getState().id).toBe(cars[1]?.uid);
    fireEvent.keyDown(window, { key: 'ArrowRight' });
    expect(useRoute.getState().id).toBe(cars[1]?.uid);
    fireEvent.keyDown(window, { key: 'Escape' });
    expect(useRoute.getState()).toMatchObject({ id: null, query: { plate: 'K218' } });
  });

  it('a stay that is not there is said so, with the way back', async () => {
    bench = await openBench(lot);
    act(() => go('stays', { id: 'nobody' }));
    await screen.findByText('没有这条停车记录');
    fireEvent.click(screen.getAllByText('返回列表')[0] ?? document.body);
    expect(useRoute.getState().id).toBeNull();
  });

  it('who may not correct finds no button for it, and registers entries all the same', async () => {
    bench = await openBench({ ...lot, user: person('王秀兰', 'attendant') });
    act(() => go('stays', { id: cars[0]?.uid ?? '' }));
    await screen.findByText('账单与收费明细');
    for (const words of ['更正', '导出证据']) expect(screen.queryByRole('button', { name: words })).toBeNull();
    act(() => go('stays'));
    expect(screen.getByText('补录入场')).toBeDefined();
    expect(screen.queryByText('导出 Excel')).toBeNull();
  });

  it('Enter that is faster than the answer opens the car that was typed, never one of the answer before', async () => {
    const two = [stay(plate('鲁B70002'), 4000), stay(plate('鲁B70001'), 9000)];
    bench = await openBench({ ...lot, stays: two, quotes: two.map((car) => quote(car)) });
    act(() => go('fee'));
    await screen.findByRole('textbox', { name: '车牌任意几位' });
    for (const char of '70') key(char);
    await screen.findByText('在场车辆 2 辆');
    for (const char of '001') key(char);
    key('Enter');
    expect(screen.queryByText('现在应缴')).toBeNull();
    await screen.findByText('现在应缴');
    const shown = document.querySelector('.quote-head [role="img"]');
    expect(shown?.getAttribute('aria-label')).toContain('鲁B70001');
  });

  it('a payment code in the field for cash is no amount, and is not sent', async () => {
    bench = await openBench(lot);
    act(() => go('fee'));
    await screen.findByRole('textbox', { name: '车牌任意几位' });
    for (const char of '7k218') key(char);
    await screen.findByText('在场车辆 1 辆');
    key('Enter');
    fireEvent.click(await screen.findByText('场内预缴'));
    const dialog = await screen.findByRole('dialog');
    const field = await within(dialog).findByRole('textbox', { name: /实收/ });
    for (const typed of ['135000000000000001', '135000', '13500000']) {
      fireEvent.change(field, { target: { value: typed } });
      within(dialog).getByText('像是付款码，请选「扫付款码」收款');
      fireEvent.submit(field);
    }
    fireEvent.change(field, { target: { value: '1.2.3' } });
    within(dialog).getByText('金额写法如 50 或 12.50');
    expect(bench.station.calls.filter(({ name }) => name === 'payments.pay')).toEqual([]);
    fireEvent.change(field, { target: { value: '100' } });
    within(dialog).getByText('找零 ¥65.00');
  });

  it('a car inside has no fee yet, and one that left owing says so in words, as its plate tells its colour', async () => {
    const gone = stay(plate('鲁B70003', 'yellow'), 9000, { status: 'left', chargeFen: 1500, owedFen: 1500 });
    bench = await openBench({ ...lot, stays: [stay(plate('鲁B70002'), 4000), gone] });
    act(() => go('stays'));
    const owing = (await screen.findByText('欠费离场')).closest('[role="row"]');
    expect(owing?.textContent).toMatch(/鲁B·?70003黄.*¥15\.00/);
    const inside = [...document.querySelectorAll('[role="row"][data-id]')].find((row) => row !== owing);
    expect(inside?.textContent).toContain('—¥0.00');
  });

  it('a row beyond the count opens like any other', async () => {
    bench = await openBench(lot);
    const opened = vi.fn();
    const beyond = { total: 1, length: 3, exact: false, failed: null, busy: false, settled: true };
    const rows = { ...beyond, row: (index: number) => cars[index], want: () => () => {}, again: () => {} };
    const { getByText } = render(<StayList rows={rows} filter={{}} onOpen={opened} />);
    const row = getByText('京A·7F663').closest<HTMLElement>('[role="row"]');
    row?.focus();
    key('Enter');
    expect(opened).toHaveBeenCalledWith(cars[2], 2);
  });

  it('a fee asked on the phone: keys alone; a payment without an outcome takes no other money until somebody insists', async () => {
    bench = await openBench(lot);
    bench.station.answers.push('unknown');
    act(() => go('fee'));
    const field = await screen.findByRole('textbox', { name: '车牌任意几位' });
    expect(document.activeElement).toBe(field);
    for (const char of 'k218') key(char);
    await screen.findByText('在场车辆 2 辆');
    key('ArrowDown');
    key('Enter');
    await screen.findByText('现在应缴');
    const pay = screen.getByText('场内预缴').closest('button');
    expect(document.activeElement).toBe(pay);
    expect(screen.getAllByText('¥35.00').length).toBeGreaterThan(0);
    fireEvent.click(pay ?? document.body);
    const dialog = await screen.findByRole('dialog');
    const scan = (await within(dialog).findAllByText(/扫付款码/))[0];
    fireEvent.click(scan ?? document.body);
    const code = await within(dialog).findByLabelText('请扫车主手机上的付款码');
    fireEvent.change(code, { target: { value: '135000000000000001' } });
    fireEvent.submit(code);
    await within(dialog).findByText('结果不明，正在核实。先不要另外收钱。');
    expect(bench.station.calls.filter(({ name }) => name === 'payments.charge')).toMatchObject([
      { input: { authCode: '135000000000000001', despiteUnknown: false } },
    ]);
    expect(within(dialog).queryByText('发起收款')).toBeNull();
    expect(within(dialog).getByText('立即查询')).toBeDefined();
  });
});
