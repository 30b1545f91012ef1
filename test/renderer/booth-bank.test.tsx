import { act, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Attempt } from '../../shared/domain/money-flow.ts';
import { attemptChanges, platformIsAsked } from '../fakes/station/booth-handlers.ts';
import { ageShownCar, type Bench, byHand, openBooth, resetStores, scene } from './support.tsx';

let bench: Bench | undefined;
afterEach(() => {
  bench?.stop();
  bench = undefined;
  resetStores();
});

/** A car that the bank is asked about stands at the exit, and 35.00 is due. */
async function asked(language: 'zh-CN' | 'en' = 'zh-CN'): Promise<Bench> {
  const opened = await openBooth(scene('bank'), { language });
  bench = opened;
  act(() => void platformIsAsked(opened.station, 'out2', 'cmb'));
  ageShownCar();
  await opened.settle();
  return opened;
}
async function becomes(
  { station, settle }: Bench,
  state: Attempt['state'],
  detail = '',
  more: Partial<Pick<Attempt, 'setAside' | 'guarantee'>> = {},
): Promise<void> {
  act(() => attemptChanges(station, 'att-1', state, detail, more));
  ageShownCar();
  await settle();
}
const press = async (...keys: readonly string[]): Promise<void> => {
  if (!bench) throw new Error('no bench');
  for (const key of keys) await byHand(bench, key);
  await bench.settle();
};
const named = (name: string) =>
  (bench?.station.calls ?? []).filter((call) => call.name === name).map((call) => call.input);
const verdict = (): string => document.querySelector('.pay-verdict')?.textContent ?? '';
const told = (): string => document.querySelector('.pay')?.textContent ?? '';

describe('无感扣费在岗亭', () => {
  it('says at one glance to wait while the bank collects, and takes cash only after a second look', async () => {
    await asked();
    expect(screen.getByText('自动扣费中…')).toBeTruthy();
    expect(verdict()).toBe('先等');
    expect(told()).toContain('招行无感支付');
    // The great key says what it would do now.
    expect(screen.getByRole('button', { name: /仍收现金/ })).toBeTruthy();
    await press('{F11}');
    expect(named('lanes.collect')).toEqual([]);
    expect(screen.getByRole('dialog').textContent).toContain('上一笔支付还没有结果，现在收现金？');
  });

  it('tells when an unknown one is asked about, which of it is past, and asks now at one key', async () => {
    const opened = await asked();
    await becomes(opened, 'unknown', '招行没有答复');
    expect(verdict()).toBe('先等');
    const plan = within(screen.getByRole('alert')).getAllByRole('listitem');
    expect(plan.map(({ textContent }) => textContent)).toEqual(['2 秒', '5 秒', '10 秒']);
    expect(plan.map((each) => each.dataset['done'])).toEqual(['false', 'false', 'false']);
    await press('*');
    expect(named('payments.query')).toEqual([{ id: 'att-1' }]);
  });

  it('opens every other way without a second question once it is set aside, and says what becomes of it', async () => {
    const opened = await asked();
    await becomes(opened, 'unknown', '招行没有答复');
    await becomes(opened, 'unknown', '招行没有答复', { setAside: true });
    expect(verdict()).toBe('现在收');
    expect(told()).toContain('若随后扣款成功，自动列入退款异常');
    expect(screen.queryByText('查询：')).toBeNull();
    await press('{F11}');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(named('lanes.collect')).toMatchObject([{ amountFen: 3500, billId: 'bill-1' }]);
  });

  it('shows a code beside one that was set aside, without a question, and keeps both in sight', async () => {
    const opened = await asked();
    await becomes(opened, 'unknown', '', { setAside: true });
    await press('+');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(named('payments.charge')).toMatchObject([{ channel: 'cmb-qr' }]);
    expect(screen.getByText('等待车主付款')).toBeTruthy();
    const aside = document.querySelector('.pay-aside');
    expect(aside?.textContent).toContain('待核实');
    expect(aside?.textContent).toContain('招行无感支付 ¥35.00');
    // Taken back because of the code, and followed on: still no reason to ask twice.
    await becomes(opened, 'reversing', '', { setAside: true });
    expect(document.querySelector('.pay-aside')).not.toBeNull();
    await press('{F11}');
    expect(named('lanes.collect')).toHaveLength(1);
  });

  it('tells why the bank declined, and that it is time to charge', async () => {
    const opened = await asked();
    await becomes(opened, 'declined', '用户账户余额不足');
    expect(screen.getByText('自动扣费没有成功')).toBeTruthy();
    expect(screen.getByText('用户账户余额不足')).toBeTruthy();
    expect(verdict()).toBe('现在收');
    expect(screen.getByRole('button', { name: /收费放行/ })).toBeTruthy();
    await press('{F11}');
    expect(named('lanes.collect')).toHaveLength(1);
  });

  it('lets go on the word of the bank, and says that nothing is to be taken', async () => {
    const opened = await asked();
    act(() => {
      opened.station.changeLane('out2', { phase: 'cleared' });
    });
    await becomes(opened, 'paid', '', { guarantee: 'pending' });
    expect(document.querySelector('.cleared')?.textContent).toContain('保付 ¥35.00，不用收');
    await becomes(opened, 'paid', '', { guarantee: 'confirmed' });
    expect(document.querySelector('.cleared')?.textContent).not.toContain('保付');
  });

  it('says all of it in English', async () => {
    const opened = await asked('en');
    expect(verdict()).toBe('Wait');
    await becomes(opened, 'unknown', '', { setAside: true });
    expect(verdict()).toBe('Charge now');
    expect(told()).toMatch(/CMB AutoPay.*case with a refund/);
    expect(document.querySelector('.events')?.textContent).toContain('to be settled');
  });
});
