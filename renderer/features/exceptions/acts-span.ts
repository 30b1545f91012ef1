import { useQuery } from '../../lib/route.ts';
import { stationNow } from '../../lib/station/session.ts';
import { businessDay, type DateSpan, presetSpan, spanMoments } from '../../office/dates.ts';
import { useDayStart } from '../../office/use-day-start.ts';

export interface ActsSpan {
  readonly days: DateSpan;
  readonly dayStart: string;
  readonly moments: { readonly from: string; readonly to: string } | null;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The business days that the lists of acts look at: those in the address, or else the last seven. */
export function useActsSpan(): ActsSpan {
  const [query] = useQuery();
  const dayStart = useDayStart();
  const { from = '', to = '' } = query;
  const days =
    DATE.test(from) && DATE.test(to) && from <= to
      ? { from, to }
      : presetSpan('last7', businessDay(stationNow(), dayStart));
  return { days, dayStart, moments: spanMoments(days, dayStart) };
}
