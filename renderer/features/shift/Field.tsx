import { useEffect, useId, useRef } from 'react';

/** A labelled field of a shift dialog: large, for a booth. */
export function Field(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  first?: boolean;
  password?: boolean;
  numeric?: boolean;
  hint?: string;
  autoComplete?: string;
  maxLength?: number;
}) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const first = props.first === true;
  useEffect(() => {
    if (first) input.current?.focus();
  }, [first]);
  return (
    <div className="shift-field">
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        ref={input}
        type={props.password === true ? 'password' : 'text'}
        inputMode={props.numeric === true ? 'decimal' : undefined}
        autoComplete={props.autoComplete ?? 'off'}
        maxLength={props.maxLength ?? 200}
        aria-describedby={props.hint === undefined ? undefined : `${id}-hint`}
        value={props.value}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      />
      {props.hint !== undefined && <small id={`${id}-hint`}>{props.hint}</small>}
    </div>
  );
}
