import type { ReactNode, Ref } from 'react';
import { useWords } from '../lib/i18n/index.ts';
import { setPrefs } from '../lib/prefs.ts';
import { KeyButton } from './KeyButton.tsx';
import { PlateField } from './PlateField.tsx';
import { ProvincePicker } from './ProvincePicker.tsx';

interface Typed {
  readonly province: string;
  readonly number: string;
}

/**
 * A plate as it is typed in a dialog: its province on a button that opens the picker, and the rest. `children` stand below it and make way
 * for the picker. Whoever picks a province gets it again the next time.
 */
export function TypedPlate(props: {
  readonly typed: Typed;
  readonly onType: (typed: Typed) => void;
  /** What was typed behind the province, raw. */
  readonly onEdit: (raw: string) => void;
  readonly field: Ref<HTMLDivElement>;
  readonly isPicking: boolean;
  readonly onPicking: (isPicking: boolean) => void;
  readonly children: ReactNode;
}) {
  const { typed, onPicking } = props;
  const { t } = useWords();
  return (
    <>
      <div className="correct-plate">
        <KeyButton
          label={t('correct.province')}
          className="correct-province"
          onPress={() => onPicking(!props.isPicking)}
        >
          {typed.province}
        </KeyButton>
        <PlateField value={typed.number} onChange={props.onEdit} field={props.field} />
      </div>
      {props.isPicking ? (
        <ProvincePicker
          value={typed.province}
          onPick={(province) => {
            props.onType({ ...typed, province });
            setPrefs({ province });
            onPicking(false);
          }}
          onSuffix={(suffix) => {
            props.onEdit(typed.number + suffix);
            onPicking(false);
          }}
          onLeave={() => onPicking(false)}
        />
      ) : (
        props.children
      )}
    </>
  );
}
