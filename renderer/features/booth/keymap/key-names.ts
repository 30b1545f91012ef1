import { useMemo } from 'react';
import { type Translate, useWords } from '../../../lib/i18n/index.ts';
import type { Language } from '../../../lib/i18n/language.ts';
import { useBindings } from './bindings.ts';
import type { Layout } from './layouts.ts';

const SHORT: Readonly<Record<string, string>> = {
  '-': '−',
  Delete: 'Del',
  Insert: 'Ins',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
};

/** What stands on the key. */
export const keyLabel = (key: string): string => SHORT[key] ?? key;

export interface BoothWords {
  /** As everywhere, and sentences that name keys name those that are bound now: `{{proceed}}`, `{{correct}}` … */
  readonly t: Translate;
  readonly language: Language;
  readonly keys: Layout;
}

/** The words of the booth. */
export function useBoothWords(): BoothWords {
  const { t, language } = useWords();
  const keys = useBindings();
  return useMemo(() => {
    const labels = Object.fromEntries(Object.entries(keys).map(([act, key]) => [act, keyLabel(key)]));
    return { t: (key, params) => t(key, { ...labels, ...params }), language, keys };
  }, [t, language, keys]);
}
