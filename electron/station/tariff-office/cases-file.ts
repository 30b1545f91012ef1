import type { AcceptanceCase } from '../../../shared/domain/tariff.ts';
import { type EpochMs, fromRfc3339, shanghaiDateTime, toRfc3339 } from '../../../shared/domain/time.ts';
import { type Cell, dateTime } from '../tables/cell.ts';
import { choiceCell, dateCell, textCell, yuanCell } from '../tables/cells.ts';
import type { RowOf } from '../tables/columns.ts';
import { csvChunks } from '../tables/csv-write.ts';
import { type RowFault, readTable } from '../tables/read-table.ts';
import { type Sheet, yuan } from '../tables/sheet.ts';
import { xlsxChunks } from '../tables/xlsx-write.ts';
import { MOST_CASES } from './cases.ts';
import { joined, type TableFile, XLSX_TYPE } from './price-table-file.ts';
import { classWords, plateColorWords, plateKindWords, wordOf } from './words.ts';

const columns = {
  name: { titles: ['用例名称', '名称', '用例'], cell: textCell({ max: 100 }), required: true },
  enteredAt: { titles: ['入场时间', '进场时间'], cell: dateCell(), required: true },
  exitedAt: { titles: ['出场时间', '离场时间'], cell: dateCell(), required: true },
  vehicleClass: { titles: ['车型'], cell: choiceCell(classWords), required: true },
  plateKind: { titles: ['号牌种类'], cell: choiceCell(plateKindWords), required: false },
  plateColor: { titles: ['车牌颜色', '号牌颜色'], cell: choiceCell(plateColorWords), required: false },
  cardType: { titles: ['卡类型'], cell: textCell({ max: 40 }), required: false },
  areaId: { titles: ['区域编号', '区域'], cell: textCell({ max: 40 }), required: false },
  feeFen: { titles: ['应收（元）', '应收金额', '费用'], cell: yuanCell(), required: true },
  working: { titles: ['计算过程', '说明'], cell: textCell({ max: 500 }), required: false },
} as const;

export interface CasesRead {
  /** Nothing is wrong anywhere: only then may the cases be taken. */
  readonly ok: boolean;
  readonly cases: readonly AcceptanceCase[];
  readonly faults: readonly RowFault[];
  readonly unknownColumns: readonly string[];
}

/**
 * Acceptance cases out of a CSV or XLSX file.
 *
 * @throws ConflictError when the file as a whole cannot be read
 */
export async function readCases(bytes: Uint8Array, fileName: string): Promise<CasesRead> {
  const result = await readTable({ bytes, fileName }, columns, {
    limit: MOST_CASES,
    uniqueBy: ['name'],
    check: (row) => (row.exitedAt < row.enteredAt ? [{ column: 'exitedAt', reason: '早于入场时间' }] : []),
  });
  const headerFaults = result.headerFaults.map(({ title, reason }) => ({
    ...{ rowNumber: 0, column: title, value: '', reason },
  }));
  return {
    ok: result.ok,
    cases: result.rows.map((row) => caseOf(row.value)),
    faults: [...headerFaults, ...result.faults],
    unknownColumns: result.unknownColumns,
  };
}

function caseOf(row: RowOf<typeof columns>): AcceptanceCase {
  const { plateKind, plateColor, cardType, areaId, working } = row;
  return {
    name: row.name,
    enteredAt: toRfc3339(row.enteredAt),
    exitedAt: toRfc3339(row.exitedAt),
    vehicleClass: row.vehicleClass,
    ...(plateKind === null ? {} : { plateKind }),
    ...(plateColor === null ? {} : { plateColor }),
    ...(cardType === null ? {} : { cardType }),
    ...(areaId === null ? {} : { areaId }),
    feeFen: row.feeFen,
    ...(working === null ? {} : { working }),
  };
}

/** The cases of a tariff as the file that {@link readCases} reads again. */
export async function casesFile(
  tariffId: string,
  cases: readonly AcceptanceCase[],
  wanted: { readonly format: 'csv' | 'xlsx'; readonly by: string; readonly at: EpochMs },
): Promise<TableFile> {
  const { format } = wanted;
  const sheet: Sheet = {
    name: '验收用例',
    head: [
      `验收用例：${tariffId}`,
      `共 ${cases.length} 条；导出时间：${shanghaiDateTime(wanted.at)}；导出人：${wanted.by}`,
    ],
    columns: Object.entries(columns).map(([key, { titles }]) => ({
      title: titles[0],
      ...(key === 'feeFen' ? { numbers: 'yuan' as const } : {}),
      ...(key === 'name' || key === 'working' ? { width: 40 } : {}),
      ...(key === 'enteredAt' || key === 'exitedAt' ? { width: 20 } : {}),
    })),
    rows: cases.map((one): readonly (Cell | null)[] => [
      one.name,
      dateTime(fromRfc3339(one.enteredAt)),
      dateTime(fromRfc3339(one.exitedAt)),
      wordOf(classWords, one.vehicleClass),
      wordOf(plateKindWords, one.plateKind) || null,
      wordOf(plateColorWords, one.plateColor) || null,
      one.cardType ?? null,
      one.areaId ?? null,
      yuan(one.feeFen),
      one.working ?? null,
    ]),
  };
  return {
    name: `验收用例-${tariffId}.${format}`,
    type: format === 'csv' ? 'text/csv; charset=utf-8' : XLSX_TYPE,
    bytes: await joined(format === 'csv' ? csvChunks(sheet) : xlsxChunks(sheet)),
  };
}
