import { useMemo } from 'react';
import type { BerthView } from '../../../shared/contract/berths.ts';
import { useLive } from '../../lib/station/live.ts';
import { useAsk } from '../../office/use-ask.ts';
import type { Rows } from '../../office/use-rows.ts';

/** What the list is narrowed to; absent: all. */
export interface RegisterFilter {
  readonly area: string | undefined;
  readonly road: string | undefined;
  readonly use: 'in-use' | 'out' | undefined;
  readonly text: string;
}

const matches = (berth: BerthView, { area, road, use, text }: RegisterFilter): boolean =>
  (area === undefined || berth.areaId === area) &&
  (road === undefined || berth.road === road) &&
  (use === undefined || berth.inUse === (use === 'in-use')) &&
  [berth.code, berth.road].some((part) => part.toLowerCase().includes(text.trim().toLowerCase()));

const ALL_HERE = (): void => undefined;

/** The whole register, asked for once and narrowed here: a car park has some hundreds of berths. */
export function useRegister(filter: RegisterFilter): {
  readonly all: readonly BerthView[];
  readonly rows: Rows<BerthView>;
} {
  const count = useLive((state) => state.frame?.berths ?? 0);
  const { data, failed, busy, again } = useAsk((client, signal) => client.berths.list(undefined, { signal }), [count]);
  const { area, road, use, text } = filter;
  const rows = useMemo((): Rows<BerthView> => {
    const found = data?.rows.filter((berth) => matches(berth, { area, road, use, text })) ?? [];
    return {
      total: data ? found.length : null,
      length: found.length,
      exact: true,
      failed,
      busy,
      settled: true,
      row: (index) => found[index],
      want: () => ALL_HERE,
      again,
    };
  }, [data, failed, busy, again, area, road, use, text]);
  return { all: data?.rows ?? [], rows };
}
