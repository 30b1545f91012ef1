import type { DisplayLine } from '../../../../shared/domain/display.ts';
import { encodeGbk } from '../gbk.ts';
import { type BoardLine, type BoardPage, MOST_LINE_BYTES, MOST_LINES, MOST_SPEECH_BYTES } from './messages.ts';
import type { OlmSettings } from './settings.ts';

const EMPTY: DisplayLine = { text: ' ', alignment: 'left' };

/** `?`, in the place of what GBK does not have. */
const UNKNOWN = 0x3f;

type Look = Pick<OlmSettings, 'columns' | 'rows' | 'color' | 'font'>;

/** How much of a text a board can take. `lost`: characters that GBK does not have, shown as `?`. Pure. */
interface Fitted {
  readonly bytes: Uint8Array;
  readonly lost: string;
}

/** As many whole characters as there is room for: half of one would make nonsense of the rest. */
export function fitText(text: string, mostBytes: number): Fitted {
  const parts: Uint8Array[] = [];
  let room = mostBytes;
  let lost = '';
  for (const character of text.replace(/\s+/g, ' ')) {
    const bytes = encodeGbk(character);
    if (bytes.byteLength > room) break;
    parts.push(bytes);
    room -= bytes.byteLength;
    if (character !== '?' && bytes[0] === UNKNOWN) lost += character;
  }
  return { bytes: Uint8Array.from(parts.flatMap((part) => [...part])), lost };
}

/** A display's lines as the board takes them. A line wider than the display runs through it. */
export function pageOf(
  lines: readonly DisplayLine[],
  speech: string,
  look: Look,
): { readonly page: BoardPage; readonly lost: string } {
  const rows = Math.min(look.rows, MOST_LINES);
  // A line that is not sent would keep what it showed.
  const filled = lines.length === 0 ? [] : Array.from({ length: rows }, (_, row) => lines[row] ?? EMPTY);
  const fitted = filled.map((line) => boardLine(line, look));
  const said = fitText(speech, MOST_SPEECH_BYTES);
  return {
    page: { lines: fitted.map(({ line }) => line), speech: said.bytes, font: look.font },
    lost: [...fitted.map(({ lost }) => lost), said.lost].join(''),
  };
}

function boardLine(
  { text, alignment, color }: DisplayLine,
  look: Look,
): { readonly line: BoardLine; readonly lost: string } {
  const { bytes, lost } = fitText(text, MOST_LINE_BYTES);
  const free = look.columns - bytes.byteLength;
  const before = free <= 0 || alignment === 'left' ? 0 : alignment === 'right' ? free : Math.floor(free / 2);
  const blanks = new Uint8Array(before).fill(0x20);
  return {
    line: {
      text: Uint8Array.from([...blanks, ...bytes]),
      color: color ?? look.color,
      effect: free < 0 ? 'scroll' : 'still',
    },
    lost,
  };
}
