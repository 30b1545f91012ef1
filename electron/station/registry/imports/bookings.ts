import { z } from 'zod';
import type { Booking } from '../../../../shared/domain/registry.ts';
import { dateTime } from '../../tables/cell.ts';
import { choiceCell, dateCell, phoneCell, plateCell, textCell, yuanCell } from '../../tables/cells.ts';
import { yuan } from '../../tables/sheet.ts';
import type { BookingPut, Bookings } from '../bookings.ts';
import type { ImportContext, TableKind } from './kind.ts';
import { given, tableKind } from './table-kind.ts';
import { activeWords, passesWords, wordOf } from './words.ts';

const row = z.object({
  plate: z.string(),
  from: z.int(),
  to: z.int(),
  passes: z.enum(['once', 'many']).nullable(),
  prepaidFen: z.int().nullable(),
  owner: z.string().nullable(),
  phone: z.string().nullable(),
  remark: z.string().nullable(),
});

const putOf = (value: z.output<typeof row>, context: ImportContext): BookingPut => ({
  plate: value.plate,
  from: value.from,
  to: value.to,
  passes: value.passes ?? undefined,
  prepaidFen: value.prepaidFen ?? undefined,
  owner: given(context, 'owner', value.owner, ''),
  phone: given(context, 'phone', value.phone, ''),
  remark: given(context, 'remark', value.remark, ''),
});

/** 预约车. A plate may have several bookings; the one for the very same period is updated. */
export const bookingTable = (bookings: Bookings): TableKind =>
  tableKind({
    what: 'bookings',
    title: '预约车',
    columns: {
      plate: { titles: ['车牌', '车牌号', '车牌号码'], cell: plateCell(), required: true },
      from: { titles: ['开始时间', '有效期起'], cell: dateCell(), required: true },
      to: { titles: ['结束时间', '有效期止'], cell: dateCell({ dayMeans: 'end' }), required: true },
      passes: { titles: ['次数', '进出次数'], cell: choiceCell(passesWords), required: false },
      prepaidFen: { titles: ['预付金额（元）', '预付金额'], cell: yuanCell(), required: false },
      owner: { titles: ['车主', '姓名'], cell: textCell({ max: 60 }), required: false },
      phone: { titles: ['电话', '手机', '手机号'], cell: phoneCell(), required: false },
      remark: { titles: ['备注'], cell: textCell({ max: 200 }), required: false },
    },
    row,
    uniqueBy: ['plate', 'from', 'to'],
    judge: () => (value) => (value.to < value.from ? [{ column: 'to', reason: '早于开始时间' }] : []),
    check: (read, value, context) => bookings.compare(read, putOf(value, context), context.actor),
    apply: (tx, value, context) =>
      bookings.putIn(tx, putOf(value, context), undefined, context.actor).change ?? 'unchanged',
    sheet: [
      { title: '车牌', cell: (booking: Booking) => booking.plate },
      { title: '开始时间', width: 20, cell: (booking) => dateTime(booking.from) },
      { title: '结束时间', width: 20, cell: (booking) => dateTime(booking.to) },
      { title: '次数', cell: (booking) => wordOf(passesWords, booking.passes) },
      { title: '预付金额（元）', numbers: 'yuan', cell: (booking) => yuan(booking.prepaidFen) },
      { title: '车主', cell: (booking) => booking.owner },
      { title: '电话', width: 16, cell: (booking) => booking.phone },
      { title: '已入场', numbers: 'integer', cell: (booking) => booking.used },
      { title: '状态', cell: (booking) => wordOf(activeWords, booking.state) },
      { title: '备注', width: 30, cell: (booking) => booking.remark },
    ],
    after: (read, id, limit) => read.bookings.after(id, limit),
    wanted: (booking, { plate, state }) =>
      (plate === undefined || booking.plate.includes(plate)) && (state === undefined || booking.state === state),
  });
