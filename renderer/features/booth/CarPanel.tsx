import type { LaneView, PassageView } from '../../../shared/contract/lanes.ts';
import { Shape } from '../../components/Shape.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { CarHead } from './CarHead.tsx';
import { CarPhotos } from './CarPhotos.tsx';
import { FeeSteps } from './FeeSteps.tsx';
import { MoneyBox } from './MoneyBox.tsx';
import { PanelButtons } from './PanelButtons.tsx';

/** The car on show: who it is, what the pictures say, what it owes and what can be done. */
export function CarPanel({ lane, passage }: { lane: LaneView; passage: PassageView }) {
  const { t } = useWords();
  return (
    <div className="car" data-phase={lane.phase}>
      <CarHead lane={lane} passage={passage} />
      {passage.attention && lane.phase === 'attention' && (
        <div className="car-attention" data-attention={passage.attention} role="alert">
          <Shape name={passage.attention === 'blacklisted' ? 'alarm' : 'attention'} size={30} />
          <strong>{t(`attention.${passage.attention}.title`)}</strong>
          <span>{t(`attention.${passage.attention}.todo`)}</span>
        </div>
      )}
      <div className="car-body">
        <div className="car-left">
          <CarPhotos lane={lane} passage={passage} />
          {passage.bill && <FeeSteps bill={passage.bill} />}
        </div>
        <div className="car-right">
          {passage.bill && (
            <MoneyBox
              passageId={passage.id}
              bill={passage.bill}
              phase={lane.phase}
              paidFen={passage.stay?.paidFen ?? passage.bill.paidFen}
            />
          )}
          <PanelButtons lane={lane} passage={passage} />
        </div>
      </div>
    </div>
  );
}
