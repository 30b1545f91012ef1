import { crc32, deflateRawSync } from 'node:zlib';

/** Workbooks made by hand from ECMA-376, and archives with whatever is wrong with them: nothing here knows the product's own writer. */

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

export interface WorkbookParts {
  /** What stands in `sheetData` of the first sheet. */
  readonly rows: string;
  /** `si` items. */
  readonly strings?: string;
  /** What stands in the style sheet. */
  readonly styles?: string;
  readonly date1904?: boolean;
  /** Name and state of each sheet; all but the first are empty. Default: one, visible. */
  readonly sheets?: readonly (readonly [name: string, state: string])[];
  readonly sheetXml?: string;
}

/** The parts of a workbook as text, to be spoilt and packed. */
export function workbookFiles(parts: WorkbookParts): Record<string, string> {
  const { rows, strings = '', styles = '', date1904 = false, sheets = [['Sheet1', 'visible']] } = parts;
  const sheetXml = (data: string): string =>
    `<?xml version="1.0"?><worksheet xmlns="${MAIN}"><sheetData>${data}</sheetData></worksheet>`;
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  const files: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}">${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr date1904="${date1904 ? 1 : 0}"/><sheets>${sheets
      .map(([name, state], i) => `<sheet name="${name}" sheetId="${i + 1}" state="${state}" r:id="s${i}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}">${sheets
      .map((_, i) =>
        relation(`s${i}`, 'worksheet', i === 0 ? '/xl/worksheets/sheet1.xml' : `worksheets/sheet${i + 1}.xml`),
      )
      .join(
        '',
      )}${relation('t', 'sharedStrings', 'sharedStrings.xml')}${relation('y', 'styles', 'styles.xml')}</Relationships>`,
    'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${strings}</sst>`,
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}">${styles}</styleSheet>`,
  };
  sheets.forEach(([name], i) => {
    files[`xl/worksheets/sheet${i + 1}.xml`] =
      i === 0 ? (parts.sheetXml ?? sheetXml(rows)) : sheetXml(`<row r="1"><c r="A1" t="str"><v>${name}</v></c></row>`);
  });
  return files;
}

export const workbook = (parts: WorkbookParts): Buffer => zip(workbookFiles(parts));

export interface ZipQuirks {
  /** Kept as they are instead of packed. */
  readonly stored?: boolean;
  /** What the directory claims instead of the true unpacked size, by name. */
  readonly claimedSizes?: Readonly<Record<string, number>>;
  readonly encrypted?: boolean;
  readonly method?: number;
}

/** An archive (APPNOTE 6.3) of the given files. */
export function zip(files: Readonly<Record<string, string | Buffer>>, quirks: ZipQuirks = {}): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const data = quirks.stored ? bytes : deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(quirks.encrypted ? 1 : 0, 2);
    common.writeUInt16LE(quirks.method ?? (quirks.stored ? 0 : 8), 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(quirks.claimedSizes?.[name] ?? bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), common, Buffer.from(name), data]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), common, rest, Buffer.from(name)]));
    locals.push(local);
    at += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, central, end]);
}
