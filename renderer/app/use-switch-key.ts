import { useEffect } from 'react';

/** Alt+G: neither booth nor practice nor a browser has it. */
export const SWITCH_KEY = 'Alt+G';

/** One key between booth and office, on every screen; not out of a dialog, which would be lost. */
export function useSwitchKey(toggle: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.code !== 'KeyG' || !event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
      event.preventDefault();
      if (document.querySelector('[aria-modal="true"]') === null) toggle();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [toggle]);
}
