import type { ReactNode } from 'react';
import './KeyButton.css';

/** A booth button: at least 44 px, verb and object, with its key on it. It never keeps the focus of a mouse click. */
export function KeyButton(props: {
  children: ReactNode;
  onPress: () => void;
  keyHint?: string;
  tone?: 'go' | 'call' | 'stop' | 'info' | 'plain' | 'quiet';
  disabled?: boolean;
  pressed?: boolean;
  className?: string;
  label?: string;
  /** What it stands for is under way: said at once, wherever it takes its time. */
  busy?: boolean;
}) {
  const {
    children,
    onPress,
    keyHint,
    tone = 'plain',
    disabled = false,
    pressed,
    className = '',
    label,
    busy = false,
  } = props;
  return (
    <button
      type="button"
      className={`key-button ${className}`}
      data-tone={tone}
      disabled={disabled}
      aria-pressed={pressed}
      aria-busy={busy || undefined}
      aria-label={label}
      aria-keyshortcuts={keyHint}
      // With the focus on a button the next Enter would press it again instead of meaning the car on show.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPress}
    >
      <span>{children}</span>
      {keyHint !== undefined && (
        <span className="key" aria-hidden="true">
          {keyHint}
        </span>
      )}
    </button>
  );
}
