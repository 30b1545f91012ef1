import type { BillView } from '../../shared/contract/lanes.ts';
import { formatMoney } from '../lib/format.ts';
import { useWords } from '../lib/i18n/index.ts';
import { condenseSteps, ROOM } from './condense-steps.ts';

/** The fee line by line, then what came off it and from whom: the driver's question is answered at the window. */
export function FeeSteps({ bill }: { bill: BillView }) {
  const { t } = useWords();
  return (
    <div className="steps">
      <h3>{t('panel.steps')}</h3>
      <FeeLines steps={bill.steps} room={Math.max(2, ROOM - bill.discounts.length)} />
      {bill.discounts.length > 0 && (
        <ul className="steps-besides">
          {bill.discounts.map(({ discount, amountFen, text }) => (
            <li key={discount.id}>
              <span>{text.includes(discount.origin) ? text : `${discount.origin} ${text}`}</span>
              <span className="steps-amount">{formatMoney(-amountFen)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The steps of a fee, as many as there is room for. */
export function FeeLines({ steps, room = ROOM }: { steps: BillView['steps']; room?: number }) {
  const { t, language } = useWords();
  if (steps.length === 0) return <p>{t('panel.noSteps')}</p>;
  return (
    <ul>
      {condenseSteps(steps, room).map((line) =>
        'eachFen' in line ? (
          <li key={line.from}>
            <span>
              {t(line.from === line.to ? 'step.oneDay' : 'step.days', { from: line.from, to: line.to })}
              {line.capped && t('step.capped')}
            </span>
            <span className="steps-units">
              {line.to > line.from &&
                t('step.units', { units: line.to - line.from + 1, price: formatMoney(line.eachFen) })}
            </span>
            <span className="steps-amount">{formatMoney(line.eachFen * (line.to - line.from + 1))}</span>
          </li>
        ) : (
          <li key={`${line.kind}-${line.day}-${line.from}`}>
            {language === 'zh-CN' && line.text !== '' ? (
              <span>{line.text}</span>
            ) : (
              <>
                <span>{t(`step.${line.kind}`, { minutes: line.minutes, day: line.day })}</span>
                <span className="steps-units">
                  {line.units > 0 && t('step.units', { units: line.units, price: formatMoney(line.unitFen) })}
                </span>
              </>
            )}
            <span className="steps-amount">{formatMoney(line.amountFen)}</span>
          </li>
        ),
      )}
    </ul>
  );
}
