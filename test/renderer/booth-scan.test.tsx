import { ORPCError } from '@orpc/client';
import { act, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { usePay } from '../../renderer/features/booth/pay/pay-store.ts';
import { selectLane, useBooth } from '../../renderer/features/booth/store.ts';
import { Wedge } from '../../renderer/lib/scan/wedge.ts';
import { useSession } from '../../renderer/lib/station/session.ts';
import { scannedKind } from '../../shared/domain/pay-code.ts';
import { attemptChanges } from '../fakes/station/booth-handlers.ts';
import { bill, charging, plate } from '../fakes/station/build.ts';
import { ageShownCar, type Bench, byHand, openBooth, passPageTime, resetStores, scene } from './support.tsx';

const WECHAT = '135000000000000001';
const ALIPAY = '2812345678901234567';

/** What a wedge made of keys, each at its instant; silence afterwards. */
function heard(keys: readonly (readonly [key: string, at: number])[]): readonly string[] {
  const said: string[] = [];
  const wedge = new Wedge(
    {
      typed: (chars) => said.push(`typed ${chars.join('')}`),
      scanned: (code) => said.push(`scanned ${code}`),
      garbled: () => said.push('garbled'),
    },
    () => () => undefined,
  );
  for (const [key, at] of keys) {
    if (key !== 'Enter') wedge.char(key, at);
    else said.push(wedge.enter(at) ? 'swallowed' : 'enter');
  }
  wedge.settle();
  return said;
}

const keysOf = (text: string, everyMs: number, from = 0): (readonly [string, number])[] =>
  [...text].map((key, index) => [key, from + index * everyMs] as const);

describe('a scan gun and a hand on one keyboard', () => {
  it('tells a code by its speed, with Enter behind it or without', () => {
    expect(heard([...keysOf(WECHAT, 10), ['Enter', 180]])).toEqual([`scanned ${WECHAT}`, 'swallowed']);
    expect(heard(keysOf(WECHAT, 10))).toEqual([`scanned ${WECHAT}`]);
    // The Enter of a slow gun, a moment after the code.
    expect(heard([...keysOf(WECHAT, 10), ['Enter', 400]])).toEqual([`scanned ${WECHAT}`, 'swallowed']);
  });

  it('never takes an amount for a code, however quick the hand', () => {
    expect(heard([...keysOf('50', 30), ['Enter', 60]])).toEqual(['typed 50', 'enter']);
    expect(heard([...keysOf('12345678', 80), ['Enter', 700]])).toEqual(
      [...'12345678'].map((d) => `typed ${d}`).concat('enter'),
    );
  });

  it('never takes a code that lost keys for an amount, nor its Enter for a payment', () => {
    expect(heard([...keysOf('13500', 10), ['Enter', 50]])).toEqual(['garbled', 'swallowed']);
  });

  it('takes a person who goes on after a code for a person', () => {
    expect(heard([...keysOf(WECHAT, 10), ['Enter', 180], ['5', 900], ['Enter', 1_200]])).toEqual([
      `scanned ${WECHAT}`,
      'swallowed',
      'typed 5',
      'enter',
    ]);
  });

  it.each([
    [WECHAT, 'wechat'],
    ['1600000000000000001', 'other'],
    ['13500000000000001', 'other'],
    ['2512345678901234', 'alipay'],
    [ALIPAY, 'alipay'],
    ['301234567890123456789012', 'alipay'],
    ['3012345678901234567890123', 'other'],
    ['6212345678901234567', 'unionpay'],
    ['990000000012', 'other'],
  ])('%s is the payment code of %s', (code, kind) => {
    expect(scannedKind(code)).toBe(kind);
  });
});

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

/** A code that no other test has scanned: the same one again is one presentation. */
let codes = 0;
const freshCode = (): string => `14${String(++codes).padStart(16, '0')}`;

/** As the gun types: ten milliseconds between the keys, into whatever has the focus. Enter presses a button where nobody takes it away. */
async function scan(code: string): Promise<void> {
  for (const key of [...code, 'Enter']) {
    const target = document.activeElement ?? document.body;
    const goesOn = fireEvent.keyDown(target, { key });
    if (goesOn && key === 'Enter' && target instanceof HTMLElement) target.click();
    passPageTime(10);
  }
  await bench?.settle();
}

/** As though the car on show had only just come up. */
const justCame = (): void =>
  act(() => useBooth.setState((state) => ({ shown: { ...state.shown, since: performance.now() } })));

async function press(...keys: readonly string[]): Promise<void> {
  if (!bench) throw new Error('no bench');
  for (const key of keys) await byHand(bench, key);
  await bench?.settle();
}

const named = (name: string) =>
  (bench?.station.calls ?? []).filter((call) => call.name === name).map((call) => call.input);

describe('扫码收款', () => {
  it('charges the scanned code for the bill on show without any key, and leaves no amount behind', async () => {
    await open('paying');
    await scan(WECHAT);
    expect(named('payments.charge')).toEqual([
      { id: 'bill-1', channel: 'gun', authCode: WECHAT, despiteUnknown: false },
    ]);
    expect(named('lanes.collect')).toEqual([]);
    expect(useBooth.getState().received).toBeNull();
  });

  it('takes the same code presented twice for one presentation', async () => {
    const { station } = await open('paying');
    station.answers.push('declined');
    await scan(ALIPAY);
    await scan(ALIPAY);
    expect(named('payments.charge')).toHaveLength(1);
    expect(screen.getByText('付款没有成功')).toBeTruthy();
  });

  it('looks again at a phone that lies there until it can pay, and says once that it cannot', async () => {
    const { station } = await open('paying');
    const code = freshCode();
    justCame();
    await scan(code);
    expect(named('payments.charge')).toEqual([]);
    expect(screen.getByRole('alert').textContent).toContain('车辆刚刚变化');
    await press('2');
    justCame();
    await scan(code);
    expect(useBooth.getState().received?.text).toBe('2');
    ageShownCar();
    station.answers.push('sent');
    await scan(code);
    await scan(code);
    expect(named('payments.charge')).toMatchObject([{ authCode: code }]);
    expect(useBooth.getState().received).toBeNull();
    // Its own try is under way: nothing is to be decided.
    passPageTime(3_000);
    await scan(code);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(named('payments.charge')).toHaveLength(1);
  });

  it('remembers no code that came while a dialog was open', async () => {
    await open('paying');
    const code = freshCode();
    await press('{F12}', '1');
    await scan(code);
    await press('{Escape}');
    await scan(code);
    expect(named('payments.charge')).toMatchObject([{ authCode: code }]);
  });

  it('tries a code that was refused again with its next read', async () => {
    const { station } = await open('paying');
    const code = freshCode();
    station.failure = new ORPCError('CONFLICT', { data: { reason: 'channel-refuses' } });
    await scan(code);
    await scan(code);
    expect(named('payments.charge')).toHaveLength(2);
  });

  it('tries a declined code that lies there three times, says so once, and is quiet until it was taken away', async () => {
    const { station } = await open('paying');
    const code = freshCode();
    station.answers.push(...Array.from({ length: 9 }, () => 'declined' as const));
    const again = async (times: number): Promise<void> => {
      for (let each = 0; each < times; each += 1) {
        await scan(code);
        passPageTime(3_000);
      }
    };
    await again(3);
    expect(screen.queryByText(/一直在扫码枪下/)).toBeNull();
    await again(6);
    expect(named('payments.charge')).toHaveLength(3);
    expect(screen.getByText(/一直在扫码枪下/)).toBeTruthy();
    passPageTime(10_000);
    await again(1);
    expect(named('payments.charge')).toHaveLength(4);
  });

  it('says so where nobody waits to pay, where the site has no such channel, and where it is no payment code', async () => {
    await open('idle');
    await scan(freshCode());
    expect(screen.getByRole('alert').textContent).toContain('现在没有待缴费的车');
    bench?.stop();
    const { station } = await open('charging');
    await scan(freshCode());
    expect(screen.getByRole('alert').textContent).toContain('本场没有开通扫付款码');
    await scan('990000000012');
    expect(screen.getByRole('alert').textContent).toContain('扫到的不是付款码');
    expect(station.calls).toEqual([]);
  });

  it('shows the code of a channel by one key, the next by another press, and takes the first back', async () => {
    await open('paying');
    await press('+');
    expect(screen.getByText('等待车主付款')).toBeTruthy();
    await press('+');
    expect(named('payments.charge')).toMatchObject([
      { channel: 'wx', despiteUnknown: false },
      { channel: 'ali', despiteUnknown: true },
    ]);
    // Cash stays one key away while a code is merely shown.
    await press('{F11}');
    expect(named('lanes.collect')).toHaveLength(1);
  });

  it('asks twice before money is taken besides a try whose end is not known', async () => {
    const { station } = await open('paying');
    station.answers.push('unknown');
    await scan(freshCode());
    expect(screen.getByText('结果未知，正在核实')).toBeTruthy();
    await press('{F11}');
    expect(named('lanes.collect')).toEqual([]);
    expect(screen.getByRole('dialog').textContent).toContain('上一笔支付还没有结果，现在收现金？');
    await press('{Enter}');
    expect(named('lanes.collect')).toMatchObject([{ amountFen: 3500, billId: 'bill-1' }]);
  });

  it.each(['EN', '查看西门入口'])(
    'charges the scanned code while 「%s」 has the focus, and presses nothing',
    async (name) => {
      await open('paying');
      const control = screen.queryByTitle(name) ?? screen.getByText(name);
      const selected = useBooth.getState().laneId;
      act(() => control.focus());
      const code = freshCode();
      await scan(code);
      expect(named('payments.charge')).toMatchObject([{ id: 'bill-1', authCode: code }]);
      expect(document.documentElement.lang).toBe('zh-CN');
      expect(useBooth.getState().laneId).toBe(selected);
      // A hand's Enter still is the control's.
      passPageTime(400);
      expect(fireEvent.keyDown(control, { key: 'Enter' })).toBe(true);
    },
  );

  it('goes on at one lane while the channel of another is slow to answer', async () => {
    const { station } = await open('payingFour');
    const passage = charging('p-four', plate('鲁B44444'), { bill: bill({ id: 'bill-4' }) });
    act(() => {
      station.changeLane('out4', { phase: 'charging', passage });
    });
    await bench?.settle();
    const slow = Promise.withResolvers<void>();
    station.delay = slow.promise;
    await scan(freshCode());
    station.delay = null;
    act(() => selectLane('out4'));
    ageShownCar();
    await scan(freshCode());
    expect(named('payments.charge')).toMatchObject([{ id: 'bill-1' }, { id: 'bill-4' }]);
    expect(station.lane('out4').phase).toBe('cleared');
    slow.resolve();
    await bench?.settle();
    expect(station.lane('out2').phase).toBe('cleared');
  });

  it('follows a try by the journal until its end', async () => {
    const { station } = await open('paying');
    station.answers.push('sent');
    await scan(freshCode());
    expect(screen.getByText('等待车主确认付款')).toBeTruthy();
    act(() => attemptChanges(station, 'att-1', 'declined', '密码错误'));
    await bench?.settle();
    expect(screen.getByText('付款没有成功')).toBeTruthy();
    expect(screen.getByText('密码错误')).toBeTruthy();
  });

  it('confirms nothing with the Enter of a scan while a dialog is open', async () => {
    await open('paying');
    await press('{F12}', '1');
    const dialog = screen.getByRole('dialog');
    for (const key of [...WECHAT, 'Enter']) {
      fireEvent.keyDown(dialog, { key });
      passPageTime(10);
    }
    await bench?.settle();
    expect(bench?.station.calls).toEqual([]);
    expect(screen.getByRole('dialog')).toBe(dialog);
  });
});

describe('收一部分', () => {
  it('takes what was typed and says what is left; a card only after a look at the terminal', async () => {
    await open('paying');
    await press('2', '0', 'b');
    expect(named('lanes.collect')).toMatchObject([{ method: 'cash', amountFen: 2000, part: true, billId: 'bill-1' }]);
    expect(screen.getByText('还差 ¥15.00')).toBeTruthy();
    ageShownCar();
    await press('/');
    expect(named('lanes.collect')).toHaveLength(1);
    expect(screen.getByRole('dialog').textContent).toContain('¥15.00');
    await press('{Enter}');
    expect(named('lanes.collect')).toMatchObject([{}, { method: 'pos', amountFen: 1500, billId: 'bill-1-rest' }]);
  });

  it('is refused where it is the whole or nothing', async () => {
    await open('paying');
    await press('b');
    await press('5', '0', 'b');
    expect(named('lanes.collect')).toEqual([]);
    expect(screen.getByRole('alert').textContent).toContain('部分收款要少于本次应收');
  });
});

describe('锁屏时扫到的付款码', () => {
  it('never becomes a password: nothing is sent, the field is empty again, and it is said', async () => {
    const opened = await open('paying');
    const user = { ...opened.station.scene.user, locked: true };
    act(() => useSession.setState({ user }));
    const field = await screen.findByLabelText(`${user.displayName || user.name} 的密码`);
    let typed = '';
    for (const key of freshCode()) {
      fireEvent.keyDown(field, { key });
      typed += key;
      fireEvent.change(field, { target: { value: typed } });
      passPageTime(10);
    }
    expect(fireEvent.keyDown(field, { key: 'Enter' })).toBe(false);
    await opened.settle();
    expect(screen.getByLabelText(`${user.displayName || user.name} 的密码`)).toHaveProperty('value', '');
    expect(screen.getByText('扫码枪扫到的码没有使用，解锁后再扫')).toBeTruthy();
    // A hand's password goes its way.
    const again = screen.getByLabelText(`${user.displayName || user.name} 的密码`);
    passPageTime(450);
    fireEvent.keyDown(again, { key: 'x' });
    expect(fireEvent.keyDown(again, { key: 'Enter' })).toBe(true);
  });
});

describe('a code that runs out', () => {
  const shown = () => usePay.getState().shown;
  const runsOut = async (): Promise<void> => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    act(() =>
      usePay.setState({ shown: { billId: 'bill-1', channel: 'wx', text: 'https://pay.example/old', forMs: 6000 } }),
    );
    act(() => void vi.advanceTimersByTime(6000));
    vi.useRealTimers();
    await bench?.settle();
  };

  it('makes way for the next by itself, with nobody pressing a key', async () => {
    await open('paying');
    await runsOut();
    expect(named('payments.charge')).toMatchObject([{ id: 'bill-1', channel: 'wx' }]);
    expect(shown()).toMatchObject({ channel: 'wx', text: 'https://pay.example/att-1' });
  });

  it('makes way for nothing once it was put away', async () => {
    await open('paying');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    act(() =>
      usePay.setState({ shown: { billId: 'bill-1', channel: 'wx', text: 'https://pay.example/old', forMs: 6000 } }),
    );
    act(() => usePay.setState({ shown: null }));
    act(() => void vi.advanceTimersByTime(60_000));
    vi.useRealTimers();
    await bench?.settle();
    expect(named('payments.charge')).toEqual([]);
  });
});
