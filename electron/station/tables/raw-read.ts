import type { Cell, RawBatch, RawRow } from './cell.ts';
import { readCsv } from './csv-read.ts';
import { limits, refusal } from './limits.ts';
import { XlsxPackage } from './xlsx-package.ts';
import { SheetHandler } from './xlsx-sheet.ts';
import { readWorkbook } from './xlsx-workbook.ts';

type FileKind = 'xlsx' | 'csv';

const EXTENSIONS: Readonly<Record<string, FileKind>> = {
  xlsx: 'xlsx',
  xlsm: 'xlsx',
  csv: 'csv',
  txt: 'csv',
  tsv: 'csv',
};

const startsWith = (bytes: Uint8Array, ...mark: readonly number[]): boolean =>
  mark.every((byte, i) => bytes[i] === byte);

/** The kind by what the file contains; a name that claims another is refused, for then someone mistook the file. */
function kindOf(bytes: Uint8Array, fileName: string): FileKind {
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    throw refusal(
      'table-unsupported',
      '这是旧版 Excel（.xls）或加密的工作簿，请用 Excel 或 WPS 取消密码后另存为 .xlsx',
    );
  if (bytes.length === 0) throw refusal('table-unsupported', '文件是空的');
  const kind = startsWith(bytes, 0x50, 0x4b) ? 'xlsx' : 'csv';
  const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  const claimed = EXTENSIONS[extension];
  if (claimed === undefined && extension !== '')
    throw refusal('table-unsupported', `不支持 .${extension.slice(0, 10)} 文件，请使用 .xlsx 或 .csv`);
  if (claimed === 'xlsx' && kind === 'csv')
    throw refusal('table-unsupported', '文件名是 Excel 工作簿，内容却不是；请用 Excel 或 WPS 重新另存为 .xlsx');
  if (claimed === 'csv' && kind === 'xlsx')
    throw refusal('table-unsupported', '文件名是文本表格，内容却是 Excel 工作簿；请把扩展名改为 .xlsx');
  return kind;
}

/**
 * The rows of a table file that hold any value, in their order. Throws ConflictError, in Chinese, when the file cannot be read or
 * exceeds the {@link limits}. Does its work on the calling thread: the station calls `readInWorker`.
 */
export async function* readRaw(bytes: Uint8Array, fileName: string, sheetName?: string): AsyncGenerator<RawBatch> {
  if (bytes.length > limits.fileBytes)
    throw refusal('table-too-large', `文件超过 ${limits.fileBytes / 1024 / 1024} MB`);
  const batches = kindOf(bytes, fileName) === 'xlsx' ? readXlsx(bytes, sheetName) : readCsv(bytes);
  let rows = 0;
  let characters = 0;
  for await (const batch of batches) {
    rows += batch.rows.length;
    if (rows > limits.rows) throw refusal('table-too-large', `超过 ${limits.rows} 行，请分成几个文件`);
    characters += charactersIn(batch.rows);
    if (characters > limits.textCharacters) throw refusal('table-too-large', '表格中的文字过多，请分成几个文件');
    yield batch;
  }
}

async function* readXlsx(bytes: Uint8Array, sheetName: string | undefined): AsyncGenerator<RawBatch> {
  const pack = new XlsxPackage(bytes);
  const parts = await readWorkbook(pack, sheetName);
  const sheet = new SheetHandler(parts);
  for await (const fraction of pack.scan(parts.sheetPath, sheet)) yield { rows: sheet.take(), fraction };
  yield { rows: sheet.take(), fraction: 1 };
}

function charactersIn(rows: readonly RawRow[]): number {
  let sum = 0;
  for (const { cells } of rows) for (const cell of cells) sum += length(cell);
  return sum;
}

const length = (cell: Cell | null): number => (typeof cell === 'string' ? cell.length : 0);
