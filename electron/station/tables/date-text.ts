import { parseShanghaiDateTime } from '../../../shared/domain/time.ts';
import type { CellDate } from './cell.ts';

const DATE =
  /^(\d{4})([-/.年])(\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]*(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2})秒?|分)?)?$/;

/**
 * A date as people write it: 2026-03-02, 2026/3/2, 2026.3.2, 2026年3月2日, 20260302, each with or without a time. The year comes first;
 * 3/2/2026 is refused, because nobody can tell its month from its day.
 */
export function parseDateText(text: string): CellDate | undefined {
  const trimmed = text.normalize('NFKC').trim();
  const compact = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?$/.exec(trimmed);
  const spread = DATE.exec(trimmed);
  if (!compact && !spread) return undefined;
  const [year, month, day, hour, minute, second] = compact
    ? compact.slice(1)
    : [spread?.[1], spread?.[3], spread?.[4], spread?.[5], spread?.[6], spread?.[7]];
  const two = (value: string | undefined): string => (value ?? '0').padStart(2, '0');
  const at = parseShanghaiDateTime(`${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`);
  return at === undefined ? undefined : { kind: 'date', at, dateOnly: hour === undefined };
}
