import { z } from 'zod';
import { type Fen, MAX_FEN } from '../../../shared/domain/money.ts';
import { classifyPlate, normalisePlateText } from '../../../shared/domain/plates.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { type Cell, cellText } from './cell.ts';
import { parseDateText } from './date-text.ts';

/**
 * What a filled cell may mean. The same cell arrives as a number from a workbook and as text from CSV, and people write
 * dates in six ways: each of these takes them all, and says in Chinese what it wanted instead.
 */

class Refused {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

const reading = <T>(read: (cell: Cell) => T | Refused) =>
  z.custom<Cell>().transform((cell, context) => {
    const value = read(cell);
    if (!(value instanceof Refused)) return value;
    context.addIssue({ code: 'custom', message: value.reason });
    return z.NEVER;
  });

/** A spreadsheet keeps 15 digits of a number; a card number typed without "text" has lost those after. */
const EXACT_DIGITS = 1e15;

function asText(cell: Cell): string | Refused {
  if (typeof cell === 'number' && Math.abs(cell) >= EXACT_DIGITS)
    return new Refused('数字超过 15 位，末尾已被表格软件改变，请把该列设为文本格式后重新填写');
  return cellText(cell).trim();
}

/** Text without blanks around it; numbers as they are shown. */
export const textCell = ({ max = 200 }: { readonly max?: number } = {}) =>
  reading((cell) => {
    const text = asText(cell);
    return typeof text === 'string' && text.length > max ? new Refused(`超过 ${max} 个字`) : text;
  });

const PLATE = /^[\p{Script=Han}A-Z0-9]{5,9}$/u;

function plateText(text: string): string | Refused {
  const normalised = normalisePlateText(text);
  if (PLATE.test(normalised) && classifyPlate(normalised) !== 'none') return normalised;
  return new Refused('不是车牌号');
}

/** One plate, normalised. Irregular plates pass: they exist, and cars carry them. */
export const plateCell = () => reading((cell) => plateText(cellText(cell)));

/** Several plates in one cell, separated by commas, semicolons, slashes or blanks; each once. */
export const platesCell = () =>
  reading((cell): readonly string[] | Refused => {
    const plates = new Set<string>();
    for (const text of cellText(cell).split(/[\s,，、;；/|]+/)) {
      if (text === '') continue;
      const plate = plateText(text);
      if (plate instanceof Refused) return new Refused(`「${text.slice(0, 20)}」不是车牌号`);
      plates.add(plate);
    }
    return plates.size > 0 ? [...plates] : new Refused('没有车牌号');
  });

/** A telephone number as digits, with a leading + for another country's. */
export const phoneCell = () =>
  reading((cell) => {
    const text = asText(cell);
    if (text instanceof Refused) return text;
    if (/^\d(\.\d+)?e\+\d+$/i.test(text))
      return new Refused('号码被表格软件写成了科学计数法，请把该列设为文本格式后重新填写');
    const digits = text.replace(/[\s()（）-]/g, '');
    return /^\+?\d{5,20}$/.test(digits) ? digits : new Refused('不是电话号码');
  });

/** Whole number. */
export const integerCell = ({ min = 0, max = 1_000_000 }: { readonly min?: number; readonly max?: number } = {}) =>
  reading((cell) => {
    const text = cellText(cell).replace(/[,，\s]/g, '');
    const value = /^[+-]?\d{1,15}(\.0+)?$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isNaN(value)) return new Refused('应为整数');
    return value >= min && value <= max ? value : new Refused(`应在 ${min} 到 ${max} 之间`);
  });

/** An amount of yuan, `1,234.50`, `12.5元`, `¥12`, as fen. Counted in characters, never in fractions. */
export const yuanCell = ({ min = 0, max = MAX_FEN }: { readonly min?: Fen; readonly max?: Fen } = {}) =>
  reading((cell): Fen | Refused => {
    const text = cellText(cell)
      .normalize('NFKC')
      .replace(/[,\s]|^[¥￥]|元$/g, '');
    const [, sign, whole, part = ''] = /^([+-]?)(\d{1,12})(?:\.(\d+))?$/.exec(text) ?? [];
    if (whole === undefined) return new Refused('应为金额（元）');
    if (/[1-9]/.test(part.slice(2))) return new Refused('金额最多两位小数');
    const fen = (Number(whole) * 100 + Number(part.slice(0, 2).padEnd(2, '0'))) * (sign === '-' ? -1 : 1);
    return fen >= min && fen <= max ? fen : new Refused(`金额应在 ${min / 100} 到 ${max / 100} 元之间`);
  });

const LAST_SECOND_OF_DAY = 86_399_000;

/**
 * A date, with or without a time, as Shanghai wall time. `dayMeans`: what a date alone stands for; a validity until a date
 * includes that day, to its last whole second (wires know no smaller part).
 */
export const dateCell = ({ dayMeans = 'start' }: { readonly dayMeans?: 'start' | 'end' } = {}) =>
  reading((cell): EpochMs | Refused => {
    const date = typeof cell === 'object' ? cell : typeof cell === 'string' ? parseDateText(cell) : undefined;
    if (date?.kind !== 'date') return new Refused('应为日期，例如 2026-03-02 或 2026-03-02 08:05:09');
    return date.dateOnly && dayMeans === 'end' ? date.at + LAST_SECOND_OF_DAY : date.at;
  });

/** One of several words; `words` maps every accepted spelling to what it means. */
export const choiceCell = <const T>(words: Readonly<Record<string, T>>) => {
  const known = new Map(Object.entries(words).map(([word, meaning]) => [word.toLowerCase(), { meaning }]));
  return reading((cell): T | Refused => {
    const found = known.get(cellText(cell).trim().toLowerCase());
    return found ? found.meaning : new Refused(`应为以下之一：${Object.keys(words).join('、')}`);
  });
};

/** 是 or 否. */
export const yesNoCell = () =>
  choiceCell({
    是: true,
    否: false,
    有: true,
    无: false,
    yes: true,
    no: false,
    true: true,
    false: false,
    '1': true,
    '0': false,
  });
