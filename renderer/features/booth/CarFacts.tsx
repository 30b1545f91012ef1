import type { PassageView } from '../../../shared/contract/lanes.ts';
import { formatDateTime, formatDuration } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';

export function CarFacts({ passage }: { passage: PassageView }) {
  const { t, language } = useWords();
  const { stay, bill } = passage;
  if (!stay) return null;
  return (
    <dl className="car-facts">
      <div>
        <dt>{t('panel.entered')}</dt>
        <dd>{formatDateTime(stay.enteredAt)}</dd>
      </div>
      <div>
        <dt>{t('panel.entryLane')}</dt>
        <dd>{stay.entryLane.name}</dd>
      </div>
      {bill && (
        <div className="car-duration">
          <dt>{t('panel.duration')}</dt>
          <dd>{formatDuration(bill.minutes, language)}</dd>
        </div>
      )}
    </dl>
  );
}
