import { z } from 'zod';
import { bytesOf } from './codec.ts';

const envelopeSchema = z.looseObject({ data: z.string() });

const FORM = /^\s*application\/x-www-form-urlencoded\s*(;|$)/i;

/**
 * The cipher text of a request, from `{"data":"…"}` or, where forms are read, from `data=…` (G29).
 *
 * @returns why there is none, in words that may be told
 */
export function cipherTextOf(body: Uint8Array, contentType: string, forms: boolean): Buffer | string {
  const text = new TextDecoder('utf-8').decode(body).trim();
  const fromJson = !FORM.test(contentType) || text.startsWith('{') ? dataOfJson(text) : undefined;
  const fromForm = fromJson === undefined && forms ? dataOfForm(text) : undefined;
  const data = fromJson ?? fromForm;
  if (data === undefined) return '请求有误：缺少 data';
  return bytesOf(data, fromJson === undefined) ?? '请求有误：data 不是 Base64';
}

/** `data` itself, or written with escapes. */
const NAME = /^(?:data|(?=[^=]*%)[^=]{4,12})(?:=|$)/;

/** The first `data` of a form. Pair by pair: URLSearchParams takes ten seconds for a megabyte of empty ones. */
function dataOfForm(text: string): string | undefined {
  for (let from = 0; from < text.length; ) {
    const amp = text.indexOf('&', from);
    const end = amp < 0 ? text.length : amp;
    // Only the beginning of a pair is looked at, however long it is.
    const data = NAME.test(text.slice(from, Math.min(end, from + 16)))
      ? new URLSearchParams(text.slice(from, end)).get('data')
      : null;
    if (data !== null) return data;
    from = end + 1;
  }
  return undefined;
}

function dataOfJson(text: string): string | undefined {
  try {
    return envelopeSchema.safeParse(JSON.parse(text)).data?.data;
  } catch {
    return undefined;
  }
}
