import type { HttpResult } from '../http-client.ts';
import type { Trace } from '../platform.ts';
import type { Form } from './sealing.ts';

/** One attempt as a person may look at it. Cipher and signature say nothing to anybody; the plain text behind them does. */
export function traceOf(request: string, plain: string, attached: Form['attached'], result: HttpResult): Trace {
  const answer = result.kind === 'answered' ? { status: `HTTP ${result.status}`, text: result.text } : null;
  return { request, plain, ...(attached.length === 0 ? {} : { attached }), answer };
}
