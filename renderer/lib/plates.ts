import type { Plate, PlateColor } from '../../shared/domain/plate.ts';

/** Abbreviations of the provinces in the usual order. */
export const provinces = [...'京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新'] as const;

/** Characters at the end of special plates (trailer, trainer, police, Hong Kong, Macao, consulate, embassy). */
export const plateSuffixes = [...'挂学警港澳领使'] as const;

const isProvince = (char: string): boolean => provinces.some((province) => province === char);

/** `鲁B12345` → `鲁B·12345`, as it is embossed; anything of another form is left as it is. */
export function plateWithDot(text: string): string {
  return /^\p{Script=Han}[A-Z][A-Z0-9\p{Script=Han}]{5,6}$/u.test(text) ? `${text.slice(0, 2)}·${text.slice(2)}` : text;
}

/** The province that most of these plates begin with; what most cars here are likely to have. */
export function commonProvince(plates: readonly Plate[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { text } of plates) {
    const first = text.charAt(0);
    if (isProvince(first)) counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

export interface TypedPlate {
  readonly province: string;
  readonly number: string;
}

/** Splits a plate into the province and what is typed after it. */
export function splitPlate(text: string, fallback: string): TypedPlate {
  const first = text.charAt(0);
  return isProvince(first) ? { province: first, number: text.slice(1) } : { province: fallback, number: text };
}

/**
 * Cleans what was typed: capitals, no blanks or dots, and never I or O in the serial, which do not exist there and are slips
 * for 1 and 0. A province typed or pasted in front replaces the chosen one.
 */
export function cleanTyped(raw: string, province: string): TypedPlate {
  const { province: found, number } = splitPlate(raw.replace(/[\s·.-]/g, '').toUpperCase(), province);
  const kept = [...number].filter((char) => /[A-Z0-9挂学警港澳使领应急]/u.test(char)).slice(0, 7);
  const fixed = kept.map((char, index) => (index === 0 ? char : char === 'O' ? '0' : char === 'I' ? '1' : char));
  return { province: found, number: fixed.join('') };
}

/** Seven serial characters make a new-energy plate; the colour of a shorter one cannot be told from its length. */
export function likelyColor(number: string, before: PlateColor): PlateColor {
  if (number.length === 7) return before === 'yellow-green' ? 'yellow-green' : 'green';
  return before === 'unknown' || before === 'green' || before === 'yellow-green' ? 'blue' : before;
}

const twins = ['0OD', '8B', '8R', '1I7', '2Z', '5S', '6G', 'VY', 'MN', 'EF', 'PR', 'UV'];
const lookAlike = (a: string, b: string): boolean => twins.some((set) => set.includes(a) && set.includes(b));

/** How far two plates are from each other as cameras misread them: look-alikes cost little, the province costs half. */
export function plateDistance(a: string, b: string): number {
  let cost = Math.abs(a.length - b.length) * 0.8;
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const x = a.charAt(index);
    const y = b.charAt(index);
    if (x !== y) cost += index === 0 ? 0.5 : lookAlike(x, y) ? 0.3 : 1;
  }
  return cost;
}

/**
 * The order in which plates are offered for what was typed: those that hold it as it was typed come first, whatever stands in front of
 * it, then the nearest.
 */
export const byLikeness =
  (full: string, number: string) =>
  (a: string, b: string): number =>
    Number(b.includes(number)) - Number(a.includes(number)) || plateDistance(a, full) - plateDistance(b, full);
