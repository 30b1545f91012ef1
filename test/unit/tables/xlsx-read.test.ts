import { describe, expect, it } from 'vitest';
import { rawCells, rawRows } from '../../support/table.ts';
import { type WorkbookParts, workbook, workbookFiles, zip } from '../../support/workbook.ts';

const read = (parts: WorkbookParts) => rawCells(workbook(parts), 'a.xlsx');
const cell = async (xml: string, parts: Partial<WorkbookParts> = {}) =>
  (await read({ rows: `<row r="1">${xml}</row>`, ...parts }))[0]?.[0] ?? null;
const shanghai = (text: string): number => Date.parse(`${text}+08:00`);

describe('cells of a workbook', () => {
  it.each([
    ['<c r="A1"><v>12.5</v></c>', 12.5],
    ['<c r="A1" t="n"><v>1.38E10</v></c>', 13_800_000_000],
    ['<c r="A1" t="str"><f>A2&amp;"x"</f><v>a&lt;b</v></c>', 'a<b'],
    ['<c r="A1"><f>1+1</f><v>2</v></c>', 2],
    ['<c r="A1" t="b"><v>1</v></c>', true],
    ['<c r="A1" t="b"><v>0</v></c>', false],
    ['<c r="A1" t="inlineStr"><is><t xml:space="preserve"> 鲁B </t></is></c>', ' 鲁B '],
    ['<c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>鲁</t></r><r><t>B12345</t></r></is></c>', '鲁B12345'],
    ['<c r="A1" t="inlineStr"><is><t>a_x000D__x005F_x0041_&#x9C81;&#66;</t></is></c>', 'a\r_x0041_鲁B'],
    ['<c r="A1" t="inlineStr"><is><t><![CDATA[<&>]]></t></is></c>', '<&>'],
    ['<c r="A1" t="d"><v>2026-03-02</v></c>', { kind: 'date', at: shanghai('2026-03-02T00:00:00'), dateOnly: true }],
    [
      '<c r="A1" t="d"><v>2026-03-02T08:05:09</v></c>',
      { kind: 'date', at: shanghai('2026-03-02T08:05:09'), dateOnly: false },
    ],
    ['<c r="A1" s="3"/>', null],
    ['<c r="A1"><v/></c>', null],
  ])('%s', async (xml, expected) => {
    expect(await cell(xml)).toEqual(expected);
  });

  it.each([
    ['<c r="A1" t="e"><v>#N/A</v></c>', '#N/A'],
    ['<c r="A1"><f>1+1</f></c>', '公式没有计算结果'],
    ['<c r="A1"><v>12a</v></c>', '无效的数字'],
    ['<c r="A1" t="d"><v>2026-13-02</v></c>', '无效的日期'],
    [`<c r="A1" t="inlineStr"><is><t>${'x'.repeat(32_768)}</t></is></c>`, '超过 32767 个字符'],
  ])('names what is no value: %s', async (xml, reason) => {
    expect(await cell(xml)).toEqual({ kind: 'fault', reason: expect.stringContaining(reason) });
  });

  it('takes texts from the shared list, runs joined and reading aids left out', async () => {
    const strings =
      '<si><t>车牌号</t></si><si><r><rPr><b/></rPr><t>鲁</t></r><r><t xml:space="preserve"> B</t></r><rPh sb="0" eb="1"><t>lu</t></rPh></si><si><t/></si><si><t>东京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si>';
    const rows =
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c></row>';
    expect(await read({ rows, strings })).toEqual([['车牌号', '鲁 B', null, '东京']]);
  });
});

const styles =
  '<numFmts count="6"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="165" formatCode="[$-804]yyyy/m/d h:mm;@"/><numFmt numFmtId="166" formatCode="0.00&quot; days&quot;"/><numFmt numFmtId="167" formatCode="[h]:mm"/><numFmt numFmtId="168" formatCode="[Red]General\\d"/><numFmt numFmtId="169" formatCode="hh:mm"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="31"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="168"/><xf numFmtId="169"/></cellXfs>';
const date = (text: string, dateOnly = !text.includes('T')) => ({
  kind: 'date',
  at: shanghai(dateOnly ? `${text}T00:00:00` : text),
  dateOnly,
});

describe('dates of a workbook', () => {
  it.each([
    [0, 46083, 46083],
    [1, 46083, date('2026-03-02')],
    [2, 46083.5, date('2026-03-02T12:00:00')],
    // As Excel stores 08:05:09: the last digit is rounded.
    [2, 46083.3369097222, date('2026-03-02T08:05:09')],
    [3, 46083, date('2026-03-02')],
    [4, 46083, date('2026-03-02')],
    [5, 46083.25, date('2026-03-02T06:00:00')],
    [6, 46083, 46083],
    [7, 1.5, 1.5],
    [8, 46083, 46083],
    [9, 0.354166666666667, '08:30:00'],
    [1, 1, date('1900-01-01')],
    [1, 59, date('1900-02-28')],
    [1, 61, date('1900-03-01')],
    [1, -5, -5],
    [1, 99_999_999, 99_999_999],
    [99, 46083, 46083],
  ])('style %d, %d', async (style, serial, expected) => {
    expect(await cell(`<c r="A1" s="${style}"><v>${serial}</v></c>`, { styles })).toEqual(expected);
  });

  it('counts from 1904 where the workbook says so', async () => {
    const xml = '<c r="A1" s="1"><v>44621</v></c>';
    expect(await cell(xml, { styles, date1904: true })).toEqual(date('2026-03-02'));
    expect(await cell('<c r="A1" s="1"><v>0.5</v></c>', { styles, date1904: true })).toBe('12:00:00');
  });
});

describe('rows of a workbook', () => {
  it('keeps the places of cells and the numbers of rows, and leaves out rows without values', async () => {
    const rows =
      '<row r="2"><c r="B2"><v>1</v></c><c r="AA2"><v>2</v></c></row><row r="4" s="1"><c r="A4" s="3"/></row><row r="7"><c r="A7"><v>3</v></c></row>';
    const found = await rawRows(workbook({ rows }), 'a.xlsx');
    expect(found.map(({ rowNumber }) => rowNumber)).toEqual([2, 7]);
    expect(found[0]?.cells).toEqual([null, 1, ...Array<null>(24).fill(null), 2]);
  });

  it('counts rows and cells that carry no number', async () => {
    const rows = '<row><c><v>1</v></c><c t="inlineStr"><is><t>b</t></is></c></row><row><c><v>2</v></c></row>';
    expect(await rawRows(workbook({ rows }), 'a.xlsx')).toEqual([
      { rowNumber: 1, cells: [1, 'b'] },
      { rowNumber: 2, cells: [2] },
    ]);
  });

  it('passes over formats that reach to the last column', async () => {
    expect(await read({ rows: '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row>' })).toEqual([[1]]);
  });

  it('reads prefixed names, comments, and UTF-16', async () => {
    const sheetXml =
      '<?xml version="1.0"?><!-- <c> --><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1" x="a>b"><x:c r=\'A1\' t = "inlineStr"><x:is><x:t>鲁<!-- - -->B</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>';
    expect(await read({ rows: '', sheetXml })).toEqual([['鲁B']]);
    const files = workbookFiles({ rows: '', sheetXml });
    const utf16 = Buffer.from(`\uFEFF${sheetXml}`, 'utf16le');
    expect(await rawCells(zip({ ...files, 'xl/worksheets/sheet1.xml': utf16 }), 'a.xlsx')).toEqual([['鲁B']]);
  });

  it('reads text that falls on the border of two pieces', async () => {
    const rows = Array.from(
      { length: 9000 },
      (_, i) => `<row r="${i + 1}"><c r="A${i + 1}" t="inlineStr"><is><t>鲁B${i}&amp;号</t></is></c></row>`,
    );
    const found = await read({ rows: rows.join('') });
    expect(found).toEqual(rows.map((_, i) => [`鲁B${i}&号`]));
  });

  it('reads parts that are not packed', async () => {
    expect(
      await rawCells(zip(workbookFiles({ rows: '<row><c><v>7</v></c></row>' }), { stored: true }), 'a.xlsx'),
    ).toEqual([[7]]);
  });
});

describe('sheets of a workbook', () => {
  const parts: WorkbookParts = {
    rows: '<row><c><v>1</v></c></row>',
    sheets: [
      ['隐藏', 'hidden'],
      ['卡', 'visible'],
      ['说明', 'visible'],
    ],
  };

  it('takes the first that can be seen, or the one that is named', async () => {
    expect(await rawCells(workbook(parts), 'a.xlsx')).toEqual([['卡']]);
    expect((await rawRows(workbook(parts), 'a.xlsx', '说明'))[0]?.cells).toEqual(['说明']);
    expect((await rawRows(workbook(parts), 'a.xlsx', '隐藏'))[0]?.cells).toEqual([1]);
  });

  it('names the sheets there are when the named one is not among them', async () => {
    await expect(rawRows(workbook(parts), 'a.xlsx', '月卡')).rejects.toThrow(
      '没有名为「月卡」的工作表，文件中有：「隐藏」「卡」「说明」',
    );
  });
});
