import { type RefObject, useEffect, useState } from 'react';

/** The least width of a berth with its plate, and what lies between two. As `cell.css` has them. */
const CELL_PX = 118;
const GAP_PX = 4;
const USUAL = 8;

/** How many berths stand side by side in the width that there is. */
export function useColumns(of: RefObject<HTMLElement | null>): number {
  const [columns, setColumns] = useState(USUAL);
  useEffect(() => {
    const element = of.current;
    if (!element || typeof ResizeObserver === 'undefined') return;
    const measure = (): void => {
      const { paddingLeft, paddingRight } = getComputedStyle(element);
      const width = element.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
      // Not laid out: there is nothing to go by.
      if (!(width > 0)) return;
      setColumns(Math.max(2, Math.floor((width + GAP_PX) / (CELL_PX + GAP_PX))));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [of]);
  return columns;
}
