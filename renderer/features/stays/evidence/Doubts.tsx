import { Button } from 'antd';
import { useState } from 'react';
import type { StayView } from '../../../../shared/contract/stays.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useWords } from '../../../lib/i18n/index.ts';
import { may, useSession } from '../../../lib/station/session.ts';
import { ReviewDialog } from '../../../office/stay/ReviewDialog.tsx';
import { useAsk } from '../../../office/use-ask.ts';

/** Why the bill of a car inside may be wrong; a person who compared the photos settles it. */
export function Doubts({ stay, onChanged }: { stay: StayView; onChanged: () => void }) {
  const { t } = useWords();
  const user = useSession((state) => state.user);
  const [reviewing, setReviewing] = useState(false);
  const plate = stay.plate.text;
  const quote = useAsk(
    (client, signal) =>
      stay.status !== 'inside'
        ? null
        : client.quote(plate === '' ? { identity: stay.identity ?? '' } : { plate }, { signal }),
    [stay],
  );
  const doubts = quote.data?.stay.uid === stay.uid ? quote.data.doubts : [];
  if (doubts.length === 0) return null;
  return (
    <section className="evidence-doubts" aria-label={t('stays.evidence.doubts')}>
      <ul>
        {doubts.map((doubt) => (
          <li key={`${doubt.kind}-${doubt.at}`}>
            <strong>{t(`doubt.${doubt.kind}`)}</strong>{' '}
            <span>
              {formatDateTime(doubt.at)} {doubt.detail}
            </span>
          </li>
        ))}
      </ul>
      {may(user, 'stay.review') && (
        <Button type="primary" onClick={() => setReviewing(true)}>
          {t('stays.evidence.review')}
        </Button>
      )}
      {reviewing && (
        <ReviewDialog
          stay={stay}
          onClose={() => setReviewing(false)}
          onDone={() => {
            setReviewing(false);
            quote.again();
            onChanged();
          }}
        />
      )}
    </section>
  );
}
