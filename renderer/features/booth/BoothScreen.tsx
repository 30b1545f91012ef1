import { useEffect } from 'react';
import { Loading } from '../../components/Loading.tsx';
import { useLive } from '../../lib/station/live.ts';
import { BackFillDialog } from './BackFillDialog.tsx';
import { listenToKeys } from './booth-keys.ts';
import { CorrectDialog } from './CorrectDialog.tsx';
import { ChangeDialog } from './change/ChangeDialog.tsx';
import { useFollowedChange } from './change/change-store.ts';
import { FindDialog } from './FindDialog.tsx';
import { FixedFeeDialog } from './FixedFeeDialog.tsx';
import { IdentifyDialog } from './IdentifyDialog.tsx';
import { KeyBar } from './KeyBar.tsx';
import { KeysDialog } from './keymap/KeysDialog.tsx';
import { LaneStrip } from './LaneStrip.tsx';
import { PassedDialog } from './passed/PassedDialog.tsx';
import { AnywayDialog } from './pay/AnywayDialog.tsx';
import { PosDialog } from './pay/PosDialog.tsx';
import { useFollowedPay } from './pay/use-pay.ts';
import { ReasonDialog } from './ReasonDialog.tsx';
import { usePaperNews } from './receipt/use-paper-news.ts';
import { useFollowedRules } from './rules.ts';
import { ServicePanel } from './ServicePanel.tsx';
import { SideColumn } from './SideColumn.tsx';
import { useStationScans } from './scan/use-station-scans.ts';
import { type Dialog, refocus, useBooth } from './store.ts';
import { usePhotoLight } from './use-photo-light.ts';
import './lanes.css';
import './car.css';
import './money.css';
import './cleared.css';
import './side.css';
import './events.css';
import './dialog.css';
import './attention.css';
import './asked/asked.css';
import './find.css';
import './booth.css';
import './more.css';

/** The cockpit: everything an attendant needs on one screen, every act on a key. */
export function BoothScreen() {
  const ready = useLive((state) => state.frame !== null);
  const lanes = useLive((state) => state.frame?.lanes);
  const dialog = useBooth((state) => state.dialog);
  useFollowedRules();
  useFollowedPay();
  useFollowedChange();
  useStationScans();
  usePaperNews();
  usePhotoLight();
  useEffect(() => {
    if (lanes) refocus(lanes);
  }, [lanes]);
  useEffect(listenToKeys, []);
  if (!ready) return <Loading />;
  return (
    <div className="booth">
      <div className="booth-main" inert={dialog !== null}>
        <LaneStrip />
        <ServicePanel />
        <KeyBar />
      </div>
      <SideColumn />
      {dialog && <OpenDialog key={keyOf(dialog)} dialog={dialog} />}
    </div>
  );
}

/** Another car, or another question, is another dialog: nothing of the one before survives in it. */
const keyOf = (dialog: Dialog): string =>
  [dialog.kind, dialog.laneId, dialog.passageId, dialog.kind === 'reason' ? dialog.act : ''].join();

function OpenDialog({ dialog }: { dialog: Dialog }) {
  switch (dialog.kind) {
    case 'reason':
      return <ReasonDialog dialog={dialog} />;
    case 'anyway':
      return <AnywayDialog dialog={dialog} />;
    case 'pos':
      return <PosDialog dialog={dialog} />;
    case 'passed':
      return <PassedDialog dialog={dialog} />;
    case 'change':
      return <ChangeDialog dialog={dialog} />;
    case 'keys':
      return <KeysDialog dialog={dialog} />;
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
