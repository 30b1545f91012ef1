import { useState } from 'react';
import type { StayView } from '../../../shared/contract/stays.ts';
import { go, useQuery, useRoute } from '../../lib/route.ts';
import { useRows } from '../../office/use-rows.ts';
import { EvidencePage } from './EvidencePage.tsx';
import { StayList } from './StayList.tsx';
import { filterOf } from './stay-filter.ts';
import './stays.css';

/**
 * 停车记录: the list, or one of its stays with all that is known of it. The list stays as it was while one of its rows is
 * looked at, and gives the way to the next.
 */
export function StaysScreen() {
  const id = useRoute((route) => route.id);
  const [query] = useQuery();
  const [place, setPlace] = useState<number | null>(null);
  const filter = filterOf(query);
  const rows = useRows<StayView>(
    (client, page, signal) => client.sessions.list({ ...filter, ...page }, { signal }),
    [JSON.stringify(filter)],
  );
  const here = place !== null && rows.row(place)?.uid === id ? place : null;
  const open = (stay: StayView, index: number): void => {
    setPlace(index);
    go('stays', { id: stay.uid, query });
  };
  const step = (by: number): void => {
    if (here === null) return;
    const next = rows.row(here + by);
    if (!next) {
      rows.want(here + by);
      return;
    }
    setPlace(here + by);
    go('stays', { id: next.uid, query, replace: true });
  };
  return (
    <>
      <div className="stays-list" hidden={id !== null}>
        <StayList rows={rows} filter={filter} onOpen={open} />
      </div>
      {id !== null && (
        <EvidencePage
          key={id}
          uid={id}
          neighbours={here === null ? null : { at: here + 1, of: rows.length, exact: rows.exact, step }}
          onChanged={rows.again}
        />
      )}
    </>
  );
}
