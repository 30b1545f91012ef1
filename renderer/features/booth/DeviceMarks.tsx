import type { DeviceView, LaneView } from '../../../shared/contract/lanes.ts';
import { kindName } from '../../events/device-name.ts';
import { useWords } from '../../lib/i18n/index.ts';

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
        const name = kindName(device.kind, t);
        return (
          <span key={device.id} className="device" data-state={device.state} title={`${device.id} ${device.driver}`}>
            {device.state === 'offline' ? '✕ ' : ''}
            {name} {t(`lane.deviceState.${device.state}`)}
          </span>
        );
      })}
    </span>
  );
}
