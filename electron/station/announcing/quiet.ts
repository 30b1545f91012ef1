import type { AnnouncementRules, QuietHours } from '../../../shared/domain/announcement.ts';
import { type EpochMs, shanghaiWallClock } from '../../../shared/domain/time.ts';

/** How loud displays speak, by the time of the day in Shanghai. Pure. */

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;

function minuteOf(text: string): number {
  const [hours, minutes] = text.split(':');
  return Number(hours) * 60 + Number(minutes);
}

function isWithin({ from, to }: QuietHours, minute: number): boolean {
  const [begin, end] = [minuteOf(from), minuteOf(to)];
  return begin < end ? minute >= begin && minute < end : minute >= begin || minute < end;
}

/** The lowest of those that count now. */
export function volumeAt({ volume, quietHours }: AnnouncementRules, at: EpochMs): number {
  const { hour, minute } = shanghaiWallClock(at);
  const counting = quietHours.filter((quiet) => isWithin(quiet, hour * 60 + minute));
  return counting.length === 0 ? volume : Math.min(...counting.map((quiet) => quiet.volume));
}

/** Time until quiet hours next begin or end; null: there are none. */
export function untilNextEdge({ quietHours }: AnnouncementRules, at: EpochMs): number | null {
  if (quietHours.length === 0) return null;
  const { hour, minute, second, ms } = shanghaiWallClock(at);
  const sinceMinute = second * 1000 + ms;
  const now = hour * 60 + minute;
  const edges = quietHours.flatMap(({ from, to }) => [minuteOf(from), minuteOf(to)]);
  const ahead = edges.map(
    (edge) => ((edge - now + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES) * MINUTE_MS - sinceMinute,
  );
  return Math.min(...ahead);
}
