import type { Calendar } from '../../../shared/domain/calendar.ts';
import { fenToYuanText } from '../../../shared/domain/money.ts';
import type { Tariff } from '../../../shared/domain/tariff.ts';
import { type EpochMs, shanghaiDateTime } from '../../../shared/domain/time.ts';
import { html, raw } from '../evidence/markup.ts';
import type { Cell } from '../tables/cell.ts';
import { type Sheet, yuan } from '../tables/sheet.ts';
import { xlsxChunks } from '../tables/xlsx-write.ts';
import { type PriceRow, TABLE_MINUTES } from '../tariff/table.ts';
import { audienceText, classWords, daysText, lengthText, wordOf } from './words.ts';

export interface TableFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

export interface PriceTable {
  readonly tariff: Tariff;
  readonly calendar: Calendar;
  readonly rows: readonly PriceRow[];
  readonly at: EpochMs;
}

const FIXED = ['车型', '适用', '日期类型', '入场时间', '免费（分钟）'] as const;

const fixedCells = ({ tariff, calendar }: PriceTable, row: PriceRow): readonly [string, string, string, string] => {
  const rule = tariff.rules[row.rule];
  return [
    wordOf(classWords, row.vehicleClass),
    rule === undefined ? '' : audienceText(rule),
    daysText(row.dayTypes, row.seasons, calendar.seasons),
    row.entry,
  ];
};

const headOf = ({ tariff, at }: PriceTable): string =>
  `${tariff.version === undefined ? '草稿' : `第 ${tariff.version} 版`}；单位：元；制表时间：${shanghaiDateTime(at)}`;

/** One page for the wall or the file, as HTML that needs nothing else. */
function asHtml(table: PriceTable): Buffer {
  const heads = [...FIXED, ...TABLE_MINUTES.map(lengthText)].map((title) => html`<th>${title}</th>`);
  const lines = table.rows.map((row) => {
    const cells = fixedCells(table, row).map((text) => html`<td>${text}</td>`);
    const prices = row.prices.map(({ feeFen }) => html`<td class="n">${fenToYuanText(feeFen)}</td>`);
    return html`<tr>${cells}<td class="n">${row.freeMinutes}</td>${prices}</tr>`;
  });
  const { name } = table.tariff;
  const page = html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${name} 价目表</title><style>${style}</style></head>
<body><h1>${name} 价目表</h1><p>${headOf(table)}</p>
<table><thead><tr>${heads}</tr></thead><tbody>${lines}</tbody></table>
<p>停车时间从入场时间算起；一种日期类型以制表后的第一个这样的日子为例。</p></body></html>
`;
  return Buffer.from(page.text, 'utf8');
}

const style = raw(`
@page { size: A4 landscape; margin: 12mm; }
body { margin: 0 auto; padding: 6mm; color: #111; background: #fff;
  font: 10pt/1.5 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
h1 { font-size: 18pt; margin: 0; }
table { width: 100%; border-collapse: collapse; font-size: 9pt; }
th, td { border: .2mm solid #999; padding: 1mm 1.4mm; text-align: left; }
th { background: #eee; white-space: nowrap; } thead { display: table-header-group; } tr { break-inside: avoid; }
.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
@media print { body { padding: 0; } }
`);

async function asXlsx(table: PriceTable): Promise<Buffer> {
  const rows = table.rows.map((row): readonly Cell[] => [
    ...fixedCells(table, row),
    row.freeMinutes,
    ...row.prices.map(({ feeFen }) => yuan(feeFen)),
  ]);
  const sheet: Sheet = {
    name: '价目表',
    head: [`${table.tariff.name} 价目表`, headOf(table)],
    columns: [
      ...FIXED.map((title, index) => (index === 4 ? ({ title, numbers: 'integer' } as const) : { title, width: 16 })),
      ...TABLE_MINUTES.map((minutes) => ({ title: lengthText(minutes), numbers: 'yuan' as const })),
    ],
    rows,
  };
  return joined(xlsxChunks(sheet));
}

/** The pieces of a file, together. */
export async function joined(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A price table to print, or to go on working with. */
export async function priceTableFile(table: PriceTable, format: 'html' | 'xlsx'): Promise<TableFile> {
  const name = `价目表-${table.tariff.id}.${format}`;
  return format === 'html'
    ? { name, type: 'text/html; charset=utf-8', bytes: asHtml(table) }
    : { name, type: XLSX_TYPE, bytes: await asXlsx(table) };
}
