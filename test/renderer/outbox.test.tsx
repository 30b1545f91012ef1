import { act, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { criteriaOf, readFilter } from '../../renderer/features/outbox/filter.ts';
import { saidText } from '../../renderer/features/outbox/said.ts';
import { whyText } from '../../renderer/features/outbox/why-text.ts';
import { wordsOf } from '../../renderer/lib/i18n/index.ts';
import { go, useRoute } from '../../renderer/lib/route.ts';
import { type Why, whySchema } from '../../shared/contract/outbox.ts';
import { type Bench, openBench, resetStores, scene } from './support.tsx';

let bench: Bench | undefined;

async function openOutbox(name: string, query: Readonly<Record<string, string>> = {}): Promise<Bench> {
  const full = scene(name);
  bench = await openBench({ ...full, messages: full.messages.slice(0, 12) });
  act(() => go('outbox', { query }));
  await screen.findByRole('grid', { name: '上报消息' });
  await bench.settle();
  // The rows are drawn once the list knows its height.
  await waitFor(() => expect(screen.getAllByRole('row').length).toBeGreaterThan(1));
  return bench;
}

afterEach(() => {
  bench?.stop();
  bench = undefined;
  resetStores();
});

const rows = (): string[] =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.dataset['id'] ?? '');

describe('上报状态', () => {
  it('marks the refused message and what it holds back, and narrows the list to one stay by its number', async () => {
    const { user, settle } = await openOutbox('outbox');
    expect(screen.getAllByText('受阻')).toHaveLength(2);
    const [held] = screen.getAllByRole('button', { name: '1001-1-20260302152233123' });
    if (!held) throw new Error('no key');
    await user.click(held);
    await settle();
    expect(useRoute.getState().query).toEqual({ key: '1001-1-20260302152233123' });
    await waitFor(() => expect(rows()).toEqual(['299', '298', '297']));
  });

  it('opens a message by keyboard, says why it has not arrived, and Escape leads back to the same filter', async () => {
    const { user, settle } = await openOutbox('outbox', { status: 'refused' });
    const [row] = screen.getAllByRole('row').slice(1);
    row?.focus();
    await user.keyboard('{Enter}');
    await settle();
    expect(useRoute.getState()).toMatchObject({ id: '297', query: { status: 'refused' } });
    const drawer = screen.getByRole('dialog', { name: '消息 #297' });
    expect(within(drawer).getByText(/平台拒收：4007 车牌颜色与入场记录不一致/)).toBeTruthy();
    expect(within(drawer).getByText('同一停车记录的消息（按发送顺序）')).toBeTruthy();
    await user.keyboard('{Escape}');
    await settle();
    expect(useRoute.getState()).toMatchObject({ id: null, query: { status: 'refused' } });
  });

  it('gives a message up only with a written reason, together with what hangs on it when asked to', async () => {
    const { user, settle, station } = await openOutbox('outbox', { status: 'refused' });
    await user.click(screen.getByText('297'));
    await settle();
    await user.click(screen.getByRole('button', { name: '放弃消息' }));
    const dialog = screen.getAllByRole('dialog').find((each) => within(each).queryByText('放弃消息 #297？'));
    if (!dialog) throw new Error('no dialog');
    const confirm = within(dialog).getByRole<HTMLButtonElement>('button', { name: '放弃消息' });
    expect(confirm.disabled).toBe(true);
    await user.click(within(dialog).getByRole('checkbox', { name: /连同后面的 2 条/ }));
    await user.type(within(dialog).getByRole('textbox'), '平台确认不收');
    await user.click(confirm);
    await settle();
    expect(station.calls).toEqual([
      { name: 'outbox.discard', input: { id: 297, reason: '平台确认不收', together: true } },
    ]);
  });

  it('sends all that the filter shows again, and only once asked about', async () => {
    const { user, settle, station } = await openOutbox('outbox', { status: 'refused', error: '颜色' });
    await user.click(screen.getByRole('button', { name: '重发筛选出的 1 条' }));
    expect(station.calls).toEqual([]);
    expect(screen.getByText(/筛选条件：被拒 · “颜色”/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: '全部重发' }));
    await settle();
    // No further than the newest message on view: what came later was not counted.
    const input = { status: 'refused', error: '颜色', upToId: 297 };
    expect(station.calls).toEqual([{ name: 'outbox.retryMatching', input }]);
  });

  it('shows an attendant the list and nothing to open or to change', async () => {
    const { user, settle } = await openOutbox('outboxAttendant', { status: 'refused' });
    expect(screen.getByText('查看报文、重发和放弃需要车场经理账号。')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /重发筛选出的/ })).toBeNull();
    await user.click(screen.getByText('297'));
    await settle();
    expect(screen.queryByText('业务字段')).toBeNull();
  });
});

const NOW = Date.parse('2026-03-02T10:00:00+08:00');
const at = '2026-03-02T09:30:00+08:00';
const whys: readonly Why[] = [
  { code: 'platform-off' },
  { code: 'refused', said: '400 车牌颜色有误' },
  { code: 'given-up', said: 'no complete answer within 5000 ms' },
  { code: 'sending', since: at },
  { code: 'behind', id: 12, message: 'uploadCarInData', status: 'refused', said: '400' },
  { code: 'behind', id: 12, message: 'uploadCarInData', status: 'waiting', said: '' },
  { code: 'link-down', since: at, said: 'ECONNREFUSED: connect ECONNREFUSED 10.0.0.1:443', next: at },
  { code: 'pause', until: at, said: 'HTTP 502 without resultCode' },
  { code: 'photos-last', records: 1000 },
  { code: 'bulk-last', records: 3 },
  { code: 'busy', most: 4 },
  { code: 'next' },
];

describe('why a message has not arrived', () => {
  it('is one sentence for every cause, in both languages, with nothing left open', () => {
    expect(new Set(whys.map(({ code }) => code)).size).toBe(whySchema.options.length);
    for (const language of ['zh-CN', 'en'] as const)
      for (const why of whys) expect(whyText(why, wordsOf(language), NOW)).not.toMatch(/\{\{|outbox\./);
  });

  it('names the message in front and what the line says, in the words of the house', () => {
    const t = wordsOf('zh-CN');
    expect(whys.slice(4, 8).map((why) => whyText(why, t, NOW))).toEqual([
      '排在同一停车记录的 入场（#12）后面，那条被拒收：400。先处理那一条。',
      '排在同一停车记录的 入场（#12）后面，那条还没送达。',
      '平台从 09:30:00 起连不上：平台拒绝连接（地址或端口不通）。09:30:00 再试，恢复后自动补发。',
      '上次没有成功：平台返回 HTTP 502，没有应答内容。09:30:00 自动重发。',
    ]);
    expect(saidText('平台自己的话', t)).toBe('平台自己的话');
  });
});

describe('a message that the platform fetches', () => {
  const failed = { status: 'given-up', attempts: 5, deliveredAt: null, lastError: 'no answer in time' } as const;
  const [first, ...rest] = scene('outbox').messages;
  const given = first && { ...first, ...failed, why: { code: 'given-up', said: failed.lastError } as const };

  async function openGivenUp(query: Readonly<Record<string, string>>): Promise<Bench> {
    if (!given) throw new Error('no message');
    const [link, ...links] = scene('outbox').links;
    if (!link) throw new Error('no link');
    bench = await openBench({
      ...scene('outbox'),
      messages: [given, ...rest.slice(0, 5)],
      links: [{ ...link, givenUpToday: 7 }, ...links],
    });
    act(() => go('outbox', { query }));
    await screen.findByRole('grid', { name: '上报消息' });
    await bench.settle();
    await waitFor(() => expect(rows().length).toBeGreaterThan(0));
    return bench;
  }

  it('is counted on the card of its platform alone, which opens those of today', async () => {
    await openGivenUp({});
    const links = screen.getAllByRole('link', { name: /今日推送失败/ });
    expect(links.map(({ textContent }) => textContent)).toEqual(['7今日推送失败']);
    const query = Object.fromEntries(new URLSearchParams(links[0]?.getAttribute('href')?.split('?')[1] ?? ''));
    expect(query).toEqual({ platform: 'qingdao', status: 'given-up', ended: '2026-03-02' });
  });

  it('says what that means and that nobody need act, and can be pushed once more but not given up', async () => {
    const { user, settle, station } = await openGivenUp({ status: 'given-up' });
    expect(rows()).toEqual([String(given?.id)]);
    const grid = screen.getByRole('grid', { name: '上报消息' });
    expect(within(grid).getByTitle('推送失败 · 留存待查').textContent).toBe('留存待查');
    expect(screen.queryByRole('button', { name: /^重发筛选出的/ })).toBeNull();
    await user.click(screen.getByText(String(given?.id)));
    await settle();
    const drawer = screen.getByRole('dialog', { name: `消息 #${given?.id}` });
    expect(within(drawer).getByText('推送失败 · 留存待查')).toBeTruthy();
    expect(
      within(drawer).getByText(/平台没有及时应答。程序不再推送.*不需要人工处理；过闸和识别记录由平台用查询接口来取/),
    ).toBeTruthy();
    expect(within(drawer).queryByRole('button', { name: '放弃消息' })).toBeNull();
    await user.click(within(drawer).getByRole('button', { name: '立即重发' }));
    expect(screen.getByText('立即再推送一次，记录编号不变，平台已有的不会重复。不成功就仍然留在本机。')).toBeTruthy();
    const confirm = screen.getAllByRole('button', { name: '立即重发' }).at(-1);
    if (!confirm) throw new Error('no button');
    await user.click(confirm);
    await settle();
    expect(station.calls).toEqual([{ name: 'outbox.retry', input: { id: given?.id } }]);
  });
});

describe('all that match at once', () => {
  it('is not offered while the rows of another filter are on their way', async () => {
    await openOutbox('outbox', { status: 'refused' });
    expect(screen.queryByRole('button', { name: /^重发筛选出的/ })).not.toBeNull();
    act(() => go('outbox', { query: { status: 'waiting' } }));
    expect(screen.queryByRole('button', { name: /^重发筛选出的/ })).toBeNull();
  });
});

describe("a day's figure", () => {
  it('opens what ended on that day, and nothing older', async () => {
    await openOutbox('outbox');
    const [link] = screen.getAllByRole('link', { name: /今日送达/ });
    const query = Object.fromEntries(new URLSearchParams(link?.getAttribute('href')?.split('?')[1] ?? ''));
    expect(query).toMatchObject({ status: 'delivered', ended: '2026-03-02' });
    expect(criteriaOf(readFilter(query), '06:00')).toMatchObject({ endedFrom: '2026-03-02T00:00:00.000+08:00' });
  });
});

describe('the filter', () => {
  it('is read from the address, and what is no filter is left out', () => {
    const filter = readFilter({
      platform: 'nowhere',
      status: 'refused',
      key: ' ',
      from: '2026-03-01',
      to: '2026-03-02',
    });
    expect(filter).toMatchObject({ platform: undefined, status: 'refused', key: undefined });
    expect(criteriaOf(filter, '06:00')).toEqual({
      from: '2026-03-01T06:00:00.000+08:00',
      to: '2026-03-03T06:00:00.000+08:00',
    });
  });
});
