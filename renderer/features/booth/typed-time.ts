import { type EpochMs, parseShanghaiDateTime, shanghaiDateTime } from '../../../shared/domain/time.ts';

const FAR_AHEAD_MS = 31 * 86_400_000;

/**
 * A time typed as digits, in Shanghai whatever the zone of the PC: `1430` today, `03021430` this year (last year where that
 * would lie far ahead: in January people mean December), `202603021430` in full. Blanks and marks between are ignored.
 * undefined while it is not a time.
 */
export function typedTime(text: string, now: EpochMs): EpochMs | undefined {
  const digits = text.replace(/[^0-9]/g, '');
  const today = shanghaiDateTime(now);
  const year = today.slice(0, 4);
  const prefix = { 4: today.slice(0, 10).replaceAll('-', ''), 8: year, 12: '' }[digits.length];
  if (prefix === undefined) return undefined;
  const at = instantOf(prefix + digits);
  if (at === undefined || digits.length !== 8 || at - now < FAR_AHEAD_MS) return at;
  return instantOf(String(Number(year) - 1) + digits);
}

/** `yyyyMMddHHmm` of a day and minute that exist. */
function instantOf(digits: string): EpochMs | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(digits);
  return match ? parseShanghaiDateTime(`${match[1]}-${match[2]}-${match[3]} ${match[4]}:${match[5]}:00`) : undefined;
}
