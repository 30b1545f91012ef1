import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { boothHere, boothsOf, offered, standingOf } from '../../renderer/features/shift/booth-shift.ts';
import { CountTable } from '../../renderer/features/shift/CountTable.tsx';
import { ShiftRoom } from '../../renderer/features/shift/ShiftRoom.tsx';
import { initialShift, useShift } from '../../renderer/features/shift/store.ts';
import { startI18n } from '../../renderer/lib/i18n/index.ts';
import { askToLeave } from '../../renderer/lib/station/leave.ts';
import { may, useSession } from '../../renderer/lib/station/session.ts';
import type { ShiftView } from '../../shared/contract/shifts.ts';
import type { CashCount } from '../../shared/domain/money-flow.ts';
import { person } from '../fakes/station/build.ts';

beforeAll(() => startI18n('zh-CN'));
afterEach(cleanup);

const shift = (change: Partial<ShiftView>): ShiftView => ({
  ...{ id: 's1', cashier: '小王', booth: '1', kind: 'normal', standsInFor: null, state: 'open', floatFen: 30_000 },
  ...{ openedAt: '2026-03-02T08:00:00+08:00', closedAt: null, confirmedAt: null, confirmedBy: null },
  ...{ cashInFen: null, cashRefundedFen: null, paidOutFen: null, expectedFen: null, countedFen: null, count: null },
  ...{ changeKeptFen: null, changeHandedFen: null },
  ...{ differenceFen: null, differenceReason: null, leftFen: null, takenOverFen: null, takenOverCount: null },
  ...change,
});
const wang = person('小王', 'attendant');
const li = person('小李', 'attendant');
const relief = shift({ id: 's2', cashier: '小李', kind: 'relief', standsInFor: 's1' });
const closed = shift({ state: 'closed', closedAt: '2026-03-02T16:00:00+08:00' });

describe('what can be done at a drawer', () => {
  it('nobody is on shift: it is opened', () => {
    expect(offered(standingOf([], '小王'), wang)).toEqual(['start', 'report', 'password']);
  });

  it('the own shift runs: paid-outs and the count; another may only stand in', () => {
    expect(offered(standingOf([shift({})], '小王'), wang)).toEqual(['payOut', 'handover', 'report', 'password']);
    expect(offered(standingOf([shift({})], '小李'), li)).toEqual(['relief', 'report', 'password']);
  });

  it('somebody stands in: the one who rests can neither resume nor count', () => {
    const both = [shift({ state: 'break' }), relief];
    expect(offered(standingOf(both, '小王'), wang)).toEqual(['report', 'password']);
    expect(offered(standingOf(both, '小李'), li)).toEqual(['payOut', 'handover', 'report', 'password']);
  });

  it('a drawer that was handed over comes before a new shift', () => {
    expect(offered(standingOf([closed], '小李'), li)).toEqual(['takeOver', 'report', 'password']);
    expect(offered(standingOf([shift({ ...closed, confirmedAt: closed.closedAt })], '小李'), li)[0]).toBe('start');
  });

  it('a post that takes rights away takes the entries away', () => {
    const bound = { ...wang, rights: wang.rights.filter((right) => right !== 'shift.pay-out') };
    expect(offered(standingOf([shift({})], '小王'), bound)).not.toContain('payOut');
    expect(may(bound, 'shift.pay-out')).toBe(false);
    expect(may({ name: '小王', role: 'attendant' }, 'shift.pay-out')).toBe(true);
  });
});

it('the booth is the one chosen on this PC as long as it exists', () => {
  const booths = boothsOf([{ booth: '2' }, { booth: '1' }, { booth: '2' }]);
  expect(booths).toEqual(['1', '2']);
  expect([boothHere(booths, '2'), boothHere(booths, '9'), boothHere(booths, null), boothHere([], null)]).toEqual([
    '2',
    '1',
    '1',
    '',
  ]);
});

it('a drawer is counted with the numeric pad alone', async () => {
  const done = vi.fn();
  const seen: CashCount[] = [];
  const Counting = () => {
    const [count, setCount] = useState<CashCount>({});
    seen.push(count);
    return <CountTable count={count} onChange={setCount} onDone={done} />;
  };
  render(<Counting />);
  const user = userEvent.setup();
  // 3 hundreds, none of 50, then back and put right to 2 hundreds; a letter and a stray dot are no pieces.
  await user.keyboard('3{Enter}-2{Enter}{Enter}x4.{Enter}');
  expect(seen.at(-1)).toEqual({ 10000: 2, 2000: 4 });
  await user.keyboard('{Enter}{Enter}{Enter}{Enter}{Enter}');
  expect(done).not.toHaveBeenCalled();
  await user.keyboard('7{Enter}');
  expect(done).toHaveBeenCalledOnce();
  expect(screen.getByRole('status').textContent).toBe('¥280.07');
});

describe('leaving', () => {
  afterEach(() => {
    useShift.setState(initialShift, true);
    useSession.setState(useSession.getInitialState(), true);
  });

  const asked = async (): Promise<void> => {
    useSession.setState({ user: wang });
    useShift.setState({ standing: [shift({})], chosenBooth: '1' });
    render(<ShiftRoom />);
    act(() => askToLeave());
    await screen.findByRole('dialog', { name: '班次还没有交班' });
  };

  it('who asked to leave a drawer that turns out to be handed over leaves', async () => {
    await asked();
    act(() => useShift.setState({ standing: [closed] }));
    await waitFor(() => expect(useSession.getState().user).toBeNull());
  });

  it('stays while nobody knows how the drawer stands', async () => {
    await asked();
    act(() => useShift.setState({ standing: null }));
    await waitFor(() => expect(useShift.getState().dialog).toBeNull());
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(useSession.getState().user).toEqual(wang);
  });
});
