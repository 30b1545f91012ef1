import { act, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { inSpan } from '../../renderer/app/theme.ts';
import { bind, bindingsOf, chooseLayout } from '../../renderer/features/booth/keymap/bindings.ts';
import { keyOfEvent } from '../../renderer/features/booth/keymap/key-of-event.ts';
import { boothActs, layouts } from '../../renderer/features/booth/keymap/layouts.ts';
import { setPrefs, usePrefs } from '../../renderer/lib/prefs.ts';
import { charging, plate } from '../fakes/station/build.ts';
import { ageShownCar, type Bench, byHand, openBooth, resetStores, scene } from './support.tsx';

let bench: Bench | undefined;
afterEach(() => {
  bench?.stop();
  bench = undefined;
  resetStores();
});

async function open(name: string): Promise<Bench> {
  const opened = await openBooth(scene(name));
  bench = opened;
  ageShownCar();
  return opened;
}

async function press(...keys: readonly string[]): Promise<void> {
  if (!bench) throw new Error('no bench');
  for (const key of keys) await byHand(bench, key);
  await bench.settle();
}

const names = (): readonly string[] => (bench?.station.calls ?? []).map(({ name }) => name);

describe('按键', () => {
  it.each(Object.entries(layouts))('of the layout %s are all different and may all be bound', (_name, layout) => {
    expect(new Set(Object.values(layout)).size).toBe(boothActs.length);
    for (const act of boothActs) expect(bind(act, layout[act])?.kind).not.toBe('fixed');
  });

  it('refuses a key that means something else, and one that nobody may take', () => {
    expect(bind('pay', 'F5')).toEqual({ kind: 'taken', by: 'correct' });
    for (const key of ['Enter', 'Escape', '5', '.', 'F7', 'Tab', 'ArrowUp', 'MediaPlay'])
      expect(bind('pay', key)).toEqual({ kind: 'fixed' });
    expect(usePrefs.getState().keys).toEqual({});
  });

  it('what was bound counts; an act whose key is taken by that has the one that became free', () => {
    expect(bindingsOf('booth', { pay: 'Q', nonsense: 'X' })).toEqual({ ...layouts.booth, pay: 'Q' });
    // Bound before the drawer had a key.
    expect(bindingsOf('booth', { mute: 'D', pay: 'Q' })).toEqual({
      ...layouts.booth,
      mute: 'D',
      pay: 'Q',
      drawer: '+',
    });
    expect(bindingsOf('booth', { pay: 'F5', pos: 'F5' })).toEqual({ ...layouts.booth, pay: 'F5', correct: '+' });
    for (const chosen of [
      { mute: 'D', silence: 'M' },
      { help: 'D', mute: 'H', next: 'M' },
      { mute: 'F7', pay: '1' },
    ])
      expect(new Set(Object.values(bindingsOf('booth', chosen))).size).toBe(boothActs.length);
  });

  it('the list of keys shows what they stand for where a binding from before takes the key of the drawer', async () => {
    await open('hardware');
    act(() => setPrefs({ keys: { mute: 'D' } }));
    await press('h');
    const key = (name: RegExp) => within(screen.getByRole('dialog')).getByRole('button', { name }).textContent;
    expect([key(/^打开钱箱/), key(/^静音/)]).toEqual([expect.stringMatching(/M$/), expect.stringMatching(/D$/)]);
  });

  it('are bound anew by pressing the act and then the key; the hints follow, and the old key means nothing', async () => {
    await open('charging');
    await press('h');
    const dialog = within(screen.getByRole('dialog'));
    await bench?.user.click(dialog.getByRole('button', { name: /^收费放行/ }));
    await press('{F12}');
    expect(dialog.getByRole('status').textContent).toBe('F12 已是「免费放行」，先把它换到别的键');
    await press('{F7}');
    expect(dialog.getByRole('status').textContent).toContain('F7 不能用');
    await press('q');
    await press('{Escape}');
    expect(screen.getByRole('button', { name: /收费放行/ }).getAttribute('aria-keyshortcuts')).toBe('Q');
    await press('{F11}');
    expect(names()).toEqual([]);
    await press('q');
    expect(names()).toEqual(['lanes.collect']);
  });

  it('that are dangerous need a reason and Enter wherever they were bound to', async () => {
    await open('charging');
    act(() => void bind('release', 'Q'));
    await press('q', 'q', '{F11}', '{Enter}');
    expect(names()).toEqual([]);
    await press('1', '{Enter}');
    expect(names()).toEqual(['lanes.release']);
  });

  it('of the other layout open the passages where that staff looks for them', async () => {
    await open('charging');
    act(() => chooseLayout('classic'));
    await press('{F9}');
    expect(screen.getByRole('dialog', { name: '最近过车' })).toBeTruthy();
  });

  it('mean the same while an input method is switched on', () => {
    expect(keyOfEvent({ key: 'Process', code: 'KeyB' })).toBe('B');
    expect(keyOfEvent({ key: 'Process', code: 'Numpad5' })).toBe('5');
    expect(keyOfEvent({ key: 'b', code: 'KeyB' })).toBe('B');
  });
});

describe('the car that drives in while another one pays', () => {
  it('is put right from the exit, and the panel keeps its car', async () => {
    await open('paying');
    await press('e');
    expect(screen.getByRole('dialog').textContent).toContain('更正「西门入口」正在入场的车牌');
    await press('bd54321', '{Enter}');
    expect(bench?.station.calls).toMatchObject([
      { name: 'lanes.correctPlate', input: { id: 'in1', passageId: 'p-in', plate: '鲁BD54321' } },
    ]);
    expect(document.querySelector('.panel')?.getAttribute('data-passage')).toBe('p-out');
  });
});

describe('重拍', () => {
  it('asks the camera, says so at once, and is over when the new picture is there', async () => {
    const { station } = await open('paying');
    await press('p');
    expect(station.calls).toEqual([{ name: 'lanes.snapshot', input: { id: 'out2', passageId: 'p-out' } }]);
    expect(screen.getByRole('button', { name: /正在重拍/ }).getAttribute('aria-busy')).toBe('true');
    act(() => {
      station.changeLane('out2', { passage: charging('p-out', plate('鲁B7K218'), { photoId: 'entry' }) });
    });
    await bench?.settle();
    expect(screen.queryByRole('button', { name: /正在重拍/ })).toBeNull();
  });
});

describe('最近过车', () => {
  it('shows both photos, the fee and how it was paid; its order stands still while it is open', async () => {
    const { station } = await open('paying');
    await press('{F8}', '{ArrowDown}', '{ArrowDown}');
    await bench?.settle();
    const dialog = screen.getByRole('dialog');
    expect(within(dialog).getAllByText(/¥15.00 微信/).length).toBeGreaterThan(0);
    expect(within(dialog).getByText('出场照片')).toBeTruthy();
    // Pictures come when they come.
    const order = () => dialog.querySelector('.passed-list')?.textContent.replaceAll(/正在取照片…|照片取不到/g, '');
    const before = order();
    act(() => {
      const newest = station.scene.events.find(({ kind }) => kind === 'vehicle-entered');
      if (newest) station.addEvent({ ...newest, passageId: 'later' });
    });
    await bench?.settle();
    expect(before).toContain('鲁B·7K218');
    expect(order()).toBe(before);
  });
});

describe('night', () => {
  it('comes by a key and goes by it, back to what there was', async () => {
    await open('idle');
    await press('n');
    expect(document.documentElement.dataset['night']).toBe('true');
    await press('n');
    expect(document.documentElement.dataset['night']).toBeUndefined();
    expect(usePrefs.getState().theme).toBe('system');
  });

  it('by the clock runs over midnight', () => {
    expect(
      ['18:29', '18:30', '23:59', '00:00', '06:29', '06:30'].map((time) => inSpan(time, '18:30', '06:30')),
    ).toEqual([...[false, true, true, true, true, false]]);
    expect(inSpan('12:00', '08:00', '12:00')).toBe(false);
  });
});
