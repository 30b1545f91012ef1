import { fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { mark, weeksOf } from '../../renderer/features/calendar/days.ts';
import { readNotice } from '../../renderer/features/calendar/read-notice.ts';
import { go } from '../../renderer/lib/route.ts';
import { calendarSchema, EMPTY_CALENDAR } from '../../shared/domain/calendar.ts';
import { type Bench, openBench, resetStores, scene } from './support.tsx';

describe('a pasted notice', () => {
  it('is read as the State Council publishes it', () => {
    const text = `一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。`;
    const { days, makeupWorkdays, unread } = readNotice(text, 2026);
    const of = (name: string) => days.filter((day) => day.name === name).map(({ date }) => date);
    expect(of('元旦')).toEqual(['2026-01-01', '2026-01-02', '2026-01-03']);
    expect(of('春节')).toHaveLength(9);
    expect(of('春节').at(-1)).toBe('2026-02-23');
    expect(of('国庆节').at(-1)).toBe('2026-10-07');
    expect(makeupWorkdays).toEqual(['2026-01-04', '2026-02-14', '2026-02-28', '2026-09-20', '2026-10-10']);
    expect(unread).toEqual([]);
  });

  it('is read as a list with a date in each line, and says which lines it did not understand', () => {
    const text = '2026-05-01 劳动节\n2026/5/2\t劳动节\n2026-05-09 上班\n放假须知\n2026-02-30 不存在';
    expect(readNotice(text, 2026)).toEqual({
      days: [
        { date: '2026-05-01', name: '劳动节' },
        { date: '2026-05-02', name: '劳动节' },
      ],
      makeupWorkdays: ['2026-05-09'],
      unread: ['放假须知', '2026-02-30 不存在'],
    });
  });
});

describe('marking days', () => {
  const october = mark(EMPTY_CALENDAR, '2026-10-01', '2026-10-07', 'long', '国庆节');

  it('cuts a holiday in two where a day in its middle is taken back, and joins it again', () => {
    const cut = mark(october, '2026-10-03', '2026-10-03', 'plain', '');
    expect(cut.holidays.map(({ from, to }) => `${from} ${to}`)).toEqual([
      '2026-10-01 2026-10-02',
      '2026-10-04 2026-10-07',
    ]);
    expect(mark(cut, '2026-10-03', '2026-10-03', 'long', '国庆节').holidays).toEqual(october.holidays);
  });

  it('makes only rest days workdays in exchange, and never leaves one within a holiday', () => {
    const made = mark(october, '2026-10-07', '2026-10-11', 'makeup', '');
    expect(made.makeupWorkdays).toEqual(['2026-10-10', '2026-10-11']);
    expect(made.holidays[0]?.to).toBe('2026-10-06');
    const again = mark(made, '2026-10-08', '2026-10-10', 'short', '调休');
    expect(again.makeupWorkdays).toEqual(['2026-10-11']);
    expect(calendarSchema.safeParse(again).success).toBe(true);
  });

  it('begins weeks on Monday', () => {
    expect(weeksOf(2026, 3)[0]).toEqual([null, null, null, null, null, null, '2026-03-01']);
    expect(weeksOf(2026, 2).flat().filter(Boolean)).toHaveLength(28);
  });
});

describe('节假日历', () => {
  let bench: Bench;
  afterEach(() => {
    bench.stop();
    resetStores();
  });

  it('is changed by keyboard alone: arrows, Shift, a name, Enter', async () => {
    bench = await openBench(scene('outbox'));
    go('calendar', { query: { year: '2026' } });
    const word = await screen.findByText(/^2026-05-01/);
    const first = word.closest('button');
    if (!first) throw new Error('no day');
    fireEvent.pointerDown(first);
    for (let step = 0; step < 4; step += 1) fireEvent.keyDown(first, { key: 'ArrowRight', shiftKey: true });
    expect(screen.getByText('2026-05-01 至 2026-05-05（5 天）')).toBeTruthy();
    fireEvent.keyDown(first, { key: 'Enter' });
    const name = screen.getByLabelText('节假日名称');
    fireEvent.change(name, { target: { value: '劳动节' } });
    fireEvent.keyDown(name, { key: 'Enter', code: 'Enter', keyCode: 13, charCode: 13 });
    expect(screen.getByText(/^2026-05-03，劳动节/)).toBeTruthy();
    fireEvent.click(screen.getByText('保存日历'));
    await bench.settle();
    expect(bench.station.calls).toMatchObject([
      {
        name: 'calendar.change',
        input: { holidays: [{ name: '劳动节', from: '2026-05-01', to: '2026-05-05', kind: 'short' }] },
      },
    ]);
  });
});
