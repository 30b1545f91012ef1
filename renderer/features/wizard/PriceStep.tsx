import { InputNumber } from 'antd';
import { useWords } from '../../lib/i18n/index.ts';
import { Field } from '../../office/Form.tsx';
import { MoneyInput } from '../../office/inputs.tsx';
import { Answer, Problem } from '../../office/States.tsx';
import type { Asked } from '../../office/use-ask.ts';
import { blankPrice, type PriceChoice, type SimplePrice, type WizardFault } from './model.ts';
import { changeWizard, useWizard } from './store.ts';
import type { Template } from './templates.ts';

/** 收费: from a published price list, or from five figures. Nothing is chosen before somebody chooses. */
export function PriceStep({
  faults,
  templates,
}: {
  faults: readonly WizardFault[];
  templates: Asked<readonly Template[]>;
}) {
  const { t } = useWords();
  const { price } = useWizard((wizard) => wizard.state);
  const put = (next: PriceChoice): void => changeWizard({ price: next });
  const fault = faults.find((each) => each.step === 'price');
  return (
    <>
      <Problem text={fault?.step === 'price' ? t(`wizard.fault.price.${fault.field}`) : null} />
      <div className="wizard-prices" role="radiogroup" aria-label={t('wizard.step.price')}>
        <label className="wizard-choice" data-chosen={price.kind === 'simple'}>
          <input
            type="radio"
            name="price"
            checked={price.kind === 'simple'}
            onChange={() => put({ kind: 'simple', price: blankPrice })}
          />
          <span>
            <strong>{t('wizard.price.own')}</strong>
            <small>{t('wizard.price.ownText')}</small>
          </span>
        </label>
        {price.kind === 'simple' && (
          <SimpleFields price={price.price} onChange={(next) => put({ kind: 'simple', price: next })} />
        )}
        <Answer of={templates}>
          {(list) =>
            list.map((template) => (
              <label
                key={template.id}
                className="wizard-choice"
                data-chosen={price.kind === 'template' && price.id === template.id}
              >
                <input
                  type="radio"
                  name="price"
                  checked={price.kind === 'template' && price.id === template.id}
                  onChange={() => put({ kind: 'template', id: template.id })}
                />
                <span>
                  <strong>
                    {template.city} · {template.title}
                  </strong>
                  <small>{template.source}</small>
                  {price.kind === 'template' && price.id === template.id && <small>{template.note}</small>}
                </span>
              </label>
            ))
          }
        </Answer>
      </div>
      <p className="wizard-text">{t('wizard.price.later')}</p>
    </>
  );
}

function SimpleFields({ price, onChange }: { price: SimplePrice; onChange: (price: SimplePrice) => void }) {
  const { t } = useWords();
  const minutes = (field: 'freeMinutes' | 'firstMinutes' | 'nextMinutes') => (
    <Field id={`price-${field}`} label={t(`wizard.price.${field}`)} needed>
      <InputNumber
        controls={false}
        id={`price-${field}`}
        min={field === 'freeMinutes' ? 0 : 1}
        max={1440}
        precision={0}
        value={price[field]}
        onChange={(value) => onChange({ ...price, [field]: value })}
      />
    </Field>
  );
  const money = (field: 'firstFen' | 'nextFen' | 'capFen', needed: boolean) => (
    <Field id={`price-${field}`} label={t(`wizard.price.${field}`)} needed={needed}>
      <MoneyInput
        id={`price-${field}`}
        value={price[field]}
        onChange={(value) => onChange({ ...price, [field]: value })}
      />
    </Field>
  );
  return (
    <div className="wizard-fields wizard-simple">
      {minutes('freeMinutes')}
      {minutes('firstMinutes')}
      {money('firstFen', true)}
      {minutes('nextMinutes')}
      {money('nextFen', true)}
      {money('capFen', false)}
    </div>
  );
}
