import { z } from 'zod';
import { displayLineSchema } from '../../../../shared/domain/display.ts';

const MOST_LINES = 16;
const MOST_CHARACTERS = 100;

/** Nothing that moves a cursor or ends a line: what it would do to a display nobody knows. */
const CONTROL = /\p{Cc}/u;

const line = z.object({
  text: z
    .string({ error: '应为文本' })
    .refine((text) => [...text].length <= MOST_CHARACTERS, `超过 ${MOST_CHARACTERS} 个字符`)
    .refine((text) => !CONTROL.test(text), '含有控制字符'),
  alignment: z
    .preprocess(
      (value) => (typeof value === 'string' ? value.trim().toLowerCase() || undefined : (value ?? undefined)),
      z.enum(displayLineSchema.shape.alignment.options, { error: '应为 left、center 或 right' }).optional(),
    )
    .transform((alignment = 'left') => alignment),
});

/** msg: typed a text, shown as an array; both are read. A text that holds none is no line: it may be a broken array. */
export const shownLines = z.preprocess(
  (value) => (typeof value === 'string' ? arrayIn(value) : value),
  z
    .array(line, {
      error: ({ input }) => (input === undefined || input === null ? '缺少参数' : '应为 json 数组'),
    })
    .min(1, '没有任何一行')
    .max(MOST_LINES, `超过 ${MOST_LINES} 行`),
);

function arrayIn(text: string): unknown {
  try {
    const held: unknown = JSON.parse(text);
    return Array.isArray(held) ? held : {};
  } catch {
    return {};
  }
}
