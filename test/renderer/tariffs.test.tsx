import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { readForm } from '../../renderer/features/tariffs/form.ts';
import { newTariff } from '../../renderer/features/tariffs/new-parts.ts';
import { forgetUnsaved } from '../../renderer/features/tariffs/unsaved.ts';
import { go } from '../../renderer/lib/route.ts';
import { draftOf, tariffDesk } from '../fakes/station/tariff-handlers.ts';
import { type Bench, openBench, resetStores, scene } from './support.tsx';

let bench: Bench;
afterEach(() => {
  bench.stop();
  forgetUnsaved('draft1');
  resetStores();
});

/** The editor of a draft that somebody began from nothing. */
async function openNewDraft(): Promise<void> {
  bench = await openBench(scene('outbox'));
  const reading = readForm(newTariff('t9', '新标准', 15, 500));
  if (!reading.tariff) throw new Error('the draft is no tariff');
  tariffDesk(bench.station).draft = draftOf(reading.tariff, reading.open);
  go('tariffs', { id: 'draft1' });
  await screen.findByText('4 个问题待决定');
  await settle();
}

/** The station is asked only when typing has paused. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 350));
  await bench.settle();
}

/** By its words: asking for roles takes seconds on a screen of this size. */
function button(words: string): HTMLButtonElement {
  const found = screen
    .getAllByText(words)
    .map((each) => each.closest('button'))
    .findLast((each) => each !== null);
  if (!found) throw new Error(`no button ${words}`);
  return found;
}

const question = (text: string): HTMLElement => {
  const found = screen.getByText(text).closest('fieldset');
  if (!found) throw new Error(`no question ${text}`);
  return found;
};
const QUESTIONS = [
  ['算出来的金额有零头怎么办？', /^不取整/],
  ['缴费后超过离场时限才走，怎么补收？', /^整次停车重新计算/],
  ['停车超过免费时长，免费的那一段还收不收费？', /^扣除/],
  ['停满 24 小时以后，首时段价重新起算吗？', /^接着往下算/],
] as const;

const answer = (text: string, reading: RegExp): void => {
  fireEvent.click(within(question(text)).getByText(reading));
};

async function mayPublish(): Promise<boolean> {
  fireEvent.click(button('发布…'));
  await settle();
  const may = !button('核对无误，下一步').disabled;
  fireEvent.click(button('返回'));
  await settle();
  return may;
}

describe('收费规则编辑', () => {
  it('preselects nothing, shows what each reading costs, and publishes only when the last question is answered', async () => {
    await openNewDraft();
    for (const [text] of QUESTIONS) {
      const radios = [...question(text).querySelectorAll('input')];
      expect(radios.map((radio) => radio.checked)).toEqual([false, false]);
      expect(within(question(text)).getAllByText(/^例.*¥/)).toHaveLength(2);
    }
    const [last, ...others] = QUESTIONS;
    for (const [text, reading] of others) answer(text, reading);
    await settle();
    expect(screen.getByText('1 个问题待决定')).toBeTruthy();
    expect(await mayPublish()).toBe(false);
    answer(...last);
    await settle();
    expect(await mayPublish()).toBe(true);
  });

  it('saves what was answered by its revision, with what is still open', async () => {
    await openNewDraft();
    answer(...QUESTIONS[3]);
    fireEvent.click(button('保存草稿'));
    await settle();
    expect(bench.station.calls).toMatchObject([
      {
        name: 'tariffs.drafts.change',
        input: { revision: 1, open: ['afterGrace', 'rounding', 'rules.0.freeMinutesMode'] },
      },
    ]);
    expect(tariffDesk(bench.station).draft?.tariff.rules[0]).toMatchObject({ eachDay: 'continue' });
    expect(screen.queryByText('有未保存的修改')).toBeNull();
  });

  it('keeps what was typed when somebody else saved, shows both, and takes the one that is chosen', async () => {
    await openNewDraft();
    const desk = tariffDesk(bench.station);
    const { draft } = desk;
    if (!draft) throw new Error('no draft');
    const [rule] = draft.tariff.rules;
    if (!rule) throw new Error('no rule');
    desk.draft = {
      ...{ ...draft, revision: 2, updatedBy: '周姐' },
      tariff: { ...draft.tariff, name: '周姐的标准' },
    };
    fireEvent.change(screen.getByLabelText('名称'), { target: { value: '我的标准' } });
    fireEvent.click(button('保存草稿'));
    await settle();
    const box = await screen.findByText(/周姐 在 .* 保存了这份草稿/);
    const alert = box.closest('section');
    if (!alert) throw new Error('no box');
    expect(within(alert).getByText('周姐的标准')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('名称').value).toBe('我的标准');
    fireEvent.click(button('用我的覆盖'));
    await settle();
    expect(desk.draft).toMatchObject({ revision: 3, tariff: { name: '我的标准' } });
  });

  it('goes back and forward through what was changed', async () => {
    await openNewDraft();
    answer(...QUESTIONS[0]);
    await settle();
    await new Promise((resolve) => setTimeout(resolve, 500));
    answer(...QUESTIONS[1]);
    await settle();
    expect(screen.getByText('2 个问题待决定')).toBeTruthy();
    fireEvent.click(button('撤销'));
    expect(screen.getByText('3 个问题待决定')).toBeTruthy();
    fireEvent.keyDown(button('撤销'), { key: 'z', ctrlKey: true });
    expect(screen.getByText('4 个问题待决定')).toBeTruthy();
    fireEvent.keyDown(button('重做'), { key: 'y', ctrlKey: true });
    expect(screen.getByText('3 个问题待决定')).toBeTruthy();
  });

  it('takes the raw document only when it is a tariff', async () => {
    await openNewDraft();
    fireEvent.click(screen.getByText('JSON（专家）'));
    const area = screen.getByLabelText('JSON（专家）', { selector: 'textarea' });
    fireEvent.change(area, { target: { value: '{ "id": "t9" ' } });
    fireEvent.click(button('采用'));
    expect(screen.getByText('新标准', { selector: 'h2' })).toBeTruthy();
    expect(screen.getByText(/JSON/, { selector: 'pre' })).toBeTruthy();
    const document = { ...tariffDesk(bench.station).draft?.tariff, name: '手写的标准' };
    fireEvent.change(area, { target: { value: JSON.stringify(document) } });
    fireEvent.click(button('采用'));
    expect(screen.getByText('手写的标准', { selector: 'h2' })).toBeTruthy();
    expect(screen.getByText('4 个问题待决定')).toBeTruthy();
  });
});
