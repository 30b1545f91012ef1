import { ORPCError } from '@orpc/client';
import { act, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_RULES } from '../../shared/domain/passage-rules.ts';
import { charging, passage, plate } from '../fakes/station/build.ts';
import { ageShownCar, type Bench, byHand, openBooth, resetStores, scene } from './support.tsx';

let bench: Bench;

async function open(name: string): Promise<Bench> {
  bench = await openBooth(scene(name));
  ageShownCar();
  return bench;
}

async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await byHand(bench, key);
  await bench.settle();
}

const calls = () => bench.station.calls.map(({ name, input }) => [name, input]);
const panel = () => screen.getByRole('region', { name: '出场收费' });

afterEach(() => {
  bench.stop();
  resetStores();
});

describe('approving what stopped a car', () => {
  it.each(['{F11}', '{Enter}'])('%s approves it where no reason is asked for, and names the car', async (key) => {
    await open('confirm');
    await press(key);
    expect(calls()).toEqual([['lanes.approve', { id: 'out2', passageId: 'p-confirm' }]]);
  });

  it('asks for a reason first where a rule forbids it, and needs two more keys', async () => {
    await open('blackentry');
    await press('{F11}');
    expect(within(screen.getByRole('dialog')).getByText(/规则不允许它通行：黑名单车辆/)).toBeTruthy();
    await press('{F11}', '{Enter}');
    expect(calls()).toEqual([]);
    await press('4', '{Enter}');
    expect(calls()).toEqual([['lanes.approve', { id: 'in1', passageId: 'p-blacklisted', reason: '管理员同意' }]]);
    expect(screen.getByText('鲁U3B902 已核对放行，正在抬杆')).toBeTruthy();
  });

  it('sends the passage that was seen, so that the station refuses it for the next car', async () => {
    await open('blackentry');
    await press('{F11}', '4');
    // The next car comes, and this window has not heard of it yet.
    const lane = bench.station.lane('in1');
    bench.station.scene = {
      ...bench.station.scene,
      lanes: bench.station.scene.lanes.map((each) =>
        each.id === 'in1'
          ? { ...lane, passage: passage('p-next', plate('苏E05EV8'), { attention: 'blacklisted', approvable: true }) }
          : each,
      ),
    };
    await press('{Enter}');
    expect(calls()).toMatchObject([['lanes.approve', { passageId: 'p-blacklisted' }]]);
    expect(screen.getByText('没有执行：车道上已经是另一辆车')).toBeTruthy();
    expect(bench.station.lane('in1').phase).toBe('attention');
  });

  it('switches the dialog off when the next car is on show', async () => {
    await open('blackentry');
    await press('{F11}', '4');
    act(() => {
      bench.station.changeLane('in1', {
        passage: passage('p-next', plate('苏E05EV8'), { attention: 'blacklisted', approvable: true }),
      });
    });
    await bench.settle();
    await press('{Enter}');
    expect(calls()).toEqual([]);
  });

  it('does not approve for a car that appeared this very moment', async () => {
    bench = await openBooth(scene('confirm'));
    await press('{F11}');
    expect(calls()).toEqual([]);
    expect(screen.getByText('车辆刚刚变化，没有执行')).toBeTruthy();
  });

  it('does not take the second press of an approval for the payment of the bill that follows', async () => {
    await open('doubtful');
    await press('{F11}', '{F11}');
    expect(calls().map(([name]) => name)).toEqual(['lanes.approve']);
    expect(bench.station.lane('out2').phase).toBe('charging');
    ageShownCar();
    await press('{F11}');
    expect(calls().map(([name]) => name)).toEqual(['lanes.approve', 'lanes.collect']);
  });

  it('shows the doubts in words and what the stay comes to', async () => {
    await open('doubtful');
    expect(panel().textContent).toContain('停放期间闸机曾常抬，可能有车未记录');
    expect(panel().textContent).toContain('东门出口常抬 25 分钟');
    expect(panel().textContent).toContain('¥35.00');
  });

  it('shows an implausible amount with the limit that it is above', async () => {
    await open('amount');
    expect(panel().textContent).toContain('¥1170.00');
    expect(panel().textContent).toContain('高于核对金额 ¥500.00');
  });
});

describe('a car whose stay is not known', () => {
  it('is picked among near plates by arrow and Enter, and never without the arrow', async () => {
    await open('nearmatch');
    await press('{Enter}', '{F11}');
    expect(calls()).toEqual([]);
    expect(screen.getByText('还没有选定是哪辆车')).toBeTruthy();
    await press('{ArrowDown}', '{ArrowDown}', '{Enter}');
    expect(calls()).toEqual([['lanes.pickStay', { id: 'out2', passageId: 'p-near-match', uid: 'uid-b' }]]);
  });

  it('forgets the arrow when another car stands there', async () => {
    await open('nearmatch');
    await press('{ArrowDown}');
    const { passage: before } = bench.station.lane('out2');
    if (!before) throw new Error('the scene has no car');
    act(() => {
      bench.station.changeLane('out2', { passage: { ...before, id: 'p-next' } });
    });
    await bench.settle();
    ageShownCar();
    await press('{Enter}');
    expect(calls()).toEqual([]);
  });

  it('is found among all that are inside, those without a plate first for a car without one', async () => {
    await open('unlicensedOut');
    await press('1');
    await press('{ArrowDown}', '{Enter}');
    expect(calls()).toEqual([
      ['lanes.pickStay', { id: 'out2', passageId: 'p-unlicensed', uid: '1001-1-20260302163509000' }],
    ]);
  });

  it('is back-filled with a time and a proof', async () => {
    await open('seenagain');
    await press('2', '03020915', '{Enter}');
    expect(calls()).toEqual([]);
    await press('{ArrowDown}', '{Enter}');
    expect(calls()).toEqual([
      [
        'lanes.backFill',
        { id: 'out2', passageId: 'p-seen-again', enteredAt: '2026-03-02T09:15:00.000+08:00', proof: '监控录像' },
      ],
    ]);
  });

  it('is not back-filled with a time that has not come yet', async () => {
    await open('seenagain');
    await press('2', '2359', '{ArrowDown}', '{Enter}');
    expect(calls()).toEqual([]);
    expect(screen.getByText('入场时间不能晚于现在')).toBeTruthy();
  });

  it('pays a fixed fee: the amount of the site stands there, another one may be typed', async () => {
    const from = scene('seenagain');
    bench = await openBooth({ ...from, rules: { ...from.rules, missingEntryFen: 3000 } });
    await press('3', '{ArrowDown}', '{Enter}');
    expect(calls()).toEqual([
      ['lanes.fixedFee', { id: 'out2', passageId: 'p-seen-again', amountFen: 3000, reason: '入场没有记录' }],
    ]);
  });

  it('pays nothing fixed without an amount', async () => {
    await open('seenagain');
    await press('3', '{ArrowDown}', '{Enter}');
    expect(calls()).toEqual([]);
    await press('12.5', '{Enter}');
    expect(calls()).toMatchObject([['lanes.fixedFee', { amountFen: 1250 }]]);
  });

  it('says who it is by a code, at the entry gets a virtual plate by F11', async () => {
    await open('unlicensedIn');
    await press('4', 'wx-0001', '{Enter}');
    expect(calls()).toEqual([['lanes.identify', { id: 'in1', passageId: 'p-unlicensed', identity: 'wx-0001' }]]);
    bench.stop();
    await open('unlicensedIn');
    await press('{F11}');
    expect(calls()).toEqual([['lanes.approve', { id: 'in1', passageId: 'p-unlicensed' }]]);
  });

  it('has no digits where a bill is to be paid: they are the money received', async () => {
    await open('charging');
    await press('1', '2');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(panel().textContent).toContain('¥12');
  });
});

describe('the money of a visit and of those before', () => {
  it('collects the debts with the bill, and counts the change from the whole', async () => {
    await open('arrears');
    expect(panel().textContent).toContain('本次 ¥31.00 + 以前欠费 ¥20.00');
    await press('4', '0', '{F11}');
    expect(calls()).toEqual([]);
    await press('{Backspace}', '{Backspace}', '6', '0', '{F11}');
    expect(calls()).toMatchObject([['lanes.collect', { passageId: 'p-arr', amountFen: 5100, receivedFen: 6000 }]]);
    expect(screen.getByText(/已收 ¥51.00，找零 ¥9.00/)).toBeTruthy();
  });

  it('names who gave each discount', async () => {
    await open('arrears');
    expect(panel().textContent).toContain('丽达超市 减 5 元');
    expect(panel().textContent).toContain('物业服务中心 打九折');
  });

  it('lets a car leave owing after a reason, and says how much this visit adds', async () => {
    await open('arrears');
    await press('-');
    expect(within(screen.getByRole('dialog')).getByText(/欠 ¥31.00 记在这个车牌名下/)).toBeTruthy();
    await press('{Enter}', '-');
    expect(calls()).toEqual([]);
    await press('1', '{Enter}');
    expect(calls()).toEqual([['lanes.owe', { id: 'out2', passageId: 'p-arr', reason: '手机没电或没带钱' }]]);
  });

  it('does not offer to leave owing where the site does not allow it', async () => {
    const from = scene('arrears');
    bench = await openBooth({ ...from, rules: { ...DEFAULT_RULES, debtExit: false } });
    expect(screen.queryByRole('button', { name: /^欠费离场/ })).toBeNull();
  });

  it('says so when nobody has opened a shift', async () => {
    await open('charging');
    bench.station.failure = new ORPCError('CONFLICT', { defined: true, data: { reason: 'shift-required' } });
    await press('{F11}');
    expect(screen.getByRole('alert').textContent).toContain('不能收现金');
    expect(screen.getByRole('alert').textContent).toContain('没有收款');
  });

  it('takes a release back while the car stands there, with a reason', async () => {
    await open('cleared');
    await press('{Delete}', '{Enter}');
    expect(calls()).toEqual([]);
    await press('1', '{Enter}');
    expect(calls()).toEqual([['lanes.withdraw', { id: 'out2', passageId: 'p-gone', reason: '车辆掉头' }]]);
  });
});

describe('the lane itself', () => {
  it('is turned by F9 and a second key, only where it can be', async () => {
    await open('tidal');
    await press('{F9}');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByText('这条车道不能换向')).toBeTruthy();
    await press('{F10}', '{F9}');
    expect(calls()).toEqual([]);
    await press('{Enter}');
    expect(calls()).toEqual([['lanes.turn', { id: 't1', direction: 'out' }]]);
  });

  it('is asked to decide anew by *, for the car on show', async () => {
    await open('silent');
    await press('*');
    expect(calls()).toEqual([['lanes.refresh', { id: 'in1', passageId: 'p-ask' }]]);
  });

  it('lets no other lane push aside a car that a platform refuses', async () => {
    await open('refused');
    act(() => {
      bench.station.changeLane('out2', { phase: 'charging', passage: charging('p-new', plate('苏E05EV8')) });
    });
    await bench.settle();
    expect(document.querySelector('.panel')?.getAttribute('data-passage')).toBe('p-ask');
  });
});
