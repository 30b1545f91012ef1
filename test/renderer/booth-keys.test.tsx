import { ORPCError } from '@orpc/client';
import { act, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { setNotice, useBooth } from '../../renderer/features/booth/store.ts';
import { charging, lane, plate, stay } from '../fakes/station/build.ts';
import { ageShownCar, type Bench, byHand, openBooth, resetStores, scene } from './support.tsx';

let bench: Bench;

async function open(name: string, settled = true): Promise<Bench> {
  bench = await openBooth(scene(name));
  if (settled) ageShownCar();
  return bench;
}

async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await byHand(bench, key);
  await bench.settle();
}

/** Long enough for the station to be asked, and until it has answered. */
async function pause(ms: number): Promise<void> {
  await act(() => new Promise((resolve) => setTimeout(resolve, ms)));
  await bench.settle();
}

const named = (name: string) => bench.station.calls.filter((call) => call.name === name);

afterEach(() => {
  bench.stop();
  resetStores();
});

describe('taking money', () => {
  it.each(['{F11}', '{Enter}'])('%s takes what is due for the car on show', async (key) => {
    await open('charging');
    await press(key);
    expect(named('lanes.collect').map((call) => call.input)).toEqual([
      {
        id: 'out2',
        passageId: 'p-out',
        billId: 'bill-1',
        method: 'cash',
        amountFen: 3500,
        part: false,
        change: 'cash',
      },
    ]);
    expect(screen.getByText('鲁B7K218 已收 ¥35.00，正在抬杆')).toBeTruthy();
  });

  it('keeps the change on screen after the key, while the cashier counts it out', async () => {
    await open('charging');
    await press('50', '{Enter}');
    expect(named('lanes.collect').map((call) => call.input)).toMatchObject([{ amountFen: 3500, receivedFen: 5000 }]);
    expect(screen.getByText('鲁B7K218 已收 ¥35.00，找零 ¥15.00，正在抬杆')).toBeTruthy();
  });

  it('never shows the thanks for one car under the next, but keeps them while nobody follows', async () => {
    const bench = await open('charging');
    const next = bench.station.lane('out2');
    await press('50', '{Enter}');
    const told = '鲁B7K218 已收 ¥35.00，找零 ¥15.00，正在抬杆';
    act(() => {
      bench.station.changeLane('out2', { phase: 'idle', passage: null });
    });
    await bench.settle();
    expect(screen.getByText(told)).toBeTruthy();
    act(() => {
      bench.station.changeLane('out2', { ...next, passage: charging('p-next', plate('苏E05EV8')) });
    });
    await bench.settle();
    expect(screen.queryByText(told)).toBeNull();
  });

  it('keeps what was said of the arm, which is the same for every car', async () => {
    const bench = await open('charging');
    act(() => setNotice({ tone: 'done', key: 'held', params: { lane: '东门出口' } }));
    act(() => {
      bench.station.changeLane('out2', { passage: charging('p-next', plate('苏E05EV8')) });
    });
    await bench.settle();
    expect(useBooth.getState().notice).toMatchObject({ key: 'held' });
  });

  it('does not offer a fortune as change, nor sends it', async () => {
    await open('charging');
    await press('9', '9', '9', '9', '9', '9');
    expect(screen.getByText('实收过大')).toBeTruthy();
    expect(screen.queryByText('找零')).toBeNull();
    await press('{Enter}');
    expect(named('lanes.collect')).toEqual([]);
    expect(screen.getByText('实收比应收多 ¥999964.00，没有执行')).toBeTruthy();
    // A hundred too many is a note that is given back.
    await press('{Escape}', '135', '{Enter}');
    expect(named('lanes.collect').map((call) => call.input)).toMatchObject([{ receivedFen: 13_500 }]);
  });

  it('takes back a refusal about the car on show once another stands there, but never one about money', async () => {
    const bench = await open('charging', false);
    const next = { ...bench.station.lane('out2') };
    const passage = next.passage;
    if (!passage) throw new Error('the scene has no car');
    await press('{F11}');
    expect(screen.getByText('车辆刚刚变化，没有执行')).toBeTruthy();
    act(() => {
      bench.station.changeLane('out2', { ...next, passage: { ...passage, id: 'p-next' } });
    });
    await bench.settle();
    expect(screen.queryByText('车辆刚刚变化，没有执行')).toBeNull();

    act(() => setNotice({ tone: 'problem', key: 'lost', params: {}, moneyAct: true }));
    act(() => {
      bench.station.changeLane('out2', { ...next, passage: { ...passage, id: 'p-third' } });
    });
    await bench.settle();
    expect(screen.getByText('可能已收款，不要重复收费')).toBeTruthy();
  });

  it('collects once when the key is pressed twice while the station is still busy', async () => {
    await open('charging');
    const gate = Promise.withResolvers<void>();
    bench.station.delay = gate.promise;
    await press('{F11}', '{F11}');
    expect(screen.getByText('收费放行…')).toBeTruthy();
    gate.resolve();
    await bench.settle();
    await press('{F11}', '{Enter}');
    expect(named('lanes.collect')).toHaveLength(1);
  });

  it('does not collect again for a car whose picture is still the old one', async () => {
    await open('charging');
    const before = bench.station.lane('out2');
    await press('{F11}');
    act(() => {
      bench.station.changeLane('out2', before);
    });
    await bench.settle();
    await press('{F11}');
    expect(named('lanes.collect')).toHaveLength(1);
  });

  it('does not take the repeats of a held key, as when Enter confirmed a dialog, for another press', async () => {
    await open('charging');
    await press('{F2}', '1', '{Enter}');
    for (const key of ['Enter', 'F11']) fireEvent.keyDown(document.body, { key, repeat: true });
    await bench.settle();
    expect(bench.station.calls.map((call) => call.name)).toEqual(['lanes.open']);
  });

  it('takes nothing for a car that appeared this very moment', async () => {
    await open('charging', false);
    await press('{F11}');
    expect(named('lanes.collect')).toHaveLength(0);
    expect(screen.getByRole('alert').textContent).toContain('没有收款');
  });

  it('refuses less than is due and works out the change', async () => {
    await open('charging');
    await press('2', '0', '{F11}');
    expect(named('lanes.collect')).toHaveLength(0);
    expect(screen.getByRole('alert').textContent).toContain('¥15.00');
    await press('{Escape}', '5', '0');
    expect(screen.getByText('找零').textContent).toContain('找零');
    expect(screen.getAllByText('¥15.00').length).toBeGreaterThan(0);
    await press('{F11}');
    expect(named('lanes.collect').map((call) => call.input)).toMatchObject([{ amountFen: 3500 }]);
  });

  it('forgets what was received when another car stands there', async () => {
    await open('charging');
    await press('5', '0');
    act(() => {
      bench.station.changeLane('out2', { passage: charging('p-next', plate('鲁U3B902', 'yellow')) });
    });
    await bench.settle();
    expect(useBooth.getState().received).toBeNull();
  });

  it('does not charge a car that needs a decision first', async () => {
    await open('noentry');
    await press('{F11}', '{Enter}');
    expect(bench.station.calls).toEqual([]);
    expect(screen.getAllByRole('alert').some((alert) => alert.textContent?.includes('这辆车要先处理'))).toBe(true);
  });

  it('says that the car changed when the station refuses with another passage', async () => {
    await open('charging');
    bench.station.failure = new ORPCError('CONFLICT', {
      defined: true,
      message: '状态不允许',
      data: { reason: 'other-car' },
    });
    await press('{F11}');
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain('车道上已经是另一辆车');
    expect(alert.textContent).toContain('没有收款');
    expect(alert.textContent).toContain('下一步');
  });

  it('admits that nobody knows when the connection went during the call', async () => {
    await open('charging');
    bench.station.failure = new Error('Queue was closed or aborted');
    await press('{F11}');
    expect(screen.getByRole('alert').textContent).toContain('可能已收款，不要重复收费');
  });
});

describe('acts that lose money', () => {
  it('F12 needs a reason and then a second, different key', async () => {
    await open('charging');
    await press('{F12}');
    const dialog = screen.getByRole('dialog');
    expect(within(dialog).getByText(/应收 ¥35.00 保留在记录里/)).toBeTruthy();
    await press('{Enter}', '{F12}', '{F11}');
    expect(bench.station.calls).toEqual([]);
    await press('1', '{Enter}');
    expect(bench.station.calls).toEqual([
      { name: 'lanes.release', input: { id: 'out2', passageId: 'p-out', reason: '军警消防救护' } },
    ]);
  });

  it('takes a reason in words only when there are some', async () => {
    await open('charging');
    await press('{F12}', '6', '{Enter}');
    expect(bench.station.calls).toEqual([]);
    await press('residents meeting', '{Enter}');
    expect(named('lanes.release').map((call) => call.input)).toMatchObject([{ reason: 'residents meeting' }]);
  });

  it('Escape leads back and never releases', async () => {
    await open('charging');
    await press('{Escape}', '{F12}', '1', '{Escape}', '{F4}', '{Escape}', '{Delete}', '{Escape}', '{Escape}');
    expect(bench.station.calls).toEqual([]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('switches the dialog off when another car comes under it', async () => {
    await open('charging');
    await press('{F12}', '1');
    act(() => {
      bench.station.changeLane('out2', { passage: charging('p-next', plate('鲁U3B902', 'yellow')) });
    });
    await bench.settle();
    await press('{Enter}');
    expect(bench.station.calls).toEqual([]);
    expect(screen.getByRole('alert').textContent).toContain('车辆已经变化');
  });

  it.each([
    ['{F2}', '1', 'lanes.open', { id: 'in1', reason: '车到闸未抬' }],
    ['{F4}', '2', 'lanes.open', { id: 'out2', reason: '设备故障' }],
    ['{F6}', '5', 'lanes.hold', { id: 'out2', on: true, reason: '疏导拥堵' }],
    ['{Delete}', '2', 'lanes.cancel', { id: 'out2', passageId: 'p-out', reason: '误触发无车' }],
  ])('%s, a reason and Enter', async (key, reason, name, input) => {
    await open('charging');
    await press(key, reason, '{Enter}');
    expect(bench.station.calls).toEqual([{ name, input }]);
  });

  it.each([
    ['{F1}', 'in1'],
    ['{F3}', 'out2'],
  ])('%s closes after a second key', async (key, id) => {
    await open('charging');
    await press(key);
    expect(bench.station.calls).toEqual([]);
    await press('{Enter}');
    expect(bench.station.calls).toEqual([{ name: 'lanes.close', input: { id } }]);
  });

  it('records the Chinese reason when the screen is English', async () => {
    bench = await openBooth(scene('charging'), { language: 'en' });
    await press('{F12}', '1', '{Enter}');
    expect(named('lanes.release').map((call) => call.input)).toMatchObject([{ reason: '军警消防救护' }]);
  });
});

describe('the panel keeps its car', () => {
  it('a car at another lane moves neither the panel nor the focus', async () => {
    await open('charging');
    const focused = document.activeElement;
    act(() => {
      bench.station.changeLane('in1', { phase: 'attention', passage: charging('p-new', plate('苏E05EV8')) });
    });
    await bench.settle();
    expect(document.querySelector('.panel')?.getAttribute('data-passage')).toBe('p-out');
    expect(document.activeElement).toBe(focused);
    expect(screen.getByText('其他车道有 1 辆车等待处理，按 F10 切换')).toBeTruthy();
  });

  it('F10 goes to the other waiting car, and F11 then means that one', async () => {
    bench = await openBooth({
      ...scene('charging'),
      lanes: [
        lane('out1', '北门出口', 'out', { phase: 'charging', passage: charging('p-a', plate('苏E05EV8')) }),
        lane('out2', '东门出口', 'out', { phase: 'charging', passage: charging('p-b', plate('鲁B7K218')) }),
      ],
    });
    await press('{F10}');
    ageShownCar();
    await press('{F11}');
    expect(named('lanes.collect').map((call) => call.input)).toMatchObject([{ id: 'out2', passageId: 'p-b' }]);
  });
});

describe('correcting a plate', () => {
  it('picks a similar car from those inside by arrow and Enter', async () => {
    await open('noentry');
    await press('{F5}');
    await press('B7K218');
    await pause(200);
    await press('{ArrowDown}', '{Enter}');
    expect(named('lanes.correctPlate').map((call) => call.input)).toEqual([
      { id: 'out2', passageId: 'p-att', plate: '鲁B7K218', plateColor: 'blue' },
    ]);
  });

  it('keeps pointing at the car that was pointed at, whatever the next answer puts in its row', async () => {
    const bench = await open('noentry');
    const a = stay(plate('鲁B21821'), 4_000);
    const b = stay(plate('鲁BA2182'), 3_000);
    const far = stay(plate('鲁B7K218'), 2_000);
    bench.station.change({ stays: [far, b, a] });
    await press('{F5}', '2', '1', '8');
    await pause(200);
    // Another character, and the arrow before its answer: the list that is seen belongs to what was typed before.
    await bench.user.keyboard('2{ArrowDown}{Enter}');
    await bench.settle();
    expect(named('lanes.correctPlate')).toEqual([]);
    await pause(250);
    const rows = [...document.querySelectorAll('.candidates .plate')].map((row) => row.getAttribute('aria-label'));
    // What holds the typed characters comes first.
    expect(rows.map((row) => row?.slice(3, -3))).toEqual(['鲁BA2182', '鲁B21821', '鲁B7K218']);
    await press('{ArrowDown}', '{ArrowDown}', '{Enter}');
    expect(named('lanes.correctPlate').map((call) => call.input)).toMatchObject([{ plate: '鲁B21821' }]);
  });

  it('types an unread plate: the usual province first, another by Space and arrows, no input method', async () => {
    await open('unread');
    await press('{F5}', ' ', '{ArrowRight}', '{Enter}', 'bd12345', '{Enter}');
    expect(named('lanes.correctPlate').map((call) => call.input)).toEqual([
      { id: 'out2', passageId: 'p-att', plate: '豫BD12345', plateColor: 'green' },
    ]);
  });

  it('replaces what was read by the first key, and takes back single characters', async () => {
    await open('noentry');
    await press('{F5}', '{Backspace}', '8');
    expect(screen.getByRole('textbox', { name: '号码' }).textContent).toBe('B7K218');
    await press('{Escape}', '{F5}', 'c');
    expect(screen.getByRole('textbox', { name: '号码' }).textContent).toBe('C');
  });

  it('ends a trailer plate without an input method', async () => {
    await open('unread');
    await press('{F5}', 'b1234', ' ', '{ArrowLeft>6/}', '{ArrowDown>3/}', '{Enter}');
    expect(screen.getByRole('textbox', { name: '号码' }).textContent).toBe('B1234挂');
  });

  it('does not accept half a plate', async () => {
    await open('unread');
    await press('{F5}', 'b12', '{Enter}');
    expect(bench.station.calls).toEqual([]);
    expect(screen.getByText('车牌还不完整')).toBeTruthy();
  });
});
