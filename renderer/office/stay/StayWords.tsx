import type { StayView } from '../../../shared/contract/stays.ts';
import type { Plate as PlateValue } from '../../../shared/domain/plate.ts';
import { fromRfc3339 } from '../../../shared/domain/time.ts';
import { Plate } from '../../components/Plate.tsx';
import { formatDuration } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import { useWords } from '../../lib/i18n/index.ts';
import type { Language } from '../../lib/i18n/language.ts';
import { State, type Tone } from '../Values.tsx';

const tones: Record<StayView['status'], Tone> = { inside: 'info', left: 'plain', abnormal: 'call' };

/** 在场 · 已离场 · 异常结束; `owing`: it left without paying all. */
export function StayStatus({ status, owing = false }: { status: StayView['status']; owing?: boolean }) {
  const { t } = useWords();
  if (owing) return <State tone="stop">{t('stays.status.owing')}</State>;
  return <State tone={tones[status]}>{t(`stays.status.${status}`)}</State>;
}

/** A plate in a row of a list, its colour in a word beside it; a car without one by what it is known as. */
export function PlateCell({ plate, identity = null }: { plate: PlateValue; identity?: string | null }) {
  const { t } = useWords();
  return plate.text === '' && identity !== null ? (
    <span>{`${t('plate.none')} ${identity}`}</span>
  ) : (
    <Plate plate={plate} size={14} />
  );
}

/** How staff call the car of a stay. */
export function carName({ plate, identity }: Pick<StayView, 'plate' | 'identity'>, t: Translate): string {
  return plate.text !== '' ? plate.text : `${t('plate.none')}${identity === null ? '' : ` ${identity}`}`;
}

/** From its entry to its exit, or to now while it is inside; nothing for a stay that has no end to speak of. */
export function stayDuration(stay: StayView, now: number, language: Language): string | null {
  const end = stay.exitedAt === null ? (stay.status === 'inside' ? now : null) : fromRfc3339(stay.exitedAt);
  return end === null ? null : formatDuration((end - fromRfc3339(stay.enteredAt)) / 60_000, language);
}
