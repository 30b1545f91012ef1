import type { DeviceState } from '../../../shared/contract/devices.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { Empty } from '../../office/States.tsx';
import { DisplayTry } from './try/DisplayTry.tsx';
import { DrawerTry, PrintTry } from './try/PrinterTry.tsx';
import { PulseTry } from './try/PulseTry.tsx';
import { RawTry } from './try/RawTry.tsx';
import { ScanTry } from './try/ScanTry.tsx';
import { SignTry } from './try/SignTry.tsx';

/** What really does something: each with what it does written beside it. */
export function TryOutTab({ device, onDone }: { device: DeviceState; onDone: () => void }) {
  const { t } = useWords();
  const mayRaw = useSession(({ user }) => may(user, 'device.raw'));
  const { can } = device;
  const raw = can.raw && mayRaw;
  if (![can.pulse, can.show, can.sign, can.print, can.drawer, can.scan, raw].includes(true))
    return <Empty title={t('devices.test.none')} />;
  return (
    <div className="dev-tab">
      {can.pulse && <PulseTry device={device} onDone={onDone} />}
      {can.show && <DisplayTry device={device} onDone={onDone} />}
      {can.sign && <SignTry device={device} onDone={onDone} />}
      {can.print && <PrintTry device={device} onDone={onDone} />}
      {can.drawer && <DrawerTry device={device} onDone={onDone} />}
      {can.scan && <ScanTry device={device} onLook={onDone} />}
      {raw && <RawTry device={device} onDone={onDone} />}
    </div>
  );
}
