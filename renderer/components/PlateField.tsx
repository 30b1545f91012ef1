import { type ClipboardEvent, type KeyboardEvent, type Ref, useState } from 'react';
import { useWords } from '../lib/i18n/index.ts';
import './plate-keys.css';

/**
 * Takes the letters and digits of a plate key by key. It is no input element on purpose: an input wakes the Chinese input
 * method, which is on by default in every booth and would turn `B7K` into a list of words. The first key replaces what the
 * camera read, Backspace takes back one character instead.
 */
export function PlateField(props: {
  value: string;
  onChange: (raw: string) => void;
  field: Ref<HTMLDivElement>;
  /** Absent: the number of the plate. */
  label?: string;
  id?: string;
  className?: string;
  /** The first key goes on behind what is there. */
  goesOn?: boolean;
}) {
  const { value, onChange } = props;
  const { t } = useWords();
  const [fresh, setFresh] = useState(props.goesOn !== true);
  const edit = (raw: string): void => {
    setFresh(false);
    onChange(raw);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (/^[a-z0-9]$/i.test(event.key)) edit((fresh ? '' : value) + event.key);
    else if (event.key === 'Backspace') edit(value.slice(0, -1));
    else if (event.key === 'Delete') edit('');
  };
  const onPaste = (event: ClipboardEvent): void => edit(event.clipboardData.getData('text'));
  return (
    // biome-ignore lint/a11y/useSemanticElements: an input element would wake the input method
    <div
      ref={props.field}
      {...(props.id === undefined ? {} : { id: props.id })}
      data-autofocus
      className={props.className ?? 'correct-number'}
      role="textbox"
      tabIndex={0}
      aria-label={props.label ?? t('correct.number')}
      data-fresh={fresh && value !== ''}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
    >
      <span>{value}</span>
      <span className="plate-caret" aria-hidden="true" />
    </div>
  );
}
