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

/** So far away a clock is looked for that made a message which makes no sense today. */
const FAR_DAYS = 31;

/**
 * Opens `data`. A vector of another day breaks only the first eight bytes, and silently: `{"parkCode"` becomes `{"parkClde"`, and
 * `{"areaCode"` a field that nobody knows. So of several vectors the one counts whose parameters `make sense`; where none does, the first
 * that is an object at all, unless it would make sense on a day that is not today's: then its first field was something else.
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
  let likely: { readonly parameters: Parameters; readonly plain: Buffer; readonly vector: string } | undefined;
  for (const vector of vectors) {
    const plain = opened(bytes, key, vector, cipher);
    const read = plain === undefined ? '解密失败' : parsed(plain);
    if (typeof read === 'string') fault = fault === '解密失败' ? read : fault;
    else if (makesSense(read)) return { parameters: read };
    else if (plain !== undefined) likely ??= { parameters: read, plain, vector };
  }
  if (likely === undefined) return { fault };
  const { parameters, plain, vector } = likely;
  return isOfAnotherDay(plain, vector, makesSense) ? { fault: '加密所用日期与今天不符' } : { parameters };
}

function opened(bytes: Uint8Array, key: string, vector: string, cipher: Cipher): Buffer | undefined {
  try {
    return cipher.open(bytes, key, vector);
  } catch {
    return undefined;
  }
}

function parsed(plain: Buffer): Parameters | string {
  try {
    const value: unknown = JSON.parse(decodeGb18030(plain));
    return isObject(value) ? value : '解密后的内容不是 JSON 对象';
  } catch {
    return '解密后的内容不是 JSON';
  }
}

/** In the first block the vectors of two days differ by what their digits differ by, and nothing needs to be opened again. */
function isOfAnotherDay(plain: Buffer, vector: string, makesSense: (parameters: Parameters) => boolean): boolean {
  const today = Date.parse(`${vector.slice(0, 4)}-${vector.slice(4, 6)}-${vector.slice(6)}T12:00:00+08:00`);
  for (let days = -FAR_DAYS; days <= FAR_DAYS; days += 1) {
    const other = Buffer.from(vectorOf(today + days * DAY_MS));
    const read = parsed(
      Buffer.from(plain.map((byte, index) => byte ^ (other[index] ?? 0) ^ (index < 8 ? vector.charCodeAt(index) : 0))),
    );
    if (days !== 0 && typeof read !== 'string' && makesSense(read)) return true;
  }
  return false;
}

const isObject = (value: unknown): value is Parameters =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
