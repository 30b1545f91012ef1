import { useEffect } from 'react';
import { Loading } from '../../app/Loading.tsx';
import { useLive } from '../../lib/station/live.ts';
import { CorrectDialog } from './CorrectDialog.tsx';
import { KeyBar } from './KeyBar.tsx';
import { handleBoothKey } from './keys.ts';
import { LaneStrip } from './LaneStrip.tsx';
import { ReasonDialog } from './ReasonDialog.tsx';
import { ServicePanel } from './ServicePanel.tsx';
import { SideColumn } from './SideColumn.tsx';
import { refocus, useBooth } from './store.ts';
import './lanes.css';
import './car.css';
import './money.css';
import './cleared.css';
import './side.css';
import './events.css';
import './dialog.css';
import './booth.css';

/** The cockpit: everything an attendant needs on one screen, every act on a key. */
export function BoothScreen() {
  const ready = useLive((state) => state.frame !== null);
  const lanes = useLive((state) => state.frame?.lanes);
  const dialog = useBooth((state) => state.dialog);
  useEffect(() => {
    if (lanes) refocus(lanes);
  }, [lanes]);
  useEffect(() => {
    window.addEventListener('keydown', handleBoothKey);
    return () => window.removeEventListener('keydown', handleBoothKey);
  }, []);
  if (!ready) return <Loading />;
  return (
    <div className="booth">
      <div className="booth-main" inert={dialog !== null}>
        <LaneStrip />
        <ServicePanel />
        <KeyBar />
      </div>
      <SideColumn />
      {dialog?.kind === 'reason' && <ReasonDialog key={`${dialog.act}-${dialog.laneId}`} dialog={dialog} />}
      {dialog?.kind === 'correct' && <CorrectDialog key={dialog.passageId} dialog={dialog} />}
    </div>
  );
}
