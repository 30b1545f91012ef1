/**
 * JSON whose numbers keep every digit. Platforms send 64-bit ids as JSON numbers and want them back unchanged, while a
 * JavaScript number loses digits above 2^53. A number that would change stays a raw token in the parsed tree and is written
 * back digit by digit.
 */

type RawJson = (text: string) => unknown;

/** Part of the language since ES2025, and of V8 since 11.4 (Node 21, Electron 25); the type library does not name it yet. */
function builtIn(name: 'rawJSON' | 'isRawJSON'): (value: unknown) => unknown {
  const found: unknown = Reflect.get(JSON, name);
  if (typeof found !== 'function') throw new Error(`this JavaScript engine has no JSON.${name}`);
  return (value): unknown => Reflect.apply(found, JSON, [value]);
}

/** A number token for {@link stringifyLossless}, from its text. */
export const rawNumber: RawJson = builtIn('rawJSON');
const isRaw = builtIn('isRawJSON');

function sourceOf(context: unknown): string | undefined {
  if (typeof context !== 'object' || context === null || !('source' in context)) return undefined;
  return typeof context.source === 'string' ? context.source : undefined;
}

/** Throws `SyntaxError` as `JSON.parse` does. */
export function parseLossless(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, ...rest: unknown[]) => {
    if (typeof value !== 'number') return value;
    const source = sourceOf(rest[0]);
    return source === undefined || String(value) === source ? value : rawNumber(source);
  });
}

export function stringifyLossless(value: unknown): string {
  return JSON.stringify(value);
}

/** The digits of a whole number of at most 64 bits, given as a number, a raw token or a text; `undefined` for anything else. */
export function wholeDigits(value: unknown): string | undefined {
  const source = isRaw(value) ? JSON.stringify(value) : typeof value === 'number' ? String(value) : value;
  if (typeof source !== 'string' || !/^-?\d{1,20}$/.test(source.trim())) return undefined;
  const whole = BigInt(source.trim());
  return BigInt.asIntN(64, whole) === whole || BigInt.asUintN(64, whole) === whole ? whole.toString() : undefined;
}
