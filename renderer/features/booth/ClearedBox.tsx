import type { LaneView } from '../../../shared/contract/lanes.ts';
import { Shape } from '../../components/Shape.tsx';
import { useBoothWords } from './keymap/key-names.ts';

/** The decision stands; whether the arm followed is another matter, and the louder one. */
export function ClearedBox({ lane }: { lane: LaneView }) {
  const { t } = useBoothWords();
  const outcome = lane.barrier.lastCommand?.outcome;
  const stuck = outcome === 'unknown' || outcome === 'refused';
  return (
    <div className="cleared" data-stuck={stuck} role="status">
      <Shape name={stuck ? 'alarm' : 'cleared'} size={30} />
      <span>
        <strong>{t(stuck ? 'panel.clearedStuck' : 'panel.cleared')}</strong>
        <small>{t(stuck ? (lane.direction === 'in' ? 'panel.stuckIn' : 'panel.stuckOut') : 'panel.waitPass')}</small>
      </span>
    </div>
  );
}
