import { useEffect, useRef } from 'react';

interface Keys {
  readonly save: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

/** A dialog has keys of its own, and so has the box in which an expert writes. */
const ownKeys = '.ant-modal, .ant-drawer, textarea';

/** Ctrl+S, Ctrl+Z and Ctrl+Y wherever the focus is in the editor; each of them has a button as well. */
export function useEditorKeys(keys: Keys): void {
  const now = useRef(keys);
  now.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      if (event.target instanceof Element && event.target.closest(ownKeys)) return;
      const key = event.key.toLowerCase();
      if (key === 's') now.current.save();
      else if (key === 'z' && !event.shiftKey) now.current.undo();
      else if (key === 'y' || key === 'z') now.current.redo();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
