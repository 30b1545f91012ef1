import { useEffect, useRef } from 'react';
import type { StayView } from '../../../shared/contract/stays.ts';
import { Photo } from '../../components/Photo.tsx';
import { formatMoment } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { stationNow } from '../../lib/station/session.ts';
import { PlateCell, stayDuration } from '../../office/stay/StayWords.tsx';
import { useAsk } from '../../office/use-ask.ts';

/** The cars that match, each with the photo of its entry. */
export function Candidates(props: {
  cars: readonly StayView[];
  more: boolean;
  marked: number;
  chosen: string | null;
  onMark: (index: number) => void;
  onChoose: (stay: StayView) => void;
}) {
  const { t, language } = useWords();
  const list = useRef<HTMLUListElement>(null);
  const { marked } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the mark moves by itself
  useEffect(() => {
    list.current?.querySelector('[data-marked="true"]')?.scrollIntoView?.({ block: 'nearest' });
  }, [marked]);
  const now = stationNow();
  return (
    <>
      <p className="fee-hint" aria-live="polite">
        {t(props.more ? 'fee.candidatesMore' : 'fee.candidates', { n: props.cars.length })}
      </p>
      <ul ref={list} className="fee-cars">
        {props.cars.map((stay, index) => (
          <li key={stay.uid}>
            <button
              type="button"
              data-marked={index === marked}
              aria-pressed={stay.uid === props.chosen}
              onFocus={() => props.onMark(index)}
              onClick={() => props.onChoose(stay)}
            >
              <EntryPhoto uid={stay.uid} />
              <span className="fee-car">
                <PlateCell plate={stay.plate} identity={stay.identity} />
                <span>{t('fee.enteredAt', { time: formatMoment(stay.enteredAt, now) })}</span>
                <span>
                  {stay.entryLane.name} · {stayDuration(stay, now, language)}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function EntryPhoto({ uid }: { uid: string }) {
  const { t } = useWords();
  const stay = useAsk((client, signal) => client.sessions.get({ uid }, { signal }), [uid]);
  const photo = stay.data?.photos.find((each) => each.purpose === 'entry');
  return <Photo id={photo?.id ?? null} alt={t('fee.entryPhoto')} />;
}
