import type { DisplayColor } from '../../../../shared/domain/display.ts';
import { type EpochMs, shanghaiWallClock } from '../../../../shared/domain/time.ts';

/** What the board is told, as the data of its frames. Text is GBK. Pure. */

export const COMMANDS = {
  clock: 0x05,
  volume: 0x0d,
  speak: 0x30,
  /** Lines and speech, boards before v2.0. */
  linesOld: 0x6e,
  /** Lines and speech, v2.0 and later. */
  lines: 0x6f,
} as const;

const COLORS: Readonly<Record<DisplayColor, readonly [number, number, number, number]>> = {
  red: [0xff, 0, 0, 0],
  green: [0, 0xff, 0, 0],
  yellow: [0xff, 0xff, 0, 0],
};

export const EFFECTS = { still: 0x00, scroll: 0x15 } as const;
/** By the height of the characters, in pixels. */
export const FONTS = { '16': 0x03, '24': 0x04, '32': 0x05 } as const;

export const MOST_LINES = 4;
export const MOST_LINE_BYTES = 32;
export const MOST_SPEECH_BYTES = 64;
const STAY_SECONDS = 5;

const END_OF_LINE = 0x0d;
const END = 0x00;
const SPEECH_FOLLOWS = 0x0a;

export interface BoardLine {
  /** GBK, no more than {@link MOST_LINE_BYTES}. */
  readonly text: Uint8Array;
  readonly color: DisplayColor;
  readonly effect: keyof typeof EFFECTS;
}

export interface BoardPage {
  readonly lines: readonly BoardLine[];
  /** GBK, no more than {@link MOST_SPEECH_BYTES}. */
  readonly speech: Uint8Array;
  readonly font: keyof typeof FONTS;
}

/** Up to four lines and what is said with them: within their limits they fit into one frame of 255 bytes. */
export function pageData(page: BoardPage, variant: 'v2' | 'old'): Uint8Array {
  const lines = page.lines.slice(0, MOST_LINES);
  const head = variant === 'v2' ? [0, 0, lines.length] : [0, lines.length];
  const body = lines.flatMap(({ text, color, effect }, index) => {
    const font = variant === 'v2' ? [FONTS[page.font], 0] : [];
    const line = [index, EFFECTS[effect], 0, STAY_SECONDS, 0, ...font, ...COLORS[color], text.byteLength, ...text];
    return [...line, index === lines.length - 1 ? END : END_OF_LINE];
  });
  // With nothing to say the frame ends with its last line: an empty sentence might break off one that is being said.
  const speech = page.speech.byteLength === 0 ? [] : [SPEECH_FOLLOWS, page.speech.byteLength, ...page.speech, END];
  return Uint8Array.from([...head, ...body, ...speech]);
}

/** Says something at once; what was being said ends. */
export const speakData = (text: Uint8Array): Uint8Array => Uint8Array.from([2, ...text]);

/** 10 to 100; less than that no board takes. */
export const volumeData = (percent: number): Uint8Array =>
  Uint8Array.from([Math.max(10, Math.min(100, Math.round(percent)))]);

/** The time of day in the car park. */
export function clockData(at: EpochMs): Uint8Array {
  const { year, month, day, hour, minute, second } = shanghaiWallClock(at);
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
  return Uint8Array.from([year & 0xff, year >> 8, month, day, weekday, hour, minute, second]);
}
