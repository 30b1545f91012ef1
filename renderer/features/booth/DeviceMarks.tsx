import type { DeviceView } from '../../../shared/contract/lanes.ts';
import { useWords } from '../../lib/i18n/index.ts';

const kinds = ['camera', 'barrier', 'display', 'scanner', 'printer'] as const;

/** Devices in words; only what is not well is coloured and spelled out. */
export function DeviceMarks({ devices }: { devices: readonly DeviceView[] }) {
  const { t } = useWords();
  return (
    <span className="devices">
      {devices.map((device) => {
        const kind = kinds.find((each) => each === device.kind);
        const name = kind ? t(`lane.device.${kind}`) : device.kind;
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
