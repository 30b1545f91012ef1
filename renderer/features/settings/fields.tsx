import { Input, InputNumber, Select, Switch } from 'antd';
import { useId } from 'react';
import { Field } from '../../office/Form.tsx';
import type { Path } from './store.ts';
import { useFault } from './use-draft.ts';

interface Common {
  readonly path: Path;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly needed?: boolean;
}

/** Something to type; empty is left out of the document where it may be. */
export function TextField(
  props: Common & {
    value: string | undefined;
    onChange: (text: string) => void;
    placeholder?: string;
    maxLength?: number;
  },
) {
  const id = useId();
  const fault = useFault()(props.path);
  return (
    <Field id={id} label={props.label} fault={fault} hint={props.hint} needed={props.needed ?? false}>
      <Input
        id={id}
        value={props.value ?? ''}
        maxLength={props.maxLength ?? 200}
        placeholder={props.placeholder}
        status={fault === undefined ? '' : 'error'}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </Field>
  );
}

/** A whole number. What is no number is kept as such until the station has said so at the field. */
export function NumberField(
  props: Common & { value: number | undefined; onChange: (n: number) => void; min?: number },
) {
  const id = useId();
  const fault = useFault()(props.path);
  return (
    <Field id={id} label={props.label} fault={fault} hint={props.hint} needed={props.needed ?? false}>
      <InputNumber
        controls={false}
        id={id}
        value={props.value === undefined || Number.isNaN(props.value) ? null : props.value}
        min={props.min ?? 0}
        precision={0}
        status={fault === undefined ? '' : 'error'}
        onChange={(value) => props.onChange(value ?? Number.NaN)}
      />
    </Field>
  );
}

export interface Choice<V extends string> {
  readonly value: V;
  readonly label: string;
}

/** One of several; with `none` also nothing. */
export function ChoiceField<V extends string>(
  props: Common & {
    value: V | undefined;
    choices: readonly Choice<V>[];
    none?: string;
    onChange: (value: V | undefined) => void;
  },
) {
  const id = useId();
  const fault = useFault()(props.path);
  const options = [
    ...(props.none === undefined ? [] : [{ value: '', label: props.none }]),
    ...props.choices.map(({ value, label }) => ({ value: value as string, label })),
  ];
  return (
    <Field id={id} label={props.label} fault={fault} hint={props.hint} needed={props.needed ?? false}>
      <Select
        id={id}
        value={props.value ?? (props.none === undefined ? null : '')}
        options={options}
        showSearch={options.length > 8}
        optionFilterProp="label"
        status={fault === undefined ? '' : 'error'}
        onChange={(value) => props.onChange(props.choices.find((choice) => choice.value === value)?.value)}
      />
    </Field>
  );
}

export function SwitchField(props: Common & { value: boolean; onChange: (on: boolean) => void }) {
  const id = useId();
  const fault = useFault()(props.path);
  return (
    <Field id={id} label={props.label} fault={fault} hint={props.hint}>
      <span>
        <Switch id={id} checked={props.value} onChange={props.onChange} aria-label={props.label} />
      </span>
    </Field>
  );
}
