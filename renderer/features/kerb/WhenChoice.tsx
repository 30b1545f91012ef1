import { toRfc3339 } from '../../../shared/domain/time.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { stationNow } from '../../lib/station/session.ts';

const AGO = [0, 2, 5, 10, 20, 30] as const;

/** The time that so many minutes ago was; null: now, by the station's own clock. */
export const momentAgo = (minutes: number): string | null =>
  minutes === 0 ? null : toRfc3339(stationNow() - minutes * 60_000);

/** When it came or went, as somebody on the street knows it: by the minute at best. Never before `since`. */
export function WhenChoice(props: {
  label: string;
  value: number;
  /** Minutes that are known to have passed since what was known before; longer ago than that is no choice. */
  most: number | null;
  onChange: (minutes: number) => void;
}) {
  const { t } = useWords();
  const choices = AGO.filter((minutes) => minutes === 0 || props.most === null || minutes < props.most);
  return (
    <fieldset className="when">
      <legend>{props.label}</legend>
      {choices.map((minutes) => (
        <label key={minutes} data-checked={minutes === props.value}>
          <input
            type="radio"
            name="when"
            className="visually-hidden"
            checked={minutes === props.value}
            onChange={() => props.onChange(minutes)}
          />
          {minutes === 0 ? t('kerb.when.now') : t('kerb.when.minutes', { n: minutes })}
        </label>
      ))}
    </fieldset>
  );
}
