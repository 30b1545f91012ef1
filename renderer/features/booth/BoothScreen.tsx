import { useEffect } from 'react';
import { Loading } from '../../components/Loading.tsx';
import { useLive } from '../../lib/station/live.ts';
import { BackFillDialog } from './BackFillDialog.tsx';
import { CorrectDialog } from './CorrectDialog.tsx';
import { FindDialog } from './FindDialog.tsx';
import { FixedFeeDialog } from './FixedFeeDialog.tsx';
import { IdentifyDialog } from './IdentifyDialog.tsx';
import { KeyBar } from './KeyBar.tsx';
import { handleBoothKey } from './keys.ts';
import { LaneStrip } from './LaneStrip.tsx';
import { ReasonDialog } from './ReasonDialog.tsx';
import { useFollowedRules } from './rules.ts';
import { ServicePanel } from './ServicePanel.tsx';
import { SideColumn } from './SideColumn.tsx';
import { type CarDialog, type Dialog, refocus, useBooth } from './store.ts';
import './lanes.css';
import './car.css';
import './money.css';
import './cleared.css';
import './side.css';
import './events.css';
import './dialog.css';
import './attention.css';
import './find.css';
import './booth.css';

/** The cockpit: everything an attendant needs on one screen, every act on a key. */
export function BoothScreen() {
  const ready = useLive((state) => state.frame !== null);
  const lanes = useLive((state) => state.frame?.lanes);
  const dialog = useBooth((state) => state.dialog);
  useFollowedRules();
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
      {dialog && dialog.kind !== 'reason' && <AboutCar key={`${dialog.kind}-${dialog.passageId}`} dialog={dialog} />}
    </div>
  );
}

/** The dialogs that find out which car stands there, or when it came. */
function AboutCar({ dialog }: { dialog: Extract<Dialog, { kind: CarDialog }> }) {
  switch (dialog.kind) {
    case 'correct':
      return <CorrectDialog dialog={dialog} />;
    case 'find':
      return <FindDialog dialog={dialog} />;
    case 'backFill':
      return <BackFillDialog dialog={dialog} />;
    case 'fixedFee':
      return <FixedFeeDialog dialog={dialog} />;
    case 'identify':
      return <IdentifyDialog dialog={dialog} />;
  }
}
