/**
 * Writing GB2312, for which the runtime has no encoder: its own decoder tells what each pair of bytes stands for, and that is turned
 * around, once. What is no character of GB2312 is not written at all: {@link codec} puts an escape in its place.
 */

/** On these the two tables that go by the name of GB2312 do not agree (· and —): nobody knows how they would be read. */
const DISAGREEING: ReadonlySet<number> = new Set([0xa1a4, 0xa1aa]);

/** Characters of GBK in rows of GB2312 that GB2312 leaves empty. */
const GBK_ONLY: readonly (readonly [first: number, last: number])[] = [
  [0xa2a1, 0xa2aa],
  [0xa6e0, 0xa6eb],
  [0xa6ee, 0xa6f2],
  [0xa6f4, 0xa6f5],
  [0xa8bb, 0xa8bb],
  [0xa8bd, 0xa8be],
  [0xa8c0, 0xa8c0],
];

const isPrivate = (character: string): boolean => character >= '\uE000' && character <= '\uF8FF';

let made: ReadonlyMap<string, number> | undefined;

/** Character → its two bytes as one number. */
function table(): ReadonlyMap<string, number> {
  if (made) return made;
  const decoder = new TextDecoder('gbk');
  const found = new Map<string, number>();
  for (let lead = 0xa1; lead <= 0xf7; lead += 1)
    for (let trail = 0xa1; trail <= 0xfe; trail += 1) {
      const code = lead * 256 + trail;
      if (DISAGREEING.has(code) || GBK_ONLY.some(([first, last]) => code >= first && code <= last)) continue;
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (character.length === 1 && character !== '\uFFFD' && !isPrivate(character)) found.set(character, code);
    }
  made = found;
  return found;
}

/** How many characters there are beside ASCII. */
export const gb2312Size = (): number => table().size;

/** The text in GB2312; what GB2312 does not have becomes a JSON escape (`\u9555`), one for each half of a pair. */
export function encodeGb2312(json: string): Buffer {
  const codes = table();
  const bytes: number[] = [];
  for (let index = 0; index < json.length; index += 1) {
    const unit = json.charCodeAt(index);
    const code = unit < 0x80 ? unit : codes.get(json.charAt(index));
    if (code === undefined) for (const each of escaped(unit)) bytes.push(each.charCodeAt(0));
    else if (code < 0x80) bytes.push(code);
    else bytes.push(code >> 8, code & 0xff);
  }
  return Buffer.from(bytes);
}

const escaped = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;

/** Read as GB18030, which holds GB2312 and GBK; what is no character becomes U+FFFD. Never guessed to be UTF-8: 豫 would be something else. */
export const decodeGb18030 = (bytes: Uint8Array): string => new TextDecoder('gb18030').decode(bytes);
