import { safe } from '@orpc/client';
import { useEffect, useState } from 'react';
import type { Occupancy } from '../../../shared/domain/occupancy.ts';
import { station } from '../../lib/station/client.ts';
import { useLive } from '../../lib/station/live.ts';
import { useSession } from '../../lib/station/session.ts';

const PAUSE_MS = 400;

/** Spaces by area; asked for again when the whole changed, and not more often than somebody could read it. */
export function useOccupancy(): Occupancy | null {
  const online = useSession((state) => state.link === 'online');
  const inside = useLive((state) => state.frame?.spaces.inside);
  const crossed = useLive(
    (state) => state.events.find(({ kind }) => kind === 'area-crossed' || kind === 'spaces-corrected')?.seq ?? 0,
  );
  const [known, setKnown] = useState<Occupancy | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: these numbers changing is why it is asked for again
  useEffect(() => {
    if (!online || inside === undefined) return;
    const timer = setTimeout(() => {
      void safe(Promise.resolve().then(() => station().spaces.get())).then((answer) => {
        if (answer.isSuccess) setKnown(answer.data);
      });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [online, inside, crossed]);
  return known;
}
