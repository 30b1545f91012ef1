import type { Plate as PlateValue } from '../../shared/domain/plate.ts';
import { useWords } from '../lib/i18n/index.ts';
import { plateWithDot } from '../lib/plates.ts';
import './Plate.css';

const redFirst = new Set<PlateValue['kind']>(['armed-police', 'military']);

/** A plate drawn in its own colours, with the class in words beside it: colour is never the only sign. */
export function Plate({ plate, size, showClass = true }: { plate: PlateValue; size?: number; showClass?: boolean }) {
  const { t } = useWords();
  const text =
    plate.kind === 'none' ? t('plate.none') : plate.text === '' ? t('plate.unread') : plateWithDot(plate.text);
  const color = t(`plate.color.${plate.color}`);
  const known = plate.text !== '';
  return (
    <span className="plate-group">
      <span
        className={`plate plate-${plate.color} ${redFirst.has(plate.kind) ? 'plate-first-red' : ''}`}
        data-color={plate.color}
        data-kind={plate.kind}
        {...(size === undefined ? {} : { style: { ['--plate-size' as string]: `${size}px` } })}
        role="img"
        aria-label={known ? t('plate.label', { text: plate.text, color }) : text}
      >
        {text}
      </span>
      {showClass && known && <span className="plate-class">{color}</span>}
    </span>
  );
}
