import {
  type AnnouncementText,
  columnsOf,
  MOST_LINE_COLUMNS,
  MOST_SPEECH_COLUMNS,
  type Placeholder,
  partsOf,
  placeholderNamed,
} from './announcement-text.ts';
import type { DisplayColor } from './display.ts';

/** Texts with what is known of a car filled in, as wide as a board takes them. Pure. */

/** What is known; what is absent or empty is not. */
export type Values = Readonly<Partial<Record<Placeholder, string | undefined>>>;

export interface Filled {
  readonly text: string;
  /** As much of it as is left, in columns. */
  readonly columns: number;
  /** Its end did not fit. */
  readonly cut: boolean;
}

export interface FilledLine extends Filled {
  readonly color: DisplayColor;
  /** A placeholder in it has no value: the line is left out, and those below move up. */
  readonly absent: boolean;
}

export interface FilledText {
  /** One for each line of the template. */
  readonly lines: readonly FilledLine[];
  readonly speech: Filled;
}

/** As many whole characters as fit into so many columns. */
export function fitColumns(text: string, most: number): Filled {
  let fitted = '';
  let columns = 0;
  for (const character of text) {
    const wide = columnsOf(character);
    if (columns + wide > most) return { text: fitted, columns, cut: true };
    fitted += character;
    columns += wide;
  }
  return { text: fitted, columns, cut: false };
}

/** Null where a value is missing. Line ends and the like would mean something else to a board. */
function filled(text: string, values: Values): string | null {
  let whole = '';
  for (const part of partsOf(text)) {
    const known = part.name === null ? undefined : placeholderNamed(part.name);
    const value = part.name === null ? part.text : known && values[known];
    if (value === undefined || value === '') return null;
    whole += value;
  }
  return whole.replace(/\p{Cc}/gu, ' ');
}

/** Phrases are parted by commas; one whose value is missing is left out, so that no half a sentence is heard. */
function spoken(speech: string, values: Values): string {
  const phrases = speech.split(/[,，]/).map((phrase) => filled(phrase, values)?.trim() ?? '');
  return phrases.filter((phrase) => phrase !== '').join(',');
}

export function fillText({ lines, speech }: Pick<AnnouncementText, 'lines' | 'speech'>, values: Values): FilledText {
  return {
    lines: lines.map(({ text, color }) => {
      const whole = filled(text, values);
      return { ...fitColumns(whole ?? '', MOST_LINE_COLUMNS), color, absent: whole === null };
    }),
    speech: fitColumns(spoken(speech, values), MOST_SPEECH_COLUMNS),
  };
}

/** Yuan without needless zeros, as it is read aloud: `500` → `5`, `1250` → `12.5`. */
export function spokenYuan(fen: number): string {
  const yuan = Math.trunc(fen / 100);
  const rest = fen % 100;
  if (rest === 0) return String(yuan);
  return `${yuan}.${String(rest).padStart(2, '0').replace(/0$/, '')}`;
}

/**
 * What is left on a card, short enough for four characters beside its label, and never more than there is: whole from 100 on, else
 * with one place behind the point. `99.95` → `99.9`, `123.5` → `123`.
 */
export const leftOver = (amount: number): string =>
  String(amount >= 100 ? Math.floor(amount) : Math.floor(Math.round(amount * 100) / 10) / 10);

/** `35分钟`, `1小时5分`, `2天3小时`. */
export function spokenDuration(minutes: number): string {
  const whole = Math.max(0, Math.floor(minutes));
  const [days, hours, rest] = [Math.floor(whole / 1440), Math.floor((whole % 1440) / 60), whole % 60];
  if (days === 0 && hours === 0) return `${rest}分钟`;
  return [
    [days, '天'],
    [hours, '小时'],
    [rest, '分'],
  ]
    .filter(([count]) => count !== 0)
    .map(([count, unit]) => `${count}${unit}`)
    .join('');
}

/** What a preview shows in the place of a car. */
export const SAMPLE_VALUES = Object.freeze({
  plate: '粤B12345',
  fee: '5',
  paid: '5',
  duration: '1小时5分',
  minutes: '65',
  days: '3',
  balance: '50',
  times: '8',
  hours: '12.5',
  free: '128',
  time: '09:30',
  date: '11月22日',
  park: '滨海广场停车场',
  lane: '东门',
}) satisfies Values;
