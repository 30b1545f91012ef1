import { safe } from '@orpc/client';
import { useEffect, useState } from 'react';
import type { PassageView } from '../../../shared/contract/lanes.ts';
import type { Quote } from '../../../shared/contract/stays.ts';
import { station } from '../../lib/station/client.ts';

export type Quoted = Quote | 'asking' | 'failed';

/** What the stay of the car on show comes to now, looked up by its plate or by the id of a car without one. */
export function useQuote({ id, stay }: PassageView, wanted: boolean): Quoted | null {
  const plate = stay?.plate.text ?? '';
  const identity = stay?.identity ?? '';
  const uid = stay?.uid;
  const [known, setKnown] = useState<{ readonly id: string; readonly quote: Quote | 'failed' } | null>(null);
  useEffect(() => {
    if (!wanted) return;
    if (plate === '' && identity === '') {
      setKnown({ id, quote: 'failed' });
      return;
    }
    let current = true;
    void safe(station().quote(plate === '' ? { identity } : { plate })).then((answer) => {
      // Another stay of that plate has another fee.
      const right = answer.isSuccess && answer.data.stay.uid === uid;
      if (current) setKnown({ id, quote: right ? answer.data : 'failed' });
    });
    return () => {
      current = false;
    };
  }, [id, plate, identity, uid, wanted]);
  if (!wanted) return null;
  return known?.id === id ? known.quote : 'asking';
}
