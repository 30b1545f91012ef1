import { timingSafeEqual } from 'node:crypto';
import type { RawRequest } from '../http/request.ts';
import { decrypt, isBase64 } from './cipher.ts';
import type { Table } from './field.ts';
import { doubt, type Finding, finding } from './finding.ts';
import { decodeGb18030, gb2312Faults, inGb2312 } from './gb2312.ts';
import { isObject, type JsonObject, parsed, textOf, utf8 } from './json.ts';
import { validate } from './validate.ts';
import { dayOf, daysAround, neighbourDays } from './wire-time.ts';

/** What a side lets the other one in by. */
export interface Access {
  readonly user: string;
  readonly pwd: string;
  readonly key: string;
}

export interface UpRequest extends RawRequest {
  readonly user: string | undefined;
  readonly pwd: string | undefined;
  /** When its head arrived, by the monotonic clock. */
  readonly ms: number;
}

export interface Examined {
  readonly fields: JsonObject;
  readonly findings: readonly Finding[];
  /** Whether the third party could do what is asked in spite of the findings: it comes from this car park, and can be read. */
  readonly usable: boolean;
}

export const NEAR_MIDNIGHT_MS = 600_000;
/** Shorter ones may stand in a message by chance. */
const MIN_SECRET = 5;
const TYPE = 'application/json;charset=utf-8';
const isSame = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

function typeFault(contentType: string): Finding[] {
  if (contentType === TYPE) return [];
  const plain = contentType.replaceAll(/[\s"]/g, '').toLowerCase();
  const said = `content type ${contentType || '(none)'} instead of ${TYPE}`;
  return [plain === TYPE ? doubt('content-type', said) : finding('content-type', said)];
}

function outerFaults({ method, query, contentType, user, pwd }: UpRequest, access: Access): Finding[] {
  const found = typeFault(contentType);
  if (method !== 'POST') found.push(finding('method', `${method} instead of POST`));
  if (query !== '') found.push(finding('query', 'parameters stand in the URL'));
  // The detail says nothing of what was sent: it might be the right password of somebody else.
  if (user === undefined || pwd === undefined) found.push(finding('credentials', 'user or pwd is missing'));
  else if (!isSame(user, access.user) || !isSame(pwd, access.pwd))
    found.push(finding('credentials', 'user or pwd is wrong'));
  return found;
}

/** The sealed bytes of a body, or what is wrong with it. */
function sealedOf(body: Buffer): { readonly sealed: Buffer } | { readonly fault: Finding } {
  const text = utf8(body);
  const root = text === null ? undefined : parsed(text);
  if (!isObject(root)) return { fault: finding('envelope', 'the body is no JSON object in UTF-8') };
  const { data, ...rest } = root;
  const others = Object.keys(rest);
  if (typeof data !== 'string' || others.length > 0)
    return { fault: finding('envelope', `the body is not {"data":"…"} alone: ${Object.keys(root).join(', ')}`) };
  return isBase64(data)
    ? { sealed: Buffer.from(data, 'base64') }
    : { fault: finding('base64', `data is no base64 without line breaks: ${JSON.stringify(data.slice(0, 40))}`) };
}

interface Opened {
  readonly plain: Buffer;
  readonly fields: JsonObject;
  readonly day: string;
}

/** The first of the days under whose date it is an object with a parkCode. */
function open(sealed: Buffer, key: string, days: readonly string[]): Opened | null {
  for (const day of days) {
    const plain = decrypt(sealed, key, day);
    const fields = plain && parsed(decodeGb18030(plain));
    if (plain && isObject(fields) && 'parkCode' in fields) return { plain, fields, day };
  }
  return null;
}

const UNICODE_ESCAPE = /\\u([0-9a-fA-F]{4})/g;

/** Bytes and JSON of what was inside. */
function plainFaults({ plain, fields }: Opened): Finding[] {
  const { strange, ambiguous } = gb2312Faults(plain);
  const text = decodeGb18030(plain);
  const found: Finding[] = [];
  if (strange.length > 0) found.push(finding('charset', `bytes outside GB 2312: ${strange.slice(0, 5).join(', ')}`));
  if (ambiguous.length > 0)
    found.push(doubt('charset', `bytes that are not read alike by everybody: ${ambiguous.join(', ')}`));
  const escaped = [...text.matchAll(UNICODE_ESCAPE)].map(([, hex = '0']) => String.fromCharCode(Number(`0x${hex}`)));
  if (escaped.some(inGb2312)) found.push(doubt('json', 'a character of GB 2312 is written as an escape'));
  const unescaped = text.replaceAll(UNICODE_ESCAPE, (written, hex: string) =>
    Number(`0x${hex}`) > 0x7f ? String.fromCharCode(Number(`0x${hex}`)) : written,
  );
  if (strange.length === 0 && JSON.stringify(fields) !== unescaped)
    found.push(finding('json', `not compact JSON: ${text.slice(0, 80)}`));
  return found;
}

const UNREADABLE: readonly Finding['rule'][] = ['credentials', 'presence', 'type', 'format', 'park-code', 'charset'];

/** Transport, envelope, cipher, bytes, JSON, table, all of them told. */
export function examine(table: Table, raw: UpRequest, access: Access & { parkCode: string }, now: number): Examined {
  const outer = outerFaults(raw, access);
  const nothing = (fault: Finding): Examined => ({ fields: {}, findings: [...outer, fault], usable: false });
  // Who does not say who he is is not decrypted.
  if (outer.some(({ rule }) => rule === 'credentials')) return { fields: {}, findings: outer, usable: false };
  const read = sealedOf(raw.body);
  if ('fault' in read) return nothing(read.fault);
  const allowed = daysAround(now, NEAR_MIDNIGHT_MS);
  const opened = open(read.sealed, access.key, [...allowed, ...neighbourDays(now)]);
  if (!opened)
    return nothing(finding('cipher', 'not an object with a parkCode under the key and the date of any day near'));
  const { fields, day } = opened;
  const inner: Finding[] = [...plainFaults(opened), ...validate(table, fields)];
  if (!allowed.includes(day)) inner.push(finding('iv', `encrypted with ${day} on ${dayOf(now)}`));
  const park = textOf(fields, 'parkCode');
  if (park !== access.parkCode) inner.push(finding('park-code', `unknown parkCode ${park}`, 'parkCode'));
  const secret = [access.pwd, access.key].some(
    (word) => word.length >= MIN_SECRET && JSON.stringify(fields).includes(word),
  );
  if (secret) inner.push(finding('secret', 'a password or key stands in the message'));
  const all = [...outer, ...inner];
  const usable = !all.some(({ rule, proven }) => proven && UNREADABLE.includes(rule)) && raw.method === 'POST';
  return { fields, findings: all, usable };
}

/** The fields of a body, before anything of it is believed: for faults and hooks. */
export function peek(body: Buffer, key: string, now: number): JsonObject {
  const read = sealedOf(body);
  return 'sealed' in read ? (open(read.sealed, key, [dayOf(now), ...neighbourDays(now)])?.fields ?? {}) : {};
}
