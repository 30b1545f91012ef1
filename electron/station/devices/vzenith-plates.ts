import { type Plate, type PlateColor, UNREAD_PLATE } from '../../../shared/domain/plate.ts';
import { toPlate } from '../../../shared/domain/plates.ts';

/** `colorType` of a push. */
const COLORS: ReadonlyMap<number, PlateColor> = new Map([
  [0, 'unknown'],
  [1, 'blue'],
  [2, 'yellow'],
  [3, 'white'],
  [4, 'black'],
  [5, 'green'],
  [6, 'yellow-green'],
]);

/** Colour that goes with `type`, for firmware that leaves `colorType` at 0. Types whose colour varies are left out. */
const COLOR_OF_TYPE: ReadonlyMap<number, PlateColor> = new Map([
  [1, 'blue'],
  [2, 'black'],
  [3, 'yellow'],
  [4, 'yellow'],
  [5, 'white'],
  [6, 'white'],
  [8, 'white'],
  [9, 'white'],
  [10, 'black'],
  [11, 'black'],
  [13, 'yellow'],
  [14, 'black'],
  [15, 'white'],
  [16, 'white'],
  [17, 'white'],
  [19, 'green'],
  [20, 'yellow-green'],
  [21, 'white'],
  [22, 'black'],
]);

const TRIGGERS: ReadonlyMap<number, string> = new Map([
  [1, 'automatic'],
  [2, 'input'],
  [4, 'software'],
  [8, 'virtual-loop'],
  [64, 'stays'],
  [65, 'stay-ended'],
  [66, 'turned-back'],
]);

/** What the camera writes when it saw a car but no plate. */
const NO_LICENSE = new Set(['', '_无_']);

/** The plate of a push. The class follows from the characters: cameras' own type numbers differ between firmware. */
export function plateOf(license: string, colorType: number, type: number): Plate {
  if (NO_LICENSE.has(license.trim())) return UNREAD_PLATE;
  const color = COLORS.get(colorType) ?? 'unknown';
  return toPlate(license, color === 'unknown' ? (COLOR_OF_TYPE.get(type) ?? color) : color);
}

/** A car that had stayed before the camera (滞留) is gone, nobody knows where to: that is no car at the lane. */
export const isDeparture = (triggerType: number): boolean => triggerType === 65;

/** What the camera saw of the car's way: it stands there (64), or drove off backwards (66, 折返); undefined where it does not say. */
export function motionOf(triggerType: number): 'arrived' | 'turned-back' | undefined {
  if (triggerType === 64) return 'arrived';
  return triggerType === 66 ? 'turned-back' : undefined;
}

/** Our word for `triggerType`. */
export const triggerOf = (triggerType: number): string => TRIGGERS.get(triggerType) ?? `type-${triggerType}`;
