import { encrypt } from './cipher.ts';
import type { DownInterface } from './down/define.ts';
import { encodeGb2312, encodeGb18030, escapeFor } from './gb2312.ts';
import type { Access } from './intake.ts';
import { NEAR_MIDNIGHT_MS } from './intake.ts';
import type { JsonObject } from './json.ts';
import { type Spelling, spelled } from './spelling.ts';
import { dayOf, daysAround } from './wire-time.ts';

/** How a call is made. Nothing said is the plain form of the source. */
export interface CallStyle extends Spelling {
  // Odd, but legal:
  /** `2016` is the family of the printed sample, of which only two interfaces are known. */
  readonly path?: 'current' | 'legacy' | '2016';
  /** x-www-form-urlencoded `data=…`; base64 in lines of 76, and a blank for each +, as clients in the field send. */
  readonly form?: boolean;
  /** Base64 in lines also inside JSON. */
  readonly lines?: boolean;
  readonly expect100?: boolean;
  /** Raw bytes for what lies outside GB 2312, as code page 54936 has them; otherwise escapes. */
  readonly gb18030?: boolean;
  /** Every character beyond ASCII as an escape, as PHP writes them. */
  readonly escapes?: boolean;
  readonly contentType?: string;
  /** The caller's clock is so far ahead (behind, if below 0): around midnight that is the date of another day. */
  readonly clockOffsetMs?: number;
  // Illegal:
  readonly access?: Partial<Access>;
  /** Headers left out. */
  readonly without?: readonly ('user' | 'pwd' | 'content-type')[];
  /** yyyyMMdd of another day. */
  readonly day?: string;
  readonly omit?: readonly string[];
  /** Values that are wrong. */
  readonly set?: JsonObject;
  readonly parkCode?: unknown;
  /** UTF-8 instead of GB 2312; left open for texts that are ASCII alone. */
  readonly utf8?: boolean;
  /** What is sealed instead: any text; an array of the fields; a text of them; null. */
  readonly plain?: string | Buffer;
  readonly shape?: 'array' | 'text' | 'null' | 'broken';
  /** What is wrong with the sealed bytes. */
  readonly sealed?: 'not-base64' | 'cut' | 'last-block-gone' | 'empty' | 'clear';
  readonly body?: string | Buffer;
  readonly method?: string;
  /** A path of the test's own, below the address. */
  readonly rawPath?: string;
  /** So many characters more in the envelope. */
  readonly padding?: number;
}

export interface Composed {
  /** What was meant, by the names of the table. */
  readonly fields: JsonObject;
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Whether a car park may act on it; null where that is left open. */
  readonly legal: boolean | null;
  /** HTTP status that is due instead of 200. */
  readonly status: 200 | 404 | 405 | 413;
}

const HUGE = 1_000_000;
const LEGACY_GUESS = {
  ParkingInfo: 'pay2',
  ParkingManage: 'pay2',
  ParkingPay: 'pay2',
  ParkingCard: 'card2',
  ParkingBook: 'book',
};

export function pathOf({ name, controller, legacy }: DownInterface, path: CallStyle['path'] = 'current'): string {
  if (path === 'current') return `/api/${controller}/${name}`;
  return path === '2016' ? `/api/pay/${name}` : `/api/${legacy ?? LEGACY_GUESS[controller]}/${name}`;
}

function plainOf(fields: JsonObject, { plain, shape, utf8, gb18030, escapes }: CallStyle): Buffer {
  if (plain !== undefined) return Buffer.from(plain);
  const object = JSON.stringify(fields);
  const shapes = { array: `[${object}]`, text: JSON.stringify(object), null: 'null', broken: object.slice(0, -3) };
  const json = shape ? shapes[shape] : object;
  if (utf8) return Buffer.from(json, 'utf8');
  if (gb18030) return encodeGb18030(json);
  const bytes = encodeGb2312(escapeFor(json, escapes));
  if (!bytes) throw new Error('escapes are ASCII');
  return bytes;
}

function sealedText(sealed: Buffer, plain: Buffer, how: CallStyle['sealed']): string {
  switch (how) {
    case 'not-base64':
      return '***';
    case 'cut':
      return sealed.subarray(0, -3).toString('base64');
    case 'last-block-gone':
      return sealed.subarray(0, -8).toString('base64');
    case 'empty':
      return '';
    case 'clear':
      return plain.toString('base64');
    default:
      return sealed.toString('base64');
  }
}

const inLines = (base64: string): string => base64.replaceAll(/.{76}/g, '$&\r\n');

function bodyOf(data: string, { body, form, lines, padding }: CallStyle): Buffer {
  if (body !== undefined) return Buffer.from(body);
  const pad = 'x'.repeat(padding ?? 0);
  // A client that encodes nothing: its + arrives as a blank.
  if (form) return Buffer.from(`data=${inLines(data)}${pad}`);
  return Buffer.from(JSON.stringify({ data: lines ? inLines(data) : data, ...(pad ? { pad } : {}) }));
}

function statusOf(definition: DownInterface, { path, rawPath, method = 'POST', padding = 0 }: CallStyle) {
  if (rawPath !== undefined || (path === 'legacy' && definition.legacy === null)) return 404;
  if (padding >= HUGE) return 413;
  return method === 'POST' ? 200 : 405;
}

function isLegal(definition: DownInterface, fields: JsonObject, how: CallStyle, now: number): boolean | null {
  const { access, without, body, sealed, plain, shape, omit, set, parkCode, day } = how;
  if (statusOf(definition, how) !== 200) return false;
  if ([access, without, body, sealed, plain, shape, set, parkCode].some((one) => one !== undefined)) return false;
  const required = definition.request.filter((one) => one.required).map(({ name }) => name);
  const optional2016 = how.path === '2016' ? ['parkCode'] : [];
  if (required.some((name) => omit?.includes(name) && !optional2016.includes(name))) return false;
  if (required.some((name) => !omit?.includes(name) && (fields[name] === undefined || fields[name] === '')))
    return false;
  const isCommand = definition.request.some(
    ({ name, command }) => command && fields[name] !== undefined && !command.some((one) => one === fields[name]),
  );
  if (isCommand) return false;
  const sealedOn = day ?? dayOf(now + (how.clockOffsetMs ?? 0));
  if (!daysAround(now, NEAR_MIDNIGHT_MS).includes(sealedOn)) return false;
  if (how.utf8 && /\P{ASCII}/u.test(JSON.stringify(fields))) return null;
  if (how.contentType !== undefined) return null;
  return how.path === '2016' && !definition.old ? null : true;
}

/** Writes and seals a call, or what its style makes of it. */
export function compose(
  definition: DownInterface,
  params: JsonObject,
  how: CallStyle,
  own: Access & { readonly parkCode: string },
  now: number,
): Composed {
  const { access, without = [], form, contentType, expect100, method = 'POST', omit = [], set } = how;
  const fields: JsonObject = { parkCode: how.parkCode ?? own.parkCode, ...params };
  const request = definition.request.filter(({ name }) => !omit.includes(name));
  const kept = Object.fromEntries(Object.entries(fields).filter(([name]) => !omit.includes(name)));
  const written = { ...spelled({ request }, kept, how), ...set };
  const { user, pwd, key } = { ...own, ...access };
  const plain = plainOf(written, how);
  const data = sealedText(encrypt(plain, key, how.day ?? dayOf(now + (how.clockOffsetMs ?? 0))), plain, how.sealed);
  const type = contentType ?? (form ? 'application/x-www-form-urlencoded' : 'application/json;charset=utf-8');
  const all = { 'content-type': type, user, pwd, ...(expect100 ? { expect: '100-continue' } : {}) };
  return {
    ...{ fields, method, body: method === 'GET' ? Buffer.alloc(0) : bodyOf(data, how) },
    path: how.rawPath ?? pathOf(definition, how.path),
    headers: Object.fromEntries(Object.entries(all).filter(([name]) => !without.some((one) => one === name))),
    legal: isLegal(definition, fields, how, now),
    status: statusOf(definition, how),
  };
}
