import type { StationClient } from '../../../shared/contract/index.ts';

const PAGE = 200;

/** A cell of CSV. What a spreadsheet would take for a formula stays text: these values come from a stranger's file. */
function cell(value: string | number): string {
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvText = (rows: readonly (readonly (string | number)[])[]): string =>
  // The mark in front tells spreadsheets that this is UTF-8.
  `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;

/** All faults of an import as a table of its own. */
export async function faultFile(
  client: StationClient,
  wanted: { readonly id: string; readonly total: number; readonly titles: readonly string[]; readonly name: string },
): Promise<File> {
  const rows: (readonly (string | number)[])[] = [wanted.titles];
  for (let page = 1; rows.length <= wanted.total; page += 1) {
    const { items } = await client.imports.faults({ id: wanted.id, page, pageSize: PAGE });
    if (items.length === 0) break;
    for (const { rowNumber, column, value, reason } of items) rows.push([rowNumber, column, value, reason]);
  }
  return new File([csvText(rows)], wanted.name, { type: 'text/csv' });
}
