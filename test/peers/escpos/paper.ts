import { readGbk } from '../gbk.ts';
import type { Printed, PrintedLine, PrintedQr, Receipt } from './page.ts';

interface Style {
  align: PrintedLine['align'];
  wide: number;
  high: number;
  bold: boolean;
  chinese: boolean;
}

const plain = (): Style => ({ align: 'left', wide: 1, high: 1, bold: false, chinese: false });
const noQr = (): { module: number; level: PrintedQr['level']; data: Buffer | null } => ({
  ...{ module: 3, level: 'L', data: null },
});

/** The print head and its paper: what is being set, what hangs out of the slot, and what was cut off. */
export class Paper {
  readonly receipts: Receipt[] = [];
  readonly complaints: string[] = [];
  style = plain();
  qr = noQr();
  #items: Printed[] = [];
  /** Of the line that is being set, at one size each. */
  #runs: { readonly text: string; readonly wide: number; readonly high: number; readonly bold: boolean }[] = [];
  readonly #width: number | undefined;

  /** @param width columns of half-width characters, where lines that are wider are to be complained of */
  constructor(width: number | undefined) {
    this.#width = width;
  }

  /** Printed since the last cut. */
  get hanging(): readonly Printed[] {
    return this.#items;
  }

  /** Starts as after switching on; a line that is being set is lost. */
  reset(): void {
    if (this.#runs.length > 0) this.complaints.push('reset in the middle of a line');
    this.#runs = [];
    this.style = plain();
    this.qr = noQr();
  }

  text(bytes: Buffer): void {
    const { text, faults } = readGbk(bytes);
    for (const fault of faults) this.complaints.push(`text: ${fault}`);
    if (!this.style.chinese && bytes.some((byte) => byte >= 0x80)) this.complaints.push(`not in Chinese mode: ${text}`);
    const { wide, high, bold } = this.style;
    this.#runs.push({ text, wide, high, bold });
  }

  /** The line is printed, and the paper goes on. */
  line(): void {
    const runs = this.#runs.splice(0);
    const columns = runs.reduce((sum, { text, wide }) => sum + columnsOf(text) * wide, 0);
    const text = runs.map((run) => run.text).join('');
    if (this.#width !== undefined && columns > this.#width)
      this.complaints.push(`${columns} columns on paper of ${this.#width}: ${text}`);
    this.#items.push({
      ...{ kind: 'text', text, align: this.style.align, columns },
      wide: Math.max(1, ...runs.map((run) => run.wide)),
      high: Math.max(1, ...runs.map((run) => run.high)),
      bold: runs.some((run) => run.bold),
    });
  }

  put(item: Printed): void {
    if (this.#runs.length > 0) this.line();
    this.#items.push(item);
  }

  cut(cut: Receipt['cut']): void {
    if (this.#runs.length > 0) this.line();
    this.receipts.push({ items: this.#items.splice(0), cut });
  }
}

function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += (character.codePointAt(0) ?? 0) < 0x80 ? 1 : 2;
  return columns;
}
