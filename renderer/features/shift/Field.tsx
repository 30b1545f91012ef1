import { useId } from 'react';

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
  return (
    <div className="shift-field">
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        data-autofocus={props.first === true ? true : undefined}
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
