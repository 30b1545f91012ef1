import { z } from 'zod';
import { create } from 'zustand';

const clockText = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

const prefsSchema = z.object({
  language: z.enum(['zh-CN', 'en']).catch('zh-CN'),
  /** night: dark and dim, for an unlit booth · dusk: night between `nightFrom` and `nightTo`, light by day. */
  theme: z.enum(['system', 'light', 'dark', 'night', 'dusk']).catch('system'),
  /** What the night key goes back to. */
  dayTheme: z.enum(['system', 'light', 'dark', 'dusk']).catch('system'),
  nightFrom: clockText.catch('18:30'),
  nightTo: clockText.catch('06:30'),
  /** The province most plates here begin with, as last chosen by a person. */
  province: z.string().max(1).catch(''),
  muted: z.boolean().catch(false),
  volume: z.number().min(0.1).max(1).catch(0.6),
  /** Of the photos at the lanes: 1 is as the camera took them. */
  photoBrightness: z.number().min(0.4).max(2.2).catch(1),
  photoContrast: z.number().min(0.6).max(2).catch(1),
  /** The layout of keys that was chosen, and what was bound otherwise: act → key. */
  keyPreset: z.enum(['booth', 'classic']).catch('booth'),
  keys: z.record(z.string(), z.string().min(1).max(20)).catch({}),
});
export type Prefs = z.infer<typeof prefsSchema>;
export type ThemeChoice = Prefs['theme'];

const KEY = 'gatehouse.prefs';

function load(): Prefs {
  try {
    return prefsSchema.parse(JSON.parse(localStorage.getItem(KEY) ?? '{}'));
  } catch {
    return prefsSchema.parse({});
  }
}

/** What a person chose on this screen: language, light or dark. It belongs to the PC, not to the account. */
export const usePrefs = create<Prefs>(() => load());

export function setPrefs(change: Partial<Prefs>): void {
  usePrefs.setState(change);
  try {
    localStorage.setItem(KEY, JSON.stringify(usePrefs.getState()));
  } catch {
    // Storage may be full or forbidden; the choice then lasts until the window closes.
  }
}

/** As on a PC where nobody has chosen anything yet. */
export const defaultPrefs = (): Prefs => prefsSchema.parse({});
