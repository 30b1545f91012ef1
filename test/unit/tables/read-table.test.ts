import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Cell, dateTime } from '../../../electron/station/tables/cell.ts';
import { choiceCell, dateCell, phoneCell, plateCell, yuanCell } from '../../../electron/station/tables/cells.ts';
import type { Columns } from '../../../electron/station/tables/columns.ts';
import { csvChunks } from '../../../electron/station/tables/csv-write.ts';
import { type ReadOptions, type ReadProgress, readTable } from '../../../electron/station/tables/read-table.ts';
import { yuan } from '../../../electron/station/tables/sheet.ts';
import { xlsxChunks } from '../../../electron/station/tables/xlsx-write.ts';
import { allBytes } from '../../support/table.ts';
import { workbook } from '../../support/workbook.ts';

const columns = {
  plate: { titles: ['车牌号', '车牌', 'plate'], cell: plateCell(), required: true },
  type: { titles: ['卡类型', 'type'], cell: choiceCell({ 包月: 'monthly', 储值: 'stored' }), required: true },
  validFrom: { titles: ['开始日期'], cell: dateCell(), required: false },
  validTo: { titles: ['结束日期'], cell: dateCell({ dayMeans: 'end' }), required: false },
  balance: { titles: ['余额'], cell: yuanCell(), required: false },
  phone: { titles: ['电话'], cell: phoneCell(), required: false },
} as const satisfies Columns;

type CardColumns = typeof columns;
const read = (text: string, options: ReadOptions<CardColumns> = {}) =>
  readTable({ bytes: Buffer.from(text), fileName: 'cards.csv' }, columns, options);
const at = (text: string): number => Date.parse(`${text}+08:00`);

const directory = mkdtempSync(join(tmpdir(), 'gatehouse-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('reading a table', () => {
  it('gives each row its values, and null where a cell is empty or a column is missing', async () => {
    const result = await read(
      '车牌号,卡类型,结束日期,余额\n鲁b·12345,包月,2026-03-31,\n\n粤BD12345,储值,,"1,200.50"\n',
    );
    expect(result).toMatchObject({ ok: true, faults: [], headerFaults: [], unknownColumns: [] });
    const empty = { validFrom: null, validTo: null, balance: null, phone: null };
    expect(result.rows).toEqual([
      { rowNumber: 2, value: { ...empty, plate: '鲁B12345', type: 'monthly', validTo: at('2026-03-31T23:59:59') } },
      { rowNumber: 4, value: { ...empty, plate: '粤BD12345', type: 'stored', balance: 120050 } },
    ]);
    expect([...result.present]).toEqual(['plate', 'type', 'validTo', 'balance']);
  });

  it('finds the header below titles, in any spelling and order, and passes over columns that it does not know', async () => {
    const result = await read('八月月卡名单,,\n导出：张三,2026-08-01,\n备注, Type *,车 牌\n空,包月,鲁B12345\n');
    expect(result.unknownColumns).toEqual(['备注']);
    expect(result.rows.map(({ rowNumber, value }) => [rowNumber, value.plate, value.type])).toEqual([
      [4, '鲁B12345', 'monthly'],
    ]);
    const remarked = await read('车牌号（必填）,卡类型(必填),余额【元】\n鲁B12345,包月,5\n');
    expect(remarked.rows[0]?.value.balance).toBe(500);
  });

  it('names every fault of every row, and keeps the good rows apart', async () => {
    const result = await read('车牌号,卡类型,结束日期,余额\n张三,年卡,明天,1.234\n鲁B12345,包月,,\n,包月,,\n');
    expect(result.ok).toBe(false);
    expect(result.rows.map(({ rowNumber }) => rowNumber)).toEqual([3]);
    expect(result.faults).toEqual([
      { rowNumber: 2, column: '车牌号', value: '张三', reason: '不是车牌号' },
      { rowNumber: 2, column: '卡类型', value: '年卡', reason: '应为以下之一：包月、储值' },
      { rowNumber: 2, column: '结束日期', value: '明天', reason: '应为日期，例如 2026-03-02 或 2026-03-02 08:05:09' },
      { rowNumber: 2, column: '余额', value: '1.234', reason: '金额最多两位小数' },
      { rowNumber: 4, column: '车牌号', value: '', reason: '不能为空' },
    ]);
  });

  it('names rows that say the same thing twice, whatever the spelling', async () => {
    const result = await read('车牌号,卡类型\n鲁B12345,包月\n粤B1D234,包月\n鲁b·12345,储值\n', { uniqueBy: ['plate'] });
    expect(result.faults).toEqual([{ rowNumber: 4, column: '车牌号', value: '鲁b·12345', reason: '与第 2 行重复' }]);
    const both = await read('车牌号,卡类型\n鲁B12345,包月\n鲁B12345,储值\n', { uniqueBy: ['plate', 'type'] });
    expect(both.ok).toBe(true);
  });

  it('asks what only the whole row can tell', async () => {
    const result = await read('车牌号,卡类型,开始日期,结束日期\n鲁B12345,包月,2026-03-02,2026-03-01\n', {
      check: ({ validFrom, validTo }) =>
        validFrom !== null && validTo !== null && validTo < validFrom
          ? [{ column: 'validTo', reason: '结束日期早于开始日期' }]
          : [],
    });
    expect(result.faults).toEqual([
      { rowNumber: 2, column: '结束日期', value: '2026-03-01', reason: '结束日期早于开始日期' },
    ]);
    expect(result.rows).toEqual([]);
  });

  it('names what is wrong with the header, and then reads no row', async () => {
    const missing = await read('车牌号,余额\n鲁B12345,5\n');
    expect(missing).toMatchObject({
      ok: false,
      rows: [],
      headerFaults: [{ title: '卡类型', reason: '缺少「卡类型」列' }],
    });
    const twice = await read('车牌号,卡类型,车牌\n鲁B12345,包月,鲁B12345\n');
    expect(twice.headerFaults).toEqual([{ title: '车牌', reason: '表头「车牌」重复' }]);
    const none = await read('鲁B12345,包月\n');
    expect(none.headerFaults).toEqual([{ title: '', reason: '没有找到表头，表头应包含「车牌号」「卡类型」' }]);
  });

  it('words in Chinese what a schema does not word itself', async () => {
    const plain = { name: { titles: ['姓名'], cell: z.string().max(3), required: true } } as const;
    const result = await readTable({ bytes: Buffer.from('姓名\nabcd\n'), fileName: 'a.csv' }, plain);
    expect(result.faults[0]?.reason).toMatch(/\p{Script=Han}/u);
  });

  it('reads a file by its path, and a named sheet of a workbook', async () => {
    const file = join(directory, 'cards.xlsx');
    const text = (column: string, row: number, value: string): string =>
      `<c r="${column}${row}" t="inlineStr"><is><t>${value}</t></is></c>`;
    const rows = `<row r="1">${text('A', 1, '车牌号')}${text('B', 1, '卡类型')}</row><row r="2">${text('A', 2, '鲁B12345')}<c r="B2" t="e"><v>#REF!</v></c></row>`;
    writeFileSync(
      file,
      workbook({
        rows,
        sheets: [
          ['卡', 'hidden'],
          ['说明', 'visible'],
        ],
      }),
    );
    const result = await readTable({ file }, columns, { sheetName: '卡' });
    expect(result.faults).toEqual([{ rowNumber: 2, column: '卡类型', value: '', reason: '单元格是错误值 #REF!' }]);
    await expect(readTable({ file }, columns, { sheetName: '无' })).rejects.toMatchObject({
      reason: 'table-unsupported',
    });
  });

  it('keeps no more faults than a person reads, and counts the rest', async () => {
    const result = await read(`车牌号,卡类型\n${'张三,年卡\n'.repeat(6000)}`);
    expect(result.faults.length).toBe(10_000);
    expect(result.faultCount).toBe(12_000);
  });
});

describe('reading on another thread', () => {
  it('passes on why a file is refused', async () => {
    await expect(read('')).rejects.toMatchObject({ name: 'ConflictError', reason: 'table-unsupported' });
    await expect(read('车牌号,卡类型\n鲁B1,"包月')).rejects.toMatchObject({ reason: 'table-damaged' });
    await expect(read(`车牌号,卡类型\n${'鲁B12345,包月\n'.repeat(11)}`, { limit: 10 })).rejects.toThrow('超过 10 行');
    const file = join(directory, 'film.csv');
    writeFileSync(file, Buffer.alloc(21 * 1024 * 1024, 'a'));
    await expect(readTable({ file }, columns)).rejects.toThrow('超过 20 MB');
    await expect(readTable({ file: join(directory, 'nowhere.csv') }, columns)).rejects.toThrow('ENOENT');
  });

  it('can be called off before, and while it runs', async () => {
    const text = `车牌号,卡类型\n${'鲁B12345,包月\n'.repeat(5000)}`;
    await expect(read(text, { signal: AbortSignal.abort() })).rejects.toMatchObject({ reason: 'table-cancelled' });
    const controller = new AbortController();
    let calls = 0;
    const reading = read(text, {
      signal: controller.signal,
      onProgress: () => {
        calls++;
        controller.abort();
      },
    });
    await expect(reading).rejects.toMatchObject({ reason: 'table-cancelled' });
    expect(calls).toBe(1);
  });

  it('ends when whoever is told of the progress fails', async () => {
    const reading = read('车牌号,卡类型\n鲁B12345,包月\n', {
      onProgress: () => {
        throw new Error('screen gone');
      },
    });
    await expect(reading).rejects.toThrow('screen gone');
  });

  it('reads 50,000 rows of eight columns in eight seconds, tells how far it is, and lets others work meanwhile', async () => {
    const from = at('2026-01-01T00:00:00');
    const rows = Array.from({ length: 50_000 }, (_, i): Cell[] => [
      `鲁B${10_000 + i}`,
      i % 2 === 0 ? '包月' : '储值',
      dateTime(from + i * 1000),
      dateTime(from + 86_400_000 + i * 1000),
      yuan(i),
      `138${String(i).padStart(8, '0')}`,
      `张三${i}`,
      `备注 & ${i}`,
    ]);
    const titles = ['车牌号', '卡类型', '开始日期', '结束日期', '余额', '电话', '姓名', '备注'];
    const sheet = { name: '月卡', head: ['月卡名单'], columns: titles.map((title) => ({ title })), rows };
    for (const [fileName, chunks] of [
      ['cards.xlsx', xlsxChunks(sheet)],
      ['cards.csv', csvChunks(sheet)],
    ] as const) {
      const bytes = await allBytes(chunks);
      const seen: ReadProgress[] = [];
      let turns = 0;
      let done = false;
      const others = (): void => {
        turns++;
        if (!done) setImmediate(others);
      };
      others();
      const before = process.cpuUsage();
      const result = await readTable({ bytes, fileName }, columns, {
        uniqueBy: ['plate'],
        onProgress: (progress) => seen.push(progress),
      });
      const { user, system } = process.cpuUsage(before);
      const seconds = (user + system) / 1e6;
      done = true;
      process.stdout.write(
        `${fileName}: 50,000 rows x 8 columns, ${(bytes.length / 1e6).toFixed(1)} MB, in ${seconds.toFixed(2)} s of CPU\n`,
      );
      expect(seconds).toBeLessThan(8);
      expect(result).toMatchObject({ ok: true, unknownColumns: ['姓名', '备注'] });
      expect(result.rows.length).toBe(50_000);
      expect(result.rows[49_999]?.value).toEqual({
        plate: '鲁B59999',
        type: 'stored',
        validFrom: from + 49_999_000,
        validTo: from + 86_400_000 + 49_999_000,
        balance: 49_999,
        phone: '13800049999',
      });
      // One turn at least for each 200 rows, and never backwards.
      expect(turns).toBeGreaterThan(250);
      expect(seen.length).toBeGreaterThanOrEqual(250);
      expect(seen.map(({ rows: count }) => count)).toEqual(
        seen.map(({ rows: count }) => count).toSorted((a, b) => a - b),
      );
      expect(seen.every(({ fraction }) => fraction >= 0 && fraction <= 1)).toBe(true);
      expect(seen.at(-1)).toEqual({ fraction: 1, rows: 50_000 });
    }
  }, 60_000);
});
