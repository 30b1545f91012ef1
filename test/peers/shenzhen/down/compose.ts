import type { Keys } from '../intake.ts';
import type { JsonObject } from '../json.ts';
import { signatureOf } from '../sign.ts';
import { type Framing, frameOf } from '../tcp/frames.ts';
import { dashed } from '../wire-time.ts';
import { type Spelling, spelt } from './spelling.ts';
import { DOWN, type DownName } from './tables.ts';
import { signed, writeJson } from './write-json.ts';

/** Ways to make a call wrong. Each makes it illegal: an answer of code 0 is then a violation (`accepted`). */
export interface Wrong {
  readonly accessKey?: string;
  /** `absent`, or anything else that is put there. */
  readonly signature?: 'absent' | (string & {});
  /** Signed over something else than what is sent. */
  readonly tampered?: JsonObject;
  /** Of `timestamp`; illegal beyond the window. */
  readonly clockOffsetMs?: number;
  /** In the head. */
  readonly parkCode?: string;
  /** Another method than the call's. */
  readonly method?: string;
  /** `absent`, or another one than `request`. */
  readonly type?: 'absent' | (string & {});
  /** Fields that are left out. */
  readonly omit?: readonly string[];
  /** Fields that are put there as they stand, signed: wrong types, unknown codes. */
  readonly set?: JsonObject;
  /** `data` instead of an object. */
  readonly data?: unknown;
  /** The whole payload instead, as text or bytes. */
  readonly payload?: string | Buffer;
  /** What the length before the payload says. */
  readonly length?: number;
}

export interface ComposeOptions extends Spelling, Wrong {
  readonly requestId?: string;
  /** Whether the car park should do it, where that is not plain from the rest; null is left open. */
  readonly legal?: boolean | null;
}

export interface Composed {
  readonly frame: Buffer;
  readonly requestId: string;
  /** As it is in the frame, signature among it. */
  readonly data: JsonObject;
  readonly legal: boolean | null;
  /** Codes that an illegal one may be answered with; empty if any but 0 will do. */
  readonly codes: readonly number[];
}

export interface ComposeContext {
  readonly keys: Keys;
  readonly framing: Framing;
  readonly now: number;
  readonly windowMs: number;
  /** Names of methods on the wire, where they are others. */
  readonly methods: ReadonlyMap<string, string>;
  readonly signHeader: boolean;
}

const MOST_ID = 36;
const ANY_WORDS: readonly (keyof Wrong)[] = ['type', 'omit', 'set', 'data', 'payload', 'length'];

function legality(options: ComposeOptions, requestId: string, windowMs: number): Pick<Composed, 'legal' | 'codes'> {
  if (options.legal !== undefined) return { legal: options.legal, codes: [] };
  const codes: number[] = [];
  if (options.accessKey !== undefined || options.signature !== undefined || options.tampered !== undefined)
    codes.push(401, 400);
  if (windowMs > 0 && Math.abs(options.clockOffsetMs ?? 0) > windowMs) codes.push(408);
  if (options.method !== undefined) codes.push(405);
  if (options.parkCode !== undefined) codes.push(404, 401, 400);
  const isOdd = requestId.length > MOST_ID || requestId === '' || ANY_WORDS.some((name) => options[name] !== undefined);
  if (codes.length > 0) return { legal: false, codes: isOdd ? [] : codes };
  if (isOdd) return { legal: false, codes: [] };
  // Nothing says that a boolean may be written so.
  return { legal: options.booleans === undefined ? true : null, codes: [] };
}

/** The fields in order of their table, as they will be written; the signature comes last. */
function dataOf(name: DownName, given: JsonObject, options: ComposeOptions, { keys, now }: ComposeContext): JsonObject {
  const fixed: JsonObject = {
    accessKey: options.accessKey ?? keys.accessKey,
    timestamp: now + (options.clockOffsetMs ?? 0),
    parkId: keys.parkCode,
    parkCode: keys.parkCode,
  };
  const { fields } = DOWN[name];
  const entries: [string, unknown][] = [];
  for (const field of fields) {
    const value = given[field.name] ?? fixed[field.name];
    const plain = field.kind === 'Date' && typeof value === 'number' ? dashed(value) : value;
    if (!field.required && (options.bare || plain === undefined)) {
      if (name === 'feeQuery' && options.emptyCoupons) entries.push([field.name, []]);
      else if (options.nulls) entries.push([field.name, null]);
    } else entries.push([field.name, spelt(field, plain, options)]);
  }
  for (const [extra, value] of Object.entries(given))
    if (!fields.some((field) => field.name === extra)) entries.push([extra, value]);
  if (options.extra) entries.push(['newField', '扩展']);
  for (const [set, value] of Object.entries(options.set ?? {})) {
    const known = entries.find(([other]) => other === set);
    if (known) known[1] = value;
    else entries.push([set, value]);
  }
  return Object.fromEntries(entries.filter(([field]) => !options.omit?.includes(field)));
}

function membersToSign(data: JsonObject): [string, string][] {
  return Object.entries(data).flatMap(([field, value]): [string, string][] => {
    const text = signed(value);
    return text === undefined ? [] : [[field, text]];
  });
}

function signedData(data: JsonObject, options: ComposeOptions, secret: string): JsonObject {
  const right = signatureOf(membersToSign({ ...data, ...options.tampered }), secret);
  const cased = options.lowerCase ? right.toLowerCase() : right;
  const signature = options.signature === 'absent' ? undefined : (options.signature ?? cased);
  const isOmitted = options.omit?.includes('signature');
  const entries = Object.entries({ ...data, signature: isOmitted ? undefined : signature });
  return Object.fromEntries(options.reversed ? entries.reverse() : entries);
}

/** A call as it goes out. */
export function compose(
  name: DownName,
  given: JsonObject,
  options: ComposeOptions,
  requestId: string,
  context: ComposeContext,
): Composed {
  const { keys, framing, methods, signHeader, windowMs } = context;
  const data = signedData(dataOf(name, given, options, context), options, keys.accessSecret);
  const head: JsonObject = {
    type: options.type === 'absent' ? undefined : (options.type ?? 'request'),
    method: options.method ?? methods.get(name) ?? name,
    requestId,
    parkCode: options.parkCode ?? keys.parkCode,
    ...(options.headExtra ? { version: '1.0' } : {}),
    data: options.data === undefined ? data : options.data,
  };
  const root = signHeader ? { ...head, signature: signatureOf(membersToSign(head), keys.accessSecret) } : head;
  const layout = { blanks: options.blanks ?? false, escapes: options.escapes ?? false };
  const payload = options.payload ?? writeJson(root, layout);
  const frame = frameOf(framing, typeof payload === 'string' ? Buffer.from(payload, 'utf8') : payload, options.length);
  return { frame, requestId, data, ...legality(options, requestId, windowMs) };
}
