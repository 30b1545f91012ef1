import { type Plate, type PlateColor, UNREAD_PLATE } from '../../../../shared/domain/plate.ts';
import { PROVINCES, toPlate } from '../../../../shared/domain/plates.ts';

/** `plateColor`, in small letters. */
const COLORS: ReadonlyMap<string, PlateColor> = new Map([
  ['blue', 'blue'],
  ['yellow', 'yellow'],
  ['white', 'white'],
  ['black', 'black'],
  ['green', 'green'],
  ['newenergygreen', 'green'],
  ['newenergyyellowgreen', 'yellow-green'],
  ['civilaviationgreen', 'green'],
  ['civilaviationblack', 'black'],
]);

/** Colour that goes with `plateType`, for where `plateColor` is not told. Types whose colour varies are left out. */
const COLOR_OF_TYPE: ReadonlyMap<string, PlateColor> = new Map([
  ['arm', 'white'],
  ['04newmilitay', 'white'],
  ['onelinearm', 'white'],
  ['twolinearm', 'white'],
  ['embassy', 'black'],
  ['consulate', 'black'],
  ['hongkongmacao', 'black'],
  ['yellowtwoline', 'yellow'],
  ['coach', 'yellow'],
  ['trailer', 'yellow'],
]);

/** What the camera writes when it saw a car but no plate. */
const NONE = new Set(['', 'unknown', '无车牌', '未识别']);

/** The colour in front of the plate, as the maker's SDK writes it: no plate begins so. */
const COLOR_IN_FRONT = new RegExp(`^[蓝黄白黑绿](?=[${PROVINCES}])`);

/** The plate of an event. The class follows from the characters: the list of `plateType` is open. */
export function plateOf(text: string, color: string, type: string): Plate {
  const read = text.trim().replace(COLOR_IN_FRONT, '');
  if (NONE.has(read.toLowerCase())) return UNREAD_PLATE;
  return toPlate(read, COLORS.get(color.toLowerCase()) ?? COLOR_OF_TYPE.get(type.toLowerCase()) ?? 'unknown');
}
