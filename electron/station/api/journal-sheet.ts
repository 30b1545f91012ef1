import { type EpochMs, fromRfc3339, shanghaiDateTime } from '../../../shared/domain/time.ts';
import { plainWords, type Told, words } from '../evidence/words.ts';
import { readRow } from '../journal/rows.ts';
import type { Reader } from '../store/reader/reader.ts';
import type { JournalFilter, JournalPage } from '../store/reader/requests.ts';
import { type Cell, dateTime } from '../tables/cell.ts';
import type { Sheet, SheetColumn } from '../tables/sheet.ts';

const AT_ONCE = 500;

const columns: readonly SheetColumn[] = [
  { title: '流水号', numbers: 'integer' },
  { title: '时间', width: 20 },
  { title: '操作人', width: 14 },
  { title: '事项', width: 20 },
  { title: '内容', width: 60 },
  { title: '车道', width: 14 },
  { title: '对象编号', width: 30 },
  { title: '类别' },
  { title: '摘要（SHA-256）', width: 66 },
];

function told({ at, laneId, passageId, actor, body, ...row }: JournalPage[number]): Told {
  const reading = readRow({
    ...row,
    at_ms: at,
    lane_id: laneId,
    passage_id: passageId,
    actor_kind: actor.kind,
    actor_name: actor.name,
    body: JSON.stringify(body),
  });
  return 'event' in reading ? words(reading.event) : plainWords(row.kind, body);
}

/** The journal that matches, newest first. */
export async function* journalRows(
  reader: Pick<Reader, 'journal'>,
  filter: Omit<JournalFilter, 'before' | 'limit'>,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly (Cell | null)[]> {
  let before: number | undefined;
  for (;;) {
    const found = await reader.journal({ ...filter, before, limit: AT_ONCE }, signal);
    for (const row of found) {
      const { title, text } = told(row);
      yield [row.seq, dateTime(row.at), row.actor.name, title, text, row.laneId, row.key, row.kind, row.hash];
    }
    before = found.at(-1)?.seq;
    if (found.length < AT_ONCE || before === undefined || before === 1) return;
  }
}

const CONDITIONS: Readonly<Record<string, string>> = {
  kind: '类别',
  user: '操作人',
  key: '对象编号',
  laneId: '车道',
  from: '自',
  to: '至',
};

function conditionText([name, value]: readonly [string, string]): string {
  const said = name === 'from' || name === 'to' ? shanghaiDateTime(fromRfc3339(value)) : value;
  return `${CONDITIONS[name] ?? name} ${said}`;
}

/** 操作日志 as a table for the spreadsheet, with the filter, the time and the person above it. */
export function journalSheet(
  rows: Sheet['rows'],
  made: { readonly people: boolean; readonly filter: object; readonly now: EpochMs; readonly by: string },
): Sheet {
  const title = made.people ? '操作日志' : '系统流水';
  const narrowed = Object.entries(made.filter).filter((each): each is [string, string] => typeof each[1] === 'string');
  const conditions = narrowed.length === 0 ? '全部' : narrowed.map(conditionText).join('，');
  return {
    name: title,
    head: [title, `条件：${conditions}；导出时间：${shanghaiDateTime(made.now)}；导出人：${made.by}`],
    columns,
    rows,
  };
}
