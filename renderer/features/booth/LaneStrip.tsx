import { useWords } from '../../lib/i18n/index.ts';
import { go } from '../../lib/route.ts';
import { useLive } from '../../lib/station/live.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { enteringCars } from './entering.ts';
import { LaneCard } from './LaneCard.tsx';
import { useBooth } from './store.ts';

export function LaneStrip() {
  const { t } = useWords();
  const lanes = useLive((state) => state.frame?.lanes) ?? [];
  const laneId = useBooth((state) => state.laneId);
  const maySetUp = useSession(({ user }) => may(user, 'settings.change'));
  const entering = enteringCars(lanes);
  const next = (entering.find(({ lane }) => lane.id === laneId) ?? entering[0])?.lane.id;
  if (lanes.length === 0)
    return (
      <div className="lanes lanes-empty">
        <strong>{t('lane.none')}</strong>
        <span>{t(maySetUp ? 'lane.noneBegin' : 'lane.noneText')}</span>
        {maySetUp && (
          <button type="button" className="key-button" data-tone="info" onClick={() => go('setup')}>
            {t('app.setUp')}
          </button>
        )}
      </div>
    );
  return (
    <div className="lanes" data-count={Math.min(lanes.length, 4)}>
      {lanes.map((lane) => (
        <LaneCard key={lane.id} lane={lane} selected={lane.id === laneId} entering={lane.id === next} />
      ))}
    </div>
  );
}
