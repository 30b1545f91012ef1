import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import './dialog-frame.css';

interface DialogFrameProps {
  readonly title: string;
  readonly text?: string | undefined;
  readonly tone: 'call' | 'stop' | 'info';
  readonly children: ReactNode;
  readonly footer: ReactNode;
  readonly onKey?: ((event: KeyboardEvent) => void) | undefined;
  readonly onEscape: () => void;
  readonly wide?: boolean | undefined;
}

/** A dialog of the booth and of the kerb: question as title, consequence as text, focus kept inside, Esc goes back. */
export function DialogFrame(props: DialogFrameProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const first = box.current?.querySelector<HTMLElement>('[data-autofocus]') ?? box.current;
    first?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      props.onEscape();
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
        {props.children}
        <footer>{props.footer}</footer>
      </div>
    </div>
  );
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
