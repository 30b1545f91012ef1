import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../../../electron/station/tables/cell.ts';
import { dateOnly, dateTime } from '../../../electron/station/tables/cell.ts';
import { csvChunks } from '../../../electron/station/tables/csv-write.ts';
import { yuan } from '../../../electron/station/tables/sheet.ts';
import { allBytes, rawCells, rawRows } from '../../support/table.ts';

const read = (text: string | Buffer, fileName = 'a.csv') => rawCells(Buffer.from(text), fileName);
const columns = (count: number) => Array.from({ length: count }, (_, i) => ({ title: `列${i}` }));
const write = (rows: readonly (readonly (Cell | null)[])[], count = rows[0]?.length ?? 1) =>
  allBytes(csvChunks({ name: 'x', columns: columns(count), rows }));

describe('reading CSV', () => {
  it.each([
    [
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\r1,2\r',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a;b\n1,5;2',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    [
      'a\tb\n1\t2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['sep=;\r\na;b,c,d\r\n', [['a', 'b,c,d']]],
    [
      'a,"b,c"\n"d ""e""\r\nf",g',
      [
        ['a', 'b,c'],
        ['d "e"\r\nf', 'g'],
      ],
    ],
    ['5" pipe,"x"y', [['5" pipe', 'xy']]],
    ['a,,b,\n', [['a', null, 'b', null]]],
    ['a\n""\n\nb', [['a'], ['b']]],
    ['="013800138000",=1', [['013800138000', '=1']]],
    ["'=1+1,'-5,'abc,''=x", [['=1+1', '-5', "'abc", "'=x"]]],
    ['﻿a,b', [['a', 'b']]],
    ['', []],
    ['\r\n\r\n', []],
  ])('%j', async (text, expected) => {
    if (text === '') await expect(read(text)).rejects.toThrow('空');
    else expect(await read(text)).toEqual(expected);
  });

  it('numbers rows as a spreadsheet does, empty ones counted and a break inside a cell not', async () => {
    const rows = await rawRows(Buffer.from('标题\n\n"a\nb",c\nd,e\n'), 'a.csv');
    expect(rows.map(({ rowNumber }) => rowNumber)).toEqual([1, 3, 4]);
  });

  it('reads what Chinese Excel saves, which is GB18030', async () => {
    // 车牌号,备注 / 鲁B12345,联通𠮷: the last character takes four bytes, and 联通 is the classic that deceives guessers.
    const bytes = Buffer.from('b3b5c5c6bac52cb1b8d7a20d0ac2b34231323334352cc1aacda89534b2350d0a', 'hex');
    expect(await read(bytes)).toEqual([
      ['车牌号', '备注'],
      ['鲁B12345', '联通\u{20BB7}'],
    ]);
  });

  it('is not deceived by a file whose only Chinese is 鲁, whose GBK bytes are valid UTF-8 as well', async () => {
    expect(await read(Buffer.from('706c6174650ac2b34231323334350a', 'hex'))).toEqual([['plate'], ['鲁B12345']]);
    expect(await read('plate\n鲁B·12345\n')).toEqual([['plate'], ['鲁B·12345']]);
  });

  it('reads UTF-16 with its mark, which Excel calls Unicode text', async () => {
    expect(await read(Buffer.from('\uFEFF车牌号\t备注\r\n', 'utf16le'), 'a.txt')).toEqual([['车牌号', '备注']]);
    expect(await read(Buffer.from('\uFEFF车牌号\t备注', 'utf16le').swap16(), 'a.txt')).toEqual([['车牌号', '备注']]);
  });
});

describe('writing CSV', () => {
  it('is what Excel opens by a double click', async () => {
    const at = Date.parse('2026-03-02T08:05:09+08:00');
    const bytes = await write([['鲁B12345', yuan(1250), -5, dateTime(at), dateOnly(at), null, true, '=1+1']]);
    expect(bytes.toString('latin1').slice(0, 3)).toBe('\xef\xbb\xbf');
    expect(bytes.toString('utf8').split('\r\n')).toEqual([
      '\uFEFF列0,列1,列2,列3,列4,列5,列6,列7',
      "鲁B12345,12.5,-5,2026-03-02 08:05:09,2026-03-02,,TRUE,'=1+1",
      '',
    ]);
  });

  it.each(['=1', '+86', '-1', '@a', '\t=1', '\r=1', '＝1', '＋1', '－1', '＠1'])('never lets %j run', async (text) => {
    const [, line = ''] = (await write([[text]])).toString('utf8').split(/(?<=列0)\r\n/);
    expect(line.replace(/^"/, '')).toMatch(/^'/);
  });

  it('puts the lines above the header first', async () => {
    const bytes = await allBytes(
      csvChunks({ name: 'x', head: ['白名单', '操作员：张三'], columns: columns(2), rows: [] }),
    );
    expect(bytes.toString('utf8')).toBe('\uFEFF白名单\r\n操作员：张三\r\n列0,列1\r\n');
  });

  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'\'"=+-@,;\t\r\n ＝鲁a_') }),
  );

  it('gives back every text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 8 }), async (rows) => {
        const expected = rows
          .map((cells) => cells.map((cell) => cell.replaceAll('\0', '')))
          .filter((cells) => cells.some((cell) => cell !== ''))
          .map((cells) => cells.map((cell) => (cell === '' ? null : cell)));
        expect((await rawCells(await write(rows), 'a.csv')).slice(1)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});
