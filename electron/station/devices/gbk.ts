/** The byte for what GBK does not have. */
const UNKNOWN = 0x3f;
const LINE_END = 0x0a;

let table: ReadonlyMap<number, number> | undefined;

const isPrivate = (code: number): boolean => code >= 0xe000 && code <= 0xf8ff;

/** Every pair of bytes, asked of the decoder: code point → pair. Of two pairs with one meaning the first counts. */
function pairs(): ReadonlyMap<number, number> {
  const asked: number[] = [];
  const bytes: number[] = [];
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      asked.push(lead * 256 + trail);
      // On a line of its own, so that a pair that is none leaves its neighbours alone.
      bytes.push(lead, trail, LINE_END);
    }
  const read = new TextDecoder('gb18030').decode(Uint8Array.from(bytes)).split('\n');
  const all = new Map<number, number>();
  for (const [index, pair] of asked.entries()) {
    const [character, ...more] = read[index] ?? '';
    const code = character?.codePointAt(0);
    if (code === undefined || code < 0x80 || code === 0xfffd || isPrivate(code)) continue;
    if (more.length === 0 && !all.has(code)) all.set(code, pair);
  }
  return all;
}

/**
 * Text as GBK, which displays, printers and cameras speak: one byte for ASCII, two for everything else; what it does not have
 * becomes `?`.
 */
export function encodeGbk(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? UNKNOWN;
    if (code < 0x80) {
      bytes.push(code);
      continue;
    }
    table ??= pairs();
    const pair = table.get(code);
    if (pair === undefined) bytes.push(UNKNOWN);
    else bytes.push(pair >> 8, pair & 0xff);
  }
  return Uint8Array.from(bytes);
}

/** GBK read as GB18030, which holds it; what is no character becomes U+FFFD. */
export const decodeGbk = (bytes: Uint8Array): string => new TextDecoder('gb18030').decode(bytes);
