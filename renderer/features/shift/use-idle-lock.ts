import { useEffect } from 'react';
import { useSession } from '../../lib/station/session.ts';
import { lockNow } from './lock.ts';
import { useShift } from './store.ts';

const SIGNS_OF_LIFE = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

/** Locks the screen when nobody touched it for as long as the site says. Cars that come and go are no sign of a person. */
export function useIdleLock(): void {
  const minutes = useShift((state) => state.rules.idleLockMinutes);
  const watched = useSession((state) => state.user !== null && state.user.locked !== true);
  useEffect(() => {
    if (minutes === 0 || !watched) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const touched = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void lockNow('idle'), minutes * 60_000);
    };
    touched();
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, touched, { capture: true, passive: true });
    return () => {
      clearTimeout(timer);
      for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, touched, { capture: true });
    };
  }, [minutes, watched]);
}
