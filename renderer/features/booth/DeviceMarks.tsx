import type { DeviceView, LaneView } from '../../../shared/contract/lanes.ts';
import { kindName } from '../../events/device-name.ts';
import { useWords } from '../../lib/i18n/index.ts';

/** What a lane does without: as long as it is well its name is enough. */
const QUIET: readonly string[] = ['io', 'scanner', 'printer', 'sign'];

/** A barrier that never reports is not news: the line about its arm beside this says what is known. */
const tells = ({ kind, state }: DeviceView): boolean => kind !== 'barrier' || state !== 'unknown';

/** Devices in words; only what is not well is coloured and spelled out. */
export function DeviceMarks({ devices, loop }: { devices: readonly DeviceView[]; loop: LaneView['loop'] }) {
  const { t } = useWords();
  return (
    <span className="devices">
      {loop !== null && (
        <span className="device" data-loop={loop}>
          {t(`lane.loop.${loop}`)}
        </span>
      )}
      {devices.filter(tells).map((device) => {
        const fault = device.state === 'offline' ? undefined : faultOf(device);
        return (
          <span
            key={device.id}
            className="device"
            data-state={device.state}
            data-fault={fault !== undefined}
            title={`${device.id} ${device.driver}`}
          >
            {device.state === 'offline' ? '✕ ' : fault === undefined ? '' : '! '}
            {kindName(device.kind, t)}
            {fault !== undefined && ` ${t(`lane.deviceFault.${fault}`)}`}
            {fault === undefined &&
              !(QUIET.includes(device.kind) && device.state === 'online') &&
              ` ${t(`lane.deviceState.${device.state}`)}`}
          </span>
        );
      })}
    </span>
  );
}

/** In the order in which they matter; a code that this version does not know is in the alarms. */
const FAULTS = [
  'login-refused',
  'no-answer',
  'firmware',
  'input-stuck',
  'paper-out',
  'cover-open',
  'printer-error',
  'paper-low',
] as const;

const faultOf = ({ faults = [] }: DeviceView) => FAULTS.find((code) => faults.includes(code));
