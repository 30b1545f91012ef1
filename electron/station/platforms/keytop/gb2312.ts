/**
 * Writing GB2312, for which the runtime has no encoder: its own decoder tells what each pair of bytes stands for, and that is turned
 * around, once. What is no character of GB2312 is not written at all: {@link codec} puts an escape in its place.
 */

/** On these the two tables that go by the name of GB2312 do not agree (· and —): nobody knows how they would be read. */
const DISAGREEING: ReadonlySet<number> = new Set([0xa1a4, 0xa1aa]);

/**
 * The pairs that GB2312 has. Which of the others a decoder knows changes with the runtime (€ is one), so they are left out by where they
 * stand, and not by what becomes of them. All rows from B0 to F7 are whole, but for the end of D7.
 */
const SIGNS: readonly (readonly [first: number, last: number])[] = [
  [0xa1a1, 0xa1fe],
  [0xa2b1, 0xa2e2],
  [0xa2e5, 0xa2ee],
  [0xa2f1, 0xa2fc],
  [0xa3a1, 0xa3fe],
  [0xa4a1, 0xa4f3],
  [0xa5a1, 0xa5f6],
  [0xa6a1, 0xa6b8],
  [0xa6c1, 0xa6d8],
  [0xa7a1, 0xa7c1],
  [0xa7d1, 0xa7f1],
  [0xa8a1, 0xa8ba],
  [0xa8c5, 0xa8e9],
  [0xa9a4, 0xa9ef],
];

const isWord = (code: number): boolean => code >= 0xb0a1 && !(code >= 0xd7fa && code <= 0xd7fe);
const isSign = (code: number): boolean => SIGNS.some(([first, last]) => code >= first && code <= last);

let made: ReadonlyMap<string, number> | undefined;

/** Character → its two bytes as one number. */
function table(): ReadonlyMap<string, number> {
  if (made) return made;
  const decoder = new TextDecoder('gbk');
  const found = new Map<string, number>();
  for (let lead = 0xa1; lead <= 0xf7; lead += 1)
    for (let trail = 0xa1; trail <= 0xfe; trail += 1) {
      const code = lead * 256 + trail;
      if (DISAGREEING.has(code) || !(isWord(code) || isSign(code))) continue;
      found.set(decoder.decode(Uint8Array.of(lead, trail)), code);
    }
  made = found;
  return found;
}

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
