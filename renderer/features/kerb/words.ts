import type { BerthView } from '../../../shared/contract/berths.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import { plateColorSchema } from '../../../shared/domain/plate.ts';
import { toPlate } from '../../../shared/domain/plates.ts';
import { formatMoney } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import { kindOf, LONG_HOURS, type Need } from './berth-state.ts';

/** `¥6` in a cell, where there is no room for the noughts. */
export const shortMoney = (fen: number): string => formatMoney(fen).replace(/\.00$/, '');

/** `47分`, `1时47`, `2天3时`. */
export function shortTime(minutes: number, t: Translate): string {
  const h = Math.floor(minutes / 60);
  if (h === 0) return t('kerb.cell.minutes', { n: minutes });
  if (h < 24) return t('kerb.cell.hours', { h, m: String(minutes % 60).padStart(2, '0') });
  return t('kerb.cell.days', { d: Math.floor(h / 24), h: h % 24 });
}

/** The plate of the car in a berth; null: nobody knows it. */
export function plateOf({ car }: BerthView): Plate | null {
  if (car === null || car.plate === '') return null;
  const color = plateColorSchema.safeParse(car.plateColor);
  return toPlate(car.plate, color.success ? color.data : 'unknown');
}

/** What a reader hears of a berth. */
export function sayBerth(berth: BerthView, stood: string | null, needs: readonly Need[], t: Translate): string {
  const { car } = berth;
  const kind = kindOf(berth);
  const parts = [t('kerb.berth', { code: berth.code }), t(`kerb.state.${kind}`)];
  if (car !== null) parts.push(car.plate === '' ? t('kerb.say.noPlate') : car.plate);
  if (stood !== null) parts.push(t('kerb.say.stood', { time: stood }));
  if (car?.dueFen) parts.push(t('kerb.say.due', { amount: formatMoney(car.dueFen) }));
  else if (car && car.paidFen > 0) parts.push(t('kerb.cell.paid'));
  return [...parts, ...needs.map((need) => needWord(need, t))].join(t('kerb.comma'));
}

export const needWord = (need: Need, t: Translate): string => t(`kerb.need.${need}`, { hours: LONG_HOURS });
