import type { Cell, RawBatch, RawRow } from './cell.ts';
import { decodeText, unguard } from './csv-text.ts';
import { limits, refusal } from './limits.ts';

const BATCH_ROWS = 500;
const SEPARATORS = [',', ';', '\t'] as const;
const QUOTE = 0x22;
const CR = 0x0d;
const LF = 0x0a;

/** Reads a CSV file (RFC 4180), forgiving what spreadsheets forgive: lone CR or LF, quotes inside a bare field, rows of unequal length. */
export function* readCsv(bytes: Uint8Array): Generator<RawBatch> {
  const whole = decodeText(bytes);
  // Excel's own way of naming the separator: it is no row.
  const named = /^sep=([,;\t])\r?\n/i.exec(whole);
  const text = named ? whole.slice(named[0].length) : whole;
  const separator = named?.[1] ?? likelySeparator(text);
  let rows: RawRow[] = [];
  let rowNumber = 0;
  for (const { cells, end } of records(text, separator)) {
    rowNumber++;
    if (cells.some((cell) => cell !== null)) rows.push({ rowNumber, cells });
    if (rows.length === BATCH_ROWS) {
      yield { rows, fraction: end / text.length };
      rows = [];
    }
  }
  yield { rows, fraction: 1 };
}

/** The one that stands in most of the first lines, and most often. */
function likelySeparator(text: string): string {
  const lines = text
    .slice(0, 20_000)
    .replace(/"[^"]*"?/g, '')
    .split(/\r\n|\r|\n/, 50);
  const score = (separator: string): number => {
    const counts = lines.map((line) => line.split(separator).length - 1);
    return counts.filter((count) => count > 0).length * 1000 + Math.min(999, Math.max(...counts));
  };
  return SEPARATORS.reduce((best, next) => (score(next) > score(best) ? next : best));
}

interface TextRecord {
  readonly cells: readonly (Cell | null)[];
  /** Where the next one begins. */
  readonly end: number;
}

function* records(text: string, separator: string): Generator<TextRecord> {
  let at = 0;
  let line = 0;
  while (at < text.length) {
    line++;
    const cells: (Cell | null)[] = [];
    for (;;) {
      const { value, end } = field(text, at, separator, line);
      if (value !== '' && cells.length >= limits.columns)
        throw refusal('table-too-large', `第 ${line} 行超过 ${limits.columns} 列`);
      // Trailing separators without end are no reason to keep an array without end.
      if (cells.length < limits.columns) cells.push(value === '' ? null : checked(unguard(value)));
      at = end;
      if (text[at] !== separator) break;
      at++;
    }
    if (text.charCodeAt(at) === CR) at++;
    if (text.charCodeAt(at) === LF) at++;
    yield { cells, end: at };
  }
}

const checked = (text: string): Cell =>
  text.length > limits.cellCharacters ? { kind: 'fault', reason: `文字超过 ${limits.cellCharacters} 个字符` } : text;

/** One field; `end` is at the separator, the line's end or the end of the text. */
function field(text: string, from: number, separator: string, line: number): { value: string; end: number } {
  if (text.charCodeAt(from) !== QUOTE) return bare(text, from, separator);
  let value = '';
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) throw refusal('table-damaged', `第 ${line} 行有一个引号没有结束`);
    value += text.slice(at, quote);
    at = quote + 1;
    if (text.charCodeAt(at) !== QUOTE) break;
    value += '"';
    at++;
  }
  // What follows a closing quote belongs to the field, as spreadsheets read it.
  const rest = bare(text, at, separator);
  return { value: value + rest.value, end: rest.end };
}

function bare(text: string, from: number, separator: string): { value: string; end: number } {
  const stop = separator.charCodeAt(0);
  let end = from;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === stop || code === CR || code === LF) break;
  }
  return { value: text.slice(from, end), end };
}
