import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConflictError } from '../../../electron/station/runtime/errors.ts';
import { limits } from '../../../electron/station/tables/limits.ts';
import { rawRows } from '../../support/table.ts';
import { workbook, workbookFiles, zip } from '../../support/workbook.ts';

const good = { rows: '<row r="1"><c r="A1"><v>1</v></c></row>' };
const files = workbookFiles(good);
const sheet = 'xl/worksheets/sheet1.xml';
const spoilt = (path: string, content: string | Buffer, quirks = {}): Buffer =>
  zip({ ...files, [path]: content }, quirks);

/** Why a file is refused; anything but a refusal is a defect. */
async function refused(bytes: Uint8Array, fileName = 'a.xlsx'): Promise<string> {
  try {
    await rawRows(bytes, fileName);
  } catch (error) {
    if (error instanceof ConflictError) return `${error.reason}: ${error.message}`;
    throw error;
  }
  return 'read';
}

describe('files that are something else', () => {
  it.each<readonly [string, Buffer, string, string]>([
    ['nothing', Buffer.alloc(0), 'a.csv', '空'],
    ['old Excel, or one with a password', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'a.xls', '旧版'],
    ['old Excel under a new name', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'a.xlsx', '旧版'],
    ['a web page under the name of a workbook', Buffer.from('<html><table>'), 'a.xlsx', '内容却不是'],
    ['a workbook under the name of a text', workbook(good), 'a.csv', '扩展名改为 .xlsx'],
    ['a picture', Buffer.from('ffd8ffe000104a46494600', 'hex'), 'a.jpg', '不支持 .jpg'],
    ['a picture under the name of a text', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), 'a.csv', '二进制'],
    ['text with NUL', Buffer.from('a,b\n1,\0\n'), 'a.csv', '二进制'],
    ['an encoding nobody knows', Buffer.from('ff80ff80', 'hex'), 'a.csv', '编码'],
    ['half a UTF-8 character behind the mark', Buffer.from('efbbbfe9b2', 'hex'), 'a.csv', '编码'],
    ['another archive', zip({ 'word/document.xml': '<a/>' }), 'a.xlsx', '不是 Excel 工作簿'],
    [
      'a binary workbook',
      zip({ ...files, '_rels/.rels': (files['_rels/.rels'] ?? '').replace('.xml', '.bin') }),
      'a.xlsx',
      'xlsb',
    ],
    ['an open quote', Buffer.from('a,b\n1,"2\n3,4\n'), 'a.csv', '引号没有结束'],
  ])('%s', async (_, bytes, fileName, reason) => {
    expect(await refused(bytes, fileName)).toContain(reason);
  });
});

describe('damaged workbooks', () => {
  const whole = workbook(good);

  it('cut at any place', async () => {
    for (let length = 2; length < whole.length; length += 7)
      expect(await refused(whole.subarray(0, length))).toMatch(/^table-(damaged|unsupported)/);
  });

  it('with one digit of a number changed, which nothing else would show', async () => {
    const bytes = zip(files, { stored: true });
    const at = bytes.indexOf('<v>1</v>');
    bytes.write('<v>7</v>', at);
    expect(await refused(bytes)).toContain('校验和');
  });

  it('with any bytes changed, is read or refused, and never anything else', async () => {
    const change = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 20 }), async (changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, byte] of changes) bytes[at] = byte;
        await refused(bytes, 'file');
      }),
      { numRuns: 1000 },
    );
  });

  it('of garbage, likewise, as every kind of file', async () => {
    const bytes = fc.uint8Array({ maxLength: 400 });
    const mark = fc.constantFrom('', 'PK\u0003\u0004', '\uFEFF', 'a,b\n');
    await fc.assert(
      fc.asyncProperty(mark, bytes, fc.constantFrom('a', 'a.xlsx', 'a.csv'), async (start, rest, name) => {
        await refused(Buffer.concat([Buffer.from(start), rest]), name);
      }),
      { numRuns: 500 },
    );
  });

  it.each<readonly [string, Buffer, string]>([
    ['no sheet of the name that is promised', zip({ ...files, [sheet]: Buffer.alloc(0) }), 'damaged'],
    ['tags that do not match', spoilt(sheet, '<a><b></a></b>'), '标签不匹配'],
    ['an end that is missing', spoilt(sheet, '<worksheet><sheetData>'), 'XML 不完整'],
    ['tags without end', spoilt(sheet, '<a>'.repeat(100)), '嵌套过深'],
    ['text before everything', spoilt(sheet, 'hello <a/>'), '不是有效的 XML'],
    ['bytes that are no UTF-8', spoilt(sheet, Buffer.from('3c613eff3c2f613e', 'hex')), '文字编码'],
    ['NUL in it', spoilt(sheet, '<a>\0</a>'), 'NUL'],
    ['a reference to no character', spoilt(sheet, '<a>&#xD800;</a>'), '字符引用'],
    ['an entity that nobody declared', spoilt(sheet, '<a>&lol;</a>'), '字符引用'],
    ['a text that is not in the list', workbook({ rows: '<row><c t="s"><v>9</v></c></row>' }), '不存在的文字'],
    ['rows that go back', workbook({ rows: '<row r="5"/><row r="4"/>' }), '行号'],
    ['a row beyond the last', workbook({ rows: '<row r="1048577"/>' }), '行号'],
    ['cells that go back', workbook({ rows: '<row><c r="B1"/><c r="A1"/></row>' }), '列号'],
    ['a cell beyond the last', workbook({ rows: '<row><c r="ZZZZZZ1"/></row>' }), '列号'],
    ['a password of the archive', zip(files, { encrypted: true }), '加密'],
    ['an unknown way of packing', zip(files, { method: 12 }), '压缩方式'],
    ['sizes that are not true', zip(files, { claimedSizes: { [sheet]: 3 } }), '校验和'],
  ])('%s', async (_, bytes, reason) => {
    expect(await refused(bytes)).toContain(reason);
  });
});

describe('files that want to grow', () => {
  it('a document type, with it entities that double and files that are read', async () => {
    const laughs = '<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;">]><a>&m;</a>';
    expect(await refused(spoilt(sheet, laughs))).toContain('DOCTYPE');
    expect(await refused(spoilt('xl/sharedStrings.xml', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'))).toContain(
      'DOCTYPE',
    );
  });

  it('a bomb, whatever size it claims, before it has swollen', async () => {
    const bomb = Buffer.alloc(limits.unpackedBytes + 1, ' ');
    bomb.write('<a>');
    const packed = zip({ ...files, [sheet]: bomb }, { claimedSizes: { [sheet]: 100 } });
    expect(packed.length).toBeLessThan(1024 * 1024);
    const before = process.memoryUsage().rss;
    expect(await refused(packed)).toMatch(/too-large|过长/);
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
    // Of many tokens instead of one endless text.
    bomb.fill(`<!--${'x'.repeat(993)}-->`, 3);
    expect(await refused(zip({ ...files, [sheet]: bomb }))).toContain('解压后过大');
  }, 30_000);

  it('names and formats that are long to go through', async () => {
    const long = 'a'.repeat(900_000);
    expect(await refused(workbook({ rows: `<row><c ${long} r="A1"/><c ${' '.repeat(900_000)}/></row>` }))).toBe('read');
    const styles = `<numFmts><numFmt numFmtId="164" formatCode="${'['.repeat(900_000)}"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs>`;
    expect(await refused(workbook({ ...good, styles }))).toBe('read');
  });

  it('a million columns', async () => {
    expect(await refused(Buffer.from(`${'a,'.repeat(1_000_000)}\n`), 'a.csv')).toContain('超过 256 列');
    expect(await refused(workbook({ rows: `<row>${'<c><v>1</v></c>'.repeat(1_000_000)}</row>` }))).toContain(
      '超过 256 列',
    );
    expect(await refused(workbook({ rows: `<row>${'<c/>'.repeat(1_000_000)}</row>` }))).toContain('列号');
    const [row] = await rawRows(Buffer.from(`a${','.repeat(1_000_000)}`), 'a.csv');
    expect(row?.cells.length).toBe(256);
  });

  it('more rows than a list has', async () => {
    expect(await refused(Buffer.from('a\n'.repeat(limits.rows + 1)), 'a.csv')).toContain('超过 100000 行');
  });

  it('more bytes than a list has', async () => {
    expect(await refused(Buffer.alloc(limits.fileBytes + 1, 'a'), 'a.csv')).toContain('超过 20 MB');
  });

  it('one long text that every cell names', async () => {
    const cells = '<c t="s"><v>0</v></c>'.repeat(20);
    const bytes = workbook({
      rows: `<row>${cells}</row>`.repeat(200),
      strings: `<si><t>${'x'.repeat(32_000)}</t></si>`,
    });
    expect(await refused(bytes)).toContain('文字过多');
  });
});
