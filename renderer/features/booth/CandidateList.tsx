import type { StayView } from '../../../shared/contract/stays.ts';
import { Plate } from '../../components/Plate.tsx';
import { formatMoment } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { stationNow } from '../../lib/station/session.ts';

interface Near {
  readonly stays: readonly StayView[];
  readonly busy: boolean;
  readonly wanted: boolean;
}

/** Cars inside that it could be. Marking one is not yet choosing it: Enter does. */
export function CandidateList(props: { near: Near; marked: string | null; onMark: (uid: string) => void }) {
  const { near, marked, onMark } = props;
  const { t } = useWords();
  const empty = near.wanted ? (near.busy ? 'correct.searching' : 'correct.noCandidates') : 'correct.typeMore';
  return (
    <div className="candidates">
      <h3>
        {t('correct.candidates')} {near.stays.length > 0 && <small>{t('correct.candidatesHint')}</small>}
      </h3>
      {near.stays.length === 0 ? (
        <p className="dialog-hint">{t(empty)}</p>
      ) : (
        <ul>
          {near.stays.map((stay) => (
            <li key={stay.uid}>
              <button
                type="button"
                aria-pressed={stay.uid === marked}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => onMark(stay.uid)}
              >
                <Plate plate={stay.plate} size={20} />
                <span>{t('correct.enteredAt', { time: formatMoment(stay.enteredAt, stationNow()) })}</span>
                <span>{stay.entryLane.name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
