import { act, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { go } from '../../renderer/lib/route.ts';
import type { DayState, DifferenceView, RunView } from '../../shared/contract/reconciliations.ts';
import type { Scene } from '../fakes/station/fake-station.ts';
import { type Bench, openBench, resetStores, scene } from './support.tsx';

const DAY = '2026-03-01';
const NONE = {
  ...{ delivered: 0, waiting: 0, refused: 0, discarded: 0, missing: 0, lost: 0, extra: 0, gone: 0, unreadable: 0 },
  'given-up': 0,
};
const entry = { message: 'uploadCarInData', title: '上传车辆入场记录' };
const paid = { message: 'uploadPayRecord', title: '上传停车账单记录' };

const run = (over: Partial<RunView> = {}): RunView => ({
  ...{ id: 'run1', platform: 'qingdao', purpose: 'check', state: 'done', detail: '', by: 'station', automatic: true },
  ...{ from: `${DAY}T00:00:00+08:00`, to: '2026-03-02T00:00:00+08:00', knownFrom: null },
  ...{ startedAt: '2026-03-02T01:00:00+08:00', endedAt: '2026-03-02T01:00:03+08:00' },
  ...{ events: 40, done: 40, ahead: 0, differences: 3 },
  figures: [
    { ...entry, expected: 7, found: { ...NONE, delivered: 4, lost: 2, missing: 1 } },
    { ...paid, expected: 6, found: { ...NONE, delivered: 6 } },
  ],
  theirs: {
    kind: 'told',
    note: '缴费：笔数一致，金额与平台不同',
    figures: [
      { ...entry, ours: { count: 7, amountFen: null }, theirs: { count: 4, amountFen: null }, agrees: false },
      { ...paid, ours: { count: 6, amountFen: 4200 }, theirs: { count: 6, amountFen: 3500 }, agrees: false },
    ],
  },
  ...over,
});
const difference = (number: number, over: Partial<DifferenceView>): DifferenceView => ({
  ...{ number, found: 'lost', status: 'delivered', messageId: number, message: 'uploadCarInData', key: `u${number}` },
  ...{ plate: '鲁B12345', journalSeq: number, at: `${DAY}T08:00:00+08:00`, reason: null },
  ...over,
});
const daily = (over: Partial<DayState> = {}): DayState => ({
  ...{ platform: 'qingdao', day: DAY, state: 'differs', differences: 3, reason: '', runId: 'run1' },
  open: [{ day: DAY, runId: 'run1', differences: 3 }],
  ...over,
});

let bench: Bench | undefined;
afterEach(() => {
  bench?.stop();
  bench = undefined;
  resetStores();
});

async function open(id: string | undefined, compared: NonNullable<Scene['compared']>): Promise<Bench> {
  const full = scene('outbox');
  bench = await openBench({ ...full, messages: full.messages.slice(0, 3), compared });
  act(() => go('outbox', id === undefined ? {} : { id }));
  await screen.findByRole('heading', { name: id === undefined ? '上报状态' : /对账/ });
  await bench.settle();
  return bench;
}
const cellsOf = (name: RegExp): string[] =>
  within(screen.getByRole('row', { name }))
    .getAllByRole('cell')
    .map(({ textContent }) => textContent ?? '');

describe('对账结果', () => {
  it('lays the figures of both sides beside each other, with the money, and says which agree', async () => {
    await open('runs/run1', { runs: [run()], differences: [], daily: [] });
    expect(cellsOf(/^入场 uploadCarInData/)).toEqual(['7', '4', '0', '0', '1', '2', '7', '4', '不一致']);
    expect(cellsOf(/^缴费 uploadPayRecord/).slice(-3)).toEqual(['6¥42.00', '6¥35.00', '不一致']);
    expect(screen.getByText('缴费：笔数一致，金额与平台不同')).toBeTruthy();
    expect(screen.getByText(/操作人 自动/)).toBeTruthy();
  });

  it('sends again in one go what is missing here and what the platform lost', async () => {
    const { user, settle, station } = await open('runs/run1', {
      ...{ runs: [run()], daily: [] },
      differences: [difference(1, {}), difference(2, {}), difference(3, { found: 'missing', status: null })],
    });
    await user.click(screen.getByRole('button', { name: '补报缺失和平台缺失的 3 条' }));
    await user.click(screen.getByRole('button', { name: '确认补报' }));
    await settle();
    expect(station.calls).toEqual([
      { name: 'reconciliations.repair', input: { id: 'run1', found: ['missing', 'lost'], after: 0 } },
    ]);
    await screen.findByText('补入 1 条，重发 2 条');
  });

  it('tells a person what only the platform has, and takes a written word for the end of the notice', async () => {
    const figures = [{ ...entry, expected: 7, found: { ...NONE, delivered: 7, extra: 1 } }];
    const { user, settle, station } = await open('runs/run1', {
      runs: [run({ figures, differences: 1 })],
      differences: [
        difference(1, {
          ...{ found: 'extra', status: null, messageId: null, plate: null, journalSeq: null, at: null, reason: 'R-9' },
        }),
      ],
      daily: [daily({ state: 'extra', differences: 1 })],
    });
    expect(screen.getByText('平台多出 1 条记录')).toBeTruthy();
    await waitFor(() => expect(screen.getByText('R-9')).toBeTruthy());
    expect(screen.getByText('人工核对')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /补报/ })).toBeNull();
    await user.click(screen.getByRole('button', { name: '确认差异' }));
    const dialog = screen.getByRole('dialog', { name: `确认 ${DAY} 的对账差异？` });
    const confirm = within(dialog).getByRole<HTMLButtonElement>('button', { name: '确认差异' });
    expect(confirm.disabled).toBe(true);
    await user.type(within(dialog).getByRole('textbox'), '另一套系统上报');
    await user.click(confirm);
    await settle();
    expect(station.calls).toEqual([
      {
        name: 'reconciliations.acknowledge',
        input: { platform: 'qingdao', day: DAY, reason: '另一套系统上报' },
      },
    ]);
    await waitFor(() => expect(screen.queryByRole('button', { name: '确认差异' })).toBeNull());
  });

  it('does not call a day well whose figures differ without a record to show for it', async () => {
    await open('runs/run1', {
      ...{ differences: [], daily: [] },
      runs: [run({ differences: 0, figures: [{ ...paid, expected: 6, found: { ...NONE, delivered: 6 } }] })],
    });
    expect(screen.getByText(/平台没有列出是哪些记录/)).toBeTruthy();
    expect(screen.queryByText(/没有差异/)).toBeNull();
  });
});

describe('the card of a platform', () => {
  it('says how yesterday stands and leads to the run, and how many days before it still differ', async () => {
    await open(undefined, {
      ...{ runs: [run()], differences: [] },
      daily: [daily({ open: [{ day: '2026-02-27', runId: 'run0', differences: 1 }, ...daily().open] })],
    });
    const link = await screen.findByRole('link', { name: '差异 3' });
    expect(link.getAttribute('href')).toBe('#/outbox/runs%2Frun1');
    expect(screen.getByText('昨日对账')).toBeTruthy();
    expect(screen.getByRole('link', { name: '另有 1 天有差异' }).getAttribute('href')).toBe('#/outbox/runs%2Frun0');
  });

  it('says why a day could not be compared', async () => {
    const reason = 'uploadCheckRecord: ETIMEDOUT';
    await open(undefined, {
      ...{ runs: [], differences: [] },
      daily: [daily({ state: 'unfinished', reason, runId: null, differences: 0, open: [] })],
    });
    expect(await screen.findByText('未完成（平台没有及时应答）')).toBeTruthy();
  });
});
