import { Shape } from '../../components/Shape.tsx';
import { useLive } from '../../lib/station/live.ts';
import { CarPanel } from './CarPanel.tsx';
import { useBoothWords } from './keymap/key-names.ts';
import { NoticeStrip } from './NoticeStrip.tsx';
import { useBooth } from './store.ts';

/** The one place where a car is served. What it shows changes only by the rules of `focus.ts`. */
export function ServicePanel() {
  const { t } = useBoothWords();
  const laneId = useBooth((state) => state.laneId);
  const lane = useLive((state) => state.frame?.lanes.find((each) => each.id === laneId));
  return (
    <section className="panel" aria-label={t('panel.title')} data-lane={laneId} data-passage={lane?.passage?.id}>
      {lane?.passage ? (
        <CarPanel lane={lane} passage={lane.passage} />
      ) : (
        <div className="panel-idle">
          <Shape name="idle" size={44} />
          <strong>{t('panel.idleTitle')}</strong>
          <span>{t('panel.idleText')}</span>
          <span>{t('panel.idleKeys')}</span>
        </div>
      )}
      <NoticeStrip />
    </section>
  );
}
