import { z } from 'zod';

/** The newest notice that acted, for one interface, car park and plate, and who else acted at the very same time (D14). */
export interface Mark {
  readonly at: number;
  readonly requestIds: readonly string[];
}

export interface NoticeTime {
  readonly at: number;
  readonly requestId: string;
}

const markSchema = z.object({ at: z.number(), requestIds: z.array(z.string()) });

/** More notices than this with one timestamp for one plate are not told apart by the platform's own second. */
const REMEMBERED_IDS = 50;

/** What was written is ours, yet a disk can lie: an unreadable mark counts as none, which at worst repeats a change. */
export function readMark(value: string | undefined): Mark | undefined {
  if (value === undefined) return undefined;
  try {
    const parsed = markSchema.safeParse(JSON.parse(value));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** `newest`: act. `outdated`: something newer has acted. `repeated`: this one has acted. */
export function placeOf(notice: NoticeTime, mark: Mark | undefined): 'newest' | 'outdated' | 'repeated' {
  if (mark === undefined || notice.at > mark.at) return 'newest';
  if (notice.at < mark.at) return 'outdated';
  return mark.requestIds.includes(notice.requestId) ? 'repeated' : 'newest';
}

/** The mark after `notice` acted. */
export function writeMark(notice: NoticeTime, before: Mark | undefined): string {
  const others = before?.at === notice.at ? before.requestIds : [];
  const mark: Mark = { at: notice.at, requestIds: [...others, notice.requestId].slice(-REMEMBERED_IDS) };
  return JSON.stringify(mark);
}
