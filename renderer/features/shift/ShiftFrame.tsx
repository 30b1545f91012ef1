import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { KeyButton } from '../../components/KeyButton.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { closeShiftDialog } from './store.ts';

/**
 * The frame of the dialogs about a shift: question as title, consequence as text, the focus kept inside, Esc goes back. Keys
 * pressed in it reach nothing behind it.
 */
export function ShiftFrame(props: {
  title: string;
  text?: string;
  tone?: 'call' | 'stop' | 'info';
  problem?: string | null;
  children?: ReactNode;
  /** The acts at the right; the way back stands beside them. */
  acts?: ReactNode;
  onKey?: (event: KeyboardEvent) => void;
  onBack?: () => void;
}) {
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const back = props.onBack ?? closeShiftDialog;
  // Each question of a dialog begins at its first field, which takes the focus itself; without one at the dialog.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another title is another question
  useEffect(() => {
    if (!box.current?.contains(document.activeElement)) box.current?.focus();
  }, [props.title]);
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Escape') {
      event.preventDefault();
      back();
    } else if (event.key === 'Tab') keepInside(event, box.current);
    else if (!event.repeat) props.onKey?.(event);
  };
  return (
    <div className="shift-shade">
      <div
        ref={box}
        className="shift-dialog"
        data-tone={props.tone ?? 'info'}
        role="dialog"
        aria-modal="true"
        aria-label={props.title}
        tabIndex={-1}
        onKeyDown={onKeyDown}
      >
        <h2>{props.title}</h2>
        {props.text !== undefined && <p className="shift-text">{props.text}</p>}
        {props.children}
        {props.problem && (
          <p className="shift-problem" role="alert">
            {props.problem}
          </p>
        )}
        <footer>
          <KeyButton keyHint="Esc" onPress={back}>
            {t('shift.back')}
          </KeyButton>
          {props.acts}
        </footer>
      </div>
    </div>
  );
}

export function keepInside(event: KeyboardEvent, box: HTMLElement | null): void {
  const stops = [...(box?.querySelectorAll<HTMLElement>('button:not(:disabled), input, [tabindex="0"]') ?? [])];
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (event.target !== edge && event.target !== box) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
}

/** Enter outside a button carries out the one act of a dialog. */
export const onEnter =
  (act: () => void) =>
  (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    act();
  };
