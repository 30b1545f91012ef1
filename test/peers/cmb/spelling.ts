import { createHash } from 'node:crypto';
import { DOWN, type DownName } from './down-tables.ts';
import { type Encoding, writeForm } from './form.ts';
import { type Fields, signOf } from './sign.ts';

/** How a push is written. Nothing said is the plain form of the printed examples. */
export interface Spelling {
  // Odd, but legal:
  /** Extension fields, signed. */
  readonly extra?: Fields;
  /** Optional fields that are empty: there, as printed, or left out. */
  readonly empties?: 'sent' | 'omitted';
  readonly upperSign?: boolean;
  readonly fieldOrder?: 'table' | 'reversed' | 'ascii';
  readonly charset?: boolean;
  readonly encoding?: Encoding;
  // Illegal:
  /** A proper digest of something else, none, or one that counts what must not count. */
  readonly sign?: 'wrong' | 'missing' | 'short' | 'with-empties' | 'url-encoded';
  readonly appid?: string;
  readonly parkCode?: string;
  readonly omit?: readonly string[];
  /** Values that are wrong, properly signed. */
  readonly set?: Fields;
  /** Changed after signing, as by somebody on the way. */
  readonly tampered?: Fields;
  /** A field a second time, with this value. */
  readonly twice?: readonly [name: string, value: string];
  /** An extension field of so many characters. */
  readonly padding?: number;
  readonly method?: string;
  readonly contentType?: string;
  /** Instead of `cmbParking/<name>`. */
  readonly path?: string;
  /** The whole body. */
  readonly body?: string | Buffer;
}

export interface Keys {
  readonly appid: string;
  readonly appsecret: string;
  readonly parkCode: string;
}

export interface Composed {
  readonly fields: Fields;
  readonly method: string;
  readonly path: string;
  readonly contentType: string;
  readonly body: Buffer;
  /** Whether a car park that goes by the document may act on it. */
  readonly legal: boolean;
}

const FORM = 'application/x-www-form-urlencoded';
const HUGE = 1_000_000;

function isLegal(name: DownName, fields: Fields, spelling: Spelling): boolean {
  const { sign, appid, parkCode, set, tampered, twice, padding = 0, method, contentType, path, body } = spelling;
  const illegal = [sign, appid, parkCode, set, tampered, twice, method, contentType, path, body];
  const required: readonly string[] = DOWN[name].required;
  const leftOut = spelling.omit?.some((field) => required.includes(field) || field === 'appid') ?? false;
  const asks = name !== 'calc' || Boolean(fields['out_code'] || fields['vpl_number']);
  return illegal.every((one) => one === undefined) && asks && !leftOut && padding < HUGE;
}

function signFor(fields: Fields, appsecret: string, { sign, upperSign }: Spelling): string | undefined {
  const right = signOf(fields, appsecret);
  if (sign === 'missing') return undefined;
  if (sign === 'short') return right.slice(0, 31);
  if (sign === 'wrong') return signOf({ ...fields, sign_time: '0' }, appsecret);
  if (sign === 'with-empties') {
    const sorted = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
    return createHash('md5')
      .update(`${sorted.map((pair) => pair.join('=')).join('&')}${appsecret}`)
      .digest('hex');
  }
  if (sign === 'url-encoded') {
    const encoded = Object.entries(fields).map(([name, value]) => [name, encodeURIComponent(value)]);
    return signOf(Object.fromEntries(encoded), appsecret);
  }
  return upperSign ? right.toUpperCase() : right;
}

function ordered(pairs: [string, string][], by: Spelling['fieldOrder']): [string, string][] {
  if (by === 'reversed') return [...pairs].reverse();
  return by === 'ascii' ? [...pairs].sort(([a], [b]) => (a < b ? -1 : 1)) : pairs;
}

/** Writes and signs a push, or what the spelling makes of it. */
export function compose(name: DownName, params: Fields, spelling: Spelling, keys: Keys): Composed {
  const given: Fields = { park_code: spelling.parkCode ?? keys.parkCode, ...params };
  const columns: readonly string[] = DOWN[name].fields;
  const own = columns.flatMap((field): [string, string][] => {
    const value = given[field];
    return value === undefined || (value === '' && spelling.empties === 'omitted') ? [] : [[field, value]];
  });
  const padding: Fields = spelling.padding ? { padding: 'x'.repeat(spelling.padding) } : {};
  const fields: Fields = Object.fromEntries(
    Object.entries({
      ...{ appid: spelling.appid ?? keys.appid, ...Object.fromEntries(own) },
      ...{ ...spelling.extra, ...padding, ...spelling.set },
    }).filter(([field]) => !spelling.omit?.includes(field)),
  );
  const sign = signFor(fields, keys.appsecret, spelling);
  const signed: Fields = { ...fields, ...spelling.tampered, ...(sign === undefined ? {} : { sign }) };
  const pairs = ordered(Object.entries(signed), spelling.fieldOrder);
  if (spelling.twice) pairs.push([...spelling.twice]);
  const body = spelling.body ?? writeForm(pairs, spelling.encoding);
  return {
    fields: signed,
    method: spelling.method ?? 'POST',
    path: spelling.path ?? `cmbParking/${name}`,
    contentType: spelling.contentType ?? (spelling.charset ? `${FORM};charset=UTF-8` : FORM),
    body: typeof body === 'string' ? Buffer.from(body, 'utf8') : body,
    legal: isLegal(name, fields, spelling),
  };
}
