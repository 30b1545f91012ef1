import { useEffect } from 'react';

/** Alt+G: neither booth nor practice nor a browser has it. */
export const SWITCH_KEY = 'Alt+G';
/** Between the lanes and the map of the berths, where there are both. */
export const KERB_KEY = 'Alt+B';

/** One key between two screens, on every screen; not out of a dialog, which would be lost. */
export function useSwitchKey(keys: typeof SWITCH_KEY | typeof KERB_KEY, toggle: () => void): void {
  useEffect(() => {
    const code = `Key${keys.slice(-1)}`;
    const onKey = (event: KeyboardEvent): void => {
      if (event.code !== code || !event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
      event.preventDefault();
      if (document.querySelector('[aria-modal="true"]') === null) toggle();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [keys, toggle]);
}
