import type { LaneView } from '../../shared/contract/lanes.ts';
import type { Translate } from '../lib/i18n/index.ts';

const kinds = ['camera', 'barrier', 'io', 'display', 'scanner', 'printer', 'sign'] as const;

/** 相机, 闸机 …; the kind itself where this version has no word for it. */
export function kindName(kind: string, t: Translate): string {
  const known = kinds.find((each) => each === kind);
  return known ? t(`lane.device.${known}`) : kind;
}

/** What staff call a device: its lane and its kind. A device of no lane keeps its id. */
export function deviceName(deviceId: string, lanes: readonly LaneView[], t: Translate): string {
  for (const lane of lanes) {
    const device = lane.devices.find((each) => each.id === deviceId);
    if (device) return t('lane.deviceOf', { lane: lane.name, device: kindName(device.kind, t) });
  }
  return deviceId;
}
