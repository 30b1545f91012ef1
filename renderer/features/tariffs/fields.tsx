import { InputNumber, Select } from 'antd';
import { type ReactNode, useContext } from 'react';
import type { Fen } from '../../../shared/domain/money.ts';
import { formatDuration } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { MoneyInput } from '../../office/inputs.tsx';
import { EditorContext, fieldId } from './editor-context.ts';
import type { Path } from './form.ts';

/** What the checks say about one field, under it. */
export function Notes({ path }: { path: Path }) {
  const { notes } = useContext(EditorContext);
  const here = notes.get(path.join('.')) ?? [];
  return here.map(({ severity, text }) => (
    <p key={text} className="tf-note" data-severity={severity}>
      {text}
    </p>
  ));
}

/** A labelled control of the form; a finding jumps to it by its path. */
export function Field(props: { label: string; path: Path; hint?: ReactNode; children: ReactNode }) {
  return (
    <div className="tf-field" data-path={props.path.join('.')}>
      <label htmlFor={fieldId(props.path)}>{props.label}</label>
      {props.children}
      {props.hint !== undefined && <small>{props.hint}</small>}
      <Notes path={props.path} />
    </div>
  );
}

/** So many minutes; empty is null. */
export function MinutesField(props: {
  label: string;
  path: Path;
  value: number | null | undefined;
  onChange: (minutes: number | null) => void;
  hint?: string;
  min?: number;
}) {
  const { t, language } = useWords();
  const { value } = props;
  const long =
    value !== null && value !== undefined && value >= 60 ? `＝ ${formatDuration(value, language)}` : undefined;
  return (
    <Field label={props.label} path={props.path} hint={long ?? props.hint}>
      <InputNumber<number>
        controls={false}
        id={fieldId(props.path)}
        value={value ?? null}
        min={props.min ?? 1}
        max={100_000}
        precision={0}
        style={{ width: 112 }}
        suffix={t('tariffs.minutes')}
        onChange={(minutes) => {
          if (minutes !== (value ?? null)) props.onChange(minutes);
        }}
      />
    </Field>
  );
}

/** An amount in yuan; empty is null. */
export function FeeField(props: {
  label: string;
  path: Path;
  value: Fen | null | undefined;
  onChange: (fen: Fen | null) => void;
  hint?: string;
}) {
  return (
    <Field label={props.label} path={props.path} {...(props.hint === undefined ? {} : { hint: props.hint })}>
      <MoneyInput id={fieldId(props.path)} value={props.value ?? null} onChange={props.onChange} width={112} />
    </Field>
  );
}

/** Several of a few; none is null. */
export function ManyField<T extends string>(props: {
  label: string;
  path: Path;
  value: readonly T[] | undefined;
  options: readonly { readonly value: T; readonly label: string }[];
  everything: string;
  onChange: (values: readonly T[] | null) => void;
}) {
  return (
    <Field label={props.label} path={props.path}>
      <Select<T[]>
        id={fieldId(props.path)}
        mode="multiple"
        allowClear
        style={{ width: '100%', minWidth: 150 }}
        placeholder={props.everything}
        value={[...(props.value ?? [])]}
        options={props.options.map((option) => ({ ...option }))}
        onChange={(values) => props.onChange(values.length === 0 ? null : values)}
      />
    </Field>
  );
}
