import { safe } from '@orpc/client';
import { useEffect, useState } from 'react';
import type { ChangeOrderView } from '../../../../shared/contract/change-orders.ts';
import { station } from '../../../lib/station/client.ts';
import { useChangeNews } from './change-store.ts';

/** No booth looks through more than these; the rest is found by its number in the record of its stay. */
const MOST = 50;

/** The orders that wait, or the newest of all, as they stand now; null: not here yet. */
export function useOrders(all: boolean): {
  readonly orders: readonly ChangeOrderView[] | null;
  readonly failed: boolean;
} {
  const news = useChangeNews();
  const [found, setFound] = useState<{ readonly all: boolean; readonly orders: readonly ChangeOrderView[] } | null>(
    null,
  );
  const [failed, setFailed] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: news of an order is why they are read again
  useEffect(() => {
    let over = false;
    const filter = all ? {} : ({ state: 'open' } as const);
    void safe(Promise.resolve().then(() => station().changeOrders.list({ ...filter, page: 1, pageSize: MOST }))).then(
      (answer) => {
        if (over) return;
        setFailed(!answer.isSuccess);
        if (answer.isSuccess) setFound({ all, orders: answer.data.items });
      },
    );
    return () => {
      over = true;
    };
  }, [all, news]);
  return { orders: found?.all === all ? found.orders : null, failed };
}
