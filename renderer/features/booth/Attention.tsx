import type { LaneView, PassageView } from '../../../shared/contract/lanes.ts';
import { eventBodies } from '../../../shared/domain/events.ts';
import { fromRfc3339 } from '../../../shared/domain/time.ts';
import { Shape } from '../../components/Shape.tsx';
import { platformName } from '../../lib/platform-name.ts';
import { useLive } from '../../lib/station/live.ts';
import { Elapsed } from './Elapsed.tsx';
import { useBoothWords } from './keymap/key-names.ts';

/** What is the matter with the car on show, and what to do now; while a platform is asked, how that goes. */
export function Attention({ lane, passage }: { lane: LaneView; passage: PassageView }) {
  const { t } = useBoothWords();
  const { attention } = passage;
  const asking = lane.phase === 'asking';
  if (lane.phase !== 'attention' && !asking) return null;
  return (
    <>
      {attention !== null && (
        <div className="car-attention" data-attention={attention} role="alert">
          <Shape name={attention === 'blacklisted' ? 'alarm' : 'attention'} size={30} />
          <strong>{t(`attention.${attention}.title`)}</strong>
          <span>{t(`attention.${attention}.todo`)}</span>
        </div>
      )}
      {(asking || attention === 'remote-silent') && <AskedLine lane={lane} passage={passage} />}
    </>
  );
}

/** Which platform is asked about this car, how often it was, and what it said last. */
function AskedLine({ lane, passage }: { lane: LaneView; passage: PassageView }) {
  const { t } = useBoothWords();
  const last = useLive((state) =>
    state.events.find((event) => event.kind === 'authority-answered' && event.passageId === passage.id),
  );
  const told = last ? eventBodies['authority-answered'].safeParse(last.body).data : undefined;
  const platform = platformName(told?.platform ?? lane.authority ?? '', t);
  const asking = lane.phase === 'asking';
  return (
    <div className="car-asking" role="status">
      <Shape name="asking" size={24} />
      {asking && <strong>{t('asking.title', { platform })}</strong>}
      {asking && (
        <span>
          <Elapsed since={fromRfc3339(passage.startedAt)} /> {t('boothMore.count.asking')}
        </span>
      )}
      <span>
        {told === undefined || told.answer === 'open'
          ? t('asking.first')
          : t(told.answer === 'refuse' ? 'asking.refused' : asking ? 'asking.failed' : 'asking.gaveUp', {
              n: told.attempt,
            })}
      </span>
      {told !== undefined && told.answer !== 'open' && told.detail !== '' && (
        <span className="car-asking-detail">{t('asking.detail', { detail: told.detail })}</span>
      )}
    </div>
  );
}
