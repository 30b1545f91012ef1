import { AutoComplete, Input, InputNumber, Select, Switch } from 'antd';
import { type ReactNode, useId } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import type { Language } from '../../lib/i18n/language.ts';
import { Field } from '../../office/Form.tsx';
import { SchemaGroup } from './SchemaGroup.tsx';
import { SchemaRecord } from './SchemaRecord.tsx';
import { SchemaRows } from './SchemaRows.tsx';
import { SecretField } from './SecretField.tsx';
import { choicesOf, helpOf, type Node, readNode, type SchemaFieldProps, titleOf } from './schema.ts';
import { useFault } from './use-draft.ts';

/** Longer than a line: keys. */
const LONG = 1000;
/** Sentences: the whole width, though they are one line. */
const WIDE = 400;
/** Room for "Default 3600000". */
const NUMBER_PX = 150;

/** One setting, drawn after its kind. */
export function SchemaField(props: SchemaFieldProps) {
  const node = readNode(props.schema);
  const items = readNode(node.items);
  if (node.type === 'object' && node.properties) return <SchemaGroup {...props} node={node} draw={SchemaField} />;
  if (node.type === 'object') return <SchemaRecord {...props} node={node} />;
  if (node.type === 'array' && items.type === 'object') return <SchemaRows {...props} node={node} draw={SchemaField} />;
  return <Plain {...props} node={node} />;
}

function Plain(props: SchemaFieldProps & { node: Node }) {
  const { t, language } = useWords();
  const id = useId();
  const fault = useFault()(props.path);
  const { node } = props;
  return (
    <Field
      id={id}
      label={titleOf(node, props.name, language)}
      fault={fault}
      hint={helpOf(node, language)}
      needed={props.needed}
      wide={(node.maxLength ?? 0) >= WIDE && node.secret !== true}
    >
      {control(props, id, fault === undefined ? '' : 'error', language, (value) =>
        t('settings.form.standard', {
          value: typeof value === 'boolean' ? t(value ? 'settings.form.yes' : 'settings.form.no') : String(value),
        }),
      )}
    </Field>
  );
}

function control(
  { node, value, onChange, name, path, needed, references, suggestions }: SchemaFieldProps & { node: Node },
  id: string,
  status: '' | 'error',
  language: Language,
  standard: (value: unknown) => string,
): ReactNode {
  const text = typeof value === 'string' ? value : '';
  const meant = choicesOf(node, language).find((choice) => choice.value === node.default)?.label ?? node.default;
  const placeholder = meant === undefined || meant === '' ? '' : standard(meant);
  const put = (typed: string): void => onChange(typed === '' ? undefined : typed);
  const choices = references?.[name];
  if (choices)
    return (
      <Select
        {...{ id, status }}
        allowClear
        value={text === '' ? null : text}
        options={[...choices]}
        onChange={(chosen: string | undefined) => onChange(chosen)}
      />
    );
  const offered = suggestions?.[name];
  if (offered)
    return (
      <AutoComplete
        {...{ id, status, placeholder }}
        allowClear
        value={text}
        options={[...offered]}
        // All of them, also beside what is set: they are few, and the other one is looked for.
        filterOption={false}
        onChange={(typed: string | undefined) => put(typed ?? '')}
      />
    );
  if (node.enum)
    return (
      <Select
        {...{ id, status, placeholder }}
        allowClear
        value={typeof value === 'string' || typeof value === 'number' ? value : null}
        options={choicesOf(node, language)}
        onChange={(chosen: string | number | undefined) => onChange(chosen)}
      />
    );
  if (node.type === 'boolean')
    return (
      <span>
        <Switch id={id} checked={(value ?? node.default) === true} onChange={(on) => onChange(on)} />
      </span>
    );
  if (node.type === 'integer' || node.type === 'number')
    return (
      <InputNumber
        controls={false}
        style={{ width: NUMBER_PX }}
        {...{ id, status, placeholder }}
        value={typeof value === 'number' ? value : null}
        onChange={(typed) => onChange(typed ?? undefined)}
      />
    );
  const items = readNode(node.items);
  if (node.type === 'array' && items.enum)
    return (
      <Select
        {...{ id, status }}
        mode="multiple"
        value={Array.isArray(value) ? value.map(String) : []}
        placeholder={Array.isArray(node.default) && node.default.length > 0 ? standard(node.default.join(' ')) : ''}
        options={choicesOf(items, language)}
        onChange={(chosen: (string | number)[]) => onChange(chosen.length === 0 ? undefined : chosen)}
      />
    );
  if (node.type === 'array')
    return (
      <Select
        {...{ id, status }}
        mode="tags"
        open={false}
        suffixIcon={null}
        value={Array.isArray(value) ? value.map(String) : []}
        placeholder={Array.isArray(node.default) && node.default.length > 0 ? standard(node.default.join(' ')) : ''}
        tokenSeparators={[' ', ',', '，', '、']}
        onChange={(typed: string[]) => onChange(listOf(typed, readNode(node.items)))}
      />
    );
  if (node.secret === true)
    return <SecretField {...{ id, status, text, path, needed, onChange }} long={(node.maxLength ?? 0) >= LONG} />;
  if ((node.maxLength ?? 0) >= LONG)
    return <Input.TextArea {...{ id, status }} rows={3} value={text} onChange={(event) => put(event.target.value)} />;
  return <Input {...{ id, status, placeholder }} value={text} onChange={(event) => put(event.target.value)} />;
}

/** What was typed into a list, as its items are; what is none of them is not taken. */
function listOf(typed: readonly string[], { type }: Node): readonly unknown[] | undefined {
  const numbers = type === 'integer' || type === 'number';
  const items = numbers
    ? typed
        .filter((each) => each.trim() !== '')
        .map(Number)
        .filter(Number.isFinite)
    : typed;
  return items.length === 0 ? undefined : items;
}
