import { create } from 'zustand';
import { useLive } from './station/live.ts';

/** An alarm as somebody heard of it: the same trouble beginning anew is another one. */
export const alarmKey = (alarm: { readonly code: string; readonly subject: string; readonly since: string }): string =>
  `${alarm.code}/${alarm.subject}/${alarm.since}`;

/** Alarms whose tone somebody answered. The alarm itself stands until its cause is gone. */
export const useHeard = create<{ readonly keys: ReadonlySet<string> }>(() => ({ keys: new Set() }));

/** 消音: somebody heard all alarms that stand now. */
export function acknowledgeAlarms(): void {
  const alarms = useLive.getState().frame?.alarms ?? [];
  useHeard.setState({ keys: new Set(alarms.map(alarmKey)) });
}

/** Whether an alarm still calls for somebody. */
export function useUnheard(): boolean {
  const keys = useHeard((state) => state.keys);
  return useLive((state) =>
    (state.frame?.alarms ?? []).some((alarm) => alarm.severity === 'alarm' && !keys.has(alarmKey(alarm))),
  );
}
