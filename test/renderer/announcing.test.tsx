import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { groups } from '../../renderer/features/settings/announcing/texts.ts';
import { go } from '../../renderer/lib/route.ts';
import { defaultText } from '../../shared/domain/announcement-defaults.ts';
import { announcementEventSchema } from '../../shared/domain/announcement-text.ts';
import { announcingDesk } from '../fakes/station/announcement-handlers.ts';
import { type Bench, openBench, resetStores, scene } from './support.tsx';

it('every event stands in one group', () => {
  expect(Object.values(groups).flat().sort()).toEqual([...announcementEventSchema.options].sort());
});

describe('屏显与语音', () => {
  let bench: Bench;
  const open = async (part?: 'numbers'): Promise<void> => {
    bench = await openBench(scene('outbox'));
    go('settings', { id: 'announcing', ...(part && { query: { part } }) });
    await screen.findByText(part ? '静音时段' : '显示与播报');
    await bench.settle();
  };
  const saved = () => bench.station.calls.filter(({ name }) => name === 'lanes.changeRules');
  const edit = async (name: string): Promise<ReturnType<typeof within>> => {
    fireEvent.click(screen.getByLabelText(`编辑 ${name}`));
    return within(await screen.findByRole('dialog'));
  };
  afterEach(() => {
    bench.stop();
    resetStores();
  });

  it('shows each text as a driver sees it, and what the displays show now', async () => {
    await open();
    const row = screen.getByLabelText('编辑 请缴费 所有车辆').closest('tr');
    expect(row?.textContent).toContain('粤B123451小时5分请缴费5元');
    expect(row?.textContent).toContain('粤B12345,停车1小时5分,请缴费5元');
    expect(screen.getByText('东门出口').closest('li')?.textContent).toMatch(/离线.*未送达/);
  });

  it('previews while it is typed, marks what runs through, and keeps only what is another text than the built-in', async () => {
    await open();
    let dialog = await edit('请缴费 所有车辆');
    fireEvent.change(dialog.getByLabelText('第 2 行'), { target: { value: '停车{停车时长}谢谢惠顾' } });
    expect(dialog.getByRole('img', { name: /^预览/ }).getAttribute('aria-label')).toBe(
      '预览 粤B12345 / 停车1小时5分谢谢惠顾 / 请缴费 / 5元',
    );
    expect(dialog.getByText('滚动显示').closest('[data-tone]')?.textContent).toContain('20/16');
    // The caret was last in the speech.
    const speech = dialog.getByLabelText('语音播报');
    fireEvent.change(speech, { target: { value: '' } });
    fireEvent.blur(speech);
    fireEvent.click(dialog.getByLabelText('插入金额'));
    expect(speech).toHaveProperty('value', '{金额}');
    fireEvent.keyDown(speech, { key: 'Enter' });
    await bench.settle();
    const own = defaultText('exit-due', 'any');
    const lines = own?.lines.map((line, at) => (at === 1 ? { ...line, text: '停车{停车时长}谢谢惠顾' } : line));
    expect(saved()).toMatchObject([
      { input: { announcements: { texts: [{ event: 'exit-due', lines, speech: '{金额}' }] } } },
    ]);
    expect(screen.getByText('已改 1 条')).toBeTruthy();
    dialog = await edit('请缴费 所有车辆');
    fireEvent.click(dialog.getByText('恢复自带文字'));
    await bench.settle();
    expect(saved()[1]).toMatchObject({ input: { announcements: { texts: [], volume: 70 } } });
  });

  it('says what is wrong with a text at its line, and neither keeps nor shows it', async () => {
    await open();
    const dialog = await edit('请缴费 所有车辆');
    fireEvent.change(dialog.getByLabelText('第 1 行'), { target: { value: '{车号}' } });
    fireEvent.change(dialog.getByLabelText('语音播报'), { target: { value: '{剩余天数}天' } });
    expect(dialog.getByText('没有占位符 {车号}')).toBeTruthy();
    expect(dialog.getByText('这个场合没有 {剩余天数}')).toBeTruthy();
    expect(dialog.getByText('保存文字').closest('button')?.disabled).toBe(true);
    expect(dialog.getByText('显示').closest('button')?.disabled).toBe(true);
  });

  it('tries a text on a display as it is written, and tells how that ended', async () => {
    await open();
    announcingDesk(bench.station).outcome = 'unknown';
    fireEvent.click(screen.getByLabelText('展开 入场放行'));
    const dialog = await edit('入场放行 月租车');
    fireEvent.change(dialog.getByLabelText('第 2 行'), { target: { value: '业主' } });
    fireEvent.click(dialog.getByText('显示'));
    await bench.settle();
    expect(bench.station.calls).toMatchObject([
      {
        name: 'announcements.try',
        input: { displayId: 'led-in1', speak: true, text: { event: 'entry-welcome', vehicle: 'card-monthly' } },
      },
    ]);
    expect(dialog.getByText('已发出，屏没有确认：屏没有应答')).toBeTruthy();
  });

  it('puts types of cards away behind one row, and shows those that were changed', async () => {
    await open();
    expect(screen.queryByLabelText('编辑 入场放行 计次车')).toBeNull();
    const names = screen.getByLabelText('展开 入场放行').closest('tr')?.textContent;
    expect(names).toContain('月租车、储值车、计次车、时租车、产权车、员工车、贵宾车、来宾车、大巴车、共享车位');
    fireEvent.click(screen.getByLabelText('展开 入场放行'));
    let dialog = await edit('入场放行 计次车');
    fireEvent.click(dialog.getByLabelText('插入剩余次数'));
    fireEvent.change(dialog.getByLabelText('第 2 行'), { target: { value: '次卡' } });
    fireEvent.keyDown(dialog.getByLabelText('第 2 行'), { key: 'Enter' });
    await bench.settle();
    fireEvent.click(screen.getByLabelText('收起 入场放行'));
    expect(screen.getByLabelText('编辑 入场放行 计次车').closest('tr')?.textContent).toContain('已改');
    expect(screen.queryByLabelText('编辑 入场放行 储值车')).toBeNull();
    // What is written for all cards counts for each type that nobody wrote a text for.
    dialog = await edit('入场放行 固定车（通用）');
    fireEvent.change(dialog.getByLabelText('第 2 行'), { target: { value: '业主请进' } });
    fireEvent.keyDown(dialog.getByLabelText('第 2 行'), { key: 'Enter' });
    await bench.settle();
    fireEvent.click(screen.getByLabelText('展开 入场放行'));
    expect(screen.getByLabelText('编辑 入场放行 储值车').closest('tr')?.textContent).toMatch(/随上级.*业主请进/);
    expect(screen.getByLabelText('编辑 入场放行 计次车').closest('tr')?.textContent).toContain('次卡');
  });

  it('saves quiet hours only when they are times', async () => {
    await open('numbers');
    fireEvent.click(screen.getByText('添加时段'));
    fireEvent.change(screen.getByLabelText('开始'), { target: { value: '25:00' } });
    expect(screen.getByRole('alert').textContent).toContain('时:分');
    const save = (): HTMLButtonElement | null => screen.getByText('保存', { exact: true }).closest('button');
    expect(save()?.disabled).toBe(true);
    fireEvent.change(screen.getByLabelText('开始'), { target: { value: '21:30' } });
    fireEvent.click(screen.getByText('保存', { exact: true }));
    await bench.settle();
    expect(saved()).toMatchObject([
      { input: { announcements: { quietHours: [{ from: '21:30', to: '07:00', volume: 0 }], texts: [] } } },
    ]);
    expect(screen.queryByText('音量、时间或颜色有改动，未保存')).toBeNull();
  });
});
