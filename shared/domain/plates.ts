import { type Plate, type PlateColor, type PlateKind, plateSchema, UNREAD_PLATE } from './plate.ts';

/** The 31 provinces, regions and cities that issue plates, as they stand on plates (GA 36-2018). */
export const PROVINCES = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼';

const P = `[${PROVINCES}]`;
/** Letters of plates: I and O are left out, they look like 1 and 0. */
const L = '[A-HJ-NP-Z]';
const X = '[A-HJ-NP-Z0-9]';
const NEW_ENERGY = '[A-HJK]';

const pattern = (source: string): RegExp => new RegExp(`^${source}$`);

/** Tried in this order; the first match wins. */
const PATTERNS: readonly (readonly [PlateKind, RegExp])[] = [
  ['emergency', pattern(`(?:${P}${L}${X}{4}应急|应急${P}${X}{4})`)],
  ['new-energy-large', pattern(`${P}${L}\\d{5}${NEW_ENERGY}`)],
  ['new-energy-small', pattern(`${P}${L}${NEW_ENERGY}${X}\\d{4}`)],
  ['armed-police', pattern(`WJ(?:${P}|${X})\\d{4}[TDSHBXJ0-9]`)],
  ['trailer', pattern(`${P}${L}${X}{4}挂`)],
  ['trainer', pattern(`${P}${L}${X}{4}学`)],
  ['test', pattern(`${P}${L}${X}{4}试`)],
  ['oversize', pattern(`${P}${L}${X}{4}超`)],
  // Police plates may carry the issuing letters I and O, which no other plate does.
  ['police', pattern(`${P}[A-Z]${X}{4}警`)],
  ['hk-macao', pattern(`粤Z${X}{4}[港澳]`)],
  ['embassy', pattern('(?:\\d{6}使|使\\d{6})')],
  ['consulate', pattern(`${P}${L}\\d{4}领`)],
  ['armed-police', pattern('WJ\\d{4}[TDSHBXJ0-9]')],
  ['civil-aviation', pattern(`民航${X}{5}`)],
  ['military', pattern('[A-Z]{2}\\d{5}')],
  ['ordinary', pattern(`${P}${L}${X}{5}`)],
];

/** What people type for a car without a plate. */
const NO_PLATE = new Set(['无牌', '无牌车', '无车牌']);

/** One spelling for every way a plate is written: half-width, upper case, without spaces, dots and dashes. Idempotent. */
export function normalisePlateText(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\s·•・･‧∙.\-‐‑–—]/g, '')
    .replace(/[a-z]/g, (char) => char.toUpperCase());
}

/** Class of a plate by its characters alone. Never throws; what fits no class is `irregular` and stays as it is. */
export function classifyPlate(text: string): PlateKind {
  const normalised = normalisePlateText(text);
  if (normalised === '') return 'unread';
  if (NO_PLATE.has(normalised)) return 'none';
  return PATTERNS.find(([, regex]) => regex.test(normalised))?.[0] ?? 'irregular';
}

const MAX_TEXT = plateSchema.shape.text.maxLength ?? 16;

/** A plate from what was read or typed. Nothing is refused: text beyond 16 characters is cut. */
export function toPlate(text: string, color: PlateColor): Plate {
  const kind = classifyPlate(text);
  if (kind === 'unread') return UNREAD_PLATE;
  if (kind === 'none') return { text: '', color: 'unknown', kind };
  return { text: cut(normalisePlateText(text)), color, kind };
}

/** Cut between characters, never inside a surrogate pair. */
function cut(text: string): string {
  if (text.length <= MAX_TEXT) return text;
  let kept = '';
  for (const char of text) {
    if (kept.length + char.length > MAX_TEXT) break;
    kept += char;
  }
  return kept;
}

/**
 * A reading in which colour and length contradict each other: green with the length of an ordinary plate (a character was
 * lost) or blue with that of a new-energy plate. To be shown to a person, never corrected silently.
 */
export function suspicious(plate: Plate): boolean {
  const green = plate.color === 'green' || plate.color === 'yellow-green';
  if (green) return plate.text.length === 7 && plate.kind !== 'civil-aviation';
  return plate.color === 'blue' && plate.text.length === 8;
}
