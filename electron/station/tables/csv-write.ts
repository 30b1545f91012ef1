import { type Cell, cellText } from './cell.ts';
import { guard } from './csv-text.ts';
import type { Sheet } from './sheet.ts';

const BATCH_ROWS = 200;

/**
 * A table as CSV that Excel opens by a double click: UTF-8 with its mark, CRLF, quotes where they are needed, and no text that would
 * run as a formula. The lines above the header come first, as rows of one cell. NUL characters and halves of surrogate pairs
 * cannot be written as text and are left out.
 */
export async function* csvChunks({ head = [], columns, rows }: Sheet): AsyncGenerator<Uint8Array> {
  let text = '\uFEFF';
  for (const line of head) text += row([line]);
  text += row(columns.map((column) => column.title));
  let count = 0;
  for await (const cells of rows) {
    text += row(columns.map((_, index) => cells[index] ?? null));
    if (++count % BATCH_ROWS !== 0) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}

const row = (cells: readonly (Cell | null)[]): string => {
  const line = cells.map(field).join(',');
  // A lone empty cell would read as no row at all.
  return `${line === '' ? '""' : line}\r\n`;
};

function field(cell: Cell | null): string {
  const text = typeof cell === 'string' ? guard(cell.replaceAll('\0', '')) : cellText(cell);
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
