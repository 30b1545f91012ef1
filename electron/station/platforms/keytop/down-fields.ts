import { z } from 'zod';
import { classifyPlate, normalisePlateText } from '../../../../shared/domain/plates.ts';
import { fromWireTime } from './fields.ts';

/**
 * Fields of the third party's requests (G02): numbers come as texts and the other way round, dates with `-` or `/`; what is wrong is
 * told in words, which stand behind the field's name.
 */

const should =
  (be: string) =>
  ({ input }: { readonly input?: unknown }): string =>
    input === undefined || input === '' ? '缺少参数' : be;

const asText = (error: string) =>
  z.union([z.string(), z.number().transform(String)], { error: should(error) }).transform((value) => value.trim());

/** A text that must say something. */
export const text = (most = 200) => asText('应为文本').pipe(z.string().min(1, '缺少参数').max(most, '过长'));

/** A text that may be missing or empty: `''` then. */
export const maybeText = (most = 200) => asText('应为文本').pipe(z.string().max(most, '过长')).default('');

const digits = z
  .string()
  .trim()
  .regex(/^-?\d{1,15}$/)
  .transform(Number);

/** A whole number. */
export const whole = (least = 0, most = Number.MAX_SAFE_INTEGER) =>
  z
    .union([z.int(), digits], { error: should('应为整数') })
    .pipe(z.int('应为整数').min(least, `不应小于 ${least}`).max(most, `不应大于 ${most}`));

/** A whole number that may be missing or empty. */
export const maybeWhole = (least = 0, most = Number.MAX_SAFE_INTEGER) =>
  z.preprocess(
    (value) => (typeof value === 'string' && value.trim() === '' ? undefined : value),
    whole(least, most).optional(),
  );

/** One of a closed list of codes. */
export const code = <const C extends readonly number[]>(...codes: C) =>
  whole(-9999, 9999).refine((value): value is C[number] => codes.includes(value), `应为 ${codes.join('、')} 之一`);

/** {@link code} that may be missing or empty. */
export const maybeCode = <const C extends readonly number[]>(...codes: C) =>
  maybeWhole(-9999, 9999).refine(
    (value): value is C[number] | undefined => value === undefined || codes.includes(value),
    `应为 ${codes.join('、')} 之一`,
  );

const moment = (value: string, context: z.RefinementCtx): number => {
  const at = fromWireTime(value);
  if (at !== undefined) return at;
  context.addIssue({ code: 'custom', message: value === '' ? '缺少参数' : '应为 yyyy-MM-dd HH:mm:ss' });
  return z.NEVER;
};

/** An instant. */
export const time = () => asText('应为 yyyy-MM-dd HH:mm:ss').transform(moment);

/** An instant that may be missing or empty. */
export const maybeTime = () =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? undefined : value), time().optional());

/**
 * A plate as the house spells it; missing or empty: `''`. Without its province it is left as it is (G28). What is nothing but signs is no
 * plate, and stays as it came: it finds nothing, where an empty text would find all.
 */
export const maybePlate = () => maybeText(40).transform((value) => normalisePlateText(value) || value);

const isListable = (value: string): boolean => {
  const kind = classifyPlate(value);
  return kind !== 'none' && kind !== 'unread' && value.length <= 16;
};

/** A plate that something is kept under: no words for a car without one, and no longer than plates are told. */
export const plateToKeep = () => plate().refine(isListable, '不是车牌');

/** {@link plateToKeep} that may be missing or empty. */
export const maybePlateToKeep = () => maybePlate().refine((value) => value === '' || isListable(value), '不是车牌');

/** A plate that must be there. */
export const plate = () =>
  text(40)
    .transform(normalisePlateText)
    .refine((value) => value !== '', '不是车牌');

/** 分页数, 每页数量: pages count from 1; `pageCount` is the number of rows of one. */
export const paging = { pageIndex: whole(1, 1_000_000_000), pageCount: whole(1) };

/** 起止时间, both inclusive to the second. */
export const period = { startTime: time(), endTime: time() };

/** 设备编码 or Ip of a lane; missing kind: code. */
export const deviceOfLane = { deviceCode: text(64), deviceType: maybeCode(0, 1) };
