import type { HttpResult } from '../http-client.ts';
import type { Delivery } from '../platform.ts';

/** What an answer means for the message, and its body when it is one. */
export interface Verdict {
  readonly delivery: Delivery;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Only presumed to be there: these are the words with which it was refused. */
  readonly denied?: string;
}

/** A unique key refused on the platform's side: it holds the record already. */
const DUPLICATE = /已存在|已上传|已经存在|重复|duplicate|already exist/i;

const link = (reason: string, answered: boolean): Verdict => ({
  delivery: { kind: 'retry', scope: 'link', reason, answered },
});
const message = (reason: string): Verdict => ({
  delivery: { kind: 'retry', scope: 'message', reason, answered: true },
});
const refused = (reason: string): Verdict => ({ delivery: { kind: 'refused', reason } });

/** `resultCode` and `msg` however they are capitalised. */
const named = ([name, value]: readonly [string, unknown]): readonly [string, unknown] => [
  ['resultCode', 'msg'].find((known) => known.toLowerCase() === name.toLowerCase()) ?? name,
  value,
];

/** An answer as an object; undefined when it is none. */
export function readAnswer(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ...Object.fromEntries(Object.entries(value).map(named)), ...value }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Codes come as numbers and as text, and are compared as numbers (D22). */
export function codeOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\s*-?\d+\s*$/.test(value) ? Number(value) : undefined;
}

/**
 * Judges one attempt. `maybeDelivered`: an earlier attempt ended without an answer, so that 204 most likely says that the
 * record is there already; the specification has no code for that (D49).
 */
export function judge(result: HttpResult, maybeDelivered: boolean): Verdict {
  if (result.kind === 'failed') return link(result.reason, !result.maybeArrived);
  const { status } = result;
  const body = readAnswer(result.text);
  const code = codeOf(body?.['resultCode']);
  if (body === undefined || code === undefined) return withoutCode(status);

  const msg = typeof body['msg'] === 'string' ? body['msg'].slice(0, 200) : '';
  const said = `${code}${msg === '' ? '' : ` ${msg}`}`;
  if (code === 200)
    return status < 400 ? { delivery: { kind: 'delivered' }, body } : link(`HTTP ${status} with ${said}`, false);
  if (code !== 400 && DUPLICATE.test(msg)) return { delivery: { kind: 'delivered' }, body };
  if (code === 204) return maybeDelivered ? { delivery: { kind: 'delivered' }, body, denied: said } : refused(said);
  if (code === 400) return refused(said);
  return message(said);
}

/**
 * Something between us and the platform spoke, or the platform's server did without its application. Nothing is parked for
 * what an operator of the other side can mend, and nothing that concerns one message holds the others up.
 */
function withoutCode(status: number): Verdict {
  const said = `HTTP ${status} without resultCode`;
  if (status >= 500 || status < 300) return link(said, false);
  if (status === 400 || status === 413 || status === 422) return refused(said);
  if (status < 400 || [401, 403, 407, 408, 425, 429].includes(status)) return link(said, true);
  return message(said);
}
