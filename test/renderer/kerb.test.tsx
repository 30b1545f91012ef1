import { act, screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useSession } from '../../renderer/lib/station/session.ts';
import { changeBerth } from '../fakes/station/berth-handlers.ts';
import type { Scene } from '../fakes/station/fake-station.ts';
import { parked } from '../fakes/station/scenarios-kerb.ts';
import { noteTones } from './silent-audio.ts';
import { type Bench, openBench, resetStores, scene } from './support.tsx';

let bench: Bench | undefined;
afterEach(() => {
  bench?.stop();
  bench = undefined;
  resetStores();
  vi.unstubAllGlobals();
});

/** By what a reader hears of it, and not by role: the names of forty buttons take longer than the test. */
function cell(n: number): HTMLElement {
  const told = `泊位 4403050001${String(n).padStart(4, '0')}`;
  const found = [...document.querySelectorAll('button')].find((button) => said(button).startsWith(told));
  if (!found) throw new Error(`nobody tells of ${told}`);
  return found;
}

/** What a reader hears of it. */
const said = (of: HTMLElement): string => of.querySelector('.visually-hidden')?.textContent ?? '';

async function openMap(from: string | Scene = 'kerb40'): Promise<Bench> {
  bench = await openBench(typeof from === 'string' ? scene(from) : from);
  await waitFor(() => cell(1));
  return bench;
}

async function press(keys: string): Promise<void> {
  await bench?.user.keyboard(keys);
  await bench?.settle();
}

const callsOf = (name: string): readonly unknown[] =>
  (bench?.station.calls ?? []).filter((call) => call.name === name).map(({ input }) => input);

const panel = (): HTMLElement => screen.getByRole('complementary');

describe('the map of the kerb', () => {
  it('is what a kerbside site opens with, each berth told in words', async () => {
    await openMap();
    expect(screen.getByRole('button', { name: '泊位图' }).getAttribute('aria-current')).toBe('page');
    expect(said(cell(6))).toBe('泊位 44030500010006，空泊位');
    expect(said(cell(8))).toBe('泊位 44030500010008，有车，粤BC1010，已停 3时34，应收 ¥20.00');
    expect(said(cell(4))).toContain('已付');
    expect(said(cell(3))).toContain('无牌，请录入车牌');
    expect(said(cell(9))).toContain('停用');
    expect(said(cell(11))).toContain('还没有消息');
    expect(cell(17).textContent).toContain('离线');
    expect(screen.getByRole('region', { name: /东海路.*空 3.*占 15.*未知 1.*停用 1/ })).toBeDefined();
  });

  it('shows what needs a person, and goes through it key by key', async () => {
    await openMap();
    expect(within(panel()).getByRole('heading', { name: '待处理 6' })).toBeDefined();
    await press('{F10}');
    expect(document.activeElement).toBe(cell(3));
    await press('{F10}');
    expect(document.activeElement).toBe(cell(5));
    await bench?.user.click(screen.getByRole('button', { name: '待处理 6' }));
    expect(screen.queryByRole('button', { name: /^泊位 44030500010008/ })).toBeNull();
    expect(screen.getAllByRole('button', { name: /^泊位 4403/ })).toHaveLength(6);
  });

  it('jumps to what is typed, walks by arrows, and leads into the panel and back', async () => {
    await openMap();
    await press('0008');
    expect(document.activeElement).toBe(cell(8));
    expect(within(panel()).getByText('¥20.00')).toBeDefined();
    await press('{ArrowLeft}');
    expect(document.activeElement).toBe(cell(7));
    await press('{ArrowRight}{ArrowDown}');
    expect(document.activeElement).toBe(cell(18));
    await press('{ArrowUp}{Enter}');
    expect(document.activeElement?.textContent).toContain('收费 ¥20.00');
    // The first Esc takes back what was typed, the second leads back to the street, the third lets go of the berth.
    await press('{Escape}{Escape}');
    expect(document.activeElement).toBe(cell(8));
    await press('{Escape}');
    expect(within(panel()).getByRole('heading', { name: '待处理 6' })).toBeDefined();
  });

  it('finds a car by its plate', async () => {
    await openMap();
    await press('R2989');
    expect(document.activeElement).toBe(cell(10));
    expect(screen.getByText('1 个相符')).toBeDefined();
  });

  it('follows the journal without a key, and calls once for a car nobody knows', async () => {
    const heard = noteTones();
    const { station, settle } = await openMap();
    expect(heard).toEqual([]);
    const free = station.scene.berths?.find(({ id }) => id === 'b6');
    if (!free) throw new Error('no berth');
    act(() => void changeBerth(station, 'b6', parked(free, 2, { plate: '' })));
    await waitFor(() => expect(cell(6).textContent).toContain('无牌'));
    // The tone of a call, not that of an alarm.
    expect(heard).toEqual([880]);
    act(() => void changeBerth(station, 'b6', { device: 'offline' }));
    await waitFor(() => expect(cell(6).textContent).toContain('离线'));
    await settle();
    expect(heard).toEqual([880]);
  });
});

describe('what an attendant does at a berth', () => {
  it('enters the plate of a car nobody knew, of the stay that was seen', async () => {
    await openMap();
    await press('0003');
    await press('{F5}');
    expect(screen.getByRole('dialog', { name: '录入泊位 44030500010003 的车牌' })).toBeDefined();
    await press('B1234');
    expect(callsOf('berths.identify')).toEqual([]);
    await press('5{Enter}');
    expect(callsOf('berths.identify')).toEqual([
      { id: 'b3', uid: 'kerb-b3', plate: '粤B12345', plateColor: 'blue', vehicleClass: 'small' },
    ]);
    await waitFor(() => expect(cell(3).textContent).toContain('粤B·12345'));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(within(panel()).getByText('已录入 粤B12345')).toBeDefined();
    expect(document.activeElement).toBe(cell(3));
  });

  it('never names a car that came while the dialog stood', async () => {
    const { station } = await openMap();
    await press('0003{F5}');
    await press('B12345');
    const berth = station.scene.berths?.find(({ id }) => id === 'b3');
    if (!berth) throw new Error('no berth');
    act(() => void changeBerth(station, 'b3', parked(berth, 1, { uid: 'another' })));
    await screen.findByText('泊位里的车已经变化，按 Esc 返回');
    await press('{Enter}');
    expect(callsOf('berths.identify')).toEqual([]);
  });

  it('takes cash with change at the window, and the berth is paid', async () => {
    await openMap();
    await press('0008{F11}');
    const field = await screen.findByRole('textbox', { name: /实收/ });
    await bench?.user.type(field, '50{Enter}');
    await screen.findByText('已缴 ¥20.00，找零 ¥30.00');
    expect(callsOf('payments.pay')).toEqual([
      expect.objectContaining({ id: 'bill-kerb-b8', method: 'cash', receivedFen: 5_000 }),
    ]);
    await bench?.user.click(screen.getByRole('button', { name: '完成' }));
    await waitFor(() => expect(cell(8).textContent).toContain('已付'));
  });

  it('says what is owed before a car is noted as gone, and afterwards how it is collected', async () => {
    await openMap();
    await press('0008{F4}');
    const dialog = screen.getByRole('dialog', { name: '泊位 44030500010008 的车已离开？' });
    expect(dialog.textContent).toContain('应收 ¥20.00 还没有付');
    expect(dialog.textContent).toContain('记为 粤BC1010 的欠费');
    await press('{Enter}');
    expect(callsOf('berths.observe')).toEqual([{ id: 'b8', occupied: false }]);
    await within(panel()).findByText('欠费 ¥20.00');
    expect(within(panel()).getByRole('link', { name: '查看欠费' }).getAttribute('href')).toBe(
      `#/debts?${new URLSearchParams({ plate: '粤BC1010', state: 'open' }).toString()}`,
    );
    await waitFor(() => expect(said(cell(8))).toContain('空泊位'));
  });

  it('warns that nothing can be collected without a plate, and the verb says so', async () => {
    await openMap();
    await press('0003{F4}');
    expect(screen.getByRole('dialog').textContent).toContain('没有车牌，追不回来');
    expect(screen.getByRole('button', { name: /免收并记录离开/ })).toBeDefined();
    await press('{Escape}');
    expect(callsOf('berths.observe')).toEqual([]);
  });

  it('notes that a car came some minutes ago, its plate left for later', async () => {
    await openMap();
    await press('0006{F2}');
    await bench?.user.click(screen.getByRole('radio', { name: '5 分钟前' }));
    await bench?.user.click(screen.getByRole('button', { name: /记录停入/ }));
    expect(callsOf('berths.observe')).toEqual([
      { id: 'b6', occupied: true, at: expect.stringMatching(/^2026-03-02T18:00:[01]\d/), vehicleClass: 'small' },
    ]);
  });

  it('keeps the station’s refusal in sight and changes nothing', async () => {
    const { station } = await openMap();
    await press('0008{F4}');
    station.failure = new Error('broken');
    await press('{Enter}');
    expect(within(panel()).getByText(/没有成功|不知道是否已执行/)).toBeDefined();
    expect(cell(8).textContent).toContain('粤B·C1010');
  });

  it('does nothing while the connection is lost', async () => {
    await openMap();
    await press('0008');
    act(() => useSession.setState({ link: 'lost', lostAt: 1 }));
    for (const name of [/收费/, /车已离开/, /更正车牌/])
      expect(within(panel()).getByRole<HTMLButtonElement>('button', { name }).disabled).toBe(true);
    await press('{F4}{Enter}');
    expect(callsOf('berths.observe')).toEqual([]);
  });

  it('says that a key means nothing at a free berth', async () => {
    await openMap();
    await press('0006{F11}');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(within(panel()).getByText('这个泊位现在不能这样操作')).toBeDefined();
  });
});

describe('where the map stands', () => {
  it('leads a manager to the register while there is no berth, and tells an attendant whom to ask', async () => {
    bench = await openBench(scene('kerbEmpty'));
    expect((await screen.findByRole('link', { name: '打开泊位登记' })).getAttribute('href')).toBe('#/berths');
    bench.stop();
    bench = await openBench(scene('kerbEmptyAttendant'));
    await screen.findByText(/请车场经理/);
    expect(screen.queryByRole('link', { name: '打开泊位登记' })).toBeNull();
  });

  it('stands beside the lanes where a site has both, a key between them', async () => {
    bench = await openBench(scene('kerbBeside'));
    expect(screen.getByRole('button', { name: '岗亭' }).getAttribute('aria-current')).toBe('page');
    await press('{Alt>}b{/Alt}');
    await waitFor(() => cell(1));
    expect(screen.getByRole('button', { name: '泊位图' }).getAttribute('aria-current')).toBe('page');
    await press('{Alt>}b{/Alt}');
    expect(screen.getByRole('button', { name: '岗亭' }).getAttribute('aria-current')).toBe('page');
  });

  it('is not offered where there are only lanes', async () => {
    bench = await openBench(scene('idle'));
    expect(screen.queryByRole('button', { name: '泊位图' })).toBeNull();
  });
});

it('can be read by a screen reader, panel and dialogs included', async () => {
  await openMap();
  const faults = async (): Promise<readonly string[]> => {
    const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  };
  expect(await faults()).toEqual([]);
  await press('0008');
  expect(await faults()).toEqual([]);
  await press('{F5}');
  expect(await faults()).toEqual([]);
  await press('{Escape}');
  await press('{F4}');
  expect(await faults()).toEqual([]);
}, 30_000);
