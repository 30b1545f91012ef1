import { type KeyboardEvent, useRef, useState } from 'react';
import { useWords } from '../lib/i18n/index.ts';
import { cleanTyped, commonProvince, provinces, splitPlate } from '../lib/plates.ts';
import { setPrefs, usePrefs } from '../lib/prefs.ts';
import { useLive } from '../lib/station/live.ts';
import { PlateField } from './PlateField.tsx';
import { ProvincePicker } from './ProvincePicker.tsx';
import './PlateInput.css';

/** The province that a plate typed here most likely begins with. */
function homeProvince(saved: string): string {
  if (saved !== '') return saved;
  const { frame } = useLive.getState();
  const standing = frame?.lanes.flatMap(({ passage }) => (passage ? [passage.plate] : [])) ?? [];
  return commonProvince(standing) ?? '鲁';
}

const isUsual = (text: string): boolean => text === '' || provinces.some((province) => text.startsWith(province));

/**
 * One plate on a form: the province by a picker (Space opens it), the rest by letters and digits without an input method. A
 * whole plate may be pasted. Plates of another make (embassy, military …) are typed freely.
 */
export function PlateInput(props: { id: string; value: string; onChange: (plate: string) => void; label: string }) {
  const { t } = useWords();
  const { value, onChange } = props;
  const saved = usePrefs((prefs) => prefs.province);
  const [province, setProvince] = useState(() => splitPlate(value, homeProvince(saved)).province);
  const [free, setFree] = useState(() => !isUsual(value));
  const [picking, setPicking] = useState(false);
  const field = useRef<HTMLDivElement>(null);
  const typed = splitPlate(value, province);
  const put = (raw: string): void => {
    const next = cleanTyped(raw, typed.province);
    setProvince(next.province);
    onChange(next.number === '' ? '' : next.province + next.number);
  };
  const goOn = (): void => {
    setPicking(false);
    requestAnimationFrame(() => field.current?.focus());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (picking || event.key !== ' ' || event.target !== field.current) return;
    event.preventDefault();
    setPicking(true);
  };
  if (free)
    return (
      <div className="plate-input">
        <input
          id={props.id}
          className="plate-typed"
          aria-label={props.label}
          maxLength={16}
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value.toUpperCase().replace(/[\s·]/g, ''))}
        />
        <button
          type="button"
          className="plate-free"
          onClick={() => {
            onChange('');
            setFree(false);
          }}
        >
          {t('registry.plateUsual')}
        </button>
      </div>
    );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the key belongs to the field inside
    <div className="plate-input" onKeyDown={onKeyDown}>
      <button
        type="button"
        className="plate-province"
        aria-label={t('registry.plateProvince', { province: typed.province })}
        aria-expanded={picking}
        onClick={() => setPicking(!picking)}
      >
        {typed.province}
      </button>
      <PlateField
        id={props.id}
        className="plate-typed"
        label={props.label}
        value={typed.number}
        onChange={put}
        field={field}
        goesOn
      />
      {typed.number === '' && (
        <button type="button" className="plate-free" onClick={() => setFree(true)}>
          {t('registry.plateOther')}
        </button>
      )}
      {picking && (
        <div className="plate-input-provinces">
          <ProvincePicker
            value={typed.province}
            onPick={(picked) => {
              setProvince(picked);
              setPrefs({ province: picked });
              if (typed.number !== '') onChange(picked + typed.number);
              goOn();
            }}
            onSuffix={(suffix) => {
              put(typed.number + suffix);
              goOn();
            }}
            onLeave={goOn}
          />
        </div>
      )}
    </div>
  );
}
