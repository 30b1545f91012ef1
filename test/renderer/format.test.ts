import { describe, expect, it } from 'vitest';
import { formatDateTime, formatDuration, formatMoment, formatMoney, parseYuan } from '../../renderer/lib/format.ts';

describe('money', () => {
  it.each([
    [0, '¥0.00'],
    [5, '¥0.05'],
    [1250, '¥12.50'],
    [-300, '-¥3.00'],
    [10_000_000, '¥100000.00'],
  ])('%i fen is %s', (fen, text) => expect(formatMoney(fen)).toBe(text));

  it.each([
    ['50', 5000],
    ['12.5', 1250],
    ['0.07', 7],
    ['.5', 50],
    ['8.', 800],
  ])('%s yuan typed is %i fen', (text, fen) => expect(parseYuan(text)).toBe(fen));

  it.each(['', '.', '1.234', '12a', '-1', '1e3', '1234567'])('%j is no amount', (text) =>
    expect(parseYuan(text)).toBeUndefined(),
  );
});

describe('durations', () => {
  it.each([
    [0, '0分', '0m'],
    [59, '59分', '59m'],
    [60, '1小时', '1h'],
    [1440, '1天', '1d'],
    [1445, '1天5分', '1d 5m'],
    [1565, '1天2小时5分', '1d 2h 5m'],
    [-3, '0分', '0m'],
  ])('%i minutes', (minutes, chinese, english) => {
    expect(formatDuration(minutes, 'zh-CN')).toBe(chinese);
    expect(formatDuration(minutes, 'en')).toBe(english);
  });
});

describe('times', () => {
  it('are those of Shanghai whatever offset they came with', () => {
    expect(formatDateTime('2026-03-01T23:30:00Z')).toBe('2026-03-02 07:30:00');
  });

  it('show the date only when it is another day in Shanghai', () => {
    const now = Date.parse('2026-03-02T00:10:00+08:00');
    expect(formatMoment('2026-03-02T00:05:00+08:00', now)).toBe('00:05:00');
    expect(formatMoment('2026-03-01T23:55:00+08:00', now)).toBe('03-01 23:55');
  });
});
