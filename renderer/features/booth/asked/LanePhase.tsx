import type { LaneView } from '../../../../shared/contract/lanes.ts';
import { fromRfc3339 } from '../../../../shared/domain/time.ts';
import { Shape } from '../../../components/Shape.tsx';
import { useWords } from '../../../lib/i18n/index.ts';
import { platformName } from '../../../lib/platform-name.ts';
import { useLive } from '../../../lib/station/live.ts';
import { useNow } from '../Elapsed.tsx';
import { leftAt, stageOf, stageShapes } from './stage.ts';

/** What a lane does, in a word; where a platform has the word, what that platform does. */
export function LanePhase({ lane, size }: { lane: LaneView; size: number }) {
  const { t } = useWords();
  const stage = stageOf(lane);
  if (stage === null)
    return (
      <>
        <Shape name={lane.phase === 'pricing' ? 'asking' : lane.phase} size={size} />
        {t(`lane.phase.${lane.phase}`)}
      </>
    );
  const asked = lane.passage?.asked;
  const by = lane.barrier.lastCommand?.by;
  return (
    <>
      <Shape name={stageShapes[stage]} size={size} />
      {t(`asking.${stage}.short`, {
        platform: platformName((stage === 'remote' ? by : lane.authority) ?? '', t),
        n: asked?.failures ?? 0,
        of: asked?.giveUpAfter ?? 0,
      })}
      {stage === 'asking' && <Seconds since={fromRfc3339(asked?.since ?? lane.passage?.startedAt ?? '')} />}
    </>
  );
}

/** Only once it takes long. */
function Seconds({ since }: { since: number }) {
  const { t } = useWords();
  const seconds = Math.floor((useNow() - since) / 1000);
  return seconds > 3 ? <small aria-live="off">{t('asking.seconds', { n: seconds })}</small> : null;
}

/** Under an empty lane: nothing, or that the car which was asked about drove off. */
export function NoCar({ lane }: { lane: LaneView }) {
  const { t } = useWords();
  const events = useLive((state) => state.events);
  const now = useNow();
  return (
    <span className="lane-none">
      {leftAt(lane, events, now) === null
        ? t('lane.noCar')
        : t('asking.left', { platform: platformName(lane.authority ?? '', t) })}
    </span>
  );
}
