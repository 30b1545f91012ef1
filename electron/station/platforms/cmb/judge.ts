import { z } from 'zod';
import type { HttpResult } from '../http-client.ts';
import { parseLossless } from '../lossless-json.ts';
import type { Delivery } from '../platform.ts';

/** An answer of the bank (§3.3), read tolerantly. */
const answerSchema = z.looseObject({
  status: z.union([
    z.int(),
    z
      .string()
      .regex(/^\s*-?\d{1,9}\s*$/)
      .transform(Number),
  ]),
  message: z.string().catch(''),
  data: z.unknown().optional(),
});

export type Answer =
  | {
      readonly kind: 'answered';
      /** HTTP status of the answer. */
      readonly http: number;
      readonly status: number;
      readonly message: string;
      readonly data: unknown;
    }
  /** Something spoke, but not the application: a proxy, an error page. */
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly maybeArrived: boolean };

export function readAnswer(result: HttpResult): Answer {
  if (result.kind === 'failed') return result;
  const parsed = answerSchema.safeParse(jsonOf(result.text));
  if (!parsed.success) return { kind: 'unreadable', reason: `HTTP ${result.status} without a status` };
  const { status, message, data } = parsed.data;
  return { kind: 'answered', http: result.status, status, message: message.slice(0, 200), data: data ?? null };
}

function jsonOf(text: string): unknown {
  try {
    return parseLossless(text);
  } catch {
    return undefined;
  }
}

export const said = ({ status, message }: { readonly status: number; readonly message: string }): string =>
  message === '' ? String(status) : `${status} ${message}`;

/** The bank holds the record already; a field that is there twice, or out of order, is no record. */
const DUPLICATE =
  /(记录|进车|出车|进场|出场|入场|离场|图片|照片|配置)[^，。；,;]{0,12}已经?存在|已上传|已上报|重复(上报|上传|提交)|(record|duplicate)[^，。；,;]{0,20}(already exist|record|submission|upload)/i;
const ABOUT_A_FIELD = /参数|字段|格式|param|field/i;

const isThere = ({ message }: { readonly message: string }): boolean =>
  DUPLICATE.test(message) && !ABOUT_A_FIELD.test(message);

/**
 * What an answer means for a record. The specification has no codes besides 0, so a failure may be the record's or the bank's: it is
 * tried again, and waits for a person after so many.
 */
export function judge(result: HttpResult, attempt: number, giveUpAfter: number): Delivery {
  const answer = readAnswer(result);
  if (answer.kind === 'failed')
    return { kind: 'retry', scope: 'link', reason: answer.reason, answered: !answer.maybeArrived };
  if (answer.kind === 'unreadable') return { kind: 'retry', scope: 'link', reason: answer.reason, answered: false };
  if (answer.status === 0 || isThere(answer)) return { kind: 'delivered' };
  if (attempt >= giveUpAfter) return { kind: 'refused', reason: said(answer) };
  return { kind: 'retry', scope: 'message', reason: said(answer), answered: true };
}
