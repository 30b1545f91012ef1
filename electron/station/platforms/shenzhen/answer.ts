import { z } from 'zod';
import type { HttpResult } from '../http-client.ts';

const code = z.union([
  z.int(),
  z
    .string()
    .trim()
    .regex(/^-?\d{1,9}$/)
    .transform(Number),
]);
const text = z.union([z.string(), z.number().transform(String)]).catch('');

/** Either of the two envelopes: 7.3 `{code, msg, data}`, table 35 `{resultCode, resultMsg, timestamp, data}`. */
const answerSchema = z
  .object({ code: code.optional(), resultCode: code.optional(), msg: text, resultMsg: text })
  .transform(({ code: first, resultCode, msg, resultMsg }) => ({
    code: first ?? resultCode,
    message: msg || resultMsg,
  }));

/** The city took it. Its `data` is defined for no interface. */
export interface ShenzhenAnswer {
  readonly message: string;
}

/** What came back. Whatever is not the city's own answer with a 2xx status says nothing about what became of the message. */
export type Answer =
  | { readonly kind: 'answered'; readonly code: number; readonly message: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly maybeArrived: boolean };

export function readAnswer(result: HttpResult): Answer {
  if (result.kind === 'failed') return result;
  if (result.status < 200 || result.status > 299)
    return { kind: 'failed', reason: `HTTP ${result.status}`, maybeArrived: true };
  const parsed = answerSchema.safeParse(jsonOf(result.text));
  const found = parsed.success ? parsed.data : undefined;
  if (found?.code === undefined) return { kind: 'failed', reason: '应答不是约定的格式', maybeArrived: true };
  return { kind: 'answered', code: found.code, message: found.message.slice(0, 200) };
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
