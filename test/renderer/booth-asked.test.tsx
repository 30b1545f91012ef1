import { act, screen, within } from '@testing-library/react';
import axe from 'axe-core';
import { afterEach, describe, expect, it } from 'vitest';
import { leftAt, stageOf } from '../../renderer/features/booth/asked/stage.ts';
import { NOW, passage, plate } from '../fakes/station/build.ts';
import { asked, askedScenarios } from '../fakes/station/scenarios-asked.ts';
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
const card = (name: string) => screen.getByTitle(`查看${name}`);

afterEach(() => {
  bench.stop();
  resetStores();
});

describe('what a platform that has the word says, in one glance', () => {
  it.each([
    ['asking', '正在询问万科…'],
    ['refused', '万科暂不放行'],
    ['failing', '万科无应答 2/5'],
    ['silent', '万科无应答'],
    ['unsure', '已允许，请看车'],
    ['stopped', '已手动开闸'],
    ['allowed', '已允许，等车'],
    ['alone', '平台无应答，自动放行'],
    ['aloneAfter', '平台无应答，自动放行'],
    ['left', '车已离开，停止询问'],
    ['remote', '万科远程开闸'],
    ['remoteAfter', '万科远程开闸'],
    ['remoteHeld', '万科常开'],
  ])('%s stands on the card', async (name, words) => {
    await open(name);
    expect(card('西门入口').textContent).toContain(words);
  });

  it('says who refuses, in its own words, how often and for how long, and what can be done', async () => {
    await open('refused');
    const text = panel().textContent ?? '';
    expect(text).toContain('万科暂不放行 · 每 2 秒再问');
    expect(text).toContain('万科答复：月卡已过期，请联系物业服务中心续费');
    expect(text).toContain('第 14 次询问');
    expect(text).toContain('0:31');
    expect(text).toContain('车在地感上');
  });

  it('is not read aloud again at every question', async () => {
    await open('refused');
    const alert = within(panel()).getByRole('alert');
    expect(alert.textContent).not.toMatch(/14|0:31/);
    expect(within(panel()).getByText('第 14 次询问').closest('[aria-live="off"]')).not.toBeNull();
  });

  it('tells before what happens when nobody answers', async () => {
    await open('failing');
    expect(panel().textContent).toContain('万科无应答 · 第 2/5 次');
    expect(panel().textContent).toContain('满 5 次无应答就自动放行');
    act(() => {
      const car = passage('p-ask', plate('鲁B7K218'), { asked: asked({ failures: 2, onGiveUp: 'wait' }) });
      bench.station.changeLane('in1', { passage: car });
    });
    await bench.settle();
    expect(panel().textContent).toContain('满 5 次无应答就等你处理');
  });

  it('counts seconds only once an answer takes long', async () => {
    await open('asking');
    expect(card('西门入口').textContent).not.toMatch(/\d 秒/);
    bench.stop();
    await open('askingLong');
    expect(card('西门入口').textContent).toMatch(/正在询问万科…8 秒/);
  });
});

describe('an arm that opened because nobody answered', () => {
  it('looks like no other opening, on the card, in the panel and among the events', async () => {
    await open('alone');
    expect(card('西门入口').getAttribute('data-stage')).toBe('alone');
    expect(within(panel()).getByRole('alert').textContent).toContain('没有人同意这辆车通行');
    const row = screen.getByText('平台无应答，自动放行 鲁B7K218').closest('li');
    expect(row?.getAttribute('data-tone')).toBe('stop');
  });

  it('stays on the card until the next car', async () => {
    await open('aloneAfter');
    expect(card('西门入口').textContent).toContain('7K218');
    act(() => {
      bench.station.changeLane('in1', {
        phase: 'asking',
        passage: passage('p-next', plate('苏E05EV8'), { asked: asked() }),
      });
    });
    await bench.settle();
    expect(card('西门入口').textContent).not.toContain('自动放行');
    expect(card('西门入口').getAttribute('data-stage')).toBe('asking');
  });

  it('is not what a person opened after the same silence', () => {
    const lane = scene('alone').lanes[0];
    if (!lane?.barrier.lastCommand) throw new Error('the scene has no opening');
    expect(stageOf(lane)).toBe('alone');
    const lastCommand = { ...lane.barrier.lastCommand, alone: false, by: '王秀兰' };
    expect(stageOf({ ...lane, barrier: { ...lane.barrier, lastCommand } })).toBeNull();
  });
});

describe('the keys for a car that is asked about', () => {
  it.each(['asking', 'refused', 'failing', 'silent', 'allowed'])('%s: released with a reason', async (name) => {
    await open(name);
    await press('{F12}', '{Enter}');
    expect(calls()).toEqual([]);
    await press('1', '{Enter}');
    expect(calls()).toEqual([['lanes.release', { id: 'in1', passageId: 'p-ask', reason: '军警消防救护' }]]);
  });

  it.each(['asking', 'refused', 'silent', 'allowed'])('%s: opened by hand, with a reason', async (name) => {
    await open(name);
    await press('{F2}', '1', '{Enter}');
    expect(calls()).toEqual([['lanes.open', { id: 'in1', reason: '车到闸未抬' }]]);
  });

  it.each(['asking', 'refused', 'silent', 'stopped', 'allowed'])('%s: cancelled', async (name) => {
    await open(name);
    await press('{Delete}', '1', '{Enter}');
    expect(calls()).toMatchObject([['lanes.cancel', { id: 'in1', passageId: 'p-ask' }]]);
  });

  it.each(['asking', 'refused', 'silent'])('%s: its plate put right', async (name) => {
    await open(name);
    await press('{F5}');
    expect(screen.getByRole('dialog').textContent).toContain('7K218');
  });

  it('asks again by *, and lets the refused car pass by F11 with a reason', async () => {
    await open('silent');
    await press('*');
    expect(calls()).toEqual([['lanes.refresh', { id: 'in1', passageId: 'p-ask' }]]);
    bench.stop();
    await open('refused');
    await press('{F11}', '4', '{Enter}');
    expect(calls()).toMatchObject([['lanes.approve', { passageId: 'p-ask', reason: '管理员同意' }]]);
  });
});

describe('a car that drove off while it was asked about', () => {
  it('is told for a moment, and not over a car that came since', () => {
    const { lanes, events } = scene('left');
    const lane = lanes[0];
    if (!lane) throw new Error('the scene has no lane');
    const newestFirst = events.toReversed();
    expect(leftAt(lane, newestFirst, NOW)).toBe(NOW - 4_000);
    expect(leftAt(lane, newestFirst, NOW + 60_000)).toBeNull();
    expect(leftAt({ ...lane, authority: null }, newestFirst, NOW)).toBeNull();
  });
});

it.each(Object.keys(askedScenarios))('%s is sound for a screen reader', async (name) => {
  await open(name, 'en');
  const { violations } = await axe.run(document.body, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag22aa'],
    rules: { 'color-contrast': { enabled: false } },
  });
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});
