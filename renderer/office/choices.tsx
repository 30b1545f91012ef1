import { Input, Select } from 'antd';

/** A choice by its word. Values are texts. */
export function Choice<V extends string>(props: {
  id: string;
  value: V | '';
  onChange: (value: V) => void;
  options: readonly { readonly value: V; readonly label: string }[];
  placeholder?: string;
  width?: number;
  disabled?: boolean;
}) {
  return (
    <Select<V>
      id={props.id}
      {...(props.width === undefined ? {} : { style: { width: props.width } })}
      {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
      value={props.value === '' ? null : props.value}
      disabled={props.disabled ?? false}
      onChange={(value) => props.onChange(value)}
      options={[...props.options]}
    />
  );
}

const ALL = '';

/** A filter by one of several words, or by none. */
export function FilterChoice<V extends string>(props: {
  id: string;
  value: string | undefined;
  onChange: (value: V | undefined) => void;
  options: readonly { readonly value: V; readonly label: string }[];
  all: string;
  width?: number;
}) {
  const known = props.options.find((option) => option.value === props.value)?.value;
  return (
    <Select<V | typeof ALL>
      id={props.id}
      style={{ width: props.width ?? 130 }}
      value={known ?? ALL}
      onChange={(value) => props.onChange(value === ALL ? undefined : value)}
      options={[{ value: ALL, label: props.all }, ...props.options]}
    />
  );
}

/** A whole number as it is typed; what is no number is `null`. Empty is `null` too. */
export function CountInput(props: {
  id: string;
  value: string;
  onChange: (text: string) => void;
  width?: number;
  suffix?: string;
  placeholder?: string;
}) {
  return (
    <Input
      id={props.id}
      inputMode="numeric"
      value={props.value}
      maxLength={9}
      {...(props.width === undefined ? {} : { style: { width: props.width } })}
      {...(props.suffix === undefined ? {} : { suffix: props.suffix })}
      {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
      onChange={(event) => props.onChange(event.target.value.trim())}
    />
  );
}

/** `12` → 12; empty → null; anything else → undefined. */
export function countOf(text: string): number | null | undefined {
  if (text === '') return null;
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
