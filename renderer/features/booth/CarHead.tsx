import type { LaneView, PassageView } from '../../../shared/contract/lanes.ts';
import { suspicious } from '../../../shared/domain/plates.ts';
import { fromRfc3339 } from '../../../shared/domain/time.ts';
import { Plate } from '../../components/Plate.tsx';
import { termsName } from '../../events/terms-name.ts';
import { formatDateTime, formatDuration } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { stationNow } from '../../lib/station/session.ts';
import { LanePhase } from './asked/LanePhase.tsx';
import { stageOf } from './asked/stage.ts';
import { Elapsed } from './Elapsed.tsx';
import { needsPerson } from './focus.ts';
import { warningText } from './warning-text.ts';

/** Below this a person should compare plate and photo. */
const SURE_PERCENT = 90;

/** Who stands there, on what terms, since when it was inside, and what the lane makes of it. */
export function CarHead({ lane, passage }: { lane: LaneView; passage: PassageView }) {
  const { t, language } = useWords();
  const { stay, bill, readPlate, confidence, warnings, identity } = passage;
  const unsure = confidence !== null && confidence < SURE_PERCENT;
  return (
    <header className="car-head">
      <Plate plate={passage.plate} size={44} />
      <div className="car-facts">
        <p>
          {stay && (
            <strong className="car-terms" data-kind={stay.terms.kind}>
              {termsName(stay.terms, t)} · {t(`vehicle.${stay.vehicleClass}`)}
            </strong>
          )}
          {identity !== null && <span>{t('panel.identity', { identity })}</span>}
          {bill && (
            <span>
              {t('panel.duration')} <strong>{formatDuration(bill.minutes, language)}</strong>
            </span>
          )}
          {readPlate && <span>{t('panel.readAs', { plate: readPlate.text || t('plate.unread') })}</span>}
          {!readPlate && unsure && (
            <span className="car-unsure">{t('panel.confidence', { n: Math.round(confidence) })}</span>
          )}
          {!readPlate && suspicious(passage.plate) && (
            <span className="car-unsure">
              {t(passage.plate.color === 'blue' ? 'panel.suspicious.blue' : 'panel.suspicious.green', {
                n: passage.plate.text.length,
              })}
            </span>
          )}
        </p>
        {stay && (
          <p>
            <span>
              {t('panel.entered')} {formatDateTime(stay.enteredAt)}
            </span>
            <span>{stay.entryLane.name}</span>
          </p>
        )}
        {warnings.length > 0 && (
          <ul className="car-warnings">
            {warnings.map((warning) => (
              <li key={warning}>{warningText(warning, stay?.terms ?? null, stationNow(), t)}</li>
            ))}
          </ul>
        )}
      </div>
      <div className="car-lane">
        <span className="car-phase" data-phase={lane.phase} data-call={needsPerson(lane)} data-stage={stageOf(lane)}>
          <LanePhase lane={lane} size={26} />
        </span>
        <span>
          {lane.name}
          {needsPerson(lane) && stageOf(lane) === null && (
            <>
              {' · '}
              {t('boothMore.count.waits')} <Elapsed since={fromRfc3339(passage.startedAt)} />
            </>
          )}
        </span>
      </div>
    </header>
  );
}
