import type { Cell, RawRow } from '../../electron/station/tables/cell.ts';
import { readRaw } from '../../electron/station/tables/raw-read.ts';

/** All that a generator of bytes gives, as one file. */
export async function allBytes(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const chunk of chunks) pieces.push(chunk);
  return Buffer.concat(pieces);
}

/** Every row of a file, read on this thread. */
export async function rawRows(bytes: Uint8Array, fileName: string, sheetName?: string): Promise<RawRow[]> {
  const rows: RawRow[] = [];
  for await (const batch of readRaw(bytes, fileName, sheetName)) rows.push(...batch.rows);
  return rows;
}

/** The same without the numbers of the rows. */
export const rawCells = async (bytes: Uint8Array, fileName: string): Promise<(readonly (Cell | null)[])[]> =>
  (await rawRows(bytes, fileName)).map(({ cells }) => cells);
