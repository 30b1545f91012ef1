import { useState } from 'react';
import { normalisePlateText } from '../../shared/domain/plates.ts';
import { useWords } from '../lib/i18n/index.ts';
import { plateWithDot } from '../lib/plates.ts';
import { PlateInput } from './PlateInput.tsx';
import './PlatesInput.css';

/** Several plates: each typed one is taken in by Enter, and taken out by its own button. What is still being typed counts too. */
export function PlatesInput(props: {
  id: string;
  label: string;
  value: readonly string[];
  /** Typed, and not taken in yet. */
  open: string;
  onChange: (plates: readonly string[], open: string) => void;
}) {
  const { t } = useWords();
  const { value, open, onChange } = props;
  const [round, setRound] = useState(0);
  const take = (): void => {
    const plate = normalisePlateText(open);
    if (plate === '') return;
    onChange(value.includes(plate) ? value : [...value, plate], '');
    setRound(round + 1);
    requestAnimationFrame(() => document.getElementById(props.id)?.focus());
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter belongs to the field inside
    <div
      className="plates-input"
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || open === '' || !(event.target instanceof HTMLElement)) return;
        if (event.target.id !== props.id) return;
        event.preventDefault();
        event.stopPropagation();
        take();
      }}
    >
      {value.length > 0 && (
        <ul>
          {value.map((plate) => (
            <li key={plate}>
              {plateWithDot(plate)}
              <button
                type="button"
                aria-label={t('registry.plateOut', { plate })}
                onClick={() =>
                  onChange(
                    value.filter((each) => each !== plate),
                    open,
                  )
                }
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="plates-typing">
        <PlateInput
          key={round}
          id={props.id}
          label={props.label}
          value={open}
          onChange={(plate) => onChange(value, plate)}
        />
        <button type="button" className="plates-add" disabled={open === ''} onClick={take}>
          {t('registry.plateIn')}
        </button>
      </div>
    </div>
  );
}
