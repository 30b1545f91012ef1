import { z } from 'zod';
import { normalisePlateText } from '../../../../shared/domain/plates.ts';
import { fromWireTime } from './fields.ts';

/** Fields of the platform's own requests. Blanks around a value mean nothing, and an empty one is absent; what is wrong is told in words. */

/** What is wrong with a field: that it is not there, or what it should be. */
const should =
  (be: string) =>
  ({ input }: { readonly input?: unknown }): string =>
    input === undefined || input === null || input === '' ? '缺少参数' : be;

/** A field that may be missing or empty. */
export const maybe = <S extends z.ZodType>(field: S) =>
  z.preprocess(
    (value) => (value === null || (typeof value === 'string' && value.trim() === '') ? undefined : value),
    field.optional(),
  );

/** The number of a device or space, which some write as a number. */
export const numberText = z
  .union([z.string(), z.int().transform(String)], { error: should('应为文本') })
  .pipe(z.string().trim().min(1, '缺少参数').max(64, '过长'));

export const openMode = z
  .union([z.string().trim(), z.int().transform(String)], { error: should('应为 0、1、2 或 3') })
  .pipe(z.enum(['0', '1', '2', '3'], { error: should('应为 0、1、2 或 3') }));

/**
 * A plate as the house spells it; undefined: none was named. What holds no letter or digit at all, blanks too, is no plate, and must
 * not pass for one that is missing: a missing plate opens for whoever stands there.
 */
export const namedPlate = z.preprocess(
  (value) => (value === null || value === '' ? undefined : value),
  z
    .string({ error: '应为文本' })
    .max(40, '过长')
    .transform(normalisePlateText)
    .refine((plate) => plate !== '', '不是车牌')
    .optional(),
);

const moment = z.string({ error: should('应为 yyyyMMdd HH:mm:ss') }).transform((text, context) => {
  const at = fromWireTime(text);
  if (at !== undefined) return at;
  context.addIssue({ code: 'custom', message: text === '' ? '缺少参数' : '应为 yyyyMMdd HH:mm:ss' });
  return z.NEVER;
});

/** 查询起始时间, 查询结束时间. */
export const period = { beginTime: moment, endTime: maybe(moment) };

export const placeStatus = z.enum(['vacancy', 'occupy', 'unusual'], { error: '应为 vacancy、occupy 或 unusual' });
export type PlaceStatus = z.infer<typeof placeStatus>;

/** Rows of one answer, however many are asked for (最大值 100). */
const MOST = 100;
/** More pages than there could ever be. */
const LAST_PAGE = 1_000_000_000;

const whole = (most: number) =>
  z
    .union([z.int(), z.string().trim().regex(/^\d+$/).transform(Number)], { error: '应为正整数' })
    .pipe(z.number().min(1, '应为正整数').max(Number.MAX_VALUE, '应为正整数'))
    .transform((value) => Math.min(value, most));

/** 每页行数, 页码: more rows than are served at once are served as many as there may be, and the answer says so. */
export const paging = {
  pageSize: maybe(whole(MOST)).transform((rows = 10) => rows),
  currentPage: maybe(whole(LAST_PAGE)).transform((page = 1) => page),
};
