import { Button } from 'antd';
import { useWords } from '../../lib/i18n/index.ts';
import { FeeField, MinutesField } from './fields.tsx';
import { type Path, type PriceForm, removeAt, replaceAt } from './form.ts';

type Steps = Extract<PriceForm, { readonly kind: 'units' }>['steps'];

/** 阶梯: the unit price may change with the length; the last step has no end. */
export function StepFields(props: { steps: Steps; path: Path; onChange: (steps: Steps) => void }) {
  const { t } = useWords();
  const { steps, path } = props;
  const add = (): void => {
    const last = steps.at(-1);
    if (last === undefined) {
      props.onChange([{ unitMinutes: 60, unitFen: null }]);
      return;
    }
    const before = steps.at(-2)?.upToMinutes ?? 0;
    const closed = {
      upToMinutes: before + (last.unitMinutes ?? 60),
      unitMinutes: last.unitMinutes,
      unitFen: last.unitFen,
    };
    props.onChange([...steps.slice(0, -1), closed, { unitMinutes: last.unitMinutes, unitFen: null }]);
  };
  const remove = (index: number): void => {
    const rest = removeAt(steps, index);
    const last = rest.at(-1);
    props.onChange(last ? replaceAt(rest, rest.length - 1, { ...last, upToMinutes: undefined }) : rest);
  };
  return (
    <>
      {steps.map((step, index) => {
        const here = [...path, 'steps', index];
        const last = index === steps.length - 1;
        return (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: steps follow each other, their place is their meaning
            key={index}
            className="tf-grid"
            data-path={here.join('.')}
          >
            {last ? (
              <span className="tf-field">
                <span>{t('tariffs.field.upTo')}</span>
                <b className="tf-step">{t(index === 0 ? 'tariffs.step.only' : 'tariffs.step.last')}</b>
              </span>
            ) : (
              <MinutesField
                label={t('tariffs.field.upTo')}
                path={[...here, 'upToMinutes']}
                value={step.upToMinutes}
                onChange={(upToMinutes) => props.onChange(replaceAt(steps, index, { ...step, upToMinutes }))}
              />
            )}
            <MinutesField
              label={t('tariffs.field.unitMinutes')}
              path={[...here, 'unitMinutes']}
              value={step.unitMinutes}
              onChange={(unitMinutes) => props.onChange(replaceAt(steps, index, { ...step, unitMinutes }))}
            />
            <FeeField
              label={t('tariffs.field.unitFee')}
              path={[...here, 'unitFen']}
              value={step.unitFen}
              onChange={(unitFen) => props.onChange(replaceAt(steps, index, { ...step, unitFen }))}
            />
            {steps.length > 1 && (
              <span className="tf-inline tf-end">
                <Button size="small" onClick={() => remove(index)}>
                  {t('tariffs.removeStep')}
                </Button>
              </span>
            )}
          </div>
        );
      })}
      <div>
        <Button size="small" disabled={steps.length >= 20} onClick={add}>
          {t('tariffs.addStep')}
        </Button>
      </div>
    </>
  );
}
