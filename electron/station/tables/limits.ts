import { ConflictError } from '../runtime/errors.ts';

/**
 * What a table file may hold. A file comes by e-mail or from a stranger's memory stick: whatever it contains, the station goes on,
 * its memory stays bounded and the person who chose the file reads what is wrong with it.
 */
export const limits = {
  fileBytes: 20 * 1024 * 1024,
  /** All parts of a workbook that are read, unpacked: many times what a hundred thousand rows take. */
  unpackedBytes: 256 * 1024 * 1024,
  rows: 100_000,
  columns: 256,
  /** Of Excel itself. */
  cellCharacters: 32_767,
  /** Text handed over in all. One long shared string may be named by every cell, so bytes alone say nothing. */
  textCharacters: 64 * 1024 * 1024,
  sharedStrings: 2_000_000,
} as const;

type Reason = 'table-too-large' | 'table-damaged' | 'table-unsupported' | 'table-cancelled';

/** The refusal of a whole file; shown as it is to the person who chose it. */
export const refusal = (reason: Reason, message: string): ConflictError => new ConflictError(reason, message);

export const damaged = (what: string): ConflictError => refusal('table-damaged', `文件已损坏，无法读取：${what}`);
