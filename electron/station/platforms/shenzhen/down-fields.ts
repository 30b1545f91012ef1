import { z } from 'zod';
import { MAX_FEN } from '../../../../shared/domain/money.ts';
import type { PlateColor } from '../../../../shared/domain/plate.ts';
import { classifyPlate, normalisePlateText } from '../../../../shared/domain/plates.ts';
import { type EpochMs, parseShanghaiDateTime } from '../../../../shared/domain/time.ts';
import { fromEpoch } from './fields.ts';

/**
 * Fields of what the city sends (6.3.12 to 6.3.21): numbers come as texts and the other way round, colours as codes or words, times in
 * more than one spelling; an optional field may be missing or empty. What is wrong is told in words, which stand behind the field's name.
 */

const should =
  (be: string) =>
  ({ input }: { readonly input?: unknown }): string =>
    input === undefined || input === '' ? '缺少参数' : be;

/** A number whose digits a JavaScript number would not keep (5.00) arrives as a token of its own. */
const plain = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'rawJSON' in value ? value.rawJSON : value;

const blank = (value: unknown): boolean => typeof value === 'string' && value.trim() === '';

/** A field that may be missing or empty: undefined then. */
export const maybe = <S extends z.ZodType>(field: S) =>
  z.preprocess((value) => (blank(value) ? undefined : value), field.optional());

const asText = (error: string) =>
  z.preprocess(
    plain,
    z.union([z.string(), z.number().transform(String)], { error: should(error) }).transform((value) => value.trim()),
  );

/** A text that must say something: V36 is `text(36)`. */
export const text = (most: number) => asText('应为文本').pipe(z.string().min(1, '缺少参数').max(most, '过长'));

/** A text that may be missing or empty: `''` then. */
export const maybeText = (most: number) =>
  z.preprocess((value) => value ?? '', asText('应为文本').pipe(z.string().max(most, '过长')));

/** Words that nobody acts on, as far as they can be read and kept: too long a one is cut, and what is no text is `''`. */
export const looseText = (most: number) =>
  z.preprocess((value) => {
    const written = plain(value);
    return typeof written === 'string' || typeof written === 'number' ? String(written).trim().slice(0, most) : '';
  }, z.string());

const digits = z
  .string()
  .trim()
  .regex(/^[-+]?\d{1,15}$/)
  .transform(Number);

/** A whole number. */
export const whole = (least = 0, most = Number.MAX_SAFE_INTEGER) =>
  z.preprocess(
    plain,
    z
      .union([z.int(), digits], { error: should('应为整数') })
      .pipe(z.int('应为整数').min(least, `不应小于 ${least}`).max(most, `不应大于 ${most}`)),
  );

/** {@link whole} that may be missing or empty. */
export const maybeWhole = (least = 0, most = Number.MAX_SAFE_INTEGER) => maybe(whole(least, most));

/** One of a closed list of codes. */
export const code = <const C extends readonly number[]>(...codes: C) =>
  whole(-9999, 9999).refine((value): value is C[number] => codes.includes(value), `应为 ${codes.join('、')} 之一`);

/** {@link code} that may be missing or empty. */
export const maybeCode = <const C extends readonly number[]>(...codes: C) => maybe(code(...codes));

const FLAGS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  ...([true, 'true', 1, '1', '是'] as const).map((value) => [value, true] as const),
  ...([false, 'false', 0, '0', '否'] as const).map((value) => [value, false] as const),
]);

/** A Bool: true and false, also as words or as 1 and 0. */
const flag = () =>
  z.unknown().transform((value, context): boolean => {
    const found = FLAGS.get(typeof value === 'string' ? value.trim().toLowerCase() : plain(value));
    if (found !== undefined) return found;
    context.addIssue({ code: 'custom', message: should('应为 true 或 false')({ input: value }) });
    return z.NEVER;
  });

/** {@link flag} that may be missing or empty. */
export const maybeFlag = () => maybe(flag());

/** A decimal of at most `scale` places, counted in units of its last place: `scaled(2)` reads 12.5 yuan as 1250 fen. Zeros may follow. */
const scaled = (scale: number, most: number) =>
  asText('应为数字').transform((value, context): number => {
    const [, units, places = ''] = /^\+?(\d{1,12})(?:\.(\d{1,12}))?$/.exec(value) ?? [];
    const kept = places.replace(/0+$/, '');
    const fault =
      units === undefined
        ? should('应为非负数字')({ input: value })
        : kept.length > scale
          ? `小数不应超过 ${scale} 位`
          : Number(`${units}${kept.padEnd(scale, '0')}`) > most
            ? '过大'
            : undefined;
    if (fault === undefined) return Number(`${units}${kept.padEnd(scale, '0')}`);
    context.addIssue({ code: 'custom', message: fault });
    return z.NEVER;
  });

/** An amount of 元 as fen. */
export const yuan = (most = MAX_FEN) => scaled(2, most);

/** {@link yuan} that may be missing or empty. */
export const maybeYuan = (most = MAX_FEN) => maybe(yuan(most));

/** A decimal such as a rate or hours, not negative, of at most six places. */
export const decimal = (most: number) => scaled(6, most * 1_000_000).transform((value) => value / 1_000_000);

/** {@link decimal} that may be missing or empty. */
export const maybeDecimal = (most: number) => maybe(decimal(most));

/** A Long: 13 digits of milliseconds, or 10 of seconds. */
export const epoch = () => whole(0, 8_640_000_000_000_000).transform(fromEpoch);

const TIME = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T]+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?(?:\.\d{1,9})?)?$/;

/** What a day without a time of day means: where something begins, or where it ends. */
type Edge = 'begin' | 'end';

function momentOf(value: string, edge: Edge): EpochMs | undefined {
  if (/^\d{10}$|^\d{13}$/.test(value)) return fromEpoch(Number(value));
  const [, year, ...rest] = TIME.exec(value) ?? [];
  if (year === undefined) return undefined;
  const [month, day, hour, minute, second] = rest.map((part: string | undefined) => part?.padStart(2, '0'));
  const midnight = edge === 'begin' ? '00:00:00' : '23:59:59';
  const clock = hour === undefined ? midnight : `${hour}:${minute ?? '00'}:${second ?? '00'}`;
  return parseShanghaiDateTime(`${year}-${month ?? ''}-${day ?? ''} ${clock}`);
}

/** `yyyy-MM-dd HH:mm:ss` of Asia/Shanghai, also with `/`, with `T`, without seconds, as a day alone, or as a Long. */
export const time = (edge: Edge = 'begin') =>
  asText('应为 yyyy-MM-dd HH:mm:ss').transform((value, context): EpochMs => {
    const at = momentOf(value, edge);
    if (at !== undefined) return at;
    context.addIssue({ code: 'custom', message: should('应为 yyyy-MM-dd HH:mm:ss')({ input: value }) });
    return z.NEVER;
  });

/** {@link time} that may be missing or empty. */
export const maybeTime = (edge: Edge = 'begin') => maybe(time(edge));

/** A plate as the house spells it; missing or empty: `''`. What is nothing but signs stays as it came, and finds nothing. */
export const maybePlate = (most = 20) => maybeText(most).transform((value) => normalisePlateText(value) || value);

/** A plate that something is kept under: no words for a car without one, and no longer than plates are told. */
export const plateToKeep = (most = 20) =>
  text(most)
    .transform((value) => normalisePlateText(value))
    .refine((value) => {
      const kind = classifyPlate(value);
      return kind !== 'none' && kind !== 'unread' && value.length <= 16;
    }, '不是车牌');

/** Codes (附录 plateColor) and words. Red is no colour of plates here, and was seen on a wire all the same. */
const COLORS: Readonly<Record<string, PlateColor>> = {
  ...{ 0: 'blue', 1: 'yellow', 2: 'green', 3: 'yellow-green', 4: 'black', 5: 'white' },
  ...{ 蓝: 'blue', 黄: 'yellow', 绿: 'green', 渐变绿: 'green', 黄绿: 'yellow-green', 黑: 'black', 白: 'white' },
  ...{ 红: 'unknown', red: 'unknown', 未知: 'unknown', unknown: 'unknown', 其他: 'unknown' },
  ...{ blue: 'blue', yellow: 'yellow', green: 'green', black: 'black', white: 'white' },
  ...{ yellowgreen: 'yellow-green' },
};

const colorOf = (word: string): PlateColor | undefined => {
  const key = word
    .toLowerCase()
    .replace(/[\s_-]/g, '')
    .replace(/^0+(?=\d)/, '')
    .replace(/双拼/, '')
    .replace(/色?(车?牌)?$/, '');
  return Object.hasOwn(COLORS, key) ? COLORS[key] : undefined;
};

/** A colour of a plate, as its code or as a word. */
export const plateColor = () =>
  asText('应为车牌颜色代码').transform((value, context): PlateColor => {
    const color = colorOf(value);
    if (color !== undefined) return color;
    context.addIssue({ code: 'custom', message: should('不是车牌颜色')({ input: value }) });
    return z.NEVER;
  });

/** {@link plateColor} that may be missing or empty: `unknown` then. */
export const maybePlateColor = () => maybe(plateColor()).transform((color): PlateColor => color ?? 'unknown');
