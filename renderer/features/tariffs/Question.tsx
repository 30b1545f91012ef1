import { type ReactNode, useContext } from 'react';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { State } from '../../office/Values.tsx';
import { type ChoiceId, type Option, optionsOf } from './choices.ts';
import { EditorContext, fieldId } from './editor-context.ts';
import { Notes } from './fields.tsx';
import type { Path } from './form.ts';

/**
 * A choice that published texts leave open: the question in plain words, each reading with an example of what it costs, and no
 * reading chosen before somebody did.
 */
export function Question<T extends string>(props: {
  id: ChoiceId;
  path: Path;
  value: T | null;
  values: readonly T[];
  onChange: (value: T) => void;
  /** The name of the choice among the readings of a trial. */
  choice?: string;
  /** Stands beside a reading: its own numbers. */
  extra?: (value: T) => ReactNode;
}) {
  const { t } = useWords();
  const { priceOf } = useContext(EditorContext);
  const id = fieldId(props.path);
  const { choice } = props;
  const fees = props.values.map((value) => (choice === undefined ? null : priceOf(choice, value)));
  // A price that is the same under every reading decides nothing.
  const differ = fees.some((fee) => fee !== null && fees.some((other) => other !== null && other !== fee));
  const options: Readonly<Record<string, Option | undefined>> = optionsOf(props.id, t);
  return (
    <fieldset className="tf-question" data-path={props.path.join('.')} data-open={props.value === null}>
      <legend>
        {t(`tariffs.ask.${props.id}`)}
        {props.value === null && <State tone="call">{t('tariffs.undecided')}</State>}
      </legend>
      {props.values.map((value, index) => {
        const option = options[value];
        const fee = differ ? (fees[index] ?? null) : null;
        return (
          <div key={value} className="tf-option" data-chosen={value === props.value}>
            <label>
              <input
                type="radio"
                id={index === 0 ? id : `${id}-${value}`}
                name={id}
                checked={value === props.value}
                onChange={() => props.onChange(value)}
              />
              <span>
                <b>{option?.label ?? value}</b>
                <small>{option?.example}</small>
              </span>
              {fee !== null && (
                <span className="tf-option-fee">
                  <small>{t('tariffs.trial.thisStay')}</small>
                  {formatMoney(fee)}
                </span>
              )}
            </label>
            {props.extra?.(value)}
          </div>
        );
      })}
      <Notes path={props.path} />
    </fieldset>
  );
}
