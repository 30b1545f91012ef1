import type { LaneView, PassageView } from '../../../shared/contract/lanes.ts';
import { Plate } from '../../components/Plate.tsx';
import { Shape } from '../../components/Shape.tsx';
import { useWords } from '../../lib/i18n/index.ts';

export function CarHead({ lane, passage }: { lane: LaneView; passage: PassageView }) {
  const { t } = useWords();
  const { stay, readPlate, confidence } = passage;
  return (
    <header className="car-head">
      <Plate plate={passage.plate} size={44} />
      <div className="car-kind">
        {stay && (
          <strong>
            {t(`parking.${stay.parkingType}`)} · {t(`vehicle.${stay.vehicleClass}`)}
          </strong>
        )}
        {readPlate ? (
          <span>{t('panel.readAs', { plate: readPlate.text || t('plate.unread') })}</span>
        ) : (
          confidence !== null && <span>{t('panel.confidence', { n: Math.round(confidence) })}</span>
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
