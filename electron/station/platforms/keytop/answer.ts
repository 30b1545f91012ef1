import { z } from 'zod';
import { faults } from '../define-message.ts';
import type { HttpResult } from '../http-client.ts';

/** Read tolerantly: whatever its Content-Type, the code as a number or a text, one object where a list belongs, nothing at all. */
const answerSchema = z.looseObject({
  resCode: z.union([
    z.int(),
    z
      .string()
      .trim()
      .regex(/^\d{1,9}$/)
      .transform(Number),
  ]),
  resMsg: z.union([z.string(), z.null().transform(() => '')]).catch(''),
  data: z
    .union([
      z.array(z.unknown()),
      z.null().transform(() => []),
      z.record(z.string(), z.unknown()).transform((one) => [one]),
    ])
    .catch([]),
});

/**
 * What came back to a call. Whatever is not the third party's own answer with HTTP 200 says nothing about what became of the call.
 * `maybeArrived` is false only when it certainly never saw it.
 */
export type Answer =
  | { readonly kind: 'answered'; readonly code: number; readonly message: string; readonly data: readonly unknown[] }
  | { readonly kind: 'failed'; readonly reason: string; readonly maybeArrived: boolean };

export function readAnswer(result: HttpResult): Answer {
  if (result.kind === 'failed') return result;
  if (result.status !== 200) return { kind: 'failed', reason: `HTTP ${result.status}`, maybeArrived: true };
  const parsed = answerSchema.safeParse(jsonOf(result.text));
  if (!parsed.success) return { kind: 'failed', reason: '应答不是约定的格式', maybeArrived: true };
  const { resCode: code, resMsg: message, data } = parsed.data;
  return { kind: 'answered', code, message: message.slice(0, 200), data };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

/** What a question came to. `no`: a definite refusal, received in time. `failed`: nobody knows, unless `maybeArrived` is false. */
export type Reply<T> =
  | { readonly kind: 'answered'; readonly answer: T }
  | { readonly kind: 'no'; readonly reason: string; readonly code: number }
  | { readonly kind: 'failed'; readonly reason: string; readonly maybeArrived: boolean };

/** The first element of a successful answer, its field names read whatever their case. */
export function replyOf<R extends z.ZodType>(answer: Answer, schema: R): Reply<z.output<R>> {
  if (answer.kind === 'failed') return answer;
  if (answer.code !== 0) return { kind: 'no', reason: answer.message || `resCode ${answer.code}`, code: answer.code };
  const parsed = schema.safeParse(firstOf(answer.data));
  if (parsed.success) return { kind: 'answered', answer: parsed.data };
  return { kind: 'failed', reason: `应答内容有误：${faults(parsed.error)}`, maybeArrived: true };
}

/** The first element, with lower-case names; `{}` where there is none. Schemas of answers name their fields in lower case. */
export function firstOf(data: readonly unknown[]): Readonly<Record<string, unknown>> {
  const [first] = data;
  if (typeof first !== 'object' || first === null) return {};
  return Object.fromEntries(Object.entries(first).map(([name, value]) => [name.trim().toLowerCase(), value]));
}
