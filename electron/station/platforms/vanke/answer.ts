import { z } from 'zod';
import type { HttpResult } from '../http-client.ts';

/** `"0"` and `"1"` are the only codes there are; a number is read, too. */
const answerSchema = z.looseObject({
  respCode: z.union([z.string().trim(), z.int().transform(String)]).pipe(z.enum(['0', '1'])),
  respDesc: z.string().catch(''),
});

/**
 * What came back to a push. Whatever is not the platform's own answer with HTTP 200 counts as a failure of the network (推送失败处理).
 * `maybeArrived` is false only when the platform certainly never saw it.
 */
export type Answer =
  | { readonly kind: 'answered'; readonly code: '0' | '1'; readonly desc: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly maybeArrived: boolean };

export function readAnswer(result: HttpResult): Answer {
  if (result.kind === 'failed') return result;
  if (result.status !== 200) return { kind: 'failed', reason: `HTTP ${result.status}`, maybeArrived: true };
  const parsed = answerSchema.safeParse(jsonOf(result.text));
  if (!parsed.success) return { kind: 'failed', reason: '应答不是约定的格式', maybeArrived: true };
  return { kind: 'answered', code: parsed.data.respCode, desc: parsed.data.respDesc.slice(0, 200) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
