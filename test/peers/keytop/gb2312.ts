/**
 * GB 2312 as a table of our own, made by asking the decoder of GBK about every pair and leaving out what GBK added.
 * Two pairs stand for one character in the standard and for another in GBK, so nobody can rely on them.
 */

/**
 * Pairs between A1A1 and F7FE that the standard does not have, first and last of each run. Decoders grew: what was private
 * or nothing in an older one (vertical punctuation, the euro) is a character in a newer one.
 */
const ADDED: readonly (readonly [number, number])[] = [
  [0xa2a1, 0xa2aa],
  [0xa2e3, 0xa2e3],
  [0xa6d9, 0xa6f5],
  [0xa8bb, 0xa8c0],
];

/** In the standard, but read differently by GBK: U+30FB or U+00B7, U+2015 or U+2014. */
const AMBIGUOUS: ReadonlySet<number> = new Set([0xa1a4, 0xa1aa]);

const isPrivate = (code: number): boolean => code >= 0xe000 && code <= 0xf8ff;

function pairs(): Map<number, string> {
  const gbk = new TextDecoder('gbk');
  const all = new Map<number, string>();
  for (let lead = 0xa1; lead <= 0xf7; lead += 1)
    for (let trail = 0xa1; trail <= 0xfe; trail += 1) {
      const pair = lead * 256 + trail;
      const read = gbk.decode(Uint8Array.of(lead, trail));
      const code = read.codePointAt(0) ?? 0;
      if (read.length !== 1 || code === 0xfffd || isPrivate(code)) continue;
      if (!ADDED.some(([first, last]) => pair >= first && pair <= last)) all.set(pair, read);
    }
  return all;
}

const PAIRS = pairs();
const CHARACTERS = new Map([...PAIRS].filter(([pair]) => !AMBIGUOUS.has(pair)).map(([pair, read]) => [read, pair]));

/** How many pairs the standard has, and how many of them everybody reads alike. */
export const SIZES = { standard: PAIRS.size, unambiguous: CHARACTERS.size };

export const inGb2312 = (character: string): boolean => CHARACTERS.has(character);

/** The bytes of a text; null if one of its characters has none. */
export function encodeGb2312(text: string): Buffer | null {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const pair = CHARACTERS.get(character);
    if (code < 0x80) bytes.push(code);
    else if (pair !== undefined) bytes.push(pair >> 8, pair & 0xff);
    else return null;
  }
  return Buffer.from(bytes);
}

/** What is wrong with bytes that claim to be GB 2312. `strange`: outside the table; `ambiguous`: not read alike by all. */
export function gb2312Faults(bytes: Buffer): { readonly strange: string[]; readonly ambiguous: string[] } {
  const strange: string[] = [];
  const ambiguous: string[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) continue;
    const pair = lead * 256 + (bytes[at + 1] ?? 0);
    if (AMBIGUOUS.has(pair)) ambiguous.push(pair.toString(16));
    else if (!PAIRS.has(pair)) strange.push(`${pair.toString(16)} at ${at}`);
    at += 1;
  }
  return { strange, ambiguous };
}

/** JSON text whose characters outside the table are `\uXXXX`; `all` of those outside ASCII. */
export function escapeFor(json: string, all = false): string {
  return json.replaceAll(/\P{ASCII}/gu, (character) =>
    !all && inGb2312(character)
      ? character
      : [...character.split('')].map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  );
}

const gb18030 = new TextDecoder('gb18030');

/** Reads bytes as the superset of all of them. */
export const decodeGb18030 = (bytes: Buffer): string => gb18030.decode(bytes);

let gbkTable: ReadonlyMap<string, number> | undefined;

function gbkCharacters(): ReadonlyMap<string, number> {
  const table = new Map<string, number>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const read = gb18030.decode(Uint8Array.of(lead, trail));
      if (trail !== 0x7f && read.length === 1 && read !== '\ufffd' && !table.has(read))
        table.set(read, lead * 256 + trail);
    }
  return table;
}

/** Four bytes of a character above U+FFFF. */
function fourBytes(code: number): number[] {
  let index = code - 0x10000;
  const last = 0x30 + (index % 10);
  index = Math.floor(index / 10);
  const third = 0x81 + (index % 126);
  index = Math.floor(index / 126);
  return [0x90 + Math.floor(index / 10), 0x30 + (index % 10), third, last];
}

/** What a peer sends whose "GB2312" is code page 936 or 54936: raw bytes also for what lies outside. */
export function encodeGb18030(text: string): Buffer {
  gbkTable ??= gbkCharacters();
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const pair = gbkTable.get(character);
    if (code < 0x80) bytes.push(code);
    else if (pair !== undefined) bytes.push(pair >> 8, pair & 0xff);
    else if (code > 0xffff) bytes.push(...fourBytes(code));
    else throw new Error(`no GBK bytes for ${character}`);
  }
  return Buffer.from(bytes);
}
