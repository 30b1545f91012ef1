/** JSON as this platform reads it: whole numbers beyond 2^53 become bigint, and a number not written as plain digits is kept as text. */
export type WireValue = string | number | bigint | boolean | null | NotPlainDigits | WireValue[] | WireObject;
export interface WireObject {
  readonly [name: string]: WireValue;
}

/** `1.0`, `1e3` and the like: no number of this protocol is written so. */
export class NotPlainDigits {
  readonly literal: string;
  constructor(literal: string) {
    this.literal = literal;
  }
}

export const isWireObject = (value: WireValue | undefined): value is WireObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NotPlainDigits);

/** A string literal, or a number literal: strings are matched so that digits inside them are left alone. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;
/** Marks a number that was turned into a string; a control character cannot stand unescaped in a JSON string. */
const MARK = '\\u0000';

function revive(value: unknown): WireValue {
  if (typeof value === 'string') {
    if (!value.startsWith('\0')) return value;
    const literal = value.slice(1);
    if (!/^-?(0|[1-9]\d*)$/.test(literal)) return new NotPlainDigits(literal);
    return Number.isSafeInteger(Number(literal)) ? Number(literal) : BigInt(literal);
  }
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, revive(item)]));
  return typeof value === 'boolean' ? value : null;
}

/** Throws on text that is not JSON. No digit of a whole number is lost. */
export function parseLossless(text: string): WireValue {
  JSON.parse(text);
  const marked = text.replace(TOKEN, (token) => (token.startsWith('"') ? token : `"${MARK}${token}"`));
  return revive(JSON.parse(marked));
}
