import { Checkbox, InputNumber } from 'antd';
import { type VehicleClass, vehicleClassSchema } from '../../../shared/domain/vehicle.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { fieldId } from './editor-context.ts';
import { Field, MinutesField, Notes } from './fields.tsx';
import type { Path, ScheduleForm } from './form.ts';

type Factors = NonNullable<ScheduleForm['classFactors']>;

/** 大型车 2 倍: prices of a class as so many percent of those of the rule. */
export function ClassFactors(props: {
  factors: Factors | undefined;
  classes: readonly VehicleClass[];
  path: Path;
  onChange: (factors: Factors | undefined) => void;
}) {
  const { t } = useWords();
  const { path } = props;
  const factors = props.factors ?? {};
  const put = (vehicleClass: VehicleClass, factor: Factors['small']): void => {
    const next = { ...factors, [vehicleClass]: factor };
    props.onChange(vehicleClassSchema.options.some((each) => next[each] !== undefined) ? next : undefined);
  };
  const shown = vehicleClassSchema.options.filter(
    (each) => props.classes.includes(each) || factors[each] !== undefined,
  );
  return (
    <>
      <h4>{t('tariffs.part.classFactors')}</h4>
      {shown.map((each) => {
        const factor = factors[each];
        const here = [...path, each];
        return (
          <div key={each} className="tf-grid" data-path={here.join('.')}>
            <div className="tf-field">
              <Checkbox
                checked={factor !== undefined}
                onChange={(event) => put(each, event.target.checked ? { percent: 200 } : undefined)}
              >
                {t('tariffs.field.ownPrice', { name: t(`vehicle.${each}`) })}
              </Checkbox>
              <Notes path={here} />
            </div>
            {factor && (
              <>
                <Field label={t('tariffs.field.percent')} path={[...here, 'percent']}>
                  <InputNumber<number>
                    controls={false}
                    id={fieldId([...here, 'percent'])}
                    min={1}
                    max={10_000}
                    precision={0}
                    suffix="%"
                    style={{ width: 112 }}
                    value={factor.percent}
                    onChange={(percent) => put(each, { ...factor, percent })}
                  />
                </Field>
                <MinutesField
                  label={t('tariffs.field.classFree')}
                  path={[...here, 'freeMinutes']}
                  value={factor.freeMinutes}
                  min={0}
                  hint={t('tariffs.field.classFreeHint')}
                  onChange={(minutes) => put(each, { ...factor, freeMinutes: minutes ?? undefined })}
                />
              </>
            )}
          </div>
        );
      })}
    </>
  );
}
