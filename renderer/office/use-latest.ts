import { useCallback, useRef } from 'react';

/** A function that stays the same one while what it does is always that of the newest drawing: for rows that are compared. */
export function useLatest<A extends readonly unknown[], R>(newest: (...args: A) => R): (...args: A) => R {
  const held = useRef(newest);
  held.current = newest;
  return useCallback((...args: A) => held.current(...args), []);
}
