import { z } from 'zod';
import type { Plate } from '../../../../shared/domain/plate.ts';
import { normalisePlateText } from '../../../../shared/domain/plates.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import { type EpochMs, shanghaiDateTime } from '../../../../shared/domain/time.ts';
import type { KeytopSettings } from './config.ts';

/** The kinds of field that the tables are made of. */

/** `yyyy-MM-dd HH:mm:ss`, China Standard Time. */
export const toDashed = (at: EpochMs): string => shanghaiDateTime(at);

/** `yyyy/MM/dd HH:mm:ss`: 上行 2.x and the rows of 下行 1.1 and 1.2, as their examples are printed (G03). */
export const toSlashed = (at: EpochMs, { dates }: Pick<KeytopSettings, 'dates'>): string =>
  dates === 'printed' ? toDashed(at).replaceAll('-', '/') : toDashed(at);

const WIRE_TIME = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T]+(\d{1,2}):(\d{1,2}):(\d{1,2})$/;

/** With `-` or `/`, with leading zeros or without. Undefined for what is no time, such as 30 February or 24:00:00. */
export function fromWireTime(text: string): EpochMs | undefined {
  const [, ...parts] = WIRE_TIME.exec(text.trim()) ?? [];
  if (parts.length === 0) return undefined;
  const [y, mo, d, h, mi, s] = parts.map((part) => part.padStart(2, '0'));
  const at = Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}+08:00`);
  return Number.isFinite(at) && toDashed(at) === `${y}-${mo}-${d} ${h}:${mi}:${s}` ? at : undefined;
}

/** Epoch ms, as stored. */
export const instant = z.int().min(0).max(8_640_000_000_000_000);

const hasPlate = (plate: Plate): boolean => plate.kind !== 'unread' && plate.kind !== 'none' && plate.text !== '';

/** The plate where it may be empty; a car without one has its card number instead. */
export const plateOf = ({ plate, identity }: Pick<Stay, 'plate' | 'identity'>): string =>
  identity === null && hasPlate(plate) ? plate.text : '';

/** The plate of 上行 2.x, which must not be empty (G07). */
export const plateOrWords = (
  stay: Pick<Stay, 'plate' | 'identity'>,
  { unlicensedPlate }: Pick<KeytopSettings, 'unlicensedPlate'>,
): string => plateOf(stay) || unlicensedPlate;

/** Whether these are the words that stand for a car without a plate: what is told so may be asked for so (G07). */
export const isUnlicensedWord = (
  plate: string,
  { unlicensedPlate }: Pick<KeytopSettings, 'unlicensedPlate'>,
): boolean => plate !== '' && plate === normalisePlateText(unlicensedPlate);

/** The number that a car without a plate goes by; empty for every other. */
export const cardNoOf = ({ plate, identity }: Pick<Stay, 'plate' | 'identity'>): string =>
  identity ?? (hasPlate(plate) ? '' : plate.text);

type PlateColorCode = '0' | '1' | '2' | '3' | '4';
const PLATE_COLORS: Readonly<Partial<Record<Plate['color'], PlateColorCode>>> = {
  ...{ blue: '0', yellow: '1', white: '2', black: '3', green: '4', 'yellow-green': '4' },
};

/** 附录 plate colours: 0 蓝 1 黄 2 白 3 黑 4 绿; empty for all others. */
export function vplColorOf({ color }: Plate): '' | PlateColorCode {
  return PLATE_COLORS[color] ?? '';
}

/** 1 大型车, 2 小型车. */
export const vplTypeOf = ({ vehicleClass }: Pick<Stay, 'vehicleClass'>): '1' | '2' =>
  vehicleClass === 'large' ? '1' : '2';

/** Parked time, to the nearest minute. */
export const elapsedMinutes = (from: EpochMs, to: EpochMs): number => Math.max(0, Math.round((to - from) / 60_000));
