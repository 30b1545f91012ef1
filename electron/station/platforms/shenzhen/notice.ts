import { pauseMs } from './judge.ts';
import type { BoardContext, NewestMessage, Sight } from './newest.ts';

const NEVER = Number.POSITIVE_INFINITY;
const NOT_YET = Number.NEGATIVE_INFINITY;

/** One subject of one message, and how far the city knows it. Times are monotonic. */
export interface Notice {
  readonly message: NewestMessage;
  readonly key: string;
  dueAt: number;
  /** What the city was told last, and took. */
  told: string | undefined;
  /** Something that was sent since may have arrived. */
  isDoubtful: boolean;
  /** In a row, of the same news. */
  failures: number;
  failedNews: string | undefined;
  isSending: boolean;
  /** When something of it was sent last. */
  endedAt: number;
}

export const newNotice = (message: NewestMessage, key: string): Notice => ({
  ...{ message, key, dueAt: NEVER, told: undefined, isDoubtful: false, failures: 0, failedNews: undefined },
  ...{ isSending: false, endedAt: NOT_YET },
});

/** Says when it is told next, by what there is to tell now. */
export function plan(notice: Notice, sight: Sight | undefined, context: BoardContext): void {
  const { message, told, endedAt } = notice;
  if (sight === undefined) {
    notice.dueAt = NEVER;
    return;
  }
  const every = message.everyMs(context);
  const isKnown = sight.news === told;
  // Also what was to be heard of by the clock alone: a device that is silent for too long counts as faulty.
  if (notice.failures > 0 && sight.news === notice.failedNews)
    notice.dueAt = endedAt + pauseMs(notice.failures, context.settings);
  else if (isKnown && !notice.isDoubtful) notice.dueAt = every === null ? NEVER : endedAt + every;
  else {
    notice.failures = 0;
    notice.dueAt = Math.max(context.clock.monotonic(), endedAt + message.quietMs(context));
  }
}

/** It was sent, and this is what came of it. */
export function note(
  notice: Notice,
  news: string,
  { isDone, maybeArrived }: { readonly isDone: boolean; readonly maybeArrived: boolean },
): void {
  if (isDone) {
    Object.assign(notice, { told: news, isDoubtful: false, failures: 0, failedNews: undefined });
    return;
  }
  notice.failures = notice.failedNews === news ? notice.failures + 1 : 1;
  notice.failedNews = news;
  notice.isDoubtful ||= maybeArrived;
}

/** What goes next: the first that is due, none before what ranks below it was tried, and up to `most` of the same message. */
export function nextOf(notices: Iterable<Notice>, now: number, most: number): Notice[] | undefined {
  let found: Notice[] = [];
  let barrier = NEVER;
  for (const notice of notices) {
    const { rank } = notice.message;
    const isDue = !notice.isSending && notice.dueAt <= now;
    if (notice.isSending || (isDue && notice.endedAt === NOT_YET)) barrier = Math.min(barrier, rank);
    if (!isDue) continue;
    const best = found[0]?.message;
    if (best === undefined || rank < best.rank) found = [notice];
    else if (notice.message === best && found.length < most) found.push(notice);
  }
  const rank = found[0]?.message.rank;
  return rank === undefined || rank > barrier ? undefined : found;
}
