import { type PlateColor, plateColorSchema } from '../../shared/domain/plate.ts';
import { useWords } from '../lib/i18n/index.ts';
import './color-choice.css';
import './Plate.css';

/** Native radio buttons: the arrow keys and the screen reader come with them. */
export function ColorChoice({ value, onChange }: { value: PlateColor; onChange: (color: PlateColor) => void }) {
  const { t } = useWords();
  return (
    <fieldset className="colors">
      <legend className="visually-hidden">{t('correct.color')}</legend>
      {plateColorSchema.options.map((color) => (
        <label key={color} className="color" data-checked={color === value}>
          <input
            type="radio"
            name="plate-color"
            className="visually-hidden"
            checked={color === value}
            onChange={() => onChange(color)}
          />
          <span className={`color-swatch plate-${color}`} aria-hidden="true" />
          {t(`plate.color.${color}`)}
        </label>
      ))}
    </fieldset>
  );
}
