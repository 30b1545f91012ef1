import { CODES, OPEN_MODES } from './codes.ts';
import { type DownName, tableOf } from './down-tables.ts';
import { isObject, type JsonObject } from './json.ts';
import { tokenOf } from './token.ts';
import { instantOf, wireTime } from './wire-time.ts';

export interface Keys {
  readonly appId: string;
  readonly appSecret: string;
  readonly parkingLotId: string;
}

/** How a call is written. Nothing said is the plain form of the tables. */
export interface Spelling {
  // Odd, but legal:
  /** Extension fields. */
  readonly extra?: JsonObject;
  /** pageSize and currentPage as texts. */
  readonly numbersAs?: 'number' | 'string';
  readonly openModeAs?: 'number' | 'string';
  /** msg as an array, or as a text that holds one. */
  readonly msgAs?: 'array' | 'string';
  readonly upperToken?: boolean;
  readonly charset?: boolean;
  // Illegal:
  readonly token?: 'wrong' | 'missing' | 'of-another-time';
  /** The time of the call is so far behind (ahead, if below 0), its token right. Illegal beyond the window only. */
  readonly staleBySeconds?: number;
  readonly parkingLotId?: string;
  readonly omit?: readonly string[];
  /** Values that are wrong. */
  readonly set?: JsonObject;
  readonly method?: string;
  readonly contentType?: string;
  /** Instead of the name of the interface. */
  readonly path?: string;
  /** The call, but broken off; an array of it; a text of it; nothing. */
  readonly shape?: 'broken' | 'array' | 'text' | 'null' | 'empty';
  /** The whole body. */
  readonly body?: string | Buffer;
  /** An extension field of so many characters; illegal from a million on. */
  readonly padding?: number;
  /** An extension field so many arrays deep. Whether it may be acted on the source leaves open. */
  readonly nested?: number;
}

export interface Composed {
  readonly fields: JsonObject;
  readonly method: string;
  readonly path: string;
  readonly contentType: string;
  readonly body: Buffer;
  /** Whether a car park that goes by the document may act on it; null where the document leaves that open. */
  readonly legal: boolean | null;
  /** Whether whatever is wrong with it is to be answered with HTTP 200 and respCode "1". */
  readonly civil: boolean;
}

const HUGE = 1_000_000;
const PAGING: readonly string[] = ['pageSize', 'currentPage'];

function isLegal(name: DownName, fields: JsonObject, spelling: Spelling, windowMs: number): boolean | null {
  const { token, parkingLotId, set, method, contentType, path, shape, body } = spelling;
  if ([token, parkingLotId, set, method, contentType, path, shape, body].some((one) => one !== undefined)) return false;
  const required = ['version', 'token', 'parkingLotId', 'time', ...tableOf(name).required];
  if (required.some((field) => fields[field] === undefined || fields[field] === '')) return false;
  if ((spelling.padding ?? 0) >= HUGE) return false;
  if (windowMs > 0 && Math.abs(spelling.staleBySeconds ?? 0) * 1_000 > windowMs) return false;
  if (name === 'receiveOpenGate' && !OPEN_MODES.includes(String(fields['openMode']))) return false;
  if (['beginTime', 'endTime'].some((field) => field in fields && instantOf(String(fields[field])) === null))
    return false;
  return spelling.nested === undefined && !isStrange(fields) ? true : null;
}

const isLine = (line: unknown): boolean =>
  isObject(line) && typeof line['text'] === 'string' && CODES.alignment.some((code) => code === line['alignment']);

/** Values that the tables do not have, and of which the document does not say what to do with them. */
function isStrange({ pageSize = 1, currentPage = 1, placeStatus, beginTime, endTime, msg }: JsonObject): boolean {
  const lines = typeof msg === 'string' ? listOf(msg) : msg;
  return (
    [pageSize, currentPage].some((value) => !/^[1-9]\d{0,8}$/.test(String(value))) ||
    (placeStatus !== undefined && !CODES.placeStatus.some((code) => code === placeStatus)) ||
    (endTime !== undefined && String(beginTime) > String(endTime)) ||
    (msg !== undefined && !(Array.isArray(lines) && lines.length > 0 && lines.every(isLine)))
  );
}

function listOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function tokenFor(time: string, keys: Keys, { token, upperToken }: Spelling): string | undefined {
  if (token === 'missing') return undefined;
  if (token === 'wrong') return tokenOf(time, keys.appId, `${keys.appSecret}x`);
  if (token === 'of-another-time') return tokenOf(wireTime(0), keys.appId, keys.appSecret);
  const right = tokenOf(time, keys.appId, keys.appSecret);
  return upperToken ? right.toUpperCase() : right;
}

function spelled(name: string, value: unknown, { numbersAs, openModeAs, msgAs }: Spelling): unknown {
  if (PAGING.includes(name) && numbersAs === 'string') return String(value);
  if (name === 'openMode' && openModeAs === 'number') return Number(value);
  return name === 'msg' && msgAs === 'string' ? JSON.stringify(value) : value;
}

function bodyOf(fields: JsonObject, { shape, body, nested }: Spelling): Buffer {
  if (body !== undefined) return Buffer.from(body);
  let text = JSON.stringify(fields);
  // Too deep for a serializer that calls itself.
  if (nested !== undefined) text = `${text.slice(0, -1)},"deep":${'['.repeat(nested)}${']'.repeat(nested)}}`;
  const shapes = {
    ...{ broken: text.slice(0, -Math.ceil(text.length / 3)), array: `[${text}]` },
    ...{ text: JSON.stringify(text), null: 'null', empty: '' },
  };
  return Buffer.from(shape ? shapes[shape] : text, 'utf8');
}

/** Writes and signs a call, or what the spelling makes of it. */
export function compose(
  name: DownName,
  params: JsonObject,
  spelling: Spelling,
  keys: Keys,
  clock: { readonly now: number; readonly windowMs: number },
): Composed {
  const time = wireTime(clock.now - (spelling.staleBySeconds ?? 0) * 1_000);
  const token = tokenFor(time, keys, spelling);
  const own = Object.entries(params)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => [field, spelled(field, value, spelling)] as const);
  const all: JsonObject = {
    ...{ version: '1.0', token, parkingLotId: spelling.parkingLotId ?? keys.parkingLotId, time },
    ...Object.fromEntries(own),
    ...{ ...spelling.extra, ...(spelling.padding ? { padding: 'x'.repeat(spelling.padding) } : {}), ...spelling.set },
  };
  const fields: JsonObject = Object.fromEntries(
    Object.entries(all).filter(([field, value]) => value !== undefined && !spelling.omit?.includes(field)),
  );
  const { method = 'POST', path = name, charset, padding = 0 } = spelling;
  return {
    ...{ fields, method, path, body: bodyOf(fields, spelling) },
    contentType: spelling.contentType ?? (charset ? 'application/json;charset=UTF-8' : 'application/json'),
    legal: isLegal(name, fields, spelling, clock.windowMs),
    civil: method === 'POST' && path === name && spelling.contentType === undefined && padding < HUGE,
  };
}
