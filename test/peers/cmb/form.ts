import { type Finding, finding } from './finding.ts';

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const HEX = /^[0-9A-Fa-f]{2}$/;
const PLUS = 0x2b;
const PERCENT = 0x25;

/** One name or value of a form: `+` is a blank, `%xx` a byte, the bytes are UTF-8. Says what is wrong instead of guessing. */
function decode(bytes: Buffer): { readonly text: string; readonly fault: string | undefined } {
  const out = Buffer.alloc(bytes.length);
  let size = 0;
  let fault: string | undefined;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === PERCENT) {
      const digits = bytes.toString('latin1', at + 1, at + 3);
      if (!HEX.test(digits)) fault = `a % without two hex digits`;
      else at += 2;
      out[size] = HEX.test(digits) ? Number.parseInt(digits, 16) : byte;
    } else {
      if (byte > 0x7e || byte < 0x21) fault = `byte ${byte.toString(16)} is not percent-encoded`;
      out[size] = byte === PLUS ? 0x20 : byte;
    }
    size += 1;
  }
  try {
    return { text: strictUtf8.decode(out.subarray(0, size)), fault };
  } catch {
    return { text: out.toString('utf8', 0, size), fault: 'not UTF-8' };
  }
}

function pieces(body: Buffer, mark: number): Buffer[] {
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, from)) {
    parts.push(body.subarray(from, at));
    from = at + 1;
  }
  return [...parts, body.subarray(from)];
}

export interface ReadForm {
  /** The last one of a name that stands there twice. */
  readonly fields: Readonly<Record<string, string>>;
  readonly findings: readonly Finding[];
}

/** Takes a body apart, and finds whatever was not encoded exactly once, in UTF-8, each name once. */
export function readForm(body: Buffer): ReadForm {
  const fields: Record<string, string> = Object.create(null);
  const findings: Finding[] = [];
  for (const pair of pieces(body, 0x26)) {
    const split = pair.indexOf(0x3d);
    const name = decode(split < 0 ? pair : pair.subarray(0, split));
    const value = decode(split < 0 ? Buffer.alloc(0) : pair.subarray(split + 1));
    const fault = name.fault ?? value.fault;
    if (split < 0 || name.text === '')
      findings.push(finding('form', `no name=value: ${pair.toString('latin1', 0, 40)}`));
    if (fault !== undefined) findings.push(finding('form', `${name.text}: ${fault}`, name.text));
    if (name.text in fields) findings.push(finding('form', `${name.text} occurs twice`, name.text));
    fields[name.text] = value.text;
  }
  return { fields: { ...fields }, findings };
}

const UNRESERVED = /[A-Za-z0-9_.*-]/;

/** Encodes one text; `spaceAs` and the case of the hex digits are free in a form. */
export function encode(text: string, { spaceAs = '+', hex = 'upper' }: Encoding = {}): string {
  let out = '';
  for (const byte of Buffer.from(text, 'utf8')) {
    const char = String.fromCharCode(byte);
    const digits = byte.toString(16).padStart(2, '0');
    if (byte < 0x80 && UNRESERVED.test(char)) out += char;
    else if (char === ' ') out += spaceAs;
    else out += `%${hex === 'upper' ? digits.toUpperCase() : digits}`;
  }
  return out;
}

export interface Encoding {
  readonly spaceAs?: '+' | '%20';
  readonly hex?: 'upper' | 'lower';
}

/** The pairs in the order given; a name may stand there twice. */
export const writeForm = (pairs: Iterable<readonly [string, string]>, encoding: Encoding = {}): string =>
  [...pairs].map(([name, value]) => `${encode(name, encoding)}=${encode(value, encoding)}`).join('&');
