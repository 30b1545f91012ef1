import { useEffect, useState } from 'react';
import { stationNow } from '../../lib/station/session.ts';

/** `0:42`, `12:05`, `1:02:05`; never below zero. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** The station's clock, once a second. */
export function useNow(): number {
  const [now, setNow] = useState(stationNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(stationNow()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** How long something has been going on. A reader of the screen does not say it anew every second. */
export function Elapsed({ since }: { since: number }) {
  return (
    <time className="elapsed" role="timer" aria-live="off">
      {clockText(useNow() - since)}
    </time>
  );
}
