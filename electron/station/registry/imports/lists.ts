import { z } from 'zod';
import { type ListEntry, listColorSchema, listKindSchema, listStrategySchema } from '../../../../shared/domain/list.ts';
import { vehicleClassSchema } from '../../../../shared/domain/vehicle.ts';
import { dateTime } from '../../tables/cell.ts';
import { choiceCell, dateCell, plateCell, textCell } from '../../tables/cells.ts';
import { sameContent } from '../common.ts';
import type { ListPut, Lists } from '../lists.ts';
import type { ImportContext, TableKind } from './kind.ts';
import { given, tableKind } from './table-kind.ts';
import { ANY_COLOR, classWords, colorWords, listWords, strategyWords, wordOf } from './words.ts';

const row = z.object({
  list: listKindSchema,
  plate: z.string(),
  // Rows that an older version staged have none.
  plateColor: listColorSchema.nullable().default(null),
  strategy: listStrategySchema.nullable(),
  vehicleClass: vehicleClassSchema.nullable(),
  validFrom: z.int().nullable(),
  validTo: z.int().nullable(),
  remark: z.string().nullable(),
});

const putOf = (value: z.output<typeof row>, context: ImportContext): ListPut => ({
  list: value.list,
  plate: value.plate,
  plateColor: value.plateColor,
  // An empty cell of these means "as usual", which an entry that stands already has.
  strategy: value.strategy ?? undefined,
  validFrom: value.validFrom ?? undefined,
  validTo: value.validTo ?? undefined,
  vehicleClass: given(context, 'vehicleClass', value.vehicleClass, null),
  remark: given(context, 'remark', value.remark, ''),
});

export const listTable = (lists: Lists): TableKind =>
  tableKind({
    what: 'lists',
    title: '黑白名单',
    columns: {
      list: { titles: ['名单', '名单类型', '类型'], cell: choiceCell(listWords), required: true },
      plate: { titles: ['车牌', '车牌号', '车牌号码'], cell: plateCell(), required: true },
      plateColor: {
        titles: ['车牌颜色', '颜色'],
        cell: choiceCell({ [ANY_COLOR]: null, ...colorWords }),
        required: false,
      },
      strategy: { titles: ['策略', '管控方式'], cell: choiceCell(strategyWords), required: false },
      vehicleClass: { titles: ['车型'], cell: choiceCell(classWords), required: false },
      validFrom: { titles: ['有效期起', '开始时间'], cell: dateCell(), required: false },
      validTo: { titles: ['有效期止', '结束时间'], cell: dateCell({ dayMeans: 'end' }), required: false },
      remark: { titles: ['备注', '原因'], cell: textCell({ max: 50 }), required: false },
    },
    row,
    uniqueBy: ['list', 'plate', 'plateColor'],
    blankIsOne: ['plateColor'],
    judge: () => (value) =>
      value.validFrom !== null && value.validTo !== null && value.validTo < value.validFrom
        ? [{ column: 'validTo', reason: '早于开始时间' }]
        : [],
    check: (read, value, context) => {
      const known = read.lists.find(value.list, value.plate, value.plateColor);
      const entry = lists.entryOf(known, putOf(value, context), context.actor);
      return known ? (sameContent(known, entry) ? 'unchanged' : 'updated') : 'added';
    },
    apply: (tx, value, context) => lists.putIn(tx, putOf(value, context), context.actor).change ?? 'unchanged',
    sheet: [
      { title: '名单', cell: (entry: ListEntry) => wordOf(listWords, entry.list) },
      { title: '车牌', cell: (entry) => entry.plate },
      { title: '车牌颜色', cell: (entry) => wordOf(colorWords, entry.plateColor) ?? ANY_COLOR },
      { title: '策略', cell: (entry) => wordOf(strategyWords, entry.strategy) },
      { title: '车型', cell: (entry) => wordOf(classWords, entry.vehicleClass) },
      { title: '有效期起', width: 20, cell: (entry) => dateTime(entry.validFrom) },
      { title: '有效期止', width: 20, cell: (entry) => dateTime(entry.validTo) },
      { title: '备注', width: 30, cell: (entry) => entry.remark },
      { title: '来源', cell: (entry) => entry.source },
    ],
    after: (read, id, limit) => read.lists.after(id, limit),
    wanted: (entry, { plate, type }) =>
      (plate === undefined || entry.plate.includes(plate)) && (type === undefined || entry.list === type),
  });
