import type { LaneView } from '../../../shared/contract/lanes.ts';
import { fromRfc3339 } from '../../../shared/domain/time.ts';
import { Photo } from '../../components/Photo.tsx';
import { Plate } from '../../components/Plate.tsx';
import { Shape } from '../../components/Shape.tsx';
import { platformName } from '../../lib/platform-name.ts';
import { LanePhase, NoCar } from './asked/LanePhase.tsx';
import { openedAlone, stageOf } from './asked/stage.ts';
import { BarrierLine } from './BarrierLine.tsx';
import { DeviceMarks } from './DeviceMarks.tsx';
import { Elapsed } from './Elapsed.tsx';
import { needsPerson } from './focus.ts';
import { keyLabel, useBoothWords } from './keymap/key-names.ts';
import { selectLane } from './store.ts';

/** One lane at a glance. Pressing it shows the lane in the panel; a card never does so by itself. */
export function LaneCard(props: {
  lane: LaneView;
  selected: boolean;
  /** The key that corrects the plate of an entering car means this one. */
  entering: boolean;
}) {
  const { lane, selected, entering } = props;
  const { t, keys } = useBoothWords();
  const { passage } = lane;
  const { lastCommand } = lane.barrier;
  const hold = lastCommand?.action === 'hold' ? lastCommand : null;
  const alone = lane.barrier.held ? null : openedAlone(lane);
  const stage = stageOf(lane);
  const plate = passage?.plate ?? alone?.plate;
  return (
    <button
      type="button"
      className="lane"
      data-phase={lane.phase}
      data-call={needsPerson(lane)}
      data-held={lane.barrier.held}
      data-stage={stage}
      data-car={passage !== null}
      aria-pressed={selected}
      title={t('lane.select', { name: lane.name })}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => selectLane(lane.id)}
    >
      <span className="lane-head">
        <span className="lane-direction" data-direction={lane.direction}>
          {lane.direction === 'in' ? '↓' : '↑'} {t(`lane.${lane.direction}`)}
          {(lane.bothWays || lane.reversible) && ` · ${t(lane.bothWays ? 'lane.bothWays' : 'lane.reversible')}`}
        </span>
        <strong className="lane-name">{lane.name}</strong>
        {lane.authority !== null && !lane.barrier.held && stage === null && (
          <span className="lane-authority" title={t('lane.authorityHelp')}>
            {t('lane.authority', { platform: platformName(lane.authority, t) })}
          </span>
        )}
        {lane.barrier.held && (
          <strong className="lane-held">
            <Shape name={hold?.origin === 'platform' ? 'remote' : 'alarm'} size={20} />
            {hold?.origin === 'platform'
              ? t('asking.held', { platform: platformName(hold.by, t) })
              : t('lane.heldLoud')}
            {hold !== null && <Elapsed since={fromRfc3339(hold.at)} />}
          </strong>
        )}
        {entering && !lane.barrier.held && (
          <span className="lane-key">
            <kbd>{keyLabel(keys.entryPlate)}</kbd> {t('boothMore.entering.short')}
          </span>
        )}
        {lane.waiting.length > 0 && <span className="lane-queue">{t('lane.waiting', { n: lane.waiting.length })}</span>}
      </span>
      <span className="lane-state">
        <span className="lane-phase">
          <LanePhase lane={lane} size={24} />
          {alone && <Elapsed since={fromRfc3339(alone.at)} />}
        </span>
        {plate ? <Plate plate={plate} size={28} /> : <NoCar lane={lane} />}
      </span>
      <span className="lane-foot">
        <BarrierLine barrier={lane.barrier} />
        <DeviceMarks devices={lane.devices} loop={lane.loop} />
      </span>
      {passage && (
        <span className="lane-photo">
          <Photo id={passage.photoId} alt={t('lane.photo', { name: lane.name })} />
        </span>
      )}
    </button>
  );
}
