import { type Plate, type PlateColor, UNREAD_PLATE } from '../../../../shared/domain/plate.ts';
import { toPlate } from '../../../../shared/domain/plates.ts';

/** `PlateColor`, in small letters. Only the plain ones are common to all sources. */
const COLORS: ReadonlyMap<string, PlateColor> = new Map([
  ['blue', 'blue'],
  ['yellow', 'yellow'],
  ['white', 'white'],
  ['black', 'black'],
  ['green', 'green'],
  ['shadowgreen', 'green'],
  ['newenergygreen', 'green'],
  ['yellowgreen', 'yellow-green'],
]);

/** What stands where a car had no plate that could be read. */
const NONE = new Set(['', 'unknown', 'unlicensed', '无牌', '无牌车', '无车牌', '未识别']);

export function plateOf(text: string, color: string): Plate {
  const read = text.trim();
  if (NONE.has(read.toLowerCase())) return UNREAD_PLATE;
  return toPlate(read, COLORS.get(color.toLowerCase().replace(/[\s_-]/g, '')) ?? 'unknown');
}
