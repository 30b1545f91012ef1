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
/** As much of a body as holds the name of its first field. */
const HEAD = 200;

/** What tells the parameters of an interface from those that were opened with another day's vector. */
export interface Sense {
  /** Whether this is how one of its fields is called, in any case. */
  isField(name: string): boolean;
  /** Whether these parameters say enough to be its own. */
  isEnough(parameters: Parameters): boolean;
}

/**
 * Opens `data`. A vector of another day breaks only the first eight bytes, and silently: `{"parkCode"` becomes `{"parkClde"`, and
 * `{"areaCode"` a field that nobody knows. So of several vectors the one counts under which the first name is a field; where there is none,
 * the first whose reading is an object at all, unless its first name would be a field on a day that is not today's: then it was one.
 *
 * @returns why it cannot be read, in words that may be told
 */
export function open(
  bytes: Uint8Array,
  key: string,
  vectors: readonly string[],
  sense: Sense,
  cipher: Cipher,
): { readonly parameters: Parameters } | { readonly fault: string } {
  let fault = '解密失败';
  let likely: { readonly parameters: Parameters; readonly plain: Buffer; readonly vector: string } | undefined;
  for (const vector of vectors) {
    const plain = opened(bytes, key, vector, cipher);
    const read = plain === undefined ? '解密失败' : parsed(plain);
    if (typeof read === 'string') fault = fault === '解密失败' ? read : fault;
    else if (isWhole(read, sense)) return { parameters: read };
    else if (plain !== undefined) likely ??= { parameters: read, plain, vector };
  }
  if (likely === undefined) return { fault };
  const { parameters, plain, vector } = likely;
  return isOfAnotherDay(plain, vector, sense) ? { fault: '加密所用日期与今天不符' } : { parameters };
}

function isWhole(parameters: Parameters, { isField, isEnough }: Sense): boolean {
  const [first] = Object.keys(parameters);
  return (first === undefined || isField(first)) && isEnough(parameters);
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

const FIRST_NAME = /^\s*\{\s*"([^"\\]{1,40})"\s*:/;

/** In the first block the vectors of two days differ by what their digits differ by: no more than that block is looked at. */
function isOfAnotherDay(plain: Buffer, vector: string, { isField }: Sense): boolean {
  const head = Buffer.from(plain.subarray(0, HEAD));
  const block = head.subarray(0, vector.length);
  const today = Date.parse(`${vector.slice(0, 4)}-${vector.slice(4, 6)}-${vector.slice(6)}T12:00:00+08:00`);
  for (let days = -FAR_DAYS; days <= FAR_DAYS; days += 1) {
    const other = vectorOf(today + days * DAY_MS);
    for (const index of block.keys())
      block[index] = (plain[index] ?? 0) ^ vector.charCodeAt(index) ^ other.charCodeAt(index);
    const name = days === 0 ? undefined : FIRST_NAME.exec(head.toString('latin1'))?.[1];
    if (name !== undefined && isField(name)) return true;
  }
  return false;
}

const isObject = (value: unknown): value is Parameters =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
