import type { EpochMs } from '../../../../shared/domain/time.ts';
import { sleep } from '../../runtime/clock.ts';
import { errorText } from '../../runtime/errors.ts';
import type { Clock } from '../../runtime/ports.ts';
import type { StationServices } from '../platform.ts';
import { type KeytopContext, type KeytopReply, notDone, rows } from './context.ts';
import { isUnlicensedWord, plateOf, toSlashed } from './fields.ts';
import { photoLink } from './photo-links.ts';
import { placeOf } from './places.ts';

/** The booth's report as the third party reads it (下行1.1, 1.2): one row for each exit, by the time of leaving. */

type Search = StationServices['search'];
type ExitFilter = Parameters<Search['exitRecords']>[0];
type ExitRow = Awaited<ReturnType<Search['exitRecords']>>['items'][number];

interface Asked {
  readonly startTime: EpochMs;
  readonly endTime: EpochMs;
  readonly pageIndex: number;
  readonly pageCount: number;
  readonly plate?: string;
  readonly entryPlace?: string;
  readonly leavePlace?: string;
}

/** Rows of one answer; more of them nobody reads on one page. */
const MOST_ROWS = 10_000;
/** Rows that are made before a car that came meanwhile has its turn. */
const AT_ONCE = 250;

export async function exitsFound(asked: Asked, at: EpochMs, context: KeytopContext): Promise<KeytopReply> {
  const { startTime, endTime, pageIndex, pageCount, plate, entryPlace = '', leavePlace = '' } = asked;
  if (endTime < startTime) return notDone('结束时间早于开始时间');
  const filter = {
    // Both ends count to the second.
    ...{ from: startTime, to: endTime + 1000 },
    ...carsMeant(plate ?? '', context.settings),
    ...(entryPlace === '' ? {} : { entryPlace: placeFilter(entryPlace, 'in', context) }),
    ...(leavePlace === '' ? {} : { exitPlace: placeFilter(leavePlace, 'out', context) }),
  };
  const begin = Math.min((pageIndex - 1) * pageCount, Number.MAX_SAFE_INTEGER);
  return searched(context, async (search) => {
    const first = await search.exitRecords({ ...filter, offset: begin, limit: Math.min(pageCount, AT_ONCE) });
    const wanted = Math.max(0, Math.min(pageCount, first.total - begin));
    if (wanted > MOST_ROWS) return notDone(`每页最多 ${MOST_ROWS} 条，请减小每页数量`);
    const detail = first.items.map((item) => rowOf(item, at, context));
    while (detail.length < wanted) {
      const window = { offset: begin + detail.length, limit: Math.min(AT_ONCE, wanted - detail.length) };
      const { items } = await search.exitRecords({ ...filter, ...window, uncounted: true });
      if (items.length === 0) break;
      detail.push(...items.map((item) => rowOf(item, at, context)));
    }
    return rows([{ totalNum: String(first.total), detail }]);
  });
}

/** A part of a plate, or all cars without one by the words that they are told by. */
export const carsMeant = (plate: string, settings: KeytopContext['settings']) => {
  if (isUnlicensedWord(plate, settings)) return { unlicensed: true };
  return plate === '' ? {} : { plate };
};

/** Rows of what was found, with a pause after some of them: an address of a picture is signed. */
export async function rowsFrom<T>(
  found: readonly T[],
  clock: Clock,
  rowFrom: (one: T) => Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>[]> {
  const made: Readonly<Record<string, unknown>>[] = [];
  for (const [index, one] of found.entries()) {
    if (index > 0 && index % AT_ONCE === 0) await sleep(clock, 0);
    made.push(rowFrom(one));
  }
  return made;
}

/** A search that could not be made is no empty list. */
export async function searched(
  { station, log }: Pick<KeytopContext, 'station' | 'log'>,
  task: (search: Search) => Promise<KeytopReply>,
): Promise<KeytopReply> {
  try {
    return await task(station().search);
  } catch (error) {
    log.warn('a search for the third party was not made', { error: errorText(error) });
    return notDone('查询繁忙，请稍后再试');
  }
}

/** A lane by its name is found by the name that it had then; otherwise by what it is called now. */
function placeFilter(
  part: string,
  direction: 'in' | 'out',
  context: KeytopContext,
): NonNullable<ExitFilter['entryPlace']> {
  if (context.settings.placeAs === 'name') return { part };
  const wanted = part.toLowerCase();
  const lanes = context.station().lanes.lanes();
  return {
    ids: lanes
      .filter(({ id, name }) =>
        placeOf({ laneId: id, laneName: name }, direction, context).toLowerCase().includes(wanted),
      )
      .map(({ id }) => id),
  };
}

function rowOf(row: ExitRow, at: EpochMs, context: KeytopContext): Readonly<Record<string, string>> {
  const { settings } = context;
  return {
    id: row.uid,
    plateNo: plateOf({ plate: { text: row.plate, kind: row.plateKind, color: 'unknown' }, identity: row.identity }),
    entryTime: toSlashed(row.enteredAt, settings),
    entryPlace: placeOf({ laneId: row.entryLaneId, laneName: row.entryLane }, 'in', context),
    leaveTime: toSlashed(row.exitedAt, settings),
    leavePlace: placeOf({ laneId: row.exitLaneId, laneName: row.exitLane }, 'out', context),
    imgName: settings.photo.form === 'none' ? '' : photoLink(row.photoId, at, context),
    payable: String(row.paidFen),
    cashUser: row.operator ?? '',
    cashTime: toSlashed(row.paidAt ?? row.exitedAt, settings),
  };
}
