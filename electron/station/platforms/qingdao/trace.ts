import { createHash } from 'node:crypto';
import type { HttpResult } from '../http-client.ts';
import type { Trace } from '../platform.ts';
import type { QingdaoWire } from './context.ts';

/** The picture by its size and digest, which is that of the file in the evidence: it would fill the disk twice otherwise. */
function attachedOf({ file }: QingdaoWire): Pick<Trace, 'attached'> {
  if (file === undefined) return {};
  const picture = Buffer.from(file, 'base64');
  const sha256 = createHash('sha256').update(picture).digest('hex');
  return { attached: [{ name: 'file', bytes: picture.length, sha256 }] };
}

/** One attempt as a person may look at it. Cipher and signature say nothing to anybody; the plain text behind them does. */
export function traceOf(request: string, plain: string, wire: QingdaoWire, result: HttpResult): Trace {
  const answer = result.kind === 'answered' ? { status: `HTTP ${result.status}`, text: result.text } : null;
  return { request, plain, ...attachedOf(wire), answer };
}
