import { type RefObject, useEffect, useMemo, useState } from 'react';
import { type Fit, fitOf, type Room } from './fit.ts';
import type { Road } from './street.ts';

const USUAL: Fit = { columns: 8, scale: 1 };

/** How many berths stand side by side in the room that there is, and how large, so that a short street is not lost in a wide window. */
export function useColumns(of: RefObject<HTMLElement | null>, roads: readonly Road[]): Fit {
  const [room, setRoom] = useState<Room | null>(null);
  useEffect(() => {
    const element = of.current;
    if (!element || typeof ResizeObserver === 'undefined') return;
    const measure = (): void => {
      const { paddingLeft, paddingRight } = getComputedStyle(element);
      const width = element.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
      const height = element.clientHeight;
      // Not laid out: there is nothing to go by.
      if (width > 0) setRoom((old) => (old?.width === width && old.height === height ? old : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [of]);
  return useMemo(() => (room === null ? USUAL : fitOf(roads, room)), [roads, room]);
}
