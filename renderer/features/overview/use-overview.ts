import { useEffect, useState } from 'react';
import type { StationClient } from '../../../shared/contract/index.ts';
import { stationNow } from '../../lib/station/session.ts';
import { addDays, businessDay } from '../../office/dates.ts';
import { type Asked, useAsk } from '../../office/use-ask.ts';

const EVERY_MS = 60_000;

type Client = StationClient['reports'];
export interface Overview {
  readonly date: string;
  readonly week: Awaited<ReturnType<Client['totals']>>;
  readonly flow: Awaited<ReturnType<Client['flow']>>;
  readonly occupancy: Awaited<ReturnType<Client['occupancy']>>;
  readonly open: Awaited<ReturnType<Client['open']>>;
  readonly cases: Awaited<ReturnType<StationClient['cases']['list']>>;
}

/** Today and the six days before, asked anew every minute: live enough for a manager, nothing for a lane. */
export function useOverview(dayStart: string): Asked<Overview> {
  const [minute, setMinute] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setMinute((n) => n + 1), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return useAsk(
    async (client, signal) => {
      const date = businessDay(stationNow(), dayStart);
      const options = { signal };
      const [week, flow, occupancy, open, cases] = await Promise.all([
        client.reports.totals({ period: `${addDays(date, -6)}..${date}` }, options),
        client.reports.flow({ period: date }, options),
        client.reports.occupancy({ date }, options),
        client.reports.open(undefined, options),
        client.cases.list({ open: 'true', page: 1, pageSize: 8 }, options),
      ]);
      return { date, week, flow, occupancy, open, cases };
    },
    [dayStart, minute],
  );
}
