import { ConflictError } from '../runtime/errors.ts';
import type { Cell } from './cell.ts';
import { cellText } from './cell.ts';
import { limits } from './limits.ts';
import type { Sheet, SheetColumn } from './sheet.ts';
import { toSerial } from './xlsx-dates.ts';
import { CONTENT_TYPES, RELATIONS, STYLES, style, WORKBOOK_RELATIONS, XML } from './xlsx-parts.ts';
import { toXstring } from './xlsx-text.ts';
import { zipChunks } from './zip-write.ts';

/** Excel's own. */
const LAST_ROW = 1_048_576;
const BATCH_ROWS = 200;
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/**
 * A table as an Excel workbook, in pieces: numbers as numbers, dates as dates of Shanghai wall time, all else as text. The header
 * is bold and stays in sight; lines above it carry title, filter, time and operator; printed on A4 landscape
 * with the header and a page number on each page. Every text survives; beyond 32,767 characters it is cut, as Excel holds no more.
 * Throws ConflictError when there are more rows than a sheet has.
 */
export function xlsxChunks(sheet: Sheet): AsyncGenerator<Uint8Array> {
  return zipChunks([
    { name: '[Content_Types].xml', content: CONTENT_TYPES },
    { name: '_rels/.rels', content: RELATIONS },
    { name: 'xl/workbook.xml', content: workbook(sheet) },
    { name: 'xl/_rels/workbook.xml.rels', content: WORKBOOK_RELATIONS },
    { name: 'xl/styles.xml', content: STYLES },
    { name: 'xl/worksheets/sheet1.xml', content: worksheet(sheet) },
  ]);
}

function sheetName(name: string): string {
  // Excel refuses these characters, 31 characters or more, an apostrophe at either end, and a nameless sheet.
  const fit = [...name.replace(/[[\]:*?/\\\p{Cc}\p{Surrogate}]/gu, '')].join('').slice(0, 31).toWellFormed();
  return fit.replace(/^'+|'+$|\uFFFD$/g, '').trim() || 'Sheet1';
}

function workbook(sheet: Sheet): string {
  const name = toXstring(sheetName(sheet.name));
  const header = (sheet.head?.length ?? 0) + 1;
  const titles = `'${name.replaceAll("'", "''")}'!$${header}:$${header}`;
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">${titles}</definedName></definedNames></workbook>`;
}

async function* worksheet({ head = [], columns, rows }: Sheet): AsyncGenerator<string> {
  const frozen = head.length + 1;
  const cols = columns.map(
    (column, i) => `<col min="${i + 1}" max="${i + 1}" width="${widthOf(column)}" customWidth="1"/>`,
  );
  let xml = `${XML}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="${frozen}" topLeftCell="A${frozen + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${cols.join('')}</cols><sheetData>`;
  let number = 0;
  const row = (cells: readonly string[]): string => `<row r="${number}">${cells.join('')}</row>`;
  for (const line of head) xml += row([textCell('A', ++number, line, number === 1 ? style.title : style.plain)]);
  number++;
  const letters = columns.map((_, index) => lettersOf(index));
  xml += row(columns.map((column, i) => textCell(letters[i] ?? '', number, column.title, style.header)));
  for await (const cells of rows) {
    if (++number > LAST_ROW) throw new ConflictError('table-too-large', `超过 ${LAST_ROW} 行，请缩小范围或导出为 CSV`);
    xml += row(columns.map((column, i) => cellXml(letters[i] ?? '', number, cells[i] ?? null, column)));
    if (number % BATCH_ROWS !== 0) continue;
    yield xml;
    xml = '';
  }
  yield `${xml}</sheetData>${merges(head.length, letters.at(-1) ?? 'A')}${PRINT}</worksheet>`;
}

const PRINT =
  '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/><headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter>';

/** The lines above the header run over the whole width. */
function merges(lines: number, last: string): string {
  if (lines === 0 || last === 'A') return '';
  const cells = Array.from({ length: lines }, (_, i) => `<mergeCell ref="A${i + 1}:${last}${i + 1}"/>`);
  return `<mergeCells count="${lines}">${cells.join('')}</mergeCells>`;
}

function cellXml(column: string, row: number, cell: Cell | null, { numbers }: SheetColumn): string {
  if (cell === null || cell === '') return '';
  const at = `${column}${row}`;
  if (typeof cell === 'boolean') return `<c r="${at}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (typeof cell === 'number' && Number.isFinite(cell))
    return `<c r="${at}" s="${numbers ? style[numbers] : style.plain}"><v>${cell}</v></c>`;
  if (typeof cell === 'object' && cell.kind === 'date')
    return `<c r="${at}" s="${cell.dateOnly ? style.date : style.dateTime}"><v>${toSerial(cell.at)}</v></c>`;
  return textCell(column, row, cellText(cell), style.text);
}

const textCell = (column: string, row: number, text: string, format: number): string =>
  `<c r="${column}${row}" s="${format}" t="inlineStr"><is><t xml:space="preserve">${toXstring(text.slice(0, limits.cellCharacters))}</t></is></c>`;

/** 0 → `A`, 26 → `AA`. */
function lettersOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : lettersOf(Math.floor(index / 26) - 1) + last;
}

const widthOf = ({ title, width }: SheetColumn): number =>
  width ??
  Math.max(
    12,
    [...title].reduce((sum, char) => sum + (char > '\u2e7f' ? 2 : 1), 2),
  );
