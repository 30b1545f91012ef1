import type { Cell, RawRow } from './cell.ts';
import { damaged, limits, refusal } from './limits.ts';
import { fromSerial } from './xlsx-dates.ts';
import { XstringCollector } from './xlsx-strings.ts';
import { fromXstring } from './xlsx-text.ts';
import type { WorkbookParts } from './xlsx-workbook.ts';
import { attributesOf, type XmlHandler } from './xml-scanner.ts';

/** Excel's own: XFD1048576. */
const LAST_COLUMN = 16_384;
const LAST_ROW = 1_048_576;
const A = 64;

/** `AB12` → 27, counted from 0. */
function columnOf(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length; i++) {
    const code = reference.charCodeAt(i) & ~0x20;
    if (code <= A || code > A + 26) break;
    column = column * 26 + code - A;
    if (column > LAST_COLUMN) throw damaged('列号超出范围');
  }
  if (column === 0) throw damaged('单元格没有列号');
  return column - 1;
}

/** Collects the rows of a sheet while its XML arrives (ECMA-376 part 1, 18.3.1.73 and 18.3.1.4). */
export class SheetHandler implements XmlHandler {
  readonly #parts: WorkbookParts;
  readonly #inline = new XstringCollector();
  #rows: RawRow[] = [];
  #rowNumber = 0;
  #cells: (Cell | null)[] = [];
  #column = -1;
  #type = 'n';
  #style = 0;
  #value: string | undefined;
  #inCell = false;
  #inValue = false;
  #formula = false;

  constructor(parts: WorkbookParts) {
    this.#parts = parts;
  }

  /** The rows since the last call. Rows without any value are left out. */
  take(): RawRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(name: string, attributes: string): void {
    if (name === 'row') this.#openRow(attributes);
    else if (name === 'c') this.#openCell(attributes);
    else if (!this.#inCell) return;
    else if (name === 'v') {
      this.#inValue = true;
      this.#value = '';
    } else if (name === 'f') this.#formula = true;
    else this.#inline.open(name);
  }

  text(text: string): void {
    if (!this.#inCell) return;
    if (!this.#inValue) this.#inline.text(text);
    else if ((this.#value ?? '').length <= limits.cellCharacters * 7) this.#value = (this.#value ?? '') + text;
  }

  close(name: string): void {
    if (name === 'v') this.#inValue = false;
    else if (name === 'c') this.#closeCell();
    else if (name === 'row') this.#closeRow();
    else if (this.#inCell) this.#inline.close(name);
  }

  #openRow(raw: string): void {
    const named = attributesOf(raw).get('r');
    const number = named === undefined ? this.#rowNumber + 1 : Number(named);
    if (!Number.isInteger(number) || number <= this.#rowNumber || number > LAST_ROW) throw damaged('行号错误');
    this.#rowNumber = number;
    this.#cells = [];
    this.#column = -1;
  }

  #closeRow(): void {
    if (this.#cells.length > 0) this.#rows.push({ rowNumber: this.#rowNumber, cells: this.#cells });
    this.#cells = [];
  }

  #openCell(raw: string): void {
    const attributes = attributesOf(raw);
    const reference = attributes.get('r');
    const column = reference === undefined ? this.#column + 1 : columnOf(reference);
    if (column <= this.#column || column >= LAST_COLUMN) throw damaged('列号错误');
    this.#column = column;
    this.#type = attributes.get('t') ?? 'n';
    this.#style = Number(attributes.get('s') ?? 0);
    this.#value = undefined;
    this.#formula = false;
    this.#inCell = true;
  }

  #closeCell(): void {
    this.#inCell = false;
    const cell = this.#cell();
    if (cell === null || cell === '') return;
    // Formats often reach to the last column; only values count.
    if (this.#column >= limits.columns)
      throw refusal('table-too-large', `第 ${this.#rowNumber} 行超过 ${limits.columns} 列`);
    while (this.#cells.length < this.#column) this.#cells.push(null);
    this.#cells.push(cell);
  }

  #cell(): Cell | null {
    const inline = this.#inline.take();
    if (this.#type === 'inlineStr') return checked(inline);
    const value = this.#value;
    if (value === undefined || value === '')
      return this.#formula && this.#type !== 'str' ? fault('公式没有计算结果，请用 Excel 打开并保存一次') : null;
    switch (this.#type) {
      case 's':
        return checked(this.#shared(value));
      case 'str':
        return checked(fromXstring(value));
      case 'b':
        return value.trim() === '1' || value.trim() === 'true';
      case 'e':
        return fault(`单元格是错误值 ${value.slice(0, 20)}`);
      case 'd':
        return isoDate(value.trim());
      default:
        return this.#number(value);
    }
  }

  #shared(value: string): string {
    const text = this.#parts.sharedStrings[Number(value)];
    if (text === undefined) throw damaged('单元格引用了不存在的文字');
    return text;
  }

  #number(value: string): Cell {
    const number = Number(value);
    if (value.trim() === '' || !Number.isFinite(number)) return fault(`无效的数字 ${value.slice(0, 20)}`);
    return this.#parts.isDateStyle(this.#style) ? fromSerial(number, this.#parts.date1904) : number;
  }
}

const fault = (reason: string): Cell => ({ kind: 'fault', reason });

const checked = (text: string): Cell =>
  text.length > limits.cellCharacters ? fault(`文字超过 ${limits.cellCharacters} 个字符`) : text;

/** `2026-03-02` or `2026-03-02T08:05:09`: wall time, whatever zone may follow. */
function isoDate(text: string): Cell {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?)\d*Z?)?$/.exec(text) ?? [];
  const at = day === undefined ? Number.NaN : Date.parse(`${day}T${time ?? '00:00:00'}+08:00`);
  return Number.isNaN(at)
    ? fault(`无效的日期 ${text.slice(0, 30)}`)
    : { kind: 'date', at, dateOnly: time === undefined };
}
