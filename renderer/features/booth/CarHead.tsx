import type { LaneView, PassageView } from '../../../shared/contract/lanes.ts';
import { Plate } from '../../components/Plate.tsx';
import { Shape } from '../../components/Shape.tsx';
import { formatDateTime, formatDuration } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';

/** Below this a person should compare plate and photo. */
const SURE_PERCENT = 90;

/** Who stands there, since when it was inside, and what the lane makes of it. */
export function CarHead({ lane, passage }: { lane: LaneView; passage: PassageView }) {
  const { t, language } = useWords();
  const { stay, bill, readPlate, confidence } = passage;
  const unsure = confidence !== null && confidence < SURE_PERCENT;
  return (
    <header className="car-head">
      <Plate plate={passage.plate} size={44} />
      <div className="car-facts">
        <p>
          {stay && (
            <strong>
              {t(`parking.${stay.parkingType}`)} · {t(`vehicle.${stay.vehicleClass}`)}
            </strong>
          )}
          {bill && (
            <span>
              {t('panel.duration')} <strong>{formatDuration(bill.minutes, language)}</strong>
            </span>
          )}
          {readPlate && <span>{t('panel.readAs', { plate: readPlate.text || t('plate.unread') })}</span>}
          {!readPlate && unsure && (
            <span className="car-unsure">{t('panel.confidence', { n: Math.round(confidence) })}</span>
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
      </div>
      <div className="car-lane">
        <span className="car-phase" data-phase={lane.phase}>
          <Shape name={lane.phase} size={26} /> {t(`lane.phase.${lane.phase}`)}
        </span>
        <span>{lane.name}</span>
      </div>
    </header>
  );
}
