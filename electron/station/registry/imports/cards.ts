import { z } from 'zod';
import type { Card } from '../../../../shared/domain/registry.ts';
import { cardTypeSchema } from '../../../../shared/domain/terms.ts';
import { vehicleClassSchema } from '../../../../shared/domain/vehicle.ts';
import type { Repositories } from '../../store/repositories.ts';
import { dateTime } from '../../tables/cell.ts';
import { choiceCell, dateCell, integerCell, phoneCell, platesCell, textCell, yuanCell } from '../../tables/cells.ts';
import { yuan } from '../../tables/sheet.ts';
import type { CardChange, Cards, NewCard } from '../cards.ts';
import type { ImportContext, TableKind } from './kind.ts';
import { given, tableKind } from './table-kind.ts';
import { cardStateWords, cardTypeWords, classWords, wordOf } from './words.ts';

const row = z.object({
  number: z.string().nullable(),
  name: z.string().nullable().default(null),
  type: cardTypeSchema,
  plates: z.array(z.string()),
  icNumbers: z.string().nullable().default(null),
  spaces: z.int().nullable(),
  owner: z.string().nullable(),
  phone: z.string().nullable(),
  room: z.string().nullable().default(null),
  validFrom: z.int().nullable(),
  validTo: z.int(),
  areas: z.string().nullable(),
  quotaId: z.string().nullable(),
  vehicleClass: vehicleClassSchema.nullable(),
  balanceFen: z.int().nullable(),
  minutesLeft: z.int().nullable(),
  timesLeft: z.int().nullable(),
  remark: z.string().nullable(),
});
type Row = z.output<typeof row>;

/** The card that a row means: the one with its number, else the one on which one of its plates stands. */
function knownCard(read: Pick<Repositories, 'cards'>, value: Row): Card | undefined {
  if (value.number !== null) return read.cards.byNumber(value.number);
  for (const plate of value.plates) {
    const [card] = read.cards.ofPlate(plate);
    if (card) return card;
  }
  return undefined;
}

const changeOf = (value: Row, context: ImportContext): CardChange => ({
  number: value.number ?? undefined,
  name: given(context, 'name', value.name, null),
  icNumbers: given(context, 'icNumbers', value.icNumbers === null ? null : listed(value.icNumbers), []),
  type: value.type,
  spaces: value.spaces ?? undefined,
  areas: given(context, 'areas', value.areas === null ? null : listed(value.areas), []),
  quotaId: given(context, 'quotaId', value.quotaId, null),
  vehicleClass: given(context, 'vehicleClass', value.vehicleClass, null),
  validFrom: value.validFrom ?? undefined,
  validTo: value.validTo,
  owner: given(context, 'owner', value.owner, null),
  phone: given(context, 'phone', value.phone, null),
  room: given(context, 'room', value.room, null),
  remark: given(context, 'remark', value.remark, null),
});

const newCardOf = (value: Row, context: ImportContext): NewCard => ({
  ...changeOf(value, context),
  type: value.type,
  plates: value.plates,
  validTo: value.validTo,
  share: context.sharePlates,
  balanceFen: value.balanceFen ?? 0,
  minutesLeft: value.minutesLeft ?? 0,
  timesLeft: value.timesLeft ?? 0,
});

/** As the list searches: without regard to capitals. */
const hasPart = (whole: string, part: string): boolean => whole.toLowerCase().includes(part.toLowerCase());

const listed = (text: string): string[] => text.split(/[\s,，、;；]+/).filter((part) => part !== '');

/**
 * 固定车. What a card holds (balance, minutes, passes) is taken from the file for new cards only: a list that is read a second time
 * must not give back what was used since.
 */
export const cardTable = (cards: Cards): TableKind =>
  tableKind({
    what: 'cards',
    title: '固定车',
    columns: {
      number: { titles: ['卡号', '编号'], cell: textCell({ max: 40 }), required: false },
      name: { titles: ['卡片名称', '名称'], cell: textCell({ max: 60 }), required: false },
      type: { titles: ['类型', '卡类型', '车辆类型'], cell: choiceCell(cardTypeWords), required: true },
      plates: { titles: ['车牌', '车牌号', '车牌号码'], cell: platesCell(), required: true },
      icNumbers: { titles: ['IC 卡号', 'IC卡号'], cell: textCell({ max: 1000 }), required: false },
      spaces: { titles: ['车位数'], cell: integerCell({ min: 1, max: 1000 }), required: false },
      owner: { titles: ['车主', '姓名', '车主姓名'], cell: textCell({ max: 60 }), required: false },
      phone: { titles: ['电话', '手机', '手机号', '联系电话'], cell: phoneCell(), required: false },
      room: { titles: ['房间号', '房号'], cell: textCell({ max: 40 }), required: false },
      validFrom: { titles: ['有效期起', '开始时间', '开始日期'], cell: dateCell(), required: false },
      validTo: {
        titles: ['有效期止', '结束时间', '结束日期', '到期日期'],
        cell: dateCell({ dayMeans: 'end' }),
        required: true,
      },
      areas: { titles: ['区域', '授权区域'], cell: textCell({ max: 400 }), required: false },
      quotaId: { titles: ['预留车位组'], cell: textCell({ max: 40 }), required: false },
      vehicleClass: { titles: ['车型'], cell: choiceCell(classWords), required: false },
      balanceFen: { titles: ['余额', '余额（元）'], cell: yuanCell(), required: false },
      minutesLeft: { titles: ['剩余分钟', '剩余时长'], cell: integerCell({ max: 10_000_000 }), required: false },
      timesLeft: { titles: ['剩余次数'], cell: integerCell({ max: 10_000_000 }), required: false },
      remark: { titles: ['备注'], cell: textCell({ max: 200 }), required: false },
    },
    row,
    uniqueBy: ['number'],
    judge: (sharePlates) => {
      const seen = new Set<string>();
      return (value) => {
        const faults: { column: 'plates' | 'validTo'; reason: string }[] = [];
        for (const plate of value.plates) {
          if (seen.has(plate) && !sharePlates)
            faults.push({ column: 'plates', reason: `车牌 ${plate} 在文件中不止一行` });
          seen.add(plate);
        }
        if (value.plates.length > 50) faults.push({ column: 'plates', reason: '一张卡最多 50 个车牌' });
        if (value.validFrom !== null && value.validTo < value.validFrom)
          faults.push({ column: 'validTo', reason: '早于有效期起' });
        return faults;
      };
    },
    check: (read, value, context) =>
      cards.compare(read, knownCard(read, value), newCardOf(value, context), context.actor),
    apply: (tx, value, context) => {
      const known = knownCard(tx, value);
      if (!known) {
        cards.createIn(tx, newCardOf(value, context), context.actor, 'imported');
        return 'added';
      }
      const set = { how: 'set', plates: value.plates, share: context.sharePlates } as const;
      const changed = cards.changeIn(tx, known.id, changeOf(value, context), set, context.actor, 'imported');
      return changed ? 'updated' : 'unchanged';
    },
    sheet: [
      { title: '卡号', width: 16, cell: (card: Card) => card.number },
      { title: '类型', cell: (card) => wordOf(cardTypeWords, card.type) },
      { title: '车牌', width: 24, cell: (card) => card.plates.join('、') },
      { title: '车位数', numbers: 'integer', cell: (card) => card.spaces },
      { title: '车主', cell: (card) => card.owner },
      { title: '电话', width: 16, cell: (card) => card.phone },
      { title: '有效期起', width: 20, cell: (card) => dateTime(card.validFrom) },
      { title: '有效期止', width: 20, cell: (card) => dateTime(card.validTo) },
      { title: '区域', cell: (card) => card.areas.join('、') },
      { title: '预留车位组', cell: (card) => card.quotaId },
      { title: '车型', cell: (card) => wordOf(classWords, card.vehicleClass) },
      { title: '余额（元）', numbers: 'yuan', cell: (card) => yuan(card.balanceFen) },
      { title: '剩余分钟', numbers: 'integer', cell: (card) => card.minutesLeft },
      { title: '剩余次数', numbers: 'integer', cell: (card) => card.timesLeft },
      { title: '状态', cell: (card) => wordOf(cardStateWords, card.state) },
      { title: '备注', width: 30, cell: (card) => card.remark },
      { title: '卡片名称', cell: (card) => card.name },
      { title: 'IC 卡号', width: 20, cell: (card) => card.icNumbers.join('、') },
      { title: '房间号', cell: (card) => card.room },
    ],
    after: (read, id, limit) => read.cards.after(id, limit),
    wanted: (card, { plate, type, state, text, endsAfter, endsBefore }) =>
      (text === undefined ||
        [card.number, card.owner, card.name, card.room, ...card.icNumbers].some((each) => hasPart(each, text))) &&
      (endsAfter === undefined || card.validTo >= endsAfter) &&
      (endsBefore === undefined || card.validTo < endsBefore) &&
      (plate === undefined || card.plates.some((each) => each.includes(plate))) &&
      (type === undefined || card.type === type) &&
      (state === undefined || card.state === state),
  });
