import { act, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { noFilter, useOutboxFilter } from '../../renderer/features/outbox/store.ts';
import { type Bench, openBench, resetStores, scene } from './support.tsx';

let bench: Bench;

async function openOutbox(name: string): Promise<void> {
  useOutboxFilter.setState(noFilter, true);
  const full = scene(name);
  bench = await openBench({ ...full, messages: full.messages.slice(0, 12) });
  await bench.user.click(screen.getByRole('button', { name: /上报状态/ }));
  await screen.findByText('299', {}, { timeout: 10_000 });
  await bench.settle();
}

afterEach(() => {
  bench.stop();
  resetStores();
});

describe('上报状态', () => {
  it('marks the refused message and what it holds back, and narrows the list to one stay', async () => {
    await openOutbox('outbox');
    expect(screen.getAllByText('受阻')).toHaveLength(2);
    expect(screen.getAllByText('平台返回 code=4007：车牌颜色与入场记录不一致（入场 2，出场 1）').length).toBe(1);
    const held = screen.getAllByRole('button', { name: '1001-1-20260302152233123' })[0];
    if (!held) throw new Error('no key');
    await bench.user.click(held);
    await bench.settle();
    expect(useOutboxFilter.getState().key).toBe('1001-1-20260302152233123');
    expect(screen.queryByText('300')).toBeNull();
    expect(screen.getByText('共 3 条')).toBeTruthy();
  });

  it('gives a message up only with a written reason', async () => {
    await openOutbox('outbox');
    await bench.user.click(screen.getByText('297'));
    await bench.settle();
    await bench.user.click(screen.getByRole('button', { name: '放弃消息' }));
    const dialogs = screen.getAllByRole('dialog');
    const dialog = dialogs.find((each) => within(each).queryByText('放弃消息 #297？'));
    if (!dialog) throw new Error('no dialog');
    const confirm = within(dialog).getByRole<HTMLButtonElement>('button', { name: '放弃消息' });
    expect(confirm.disabled).toBe(true);
    await bench.user.type(within(dialog).getByLabelText('放弃的原因'), '平台确认不收');
    await bench.user.click(confirm);
    await bench.settle();
    expect(bench.station.calls).toEqual([{ name: 'outbox.discard', input: { id: 297, reason: '平台确认不收' } }]);
    expect(bench.station.scene.messages.find((each) => each.id === 297)?.status).toBe('discarded');
  });

  it('shows an attendant the list and nothing to open', async () => {
    await openOutbox('outboxAttendant');
    expect(screen.getByText('查看报文、重发和放弃需要管理员账号。')).toBeTruthy();
    await act(() => bench.user.click(screen.getByText('297')));
    await bench.settle();
    expect(screen.queryByText('报文内容（加密前）')).toBeNull();
  });
});
