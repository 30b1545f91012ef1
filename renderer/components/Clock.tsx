import { useEffect, useState } from 'react';
import { shanghaiDateTime } from '../../shared/domain/time.ts';
import { stationNow } from '../lib/station/session.ts';

/** The station's clock, to the second: the time that goes on every record, not the time of this PC. */
export function Clock() {
  const [now, setNow] = useState(stationNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(stationNow()), 250);
    return () => clearInterval(timer);
  }, []);
  const text = shanghaiDateTime(now);
  return (
    <time className="clock" dateTime={text}>
      <span>{text.slice(0, 10)}</span>
      <strong>{text.slice(11)}</strong>
    </time>
  );
}
