import { damaged, limits, refusal } from './limits.ts';
import { isDateFormat } from './xlsx-dates.ts';
import type { XlsxPackage } from './xlsx-package.ts';
import { XstringCollector } from './xlsx-strings.ts';
import { attributesOf } from './xml-scanner.ts';

/** What cells need to be understood: their texts, which of their styles show dates, and since when days are counted. */
export interface WorkbookParts {
  readonly sheetPath: string;
  readonly sharedStrings: readonly string[];
  readonly isDateStyle: (style: number) => boolean;
  readonly date1904: boolean;
}

const isOn = (value: string | undefined): boolean => value === '1' || value === 'true' || value === 'on';

/** Reads everything but the sheet. Without a name the first sheet that is not hidden is taken. */
export async function readWorkbook(pack: XlsxPackage, sheetName: string | undefined): Promise<WorkbookParts> {
  const root = await pack.relations('');
  const path = [...root.values()].find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  if (path.endsWith('.bin')) throw refusal('table-unsupported', '不支持 .xlsb 格式，请另存为 .xlsx');
  if (!pack.has(path)) throw refusal('table-unsupported', '这不是 Excel 工作簿（.xlsx）');
  const relations = await pack.relations(path);
  const sheets: { name: string; relation: string; hidden: boolean }[] = [];
  let date1904 = false;
  await pack.read(path, {
    open: (element, raw) => {
      if (element === 'workbookPr') date1904 = isOn(attributesOf(raw).get('date1904'));
      if (element !== 'sheet') return;
      const attributes = attributesOf(raw);
      const hidden = (attributes.get('state') ?? 'visible') !== 'visible';
      sheets.push({ name: attributes.get('name') ?? '', relation: attributes.get('id') ?? '', hidden });
    },
  });
  // Sheets of charts and of macros stand in the same list.
  const tables = sheets.filter(({ relation }) => relations.get(relation)?.type === 'worksheet');
  const chosen =
    sheetName === undefined
      ? (tables.find(({ hidden }) => !hidden) ?? tables[0])
      : tables.find(({ name }) => name === sheetName);
  if (!chosen) {
    if (sheetName === undefined) throw damaged('没有工作表');
    const names = tables.map(({ name }) => `「${name}」`).join('');
    throw refusal('table-unsupported', `没有名为「${sheetName}」的工作表，文件中有：${names}`);
  }
  const sheetPath = relations.get(chosen.relation)?.target ?? '';
  const targetOf = (wanted: string): string | undefined =>
    [...relations.values()].find(({ type, target }) => type === wanted && pack.has(target))?.target;
  return {
    sheetPath,
    date1904,
    sharedStrings: await readSharedStrings(pack, targetOf('sharedStrings')),
    isDateStyle: await readDateStyles(pack, targetOf('styles')),
  };
}

async function readSharedStrings(pack: XlsxPackage, path: string | undefined): Promise<readonly string[]> {
  const strings: string[] = [];
  if (path === undefined) return strings;
  const collector = new XstringCollector();
  let characters = 0;
  await pack.read(path, {
    open: (name) => collector.open(name),
    text: (text) => collector.text(text),
    close: (name) => {
      collector.close(name);
      if (name !== 'si') return;
      const text = collector.take();
      characters += text.length;
      if (strings.length >= limits.sharedStrings || characters > limits.textCharacters)
        throw refusal('table-too-large', '文件中的文字过多');
      strings.push(text);
    },
  });
  return strings;
}

/** Numbers of the cell formats (`cellXfs`) that show dates. */
async function readDateStyles(pack: XlsxPackage, path: string | undefined): Promise<(style: number) => boolean> {
  const codes = new Map<number, string>();
  const formats: number[] = [];
  let inCellFormats = false;
  if (path !== undefined)
    await pack.read(path, {
      open: (name, raw) => {
        if (name === 'cellXfs') inCellFormats = true;
        if (name !== 'numFmt' && !(name === 'xf' && inCellFormats)) return;
        const attributes = attributesOf(raw);
        const id = Number(attributes.get('numFmtId') ?? 0);
        if (name === 'numFmt') codes.set(id, attributes.get('formatCode') ?? '');
        else formats.push(id);
      },
      close: (name) => {
        if (name === 'cellXfs') inCellFormats = false;
      },
    });
  const dates = formats.map((id) => isDateFormat(id, codes.get(id)));
  return (style) => dates[style] ?? false;
}
