import { useEffect, useRef } from 'react';
import { playTone } from '../../lib/sound.ts';
import { useLive } from '../../lib/station/live.ts';
import { waitingLanes } from './focus.ts';

const REPEAT_MS = 10_000;

/** Passages that wait and alarms that stand, as texts: a change of either is what is heard. */
function useCauses(): { readonly cars: string; readonly alarms: string } {
  const cars = useLive((state) =>
    waitingLanes(state.frame?.lanes ?? [])
      .map((lane) => lane.passage?.id)
      .join(),
  );
  const alarms = useLive((state) =>
    (state.frame?.alarms ?? [])
      .filter((alarm) => alarm.severity === 'alarm')
      .map((alarm) => `${alarm.code}/${alarm.subject}/${alarm.since}`)
      .sort()
      .join(),
  );
  return { cars, alarms };
}

const hasNew = (now: string, before: string): boolean => {
  const known = new Set(before.split(','));
  return now !== '' && now.split(',').some((each) => !known.has(each));
};

/** One tone for a car that begins to wait; another for a new alarm, repeated until somebody touches a key or the mouse. */
export function useSounds(): void {
  const { cars, alarms } = useCauses();
  const before = useRef({ cars, alarms });
  useEffect(() => {
    if (hasNew(cars, before.current.cars)) playTone('call');
    before.current = { ...before.current, cars };
  }, [cars]);
  useEffect(() => {
    const fresh = hasNew(alarms, before.current.alarms);
    before.current = { ...before.current, alarms };
    if (!fresh) return;
    playTone('alarm');
    const timer = setInterval(() => playTone('alarm'), REPEAT_MS);
    const heard = (): void => clearInterval(timer);
    window.addEventListener('keydown', heard);
    window.addEventListener('pointerdown', heard);
    return () => {
      heard();
      window.removeEventListener('keydown', heard);
      window.removeEventListener('pointerdown', heard);
    };
  }, [alarms]);
}
