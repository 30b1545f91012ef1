import type { Calendar } from '../../../shared/domain/calendar.ts';
import type { Tariff } from '../../../shared/domain/tariff.ts';
import type { TariffRule } from '../../../shared/domain/tariff-rule.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { ConflictError } from '../runtime/errors.ts';
import type { Clock } from '../runtime/ports.ts';
import { type PriceRow, priceTable } from '../tariff/table.ts';
import { sliced } from './slices.ts';

/** What fits a few sheets of paper; a tariff with more lines is no price list that anybody reads. */
const MOST_ROWS = 600;

const linesOf = (rule: TariffRule): number => {
  const entries =
    rule.kind === 'schedule' ? rule.programmes.map((programme) => Math.max(1, programme.segments.length)) : [1];
  return entries.reduce((sum, lines) => sum + lines, 0);
};

/**
 * 价目表 of a tariff under the present calendar, rule by rule off the lane's way.
 *
 * @throws ConflictError `table-too-long`
 */
export async function priceTableOf(
  clock: Clock,
  tariff: Tariff,
  calendar: Calendar,
  from: EpochMs,
  signal?: AbortSignal,
): Promise<PriceRow[]> {
  const lines = tariff.rules.reduce((sum, rule) => sum + linesOf(rule) * rule.vehicleClasses.length, 0);
  if (lines > MOST_ROWS) throw new ConflictError('table-too-long', `价目表超过 ${MOST_ROWS} 行`);
  const turn = sliced(clock, signal);
  const rows: PriceRow[] = [];
  for (const [index, rule] of tariff.rules.entries())
    for (const vehicleClass of rule.vehicleClasses) {
      await turn();
      const one = { ...tariff, rules: [{ ...rule, vehicleClasses: [vehicleClass] }] };
      for (const row of priceTable(one, calendar, from)) rows.push({ ...row, rule: index });
    }
  return rows;
}
