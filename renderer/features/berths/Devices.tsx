import type { BerthView } from '../../../shared/contract/berths.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { State, type Tone } from '../../office/Values.tsx';

const tones: Record<NonNullable<BerthView['device']>, Tone> = { online: 'go', offline: 'stop', unknown: 'plain' };

/** What tells of a berth, and whether it can be heard; without any it depends on people. */
export function Devices({ berth }: { berth: BerthView }) {
  const { t } = useWords();
  const { sensor, camera, device } = berth;
  const named = [
    ...(sensor === null ? [] : [`${t('berths.sensor')} ${sensor}`]),
    ...(camera === null ? [] : [`${t('berths.camera')} ${camera}`]),
  ];
  if (device === null || named.length === 0) return t('berths.byPeople');
  return (
    <span className="berth-devices">
      <State tone={tones[device]}>{t(`berths.device.${device}`)}</State> {named.join(' · ')}
    </span>
  );
}
