import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { useLive } from '../../lib/station/live.ts';
import { closeDialog, type Dialog } from './store.ts';

/**
 * The frame of the booth's dialogs: question as title, consequence as text, focus kept inside, Esc goes back. It also watches
 * its car: when another one stands there by now, nothing can be confirmed any more.
 */
export function BoothDialog(props: {
  dialog: Dialog;
  title: string;
  text?: string;
  tone: 'call' | 'stop' | 'info';
  children: ReactNode;
  footer: ReactNode;
  onKey?: (event: KeyboardEvent) => void;
  /** What Esc does first, where something inside is to be left before the dialog is. */
  onEscape?: (() => void) | undefined;
  wide?: boolean;
}) {
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const changed = useCarChanged(props.dialog);
  useEffect(() => {
    const first = box.current?.querySelector<HTMLElement>('[data-autofocus]') ?? box.current;
    first?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      (props.onEscape ?? closeDialog)();
    } else if (event.key === 'Tab') keepInside(event, box.current);
    else if (!event.repeat) props.onKey?.(event);
  };
  return (
    <div className="dialog-shade">
      <div
        ref={box}
        className="dialog"
        data-tone={props.tone}
        data-wide={props.wide}
        role="dialog"
        aria-modal="true"
        aria-label={props.title}
        tabIndex={-1}
        onKeyDown={onKeyDown}
      >
        <h2>{props.title}</h2>
        {props.text !== undefined && <p className="dialog-text">{props.text}</p>}
        {changed ? (
          <p className="dialog-changed" role="alert">
            {t('dialog.changed')}
          </p>
        ) : (
          props.children
        )}
        <footer>{props.footer}</footer>
      </div>
    </div>
  );
}

/** True when the dialog is about a car and that car is no longer the one at its lane. */
export function useCarChanged(dialog: Dialog): boolean {
  return useLive((state) => {
    if (dialog.passageId === null) return false;
    return state.frame?.lanes.find((lane) => lane.id === dialog.laneId)?.passage?.id !== dialog.passageId;
  });
}

function keepInside(event: KeyboardEvent, box: HTMLElement | null): void {
  const stops = [...(box?.querySelectorAll<HTMLElement>('button:not(:disabled), input, [tabindex="0"]') ?? [])].filter(
    (stop) => stop.tabIndex >= 0,
  );
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (event.target !== edge && event.target !== box) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
}
