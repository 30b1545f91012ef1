import { z } from 'zod';
import { type Debt, debtSchema } from '../../../../shared/domain/registry.ts';
import { dateTime } from '../../tables/cell.ts';
import { choiceCell, dateCell, plateCell, textCell, yuanCell } from '../../tables/cells.ts';
import { yuan } from '../../tables/sheet.ts';
import type { DebtPut, Debts } from '../debts.ts';
import type { ImportContext, TableKind } from './kind.ts';
import { given, tableKind } from './table-kind.ts';
import { debtStateWords, interceptWords, wordOf } from './words.ts';

const row = z.object({
  id: z.string().nullable(),
  plate: z.string(),
  amountFen: z.int(),
  since: z.int(),
  intercept: debtSchema.shape.intercept.nullable(),
  reason: z.string().nullable(),
});
type Row = z.output<typeof row>;

const putOf = (value: Row, context: ImportContext): DebtPut => ({
  plate: value.plate,
  amountFen: value.amountFen,
  since: value.since,
  intercept: value.intercept ?? undefined,
  reason: given(context, 'reason', value.reason, ''),
});

/** A debt without a number is known by its plate and time, so that a list that is read twice asks for the money once. */
const idOf = (value: Row): string => value.id ?? `imported-${value.plate}-${value.since}`;

/** 欠费. */
export const debtTable = (debts: Debts): TableKind =>
  tableKind({
    what: 'debts',
    title: '欠费',
    columns: {
      id: { titles: ['欠费编号', '编号'], cell: textCell({ max: 64 }), required: false },
      plate: { titles: ['车牌', '车牌号', '车牌号码'], cell: plateCell(), required: true },
      amountFen: { titles: ['金额（元）', '欠费金额', '金额'], cell: yuanCell({ min: 1 }), required: true },
      since: { titles: ['发生时间', '欠费时间'], cell: dateCell(), required: true },
      intercept: { titles: ['拦截'], cell: choiceCell(interceptWords), required: false },
      reason: { titles: ['原因', '备注'], cell: textCell({ max: 200 }), required: false },
    },
    row,
    uniqueBy: ['plate', 'since', 'amountFen'],
    judge: () => {
      const seen = new Set<string>();
      return (value) => {
        if (value.id === null || !seen.has(value.id)) {
          if (value.id !== null) seen.add(value.id);
          return [];
        }
        return [{ column: 'id', reason: '编号在文件中不止一行' }];
      };
    },
    check: (read, value, context) => debts.compare(read, putOf(value, context), idOf(value), context.actor),
    apply: (tx, value, context) =>
      debts.putIn(tx, putOf(value, context), idOf(value), context.actor).change ?? 'unchanged',
    sheet: [
      { title: '欠费编号', width: 34, cell: (debt: Debt) => debt.id },
      { title: '车牌', cell: (debt) => debt.plate },
      { title: '金额（元）', numbers: 'yuan', cell: (debt) => yuan(debt.amountFen) },
      { title: '已缴（元）', numbers: 'yuan', cell: (debt) => yuan(debt.paidFen) },
      { title: '发生时间', width: 20, cell: (debt) => dateTime(debt.since) },
      { title: '拦截', cell: (debt) => wordOf(interceptWords, debt.intercept) },
      { title: '状态', cell: (debt) => wordOf(debtStateWords, debt.state) },
      { title: '原因', width: 30, cell: (debt) => debt.reason },
      { title: '来源', cell: (debt) => debt.source },
    ],
    after: (read, id, limit) => read.debts.after(id, limit),
    wanted: (debt, { plate, state }) =>
      (plate === undefined || debt.plate.includes(plate)) && (state === undefined || debt.state === state),
  });
