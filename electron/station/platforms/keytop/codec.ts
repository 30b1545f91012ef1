import { type EpochMs, shanghaiDate, shanghaiWallClock } from '../../../../shared/domain/time.ts';
import type { Cipher } from './cipher.ts';
import { decodeGb18030, encodeGb2312 } from './gb2312.ts';

/** Parameters ⇄ `data` (一.2): compact JSON, GB2312, 3DES-CBC with the day as its vector, base64. */

const DAY_MS = 86_400_000;

export type Parameters = Readonly<Record<string, unknown>>;

/** The vector of a day: `yyyyMMdd`, China Standard Time. */
export const vectorOf = (at: EpochMs): string => shanghaiDate(at).replaceAll('-', '');

/** `data` as it leaves at this moment. */
export const seal = (plain: string, key: string, at: EpochMs, cipher: Cipher): string =>
  cipher.seal(encodeGb2312(plain), key, vectorOf(at)).toString('base64');

/** Vectors that a message may have been made with: today's, and near midnight the neighbouring day's, whose clock may be off. */
export function vectorsAt(at: EpochMs, neighbourMinutes: number): readonly string[] {
  const { hour, minute } = shanghaiWallClock(at);
  const minutes = hour * 60 + minute;
  return [
    vectorOf(at),
    ...(minutes < neighbourMinutes ? [vectorOf(at - DAY_MS)] : []),
    ...(minutes >= 1440 - neighbourMinutes ? [vectorOf(at + DAY_MS)] : []),
  ];
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Line breaks of some encoders go; a blank in a form body was a plus. @returns undefined for what is no base64 */
export function bytesOf(data: string, asForm: boolean): Buffer | undefined {
  const text = (asForm ? data.replaceAll(' ', '+') : data).replace(/\s+/g, '');
  return text !== '' && BASE64.test(text) ? Buffer.from(text, 'base64') : undefined;
}

/**
 * Opens `data`. A vector of another day breaks only the first eight bytes, and silently: `{"parkCode"` becomes `{"parkClde"`. So of
 * several vectors the one counts whose parameters `make sense`; where none does, the first that is an object at all.
 *
 * @returns why it cannot be read, in words that may be told
 */
export function open(
  bytes: Uint8Array,
  key: string,
  vectors: readonly string[],
  makesSense: (parameters: Parameters) => boolean,
  cipher: Cipher,
): { readonly parameters: Parameters } | { readonly fault: string } {
  let fault = '解密失败';
  let likely: Parameters | undefined;
  for (const vector of vectors) {
    const read = readWith(bytes, key, vector, cipher);
    if (typeof read === 'string') fault = fault === '解密失败' ? read : fault;
    else if (makesSense(read)) return { parameters: read };
    else likely ??= read;
  }
  return likely === undefined ? { fault } : { parameters: likely };
}

function readWith(bytes: Uint8Array, key: string, vector: string, cipher: Cipher): Parameters | string {
  let plain: Buffer;
  try {
    plain = cipher.open(bytes, key, vector);
  } catch {
    return '解密失败';
  }
  try {
    const value: unknown = JSON.parse(decodeGb18030(plain));
    return isObject(value) ? value : '解密后的内容不是 JSON 对象';
  } catch {
    return '解密后的内容不是 JSON';
  }
}

const isObject = (value: unknown): value is Parameters =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
