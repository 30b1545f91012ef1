import { useEffect, useRef } from 'react';
import type { BerthView } from '../../../shared/contract/berths.ts';
import { playTone } from '../../lib/sound.ts';
import { needsOf } from './berth-state.ts';

/** One short tone when something begins to need a person; what stood there when the map was opened is seen, not heard. */
export function useKerbCalls(rows: readonly BerthView[], now: number): void {
  const known = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    const causes = new Set(
      rows.flatMap((berth) =>
        needsOf(berth, now)
          // A device that went silent is an alarm, and sounds as one.
          .filter((need) => need !== 'offline')
          .map((need) => `${berth.id} ${berth.car?.uid ?? ''} ${need}`),
      ),
    );
    const before = known.current;
    known.current = causes;
    if (before !== null && [...causes].some((cause) => !before.has(cause))) playTone('call');
  }, [rows, now]);
}
