import type { Stay } from '../../../shared/domain/stay.ts';
import { type EpochMs, fromRfc3339, shanghaiDateTime } from '../../../shared/domain/time.ts';
import type { Reader } from '../store/reader/reader.ts';
import type { StayCursor, StayFilter } from '../store/reader/requests.ts';
import { type Cell, dateTime } from '../tables/cell.ts';
import { type Sheet, type SheetColumn, yuan } from '../tables/sheet.ts';

const AT_ONCE = 500;

const money = (title: string): SheetColumn => ({ title: `${title}（元）`, width: 12, numbers: 'yuan' });
const moment = (title: string): SheetColumn => ({ title, width: 20 });

const columns: readonly SheetColumn[] = [
  ...[{ title: '车牌', width: 14 }, { title: '车牌颜色' }, { title: '车型' }, { title: '停车性质' }, { title: '状态' }],
  ...[{ title: '入场车道', width: 16 }, moment('入场时间'), { title: '出场车道', width: 16 }, moment('出场时间')],
  { title: '停车时长（分钟）', numbers: 'integer' },
  ...[money('停车费'), money('优惠'), money('已收'), money('免收'), money('欠费')],
  { title: '记录编号', width: 30 },
];

const WORDS = {
  color: { blue: '蓝', yellow: '黄', green: '绿', 'yellow-green': '黄绿', white: '白', black: '黑', unknown: '' },
  vehicleClass: { small: '小型车', medium: '中型车', large: '大型车' },
  parkingType: { temporary: '临时车', monthly: '固定车', shared: '共享车位', special: '白名单' },
  status: { inside: '在场', left: '已离场', abnormal: '异常结束' },
} as const;

function rowOf(stay: Stay, now: EpochMs): readonly (Cell | null)[] {
  const end = stay.exitedAt ?? (stay.status === 'inside' ? now : null);
  return [
    stay.plate.text || stay.identity || '无牌车',
    WORDS.color[stay.plate.color],
    WORDS.vehicleClass[stay.vehicleClass],
    WORDS.parkingType[stay.parkingType],
    WORDS.status[stay.status],
    stay.entryLane.name,
    dateTime(stay.enteredAt),
    stay.exitLane?.name ?? null,
    stay.exitedAt === null ? null : dateTime(stay.exitedAt),
    end === null ? null : Math.max(0, Math.floor((end - stay.enteredAt) / 60_000)),
    ...[stay.chargeFen, stay.discountFen, stay.paidFen, stay.waivedFen, stay.owedFen].map(yuan),
    stay.uid,
  ];
}

/** All stays that match, newest entry first. Cars that come or go meanwhile neither repeat nor hide a row. */
export async function* stayRows(
  reader: Pick<Reader, 'stays'>,
  filter: Omit<StayFilter, 'offset' | 'limit'>,
  now: EpochMs,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly (Cell | null)[]> {
  let after: StayCursor | undefined;
  for (;;) {
    const { items } = await reader.stays({ ...filter, after, offset: 0, limit: AT_ONCE }, signal);
    yield* items.map((stay) => rowOf(stay, now));
    const last = items.at(-1);
    if (!last || items.length < AT_ONCE) return;
    after = { enteredAt: last.enteredAt, uid: last.uid };
  }
}

const CONDITIONS: Readonly<Record<string, string>> = {
  plate: '车牌含',
  identity: '无牌车编号含',
  status: '状态',
  from: '入场自',
  to: '入场前',
  exitedFrom: '出场自',
  exitedTo: '出场前',
  laneId: '车道',
  vehicleClass: '车型',
  parkingType: '性质',
};

function conditionText([name, value]: readonly [string, string]): string {
  const list: Readonly<Record<string, string>> =
    name === 'status' || name === 'vehicleClass' || name === 'parkingType' ? WORDS[name] : {};
  const said = /^\d{4}-\d\d-\d\dT/.test(value) ? shanghaiDateTime(fromRfc3339(value)) : (list[value] ?? value);
  return `${CONDITIONS[name] ?? name} ${said}`;
}

/** 停车记录 as a table for the spreadsheet, with the filter, the time and the person above it. */
export function staySheet(
  rows: Sheet['rows'],
  made: { readonly filter: object; readonly now: EpochMs; readonly by: string },
): Sheet {
  const narrowed = Object.entries(made.filter).filter((each): each is [string, string] => typeof each[1] === 'string');
  const conditions = narrowed.length === 0 ? '全部' : narrowed.map(conditionText).join('，');
  return {
    name: '停车记录',
    head: ['停车记录', `条件：${conditions}；导出时间：${shanghaiDateTime(made.now)}；导出人：${made.by}`],
    columns,
    rows,
  };
}
