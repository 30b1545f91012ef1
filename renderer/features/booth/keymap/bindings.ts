import { useMemo } from 'react';
import { setPrefs, usePrefs } from '../../../lib/prefs.ts';
import { type BoothAct, boothActs, type Layout, type LayoutName, layouts } from './layouts.ts';

/** Digits and these mean the same everywhere: amounts, ways, choosing, confirming, going back. F7 is the shift's. */
const FIXED = /^(?:[0-9.]|Enter|Escape|Tab|Backspace|Arrow.*|F7| )$/;
/** What a keyboard of any booth has, and no browser or system keeps for itself. */
const FREE = /^(?:F([1-9]|1[0-2])|[A-Z]|[-+*/=[\]\\;',`]|Delete|Insert|Home|End|PageUp|PageDown)$/;

const isAct = (name: string): name is BoothAct => boothActs.some((act) => act === name);

/** The layout with what was bound otherwise. A choice that makes two acts share a key counts for nothing. */
export function bindingsOf(preset: LayoutName, chosen: Readonly<Record<string, string>>): Layout {
  const bound = { ...layouts[preset] };
  for (const [act, key] of Object.entries(chosen)) if (isAct(act) && isBindable(key)) bound[act] = key;
  return new Set(Object.values(bound)).size === boothActs.length ? bound : layouts[preset];
}

const isBindable = (key: string): boolean => FREE.test(key) && !FIXED.test(key);

const currentBindings = (): Layout => {
  const { keyPreset, keys } = usePrefs.getState();
  return bindingsOf(keyPreset, keys);
};

export function useBindings(): Layout {
  const preset = usePrefs((prefs) => prefs.keyPreset);
  const keys = usePrefs((prefs) => prefs.keys);
  return useMemo(() => bindingsOf(preset, keys), [preset, keys]);
}

/** The act that a key stands for now. */
export function actOf(key: string): BoothAct | undefined {
  const bound = currentBindings();
  return boothActs.find((act) => bound[act] === key);
}

export type BindFault = { readonly kind: 'fixed' } | { readonly kind: 'taken'; readonly by: BoothAct };

/** Binds an act to another key; refused where that key means something else already. */
export function bind(act: BoothAct, key: string): BindFault | null {
  if (!isBindable(key)) return { kind: 'fixed' };
  const by = actOf(key);
  if (by !== undefined && by !== act) return { kind: 'taken', by };
  const { keyPreset, keys } = usePrefs.getState();
  const { [act]: _before, ...others } = keys;
  setPrefs({ keys: layouts[keyPreset][act] === key ? others : { ...others, [act]: key } });
  return null;
}

/** Takes a layout as it is, without what was bound otherwise. */
export function chooseLayout(name: LayoutName): void {
  setPrefs({ keyPreset: name, keys: {} });
}
