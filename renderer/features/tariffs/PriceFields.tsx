import { useWords } from '../../lib/i18n/index.ts';
import { BracketFields } from './BracketFields.tsx';
import { FeeField, MinutesField, Notes } from './fields.tsx';
import type { Path, PriceForm } from './form.ts';
import { Question } from './Question.tsx';
import { StepFields } from './StepFields.tsx';

/** How time in a segment is priced. */
export function PriceFields(props: { price: PriceForm; path: Path; onChange: (price: PriceForm) => void }) {
  const { t } = useWords();
  const { price, path, onChange } = props;
  switch (price.kind) {
    case 'free':
      return <p className="tf-aside">{t('tariffs.field.freeSegment')}</p>;
    case 'flat':
      return (
        <div className="tf-grid">
          <FeeField
            label={t('tariffs.field.flatFee')}
            path={[...path, 'feeFen']}
            value={price.feeFen}
            onChange={(feeFen) => onChange({ ...price, feeFen })}
          />
        </div>
      );
    case 'units': {
      const { part } = price;
      return (
        <>
          <StepFields steps={price.steps} path={path} onChange={(steps) => onChange({ ...price, steps })} />
          <Question
            id="part"
            path={[...path, 'part']}
            choice="part"
            values={['up', 'down', 'above']}
            value={part === null ? null : typeof part === 'object' ? 'above' : part}
            onChange={(value) => onChange({ ...price, part: value === 'above' ? { aboveMinutes: null } : value })}
            extra={(value) =>
              value === 'above' && typeof part === 'object' && part !== null ? (
                <MinutesField
                  label={t('tariffs.field.aboveMinutes')}
                  path={[...path, 'part', 'aboveMinutes']}
                  value={part.aboveMinutes}
                  onChange={(aboveMinutes) => onChange({ ...price, part: { aboveMinutes } })}
                />
              ) : null
            }
          />
        </>
      );
    }
    case 'brackets': {
      const { beyond } = price;
      const unit = typeof beyond === 'object' && beyond !== null ? beyond : null;
      return (
        <>
          <BracketFields
            brackets={price.brackets}
            path={path}
            onChange={(brackets) => onChange({ ...price, brackets })}
          />
          <Question
            id="beyond"
            path={[...path, 'beyond']}
            values={['nothing-more', 'repeat', 'unit']}
            value={unit ? 'unit' : typeof beyond === 'string' ? beyond : null}
            onChange={(value) =>
              onChange({ ...price, beyond: value === 'unit' ? { unitMinutes: 60, unitFen: null } : value })
            }
            extra={(value) =>
              value === 'unit' && unit ? (
                <div className="tf-grid">
                  <MinutesField
                    label={t('tariffs.field.unitMinutes')}
                    path={[...path, 'beyond', 'unitMinutes']}
                    value={unit.unitMinutes}
                    onChange={(unitMinutes) => onChange({ ...price, beyond: { ...unit, unitMinutes } })}
                  />
                  <FeeField
                    label={t('tariffs.field.unitFee')}
                    path={[...path, 'beyond', 'unitFen']}
                    value={unit.unitFen}
                    onChange={(unitFen) => onChange({ ...price, beyond: { ...unit, unitFen } })}
                  />
                </div>
              ) : null
            }
          />
          <Notes path={[...path, 'brackets']} />
        </>
      );
    }
  }
}
