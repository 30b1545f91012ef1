import { type Fen, fenToYuanText } from '../../shared/domain/money.ts';
import { fromRfc3339, shanghaiDate, shanghaiDateTime } from '../../shared/domain/time.ts';
import type { Language } from './i18n/language.ts';

/** `1250` → `¥12.50`, `-300` → `-¥3.00`. */
export function formatMoney(fen: Fen): string {
  return fen < 0 ? `-¥${fenToYuanText(-fen)}` : `¥${fenToYuanText(fen)}`;
}

const durationUnits: Record<Language, { day: string; hour: string; minute: string; gap: string }> = {
  'zh-CN': { day: '天', hour: '小时', minute: '分', gap: '' },
  en: { day: 'd', hour: 'h', minute: 'm', gap: ' ' },
};

/** `1565` → `1天2小时5分` / `1d 2h 5m`; parts that are zero are left out. */
export function formatDuration(totalMinutes: number, language: Language): string {
  const minutes = Math.max(0, Math.trunc(totalMinutes));
  const units = durationUnits[language];
  const parts: string[] = [];
  const days = Math.trunc(minutes / 1440);
  const hours = Math.trunc((minutes % 1440) / 60);
  if (days > 0) parts.push(`${days}${units.day}`);
  if (hours > 0) parts.push(`${hours}${units.hour}`);
  if (minutes % 60 > 0 || parts.length === 0) parts.push(`${minutes % 60}${units.minute}`);
  return parts.join(units.gap);
}

/** `2026-03-02T08:05:09+08:00` → `2026-03-02 08:05:09`, in Asia/Shanghai whatever the zone of the PC is. */
export function formatDateTime(timestamp: string): string {
  return shanghaiDateTime(fromRfc3339(timestamp));
}

/** The time alone when it is of the same Shanghai day as `now`, else with month and day. */
export function formatMoment(timestamp: string, now: number): string {
  const at = fromRfc3339(timestamp);
  const text = shanghaiDateTime(at);
  return shanghaiDate(at) === shanghaiDate(now) ? text.slice(11) : text.slice(5, 16);
}

/** Reads what a cashier typed as yuan (`50`, `12.5`, `.5`) into fen; `undefined` when it is not an amount. */
export function parseYuan(text: string): Fen | undefined {
  const match = /^(\d{0,6})(?:\.(\d{0,2}))?$/.exec(text);
  if (!match || text === '' || text === '.') return undefined;
  return Number(match[1] || '0') * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}
