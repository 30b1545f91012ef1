import { useEffect, useRef } from 'react';
import type { LiveFrame } from '../../../../shared/contract/journal.ts';
import type { LaneView } from '../../../../shared/contract/lanes.ts';
import { useLive } from '../../../lib/station/live.ts';
import type { ProblemKey } from '../notice.ts';
import { conflictKey } from '../problem.ts';
import { problem } from '../run.ts';
import { shownLane } from '../store.ts';

type Scan = NonNullable<LiveFrame['scans']>[number];

/** A gun that hangs on the station read a code of which nothing came: said here as though the gun hung on this window. */
export function useStationScans(): void {
  const scans = useLive((state) => state.frame?.scans);
  /** What was told by then, or before this window looked; null: it has not looked yet. */
  const known = useRef<number | null>(null);
  useEffect(() => {
    if (!scans) return;
    const before = known.current ?? Number.POSITIVE_INFINITY;
    // Nothing stands there: all of it was told, and after a start the numbers begin anew.
    known.current = scans.at(-1)?.id ?? 0;
    const told = scans.filter((scan) => scan.id > before && isHere(scan, useLive.getState().frame?.lanes ?? [])).at(-1);
    if (told) problem({ key: keyOf(told), params: {} }, 'charge');
  }, [scans]);
}

function keyOf({ outcome, reason }: Scan): ProblemKey {
  if (outcome === 'refused') return conflictKey(reason);
  return outcome === 'garbled' ? 'scanGarbled' : 'scanUnplaced';
}

/** Of the booth whose lane is on show; where nobody says which booth it is, everybody's. */
function isHere({ laneIds }: Scan, lanes: readonly LaneView[]): boolean {
  const booth = shownLane()?.booth;
  return (
    booth === undefined ||
    laneIds.length === 0 ||
    lanes.some(({ id, booth: of }) => laneIds.includes(id) && of === booth)
  );
}
