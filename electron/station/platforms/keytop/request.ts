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
  const fromForm = fromJson === undefined && forms ? (new URLSearchParams(text).get('data') ?? undefined) : undefined;
  const data = fromJson ?? fromForm;
  if (data === undefined) return '请求有误：缺少 data';
  return bytesOf(data, fromJson === undefined) ?? '请求有误：data 不是 Base64';
}

function dataOfJson(text: string): string | undefined {
  try {
    return envelopeSchema.safeParse(JSON.parse(text)).data?.data;
  } catch {
    return undefined;
  }
}
