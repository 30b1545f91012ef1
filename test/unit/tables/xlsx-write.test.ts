import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cell, dateOnly, dateTime } from '../../../electron/station/tables/cell.ts';
import { type Sheet, yuan } from '../../../electron/station/tables/sheet.ts';
import { xlsxChunks } from '../../../electron/station/tables/xlsx-write.ts';
import { allBytes, rawCells, rawRows } from '../../support/table.ts';

const write = (rows: Sheet['rows'], sheet: Partial<Sheet> = {}) =>
  allBytes(xlsxChunks({ name: 'x', columns: [{ title: 'A' }, { title: 'B' }, { title: 'C' }], ...sheet, rows }));

/** A part of what was written, found by its local header: the sheet comes last, its sizes behind it. */
function part(bytes: Buffer, name: string): string {
  const at = bytes.indexOf(name) + name.length;
  return inflateRawSync(bytes.subarray(at)).toString('utf8');
}

describe('writing a workbook', () => {
  it('keeps numbers numbers, dates dates, and text text', async () => {
    const at = Date.parse('2026-03-02T08:05:09.123+08:00');
    const day = Date.parse('2026-03-02T00:00:00+08:00');
    const rows: (Cell | null)[][] = [
      ['鲁B12345', yuan(1234567), 3],
      ['013800138000', dateTime(at), dateOnly(day)],
      ['=1+1', true, null],
      [null, -0.1, false],
    ];
    expect((await rawCells(await write(rows), 'a.xlsx')).slice(1)).toEqual([
      ['鲁B12345', 12345.67, 3],
      ['013800138000', dateTime(at), dateOnly(day)],
      ['=1+1', true],
      [null, -0.1, false],
    ]);
  });

  it('has a bold header that stays in sight below title, filter and operator', async () => {
    const head = ['白名单', '筛选：全部', '操作员：张三'];
    const bytes = await write([['鲁B12345']], {
      head,
      name: "白/名*单[1]'",
      columns: [
        { title: '车牌号', width: 14 },
        { title: '金额', numbers: 'yuan' },
      ],
    });
    expect((await rawRows(bytes, 'a.xlsx')).map(({ rowNumber, cells }) => [rowNumber, cells])).toEqual([
      [1, ['白名单']],
      [2, ['筛选：全部']],
      [3, ['操作员：张三']],
      [4, ['车牌号', '金额']],
      [5, ['鲁B12345']],
    ]);
    const sheet = part(bytes, 'xl/worksheets/sheet1.xml');
    expect(sheet).toContain('<pane ySplit="4" topLeftCell="A5" activePane="bottomLeft" state="frozen"/>');
    expect(sheet).toContain('<col min="1" max="1" width="14" customWidth="1"/>');
    expect(sheet).toContain('<mergeCell ref="A1:B1"/>');
    const workbook = part(bytes, 'xl/workbook.xml');
    expect(workbook).toContain('<sheet name="白名单1" ');
    // The header's format is the second of the list, and its font the second of theirs, which is bold.
    expect(sheet).toContain('<c r="A4" s="1" ');
    const styles = part(bytes, 'xl/styles.xml');
    expect(/<cellXfs.*?<xf .*?<xf numFmtId="49" fontId="(\d)"/.exec(styles)?.[1]).toBe('1');
    expect(/<fonts.*?<font>.*?<\/font><font>(<b\/>)/.exec(styles)?.[1]).toBe('<b/>');
  });

  it.each([
    ['', 'Sheet1'],
    ["'''", 'Sheet1'],
    ['x'.repeat(40), 'x'.repeat(31)],
    [`${'x'.repeat(30)}😀`, 'x'.repeat(30)],
    ['a&b', 'a&amp;b'],
  ])('names the sheet %j as Excel permits', async (name, expected) => {
    expect(part(await write([], { name }), 'xl/workbook.xml')).toContain(`<sheet name="${expected}" `);
  });

  it('takes rows as they come, and gives the same file for the same table', async () => {
    async function* rows(): AsyncGenerator<readonly Cell[]> {
      for (let i = 0; i < 1500; i++) yield [`鲁B${i}`, i];
    }
    const bytes = await write(rows());
    expect((await rawRows(bytes, 'a.xlsx')).at(-1)).toEqual({ rowNumber: 1501, cells: ['鲁B1499', 1499] });
    expect(bytes.equals(await write(rows()))).toBe(true);
  });

  it('fails when its rows fail', async () => {
    async function* rows(): AsyncGenerator<readonly Cell[]> {
      yield ['鲁B12345'];
      throw new Error('no more records');
    }
    await expect(write(rows())).rejects.toThrow('no more records');
  });

  it('cuts text that no cell of Excel holds', async () => {
    expect((await rawCells(await write([['x'.repeat(40_000)]]), 'a.xlsx'))[1]).toEqual(['x'.repeat(32_767)]);
  });

  const anything = fc
    .array(
      fc.oneof(
        fc.integer({ min: 0, max: 0xffff }),
        fc.constantFrom(...[...'_x00d <>&"\'\r\n\t'].map((c) => c.charCodeAt(0))),
      ),
    )
    .map((codes) => String.fromCharCode(...codes));

  it('gives back every text, halves of surrogates and control characters too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(anything, anything), { maxLength: 5 }), async (rows) => {
        const expected = rows
          .map(([a, b]) => [a === '' ? null : a, b === '' ? null : b])
          .map((cells) => (cells[1] === null ? cells.slice(0, 1) : cells))
          .filter((cells) => cells.some((cell) => cell !== null));
        expect((await rawCells(await write(rows), 'a.xlsx')).slice(1)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('gives back every number, and every instant to the millisecond', async () => {
    const instant = fc.integer({ min: Date.parse('1905-01-01T00:00:00Z'), max: Date.parse('9000-01-01T00:00:00Z') });
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    await fc.assert(
      fc.asyncProperty(number, instant, async (value, at) => {
        const [, cells] = await rawCells(await write([[value, dateTime(at)]]), 'a.xlsx');
        expect(cells?.[0]).toBe(value === 0 ? 0 : value);
        expect(cells?.[1]).toMatchObject({ kind: 'date', at });
      }),
      { numRuns: 200 },
    );
  });
});
