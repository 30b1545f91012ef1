import { KeyButton } from '../../components/KeyButton.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import type { Reason } from './reasons.ts';
import type { ChosenReason } from './use-reason.ts';

/** The reasons as buttons with their digits, and the field for words where one asks for them. */
export function ReasonList(props: {
  legend: string;
  reasons: readonly Reason[];
  chosen: ChosenReason;
  digits?: boolean;
}) {
  const { legend, reasons, chosen, digits = true } = props;
  const { t } = useWords();
  if (reasons.length === 0) return null;
  return (
    <>
      <fieldset className="reasons">
        <legend>{legend}</legend>
        {reasons.map(({ label }, index) => (
          <KeyButton
            key={label}
            {...(digits && index < 9 ? { keyHint: String(index + 1) } : {})}
            tone={chosen.index === index ? 'info' : 'plain'}
            pressed={chosen.index === index}
            onPress={() => chosen.setIndex(index)}
          >
            {label}
          </KeyButton>
        ))}
      </fieldset>
      {chosen.free && (
        <label className="dialog-field">
          <span>{t('dialog.otherReason')}</span>
          <input
            ref={chosen.input}
            value={chosen.words}
            maxLength={200}
            onChange={(event) => chosen.setWords(event.target.value)}
          />
        </label>
      )}
    </>
  );
}
