import type { BillView } from '../../../shared/contract/lanes.ts';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';

/** The fee line by line, so that the driver's question is answered at the window. */
export function FeeSteps({ bill }: { bill: BillView }) {
  const { t } = useWords();
  return (
    <div className="steps">
      <h3>{t('panel.steps')}</h3>
      {bill.steps.length === 0 ? (
        <p>{t('panel.noSteps')}</p>
      ) : (
        <ul>
          {bill.steps.map((step) => (
            <li key={`${step.kind}-${step.day}-${step.from}`}>
              <span>{t(`step.${step.kind}`, { minutes: step.minutes, day: step.day })}</span>
              <span className="steps-units">
                {step.units > 0 && t('step.units', { units: step.units, price: formatMoney(step.unitFen) })}
              </span>
              <span className="steps-amount">{formatMoney(step.amountFen)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
