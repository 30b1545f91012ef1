import { z } from 'zod';
import { type Berth, berthSideSchema } from '../../../../shared/domain/berth.ts';
import { ConflictError } from '../../runtime/errors.ts';
import { choiceCell, integerCell, textCell, yesNoCell } from '../../tables/cells.ts';
import type { BerthChange, Berths } from '../berths.ts';
import type { ImportContext, TableKind } from './kind.ts';
import { given, tableKind } from './table-kind.ts';
import { sideWords, wordOf } from './words.ts';

const row = z.object({
  code: z.string(),
  number: z.int().nullable(),
  area: z.string(),
  road: z.string().nullable(),
  side: berthSideSchema.nullable(),
  position: z.int().nullable(),
  sensor: z.string().nullable(),
  camera: z.string().nullable(),
  inUse: z.boolean().nullable(),
});
type Row = z.output<typeof row>;

/** Where a refusal is shown. */
const COLUMN_OF: Readonly<Record<string, string>> = {
  'berth-number-taken': '序号',
  'berth-area-unknown': '路段',
  'sensor-unfit': '地磁设备',
  'camera-unfit': '视频设备',
  'berth-occupied': '启用',
};

/** 泊位. Known by the code on the ground. */
export const berthTable = (berths: Berths): TableKind => {
  const putOf = (value: Row, context: ImportContext): BerthChange => ({
    code: value.code,
    number: value.number ?? undefined,
    // People know a road section by its name; a name that nobody knows is refused as though it were an id.
    areaId: berths.areaNamed(value.area) ?? value.area,
    road: given(context, 'road', value.road, ''),
    side: value.side ?? undefined,
    position: value.position ?? undefined,
    sensor: given(context, 'sensor', value.sensor, null),
    camera: given(context, 'camera', value.camera, null),
    inUse: value.inUse ?? undefined,
  });
  return tableKind({
    what: 'berths',
    title: '泊位',
    columns: {
      code: { titles: ['泊位编号', '泊位号', '编号'], cell: textCell({ max: 36 }), required: true },
      number: { titles: ['序号'], cell: integerCell({ min: 1, max: 9999 }), required: false },
      area: { titles: ['路段', '区域', '路段（区域）'], cell: textCell({ max: 60 }), required: true },
      road: { titles: ['道路', '道路名称'], cell: textCell({ max: 60 }), required: false },
      side: { titles: ['侧', '道路侧'], cell: choiceCell(sideWords), required: false },
      position: { titles: ['位置', '位置顺序'], cell: integerCell({ max: 99_999 }), required: false },
      sensor: { titles: ['地磁设备', '地磁'], cell: textCell({ max: 40 }), required: false },
      camera: { titles: ['视频设备', '视频'], cell: textCell({ max: 40 }), required: false },
      inUse: { titles: ['启用', '是否启用'], cell: yesNoCell(), required: false },
    },
    row,
    uniqueBy: ['code'],
    judge: () => {
      const numbers = new Set<number>();
      let numbered: boolean | undefined;
      return ({ number }) => {
        numbered ??= number !== null;
        // A number that is given on the way could be one that a later row asks for.
        if (numbered !== (number !== null))
          return [{ column: 'number', reason: '有的行填了序号，有的行没有：请全部填写，或全部留空自动编号' }];
        if (number === null) return [];
        if (numbers.has(number)) return [{ column: 'number', reason: `序号 ${number} 在文件中不止一行` }];
        numbers.add(number);
        return [];
      };
    },
    check: (read, value, context) => {
      try {
        return berths.compare(read, read.berths.byCode(value.code), putOf(value, context));
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error;
        return { column: COLUMN_OF[error.reason] ?? '', reason: error.message };
      }
    },
    apply: (tx, value, context) =>
      berths.putIn(tx, tx.berths.byCode(value.code), putOf(value, context), context.actor).change ?? 'unchanged',
    sheet: [
      { title: '泊位编号', width: 20, cell: (berth: Berth) => berth.code },
      { title: '序号', numbers: 'integer', cell: (berth) => berth.number },
      { title: '路段', width: 18, cell: (berth) => berths.titleOfArea(berth.areaId) },
      { title: '道路', width: 18, cell: (berth) => berth.road },
      { title: '侧', cell: (berth) => wordOf(sideWords, berth.side) },
      { title: '位置', numbers: 'integer', cell: (berth) => berth.position },
      { title: '地磁设备', width: 16, cell: (berth) => berth.sensor },
      { title: '视频设备', width: 16, cell: (berth) => berth.camera },
      { title: '启用', cell: (berth) => (berth.inUse ? '是' : '否') },
    ],
    // All of them, by number: a register of berths is no longer than that, and in the order of ids nobody would find anything.
    after: (read, id) => (id === '' ? read.berths.all() : []),
    wanted: (berth, { type, state, text, road }) =>
      (road === undefined || berth.road === road) &&
      (type === undefined || berth.areaId === type) &&
      (state === undefined || berth.inUse === (state === 'in-use')) &&
      (text === undefined || [berth.code, berth.road].some((part) => part.toLowerCase().includes(text.toLowerCase()))),
  });
};
