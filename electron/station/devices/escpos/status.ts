import type { DeviceFault } from '../device.ts';

/** What a printer says of itself: DLE EOT n, one byte back each. Pure. */

/** Printer, paper, cause of being offline, error: in this order they are asked, what matters most first. */
export const QUESTIONS = [1, 4, 2, 3] as const;
export type Question = (typeof QUESTIONS)[number];

export const statusQuestion = (n: Question): Uint8Array => Uint8Array.of(0x10, 0x04, n);

/** Every answer has the same four bits; anything else is no answer. */
export const isAnswer = (byte: number): boolean => (byte & 0b1001_0011) === 0b0001_0010;

const OFFLINE = 0x08;
const COVER = 0x04;
const STOPPED_BY_PAPER = 0x20;
const STOPPED_BY_ERROR = 0x40;
const KNIFE = 0x08;
const UNRECOVERABLE = 0x20;
const RECOVERABLE = 0x40;
const NEAR_END = 0x0c;
const END = 0x60;

/** What it complains of, with the sentence for people. Nothing can be printed while it says anything but `paper-low`. */
export type Complaints = ReadonlyMap<DeviceFault, string>;

/** @param answers the byte that came back for each question; a question that was not answered says nothing */
export function complaintsOf(answers: ReadonlyMap<Question, number>): Complaints {
  const has = (n: Question, bits: number): boolean => ((answers.get(n) ?? 0) & bits) !== 0;
  const found = new Map<DeviceFault, string>();
  if (has(2, COVER)) found.set('cover-open', '打印机盖没有合上');
  if (has(4, END) || has(2, STOPPED_BY_PAPER)) found.set('paper-out', '打印机缺纸');
  else if (has(4, NEAR_END)) found.set('paper-low', '打印纸快用完了');
  if (has(3, KNIFE)) found.set('printer-error', '切刀卡住了');
  else if (has(3, UNRECOVERABLE | RECOVERABLE) || has(2, STOPPED_BY_ERROR))
    found.set('printer-error', '打印机报错，请关机后重开');
  else if (has(1, OFFLINE) && !found.has('cover-open') && !found.has('paper-out'))
    found.set('printer-error', '打印机脱机');
  return found;
}

/** Why nothing can be printed now; null: it can. */
export function hindrance(complaints: Complaints): string | null {
  const stops = [...complaints].filter(([code]) => code !== 'paper-low').map(([, detail]) => detail);
  return stops.length === 0 ? null : stops.join('，');
}
