import { acknowledgeAlarms } from '../../lib/alarm-ack.ts';
import { setPrefs, usePrefs } from '../../lib/prefs.ts';

/** What the keys change about this screen alone. */

const PHOTO_STEP = 0.15;
const CONTRASTS = [1, 1.3, 1.6] as const;
const within = (value: number): number => Math.min(2.2, Math.max(0.4, Math.round(value * 100) / 100));

export function brighten(direction: 1 | -1): void {
  const { photoBrightness } = usePrefs.getState();
  setPrefs({ photoBrightness: within(photoBrightness + direction * PHOTO_STEP) });
}

/** Three steps, then as the camera took it. */
export function nextContrast(): void {
  const { photoContrast } = usePrefs.getState();
  const at = CONTRASTS.findIndex((each) => each >= photoContrast - 0.01);
  setPrefs({ photoContrast: CONTRASTS[(at + 1) % CONTRASTS.length] ?? 1 });
}

/** Night by hand, and back to what there was. */
export function toggleNight(): void {
  const { theme, dayTheme } = usePrefs.getState();
  if (theme === 'night') setPrefs({ theme: dayTheme });
  else setPrefs({ theme: 'night', dayTheme: theme });
}

export const toggleMuted = (): void => setPrefs({ muted: !usePrefs.getState().muted });

export const silence = (): void => acknowledgeAlarms();
