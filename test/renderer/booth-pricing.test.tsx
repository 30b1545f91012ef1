import { act, screen } from '@testing-library/react';
import axe from 'axe-core';
import { afterEach, describe, expect, it } from 'vitest';
import { charging, plate } from '../fakes/station/build.ts';
import { pricingScenarios } from '../fakes/station/scenarios-pricing.ts';
import { ageShownCar, type Bench, byHand, openBooth, resetStores, scene } from './support.tsx';

let bench: Bench;

async function open(name: string, language: 'zh-CN' | 'en' = 'zh-CN'): Promise<Bench> {
  bench = await openBooth(scene(name), { language });
  ageShownCar();
  return bench;
}
async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await byHand(bench, key);
  await bench.settle();
}
const calls = () => bench.station.calls.map(({ name, input }) => [name, input]);
const panel = () => screen.getByRole('region', { name: '出场收费' });
const at = { id: 'out2', passageId: 'p-fee' };

afterEach(() => {
  bench.stop();
  resetStores();
});

describe('第三方计费 in the booth', () => {
  it('says whom it asks, on the card and in the panel, and that nothing opens meanwhile', async () => {
    await open('pricing');
    expect(screen.getByTitle('查看东门出口').textContent).toContain('查询停车费');
    expect(panel().textContent).toContain('正在向科拓查询停车费…');
    expect(panel().textContent).toContain('没有金额不会开闸');
    await press('{Enter}', '*');
    expect(calls().filter(([name]) => name === 'lanes.collect')).toEqual([]);
  });

  it('says that nobody told, and why', async () => {
    await open('feeRefused');
    expect(panel().textContent).toContain('停车费未知，科拓没有给出金额');
    expect(panel().textContent).toContain('原因：未找到该车辆的入场记录');
    expect(panel().textContent).toContain('已查询 3 次');
    expect(screen.getByRole('alert').textContent).toContain('停车费未知');
  });

  it.each([['{Enter}'], ['{F11}'], ['*']])('%s asks again', async (key) => {
    await open('feeUnknown');
    await press(key);
    expect(calls()).toContainEqual(['lanes.refresh', at]);
  });

  it('takes an amount with a reason, and no 0', async () => {
    await open('feeUnknown');
    await press('3', '0', '{ArrowDown}', '{Enter}');
    expect(screen.getByRole('dialog').textContent).toContain('金额须大于 0');
    expect(calls().filter(([name]) => name === 'lanes.fixedFee')).toEqual([]);
    await press('{Backspace}', '1', '2', '{Enter}');
    expect(calls()).toContainEqual(['lanes.fixedFee', { ...at, amountFen: 1200, reason: '已电话核对金额' }]);
  });

  it('takes no amount any more once the price is there', async () => {
    await open('pricing');
    await press('3', '1', '2', '{ArrowDown}');
    act(() => {
      bench.station.changeLane('out2', { phase: 'charging', passage: charging('p-fee', plate('苏E05EV8')) });
    });
    await bench.settle();
    await press('{Enter}');
    expect(calls().filter(([name]) => name === 'lanes.fixedFee')).toEqual([]);
    expect(screen.getByRole('dialog').textContent).toContain('第三方已答复');
  });

  it.each(['pricing', 'feeUnknown'])('%s: released as abnormal, with a reason', async (name) => {
    await open(name);
    await press('{F12}');
    expect(screen.getByRole('dialog').textContent).toContain('按异常放行记录');
    await press('1', '{Enter}');
    expect(calls()).toContainEqual(['lanes.release', { ...at, reason: '军警消防救护' }]);
  });

  it.each(Object.keys(pricingScenarios))('%s is fit for screen readers, in English too', async (name) => {
    await open(name, 'en');
    const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id }) => id)).toEqual([]);
  });
});
