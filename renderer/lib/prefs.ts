import { z } from 'zod';
import { create } from 'zustand';

const prefsSchema = z.object({
  language: z.enum(['zh-CN', 'en']).catch('zh-CN'),
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  /** The province most plates here begin with, as last chosen by a person. */
  province: z.string().max(1).catch(''),
  muted: z.boolean().catch(false),
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
