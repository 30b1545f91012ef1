import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { State } from '../../office/Values.tsx';
import { optionsOf, trialChoices } from './choices.ts';
import type { Trial } from './trial-stay.ts';

/** Each open choice with what this stay costs under each of its readings; those that make no difference come last, in one line. */
export function Readings({ trial, open }: { trial: Trial; open: readonly string[] }) {
  const { t } = useWords();
  const byChoice = new Map<string, Trial['alternatives']>();
  for (const one of trial.alternatives) byChoice.set(one.choice, [...(byChoice.get(one.choice) ?? []), one]);
  const undecided = (choice: string): boolean => open.some((path) => path.endsWith(`.${choice}`));
  const differs = (lines: Trial['alternatives']): boolean => lines.some(({ feeFen }) => feeFen !== lines[0]?.feeFen);
  const telling = [...byChoice].filter(([choice, lines]) => differs(lines) || undecided(choice));
  if (byChoice.size === 0) return null;
  return (
    <>
      <h4>{t('tariffs.trial.readings')}</h4>
      {telling.map(([choice, lines]) => {
        const id = trialChoices[choice];
        if (id === undefined) return null;
        const options = optionsOf(id, t);
        return (
          <div key={choice} className="tf-readings">
            <p>{t(`tariffs.ask.${id}`)}</p>
            <ul>
              {lines.map(({ value, chosen, feeFen }) => (
                <li key={value}>
                  <span>
                    {options[value]?.label ?? value}{' '}
                    {chosen && !undecided(choice) && <State tone="info">{t('tariffs.trial.chosen')}</State>}
                  </span>
                  <b>{formatMoney(feeFen)}</b>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
      {telling.length < byChoice.size && (
        <p className="tf-aside">{t('tariffs.trial.same', { n: byChoice.size - telling.length })}</p>
      )}
    </>
  );
}
