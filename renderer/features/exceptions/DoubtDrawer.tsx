import { Button, Drawer } from 'antd';
import { useState } from 'react';
import type { DoubtfulStay } from '../../../shared/contract/exceptions.ts';
import { Photo } from '../../components/Photo.tsx';
import { termsName } from '../../events/terms-name.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { may, stationNow, useSession } from '../../lib/station/session.ts';
import { ReviewDialog } from '../../office/stay/ReviewDialog.tsx';
import { carName, stayDuration } from '../../office/stay/StayWords.tsx';
import { useAsk } from '../../office/use-ask.ts';
import { Facts, Leads, Money, When } from '../../office/Values.tsx';

/** One car in doubt: its entry, every doubt, what it would pay, and the review that lets it be billed. */
export function DoubtDrawer(props: { of: DoubtfulStay; onClose: () => void; onReviewed: () => void }) {
  const { t, language } = useWords();
  const user = useSession((state) => state.user);
  const [reviewing, setReviewing] = useState(false);
  const { stay, doubts } = props.of;
  const detail = useAsk((client, signal) => client.sessions.get({ uid: stay.uid }, { signal }), [stay.uid]);
  const mayQuote = may(user, 'tariff.trial');
  const quote = useAsk(
    (client, signal) =>
      mayQuote
        ? client.quote(stay.plate.text === '' ? { identity: stay.identity ?? '' } : { plate: stay.plate.text }, {
            signal,
          })
        : null,
    [stay.uid, mayQuote],
  );
  const photo = detail.data?.photos.find((each) => each.purpose === 'entry');
  return (
    <Drawer
      open
      size={620}
      title={t('exceptions.doubts.title', { car: carName(stay, t) })}
      onClose={props.onClose}
      footer={
        may(user, 'stay.review') && (
          <div className="case-foot">
            <Button type="primary" onClick={() => setReviewing(true)}>
              {t('exceptions.doubts.review')}
            </Button>
          </div>
        )
      }
    >
      <div className="case">
        <Facts
          of={[
            [t('stays.column.entered'), <When key="entered" at={stay.enteredAt} />],
            [t('stays.column.entryLane'), stay.entryLane.name],
            [t('stays.column.duration'), stayDuration(stay, stationNow(), language)],
            [t('stays.column.terms'), termsName(stay.terms, t)],
            [
              t('exceptions.doubts.now'),
              mayQuote &&
                (quote.data ? (
                  <Money key="now" fen={quote.data.dueFen} strong />
                ) : (
                  <span key="now">{quote.failed ? t('exceptions.doubts.noQuote') : '…'}</span>
                )),
            ],
          ]}
        />
        <h3>{t('exceptions.doubts.why')}</h3>
        <ul className="doubt-list">
          {doubts.map((doubt) => (
            <li key={`${doubt.kind}-${doubt.at}-${doubt.detail}`}>
              <When at={doubt.at} />
              <span>
                {t(`doubt.${doubt.kind}`)}
                {doubt.detail !== '' && `（${doubt.detail}）`}
              </span>
            </li>
          ))}
        </ul>
        <h3>{t('exceptions.doubts.entry')}</h3>
        <div className="case-photos">
          <Photo
            id={photo?.id ?? null}
            alt={t('exceptions.doubts.entry')}
            caption={formatDateTime(photo?.takenAt ?? stay.enteredAt)}
          />
        </div>
        <Leads to="stays" place={{ id: stay.uid }}>
          {t('exceptions.doubts.evidence')}
        </Leads>
        {may(user, 'stay.close-stale') && (
          <Leads to="inside" place={{ query: { plate: stay.plate.text } }}>
            {t('exceptions.doubts.stale')}
          </Leads>
        )}
      </div>
      {reviewing && <ReviewDialog stay={stay} onClose={() => setReviewing(false)} onDone={props.onReviewed} />}
    </Drawer>
  );
}
