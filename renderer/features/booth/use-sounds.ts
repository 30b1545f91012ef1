import { useEffect, useRef } from 'react';
import { alarmKey, useHeard } from '../../lib/alarm-ack.ts';
import { playTone } from '../../lib/sound.ts';
import { useLive } from '../../lib/station/live.ts';
import { openedAlone } from './asked/stage.ts';
import { waitingLanes } from './focus.ts';

const ALARM_AGAIN_MS = 10_000;
const CALL_AGAIN_MS = 20_000;

/** Passages that wait, cars let through because nobody answered, and alarms nobody heard, as texts: a change of one is what is heard. */
function useCauses(): { readonly cars: string; readonly alone: string; readonly alarms: string } {
  const heard = useHeard((state) => state.keys);
  const cars = useLive((state) =>
    waitingLanes(state.frame?.lanes ?? [])
      .map((lane) => lane.passage?.id)
      .join(),
  );
  const alarms = useLive((state) =>
    (state.frame?.alarms ?? [])
      .filter((alarm) => alarm.severity === 'alarm' && !heard.has(alarmKey(alarm)))
      .map(alarmKey)
      .sort()
      .join(),
  );
  const alone = useLive((state) =>
    (state.frame?.lanes ?? [])
      .flatMap((lane) => {
        const opened = openedAlone(lane);
        return opened ? [`${lane.id} ${opened.at}`] : [];
      })
      .join(),
  );
  return { cars, alone, alarms };
}

const hasNew = (now: string, before: string): boolean => {
  const known = new Set(before.split(','));
  return now !== '' && now.split(',').some((each) => !known.has(each));
};

/** Plays a tone, at once where this is `now` news, and again until `answered` says that somebody is there. */
function repeat(
  tone: 'call' | 'alarm',
  everyMs: number,
  now: boolean,
  answered: (stop: () => void) => () => void,
): () => void {
  if (now) playTone(tone);
  const timer = setInterval(() => playTone(tone), everyMs);
  const forget = answered(() => clearInterval(timer));
  return () => {
    clearInterval(timer);
    forget();
  };
}

/** Somebody touched a key or the mouse: a person is there, and sees the car. */
function anybody(stop: () => void): () => void {
  window.addEventListener('keydown', stop);
  window.addEventListener('pointerdown', stop);
  return () => {
    window.removeEventListener('keydown', stop);
    window.removeEventListener('pointerdown', stop);
  };
}

/**
 * One tone for a car that begins to wait, until somebody touches anything; another for an alarm, until somebody answers that very
 * alarm, or it is over. An arm that opened because a platform was silent sounds like an alarm, until somebody is there.
 */
export function useSounds(): void {
  const { cars, alone, alarms } = useCauses();
  const before = useRef({ cars: '', alone: '', alarms: '' });
  useEffect(() => {
    const fresh = hasNew(cars, before.current.cars);
    before.current.cars = cars;
    return fresh ? repeat('call', CALL_AGAIN_MS, true, anybody) : undefined;
  }, [cars]);
  useEffect(() => {
    const fresh = hasNew(alone, before.current.alone);
    before.current.alone = alone;
    return fresh ? repeat('alarm', ALARM_AGAIN_MS, true, anybody) : undefined;
  }, [alone]);
  useEffect(() => {
    const fresh = hasNew(alarms, before.current.alarms);
    before.current.alarms = alarms;
    return alarms === '' ? undefined : repeat('alarm', ALARM_AGAIN_MS, fresh, () => () => undefined);
  }, [alarms]);
}
