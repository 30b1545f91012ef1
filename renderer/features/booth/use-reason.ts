import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Reason } from './reasons.ts';

/** What is chosen from a list of reasons, and what was written where the list asks for words. */
export function useReason(reasons: readonly Reason[]) {
  const [index, setIndex] = useState(-1);
  const [words, setWords] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const chosen = reasons[index];
  const free = chosen?.record === null;
  useEffect(() => {
    if (free) input.current?.focus();
  }, [free]);
  /** Handles the keys that move through the list; digits only where nothing else takes them. */
  const onKey = (event: KeyboardEvent, digits: boolean): boolean => {
    const digit = /^[1-9]$/.test(event.key) && digits ? Number(event.key) - 1 : -1;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const next = reasons[digit] ? digit : step === 0 ? -1 : Math.max(0, Math.min(reasons.length - 1, index + step));
    if (next < 0) return false;
    event.preventDefault();
    setIndex(next);
    return true;
  };
  return { index, setIndex, words, setWords, input, free, onKey, record: free ? words.trim() : (chosen?.record ?? '') };
}
export type ChosenReason = ReturnType<typeof useReason>;
