import { useEffect, useRef } from 'react';
import type { PassageView } from '../../../shared/contract/lanes.ts';
import { Plate } from '../../components/Plate.tsx';
import { formatMoment } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { likelyColor, splitPlate } from '../../lib/plates.ts';
import { stationNow } from '../../lib/station/session.ts';
import { useBooth } from './store.ts';

/** The stays whose plates are near the one that was read. Marking one shows its entry photo; Enter chooses it. */
export function Candidates({ passage }: { passage: PassageView }) {
  const { t } = useWords();
  const marked = useBooth((state) => (state.marked?.passageId === passage.id ? state.marked.uid : null));
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (marked !== null) list.current?.querySelector('[aria-pressed="true"]')?.scrollIntoView?.({ block: 'nearest' });
  }, [marked]);
  const now = stationNow();
  return (
    <div className="near">
      <h3>{t('panel.candidates')}</h3>
      <ul ref={list} className="pick-list">
        {passage.candidates.map(({ uid, plate, enteredAt }) => (
          <li key={uid}>
            <button
              type="button"
              aria-pressed={uid === marked}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => useBooth.setState({ marked: { passageId: passage.id, uid } })}
            >
              <Plate
                plate={{
                  text: plate,
                  color: likelyColor(splitPlate(plate, '').number, passage.plate.color),
                  kind: 'ordinary',
                }}
                size={20}
                showClass={false}
              />
              <span>{t('correct.enteredAt', { time: formatMoment(enteredAt, now) })}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
