import { useEffect, useState } from 'react';
import { Wedge } from '../../lib/scan/wedge.ts';

/** As many keys in a row without a pause are no hand, and no password. */
const CODE = 8;

/**
 * A driver holds out a code while the screen is locked: the gun types it into the password. Counts such codes, and keeps their Enter
 * from being pressed: as a password a code would be refused, would lock the cashier out, and would have been told to the station.
 */
export function useScanShield(): number {
  const [scans, setScans] = useState(0);
  useEffect(() => {
    const wedge = new Wedge(
      {
        typed: () => undefined,
        scanned: () => setScans((before) => before + 1),
        garbled: () => undefined,
      },
      (ms, run) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      CODE,
    );
    const onKey = (event: KeyboardEvent): void => {
      if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key.length === 1) wedge.char(event.key, event.timeStamp);
      else if (event.key === 'Enter' && wedge.enter(event.timeStamp)) {
        event.preventDefault();
        event.stopImmediatePropagation();
      } else if (event.key !== 'Shift') wedge.settle();
    };
    window.addEventListener('keydown', onKey, true);
    return () => {
      window.removeEventListener('keydown', onKey, true);
      wedge.settle();
    };
  }, []);
  return scans;
}
