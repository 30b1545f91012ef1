import { useMemo } from 'react';
import { setPrefs, usePrefs } from '../../../lib/prefs.ts';
import { type BoothAct, boothActs, type Layout, type LayoutName, layouts } from './layouts.ts';

/** Digits and these mean the same everywhere: amounts, ways, choosing, confirming, going back. F7 is the shift's. */
const FIXED = /^(?:[0-9.]|Enter|Escape|Tab|Backspace|Arrow.*|F7| )$/;
/** What a keyboard of any booth has, and no browser or system keeps for itself. */
const FREE = /^(?:F([1-9]|1[0-2])|[A-Z]|[-+*/=[\]\\;',`]|Delete|Insert|Home|End|PageUp|PageDown)$/;

/**
 * The layout with what was bound otherwise: that counts. An act whose key was taken away so (by a binding from before there was this act) has one that
 * became free by it: no act is without a key, and no two share one.
 */
export function bindingsOf(preset: LayoutName, chosen: Readonly<Record<string, string>>): Layout {
  const layout = layouts[preset];
  const bound = new Map<BoothAct, string>();
  const taken = new Set<string>();
  const give = (act: BoothAct, key: string | undefined): void => {
    if (key === undefined || bound.has(act) || taken.has(key)) return;
    bound.set(act, key);
    taken.add(key);
  };
  for (const act of boothActs) if (isBindable(chosen[act] ?? '')) give(act, chosen[act]);
  for (const act of boothActs) give(act, layout[act]);
  for (const act of boothActs)
    give(
      act,
      Object.values(layout).find((key) => !taken.has(key)),
    );
  return { ...layout, ...Object.fromEntries(bound) };
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
