import { z } from 'zod';
import type { Visitor } from '../../../../shared/domain/registry.ts';
import { dateTime } from '../../tables/cell.ts';
import { dateCell, integerCell, plateCell, textCell } from '../../tables/cells.ts';
import type { VisitorPut, Visitors } from '../visitors.ts';
import type { ImportContext, TableKind } from './kind.ts';
import { given, tableKind } from './table-kind.ts';
import { activeWords, wordOf } from './words.ts';

const row = z.object({
  plate: z.string(),
  name: z.string().nullable(),
  host: z.string().nullable(),
  from: z.int(),
  to: z.int(),
  visitsLeft: z.int().nullable(),
  freeMinutes: z.int().nullable(),
  remark: z.string().nullable(),
});

const putOf = (value: z.output<typeof row>, context: ImportContext): VisitorPut => ({
  plate: value.plate,
  from: value.from,
  to: value.to,
  name: given(context, 'name', value.name, ''),
  host: given(context, 'host', value.host, ''),
  visitsLeft: given(context, 'visitsLeft', value.visitsLeft, null),
  freeMinutes: given(context, 'freeMinutes', value.freeMinutes, null),
  remark: given(context, 'remark', value.remark, ''),
});

/** 访客车. A plate may be announced several times; the visit in the very same period is updated. */
export const visitorTable = (visitors: Visitors): TableKind =>
  tableKind({
    what: 'visitors',
    title: '访客车',
    columns: {
      plate: { titles: ['车牌', '车牌号', '车牌号码'], cell: plateCell(), required: true },
      name: { titles: ['访客', '姓名', '访客姓名'], cell: textCell({ max: 60 }), required: false },
      host: { titles: ['被访人', '访问对象'], cell: textCell({ max: 60 }), required: false },
      from: { titles: ['开始时间', '有效期起'], cell: dateCell(), required: true },
      to: { titles: ['结束时间', '有效期止'], cell: dateCell({ dayMeans: 'end' }), required: true },
      visitsLeft: { titles: ['剩余次数', '次数'], cell: integerCell(), required: false },
      freeMinutes: { titles: ['免费分钟'], cell: integerCell({ min: 1 }), required: false },
      remark: { titles: ['备注'], cell: textCell({ max: 200 }), required: false },
    },
    row,
    uniqueBy: ['plate', 'from', 'to'],
    judge: () => (value) => (value.to < value.from ? [{ column: 'to', reason: '早于开始时间' }] : []),
    check: (read, value, context) => visitors.compare(read, putOf(value, context), context.actor),
    apply: (tx, value, context) =>
      visitors.putIn(tx, putOf(value, context), undefined, context.actor).change ?? 'unchanged',
    sheet: [
      { title: '车牌', cell: (visitor: Visitor) => visitor.plate },
      { title: '访客', cell: (visitor) => visitor.name },
      { title: '被访人', cell: (visitor) => visitor.host },
      { title: '开始时间', width: 20, cell: (visitor) => dateTime(visitor.from) },
      { title: '结束时间', width: 20, cell: (visitor) => dateTime(visitor.to) },
      { title: '剩余次数', numbers: 'integer', cell: (visitor) => visitor.visitsLeft },
      { title: '免费分钟', numbers: 'integer', cell: (visitor) => visitor.freeMinutes },
      { title: '状态', cell: (visitor) => wordOf(activeWords, visitor.state) },
      { title: '备注', width: 30, cell: (visitor) => visitor.remark },
    ],
    after: (read, id, limit) => read.visitors.after(id, limit),
    wanted: (visitor, { plate, state }) =>
      (plate === undefined || visitor.plate.includes(plate)) && (state === undefined || visitor.state === state),
  });
