import { z } from 'zod';
import type { PlatformId } from '../../../shared/domain/site.ts';
import { type EpochMs, parseShanghaiDateTime, shanghaiDate } from '../../../shared/domain/time.ts';
import type { DailyCheck } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';
import { DAY_MS } from './platform-books.ts';

/** After a long absence no more days than this are made up for. */
const MOST_DAYS = 31;

const dayMarkSchema = z.object({ day: z.iso.date(), runId: z.string(), differences: z.int() });
const marksSchema = z.object({
  /** Row of the journal at which the daily comparison began: what came before is sent when a person back-fills it, not by itself. */
  sinceSeq: z.int(),
  /** The last day that is done with; the one before the first, in the beginning. */
  last: z.iso.date(),
  newest: dayMarkSchema.extend({ state: z.enum(['agrees', 'differs', 'extra']) }).nullable(),
  /** Days that differ, or of which the platform refuses to tell its figures, and that nobody has acknowledged. */
  open: z.array(dayMarkSchema.extend({ state: z.enum(['differs', 'extra', 'refused']) })),
});
export type DayMarks = z.output<typeof marksSchema>;
export type OpenDay = DayMarks['open'][number];

export const startOfDay = (day: string): EpochMs => {
  const at = parseShanghaiDateTime(`${day} 00:00:00`);
  if (at === undefined) throw new Error(`no day: ${day}`);
  return at;
};
export const dayAfter = (day: string): string => shanghaiDate(startOfDay(day) + DAY_MS);
const dayBefore = (day: string): string => shanghaiDate(startOfDay(day) - 1);

/** How far the daily comparisons of one platform have come, kept through restarts. */
export class DayMarkStore {
  readonly #store: Store;
  readonly #key: string;
  #marks: DayMarks;

  constructor(store: Store, platform: PlatformId, now: EpochMs) {
    this.#store = store;
    this.#key = `daily-check-${platform}`;
    const kept = store.read.meta.get(this.#key);
    if (kept !== undefined) {
      this.#marks = marksSchema.parse(JSON.parse(kept));
      return;
    }
    const today = shanghaiDate(now);
    const { waiting, refused, delivered } = store.read.outbox.counts(platform, 0);
    // A platform that is only just connected begins with today: enabling it uploads no history, and so none is missed.
    const known = waiting + refused + delivered > 0;
    this.#marks = {
      sinceSeq: known ? 0 : (store.read.outbox.cursor(platform) ?? 0),
      last: known ? dayBefore(dayBefore(today)) : dayBefore(today),
      newest: null,
      open: [],
    };
    this.change({});
  }

  get marks(): DayMarks {
    return this.#marks;
  }

  change(change: Partial<DayMarks>): void {
    this.#marks = { ...this.#marks, ...change };
    this.#store.write((tx) => tx.meta.put(this.#key, JSON.stringify(this.#marks)));
  }
}

/** The oldest finished day that is still to be compared, once its hour has come; null when there is none. */
export function dueDay({ last }: Pick<DayMarks, 'last'>, { atMinute }: DailyCheck, now: EpochMs): string | null {
  const yesterday = dayBefore(shanghaiDate(now));
  const oldest = shanghaiDate(startOfDay(yesterday) - (MOST_DAYS - 1) * DAY_MS);
  // A clock that had run ahead left a day behind that has not come yet.
  const next = last > shanghaiDate(now) ? yesterday : dayAfter(last);
  const day = next < oldest ? oldest : next;
  return day <= yesterday && now >= startOfDay(dayAfter(day)) + atMinute * 60_000 ? day : null;
}
