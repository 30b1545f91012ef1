import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { type Cell, dateOnly, dateTime } from '../../../electron/station/tables/cell.ts';
import {
  choiceCell,
  dateCell,
  integerCell,
  phoneCell,
  plateCell,
  platesCell,
  textCell,
  yesNoCell,
  yuanCell,
} from '../../../electron/station/tables/cells.ts';

const at = (text: string): number => Date.parse(`${text}+08:00`);

/** What a cell means, or why it means nothing. */
function meaning(schema: z.ZodType, cell: Cell): unknown {
  const parsed = schema.safeParse(cell);
  return parsed.success ? parsed.data : `✗ ${parsed.error.issues.map((issue) => issue.message).join()}`;
}

describe('what a cell may mean', () => {
  it.each<readonly [string, z.ZodType, Cell, unknown]>([
    ['text', textCell(), ' a b ', 'a b'],
    ['text', textCell(), 13_800_138_000, '13800138000'],
    ['text', textCell(), 1.5, '1.5'],
    ['text', textCell(), dateOnly(at('2026-03-02T00:00')), '2026-03-02'],
    [
      'text',
      textCell(),
      6_222_021_234_567_890_000,
      '✗ 数字超过 15 位，末尾已被表格软件改变，请把该列设为文本格式后重新填写',
    ],
    ['text', textCell({ max: 2 }), 'abc', '✗ 超过 2 个字'],
    ['plate', plateCell(), ' 鲁b·12345 ', '鲁B12345'],
    ['plate', plateCell(), '粤Z1234港', '粤Z1234港'],
    ['plate', plateCell(), '外交ABC', '外交ABC'],
    ['plate', plateCell(), '鲁B12345,鲁B12346', '✗ 不是车牌号'],
    ['plate', plateCell(), '无牌车', '✗ 不是车牌号'],
    ['plate', plateCell(), 12_345_678_901, '✗ 不是车牌号'],
    ['plates', platesCell(), '鲁B12345，鲁b12346、 鲁B12345\n粤BD12345', ['鲁B12345', '鲁B12346', '粤BD12345']],
    ['plates', platesCell(), '鲁B12345,张三', '✗ 「张三」不是车牌号'],
    ['plates', platesCell(), '，', '✗ 没有车牌号'],
    ['phone', phoneCell(), 13_800_138_000, '13800138000'],
    ['phone', phoneCell(), '+86 138-0013-8000', '+8613800138000'],
    ['phone', phoneCell(), '0532 8800 1234', '053288001234'],
    ['phone', phoneCell(), '1.38E+10', '✗ 号码被表格软件写成了科学计数法，请把该列设为文本格式后重新填写'],
    ['phone', phoneCell(), '张三', '✗ 不是电话号码'],
    ['integer', integerCell(), '1,200', 1200],
    ['integer', integerCell(), 3, 3],
    ['integer', integerCell(), '3.0', 3],
    ['integer', integerCell(), 3.5, '✗ 应为整数'],
    ['integer', integerCell({ min: 1, max: 9 }), 0, '✗ 应在 1 到 9 之间'],
    ['yuan', yuanCell(), 12.5, 1250],
    ['yuan', yuanCell(), 0.07, 7],
    ['yuan', yuanCell(), 1.15, 115],
    ['yuan', yuanCell(), '¥1,234.50', 123450],
    ['yuan', yuanCell(), '１２．５元', 1250],
    ['yuan', yuanCell(), '12.500', 1250],
    ['yuan', yuanCell(), 12.345, '✗ 金额最多两位小数'],
    ['yuan', yuanCell(), -1, '✗ 金额应在 0 到 100000 元之间'],
    ['yuan', yuanCell({ min: -500 }), '-1.05', -105],
    ['yuan', yuanCell(), '免费', '✗ 应为金额（元）'],
    ['date', dateCell(), '2026-03-02', at('2026-03-02T00:00')],
    ['date', dateCell(), '2026/3/2 8:05', at('2026-03-02T08:05')],
    ['date', dateCell(), '2026.3.2', at('2026-03-02T00:00')],
    ['date', dateCell(), '2026年3月2日 8时05分09秒', at('2026-03-02T08:05:09')],
    ['date', dateCell(), '2026年3月2日', at('2026-03-02T00:00')],
    ['date', dateCell(), '20260302', at('2026-03-02T00:00')],
    ['date', dateCell(), '2026-03-02T08:05:09', at('2026-03-02T08:05:09')],
    ['date', dateCell(), dateTime(at('2026-03-02T08:05:09')), at('2026-03-02T08:05:09')],
    ['date, end', dateCell({ dayMeans: 'end' }), '2026-03-02', at('2026-03-02T23:59:59')],
    ['date, end', dateCell({ dayMeans: 'end' }), dateOnly(at('2026-03-02T00:00')), at('2026-03-02T23:59:59')],
    ['date, end', dateCell({ dayMeans: 'end' }), '2026-03-02 12:00', at('2026-03-02T12:00')],
    ['date', dateCell(), '2026-02-30', '✗ 应为日期，例如 2026-03-02 或 2026-03-02 08:05:09'],
    ['date', dateCell(), '3/2/2026', '✗ 应为日期，例如 2026-03-02 或 2026-03-02 08:05:09'],
    ['date', dateCell(), 46083, '✗ 应为日期，例如 2026-03-02 或 2026-03-02 08:05:09'],
    ['choice', choiceCell({ 包月: 'monthly', 储值: 'stored', Monthly: 'monthly' }), ' monthly', 'monthly'],
    ['choice', choiceCell({ 包月: 'monthly', 储值: 'stored' }), '年卡', '✗ 应为以下之一：包月、储值'],
    ['yes or no', yesNoCell(), '是', true],
    ['yes or no', yesNoCell(), false, false],
    ['yes or no', yesNoCell(), 1, true],
  ])('%s: %#', (_, schema, cell, expected) => {
    expect(meaning(schema, cell)).toEqual(expected);
  });
});
