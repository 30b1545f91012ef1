import type { ReactNode } from 'react';

const drawn = (path: string): ReactNode => (
  <svg
    width="12"
    height="12"
    viewBox="0 0 12 12"
    aria-hidden="true"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.4"
  >
    <path d={path} />
  </svg>
);

/** Signs inside of fields. The library's own ones are read out by their English names. */
export const glyphs = {
  down: drawn('M2 4l4 4 4-4'),
  clear: drawn('M2.5 2.5l7 7m0-7l-7 7'),
  calendar: drawn('M1.5 2.5h9v8h-9zM1.5 5h9M4 1v2.5M8 1v2.5'),
  to: <span aria-hidden="true">~</span>,
};
