import { useEffect, useState } from 'react';
import { fromRfc3339 } from '../../../shared/domain/time.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { stationNow } from '../../lib/station/session.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** 离场时限: a car that has paid may leave until then. Counts down by the station's clock; at zero nothing happens by itself. */
export function LeaveBy({ at }: { at: string | null }) {
  const { t } = useWords();
  const [now, setNow] = useState(stationNow);
  useEffect(() => {
    if (at === null) return;
    const timer = setInterval(() => setNow(stationNow()), 1000);
    return () => clearInterval(timer);
  }, [at]);
  if (at === null) return null;
  const left = Math.max(0, Math.ceil((fromRfc3339(at) - now) / 1000));
  return (
    <p className="quote-leave" data-over={left === 0}>
      {left === 0 ? (
        t('fee.leaveOver')
      ) : (
        <>
          {t('fee.leaveBy', { time: formatDateTime(at).slice(11) })}{' '}
          <strong>{t('fee.left', { time: `${two(Math.floor(left / 60))}:${two(left % 60)}` })}</strong>{' '}
          <small>{t('fee.zero')}</small>
        </>
      )}
    </p>
  );
}
