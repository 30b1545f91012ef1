import type { LaneView, PassageView } from '../../../shared/contract/lanes.ts';
import { Shape } from '../../components/Shape.tsx';
import { AskedBox } from './asked/AskedBox.tsx';
import { PriceBox } from './asked/PriceBox.tsx';
import { stageOf } from './asked/stage.ts';
import { lacksPrice } from './focus.ts';
import { useBoothWords } from './keymap/key-names.ts';

/** What is the matter with the car on show, and what to do now; while a platform has the word, how that goes. */
export function Attention({ lane, passage }: { lane: LaneView; passage: PassageView }) {
  const { t } = useBoothWords();
  const { attention } = passage;
  if (lacksPrice(lane)) return <PriceBox lane={lane} passage={passage} />;
  if (lane.phase !== 'attention' && lane.phase !== 'asking') return null;
  if (stageOf(lane) !== null) return <AskedBox lane={lane} passage={passage} />;
  if (attention === null) return null;
  return (
    <div className="car-attention" data-attention={attention} role="alert">
      <Shape name={attention === 'blacklisted' ? 'alarm' : 'attention'} size={30} />
      <strong>{t(`attention.${attention}.title`)}</strong>
      <span>{t(`attention.${attention}.todo`)}</span>
    </div>
  );
}
