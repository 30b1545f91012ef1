import { Switch } from 'antd';
import type { ComponentType } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { asSettings, helpOf, type Node, type SchemaFieldProps, titleOf } from './schema.ts';

/** Settings that belong together. A group without a default is only there when it is wanted. */
export function SchemaGroup(props: SchemaFieldProps & { node: Node; draw: ComponentType<SchemaFieldProps> }) {
  const { t, language } = useWords();
  const { node, value, onChange, draw: Drawn } = props;
  const optional = node.default === undefined && !props.needed;
  const there = !optional || value !== undefined;
  const inner = asSettings(value);
  const title = titleOf(node, props.name, language);
  return (
    <fieldset className="set-group">
      <legend>
        {title}
        {optional && (
          <Switch
            size="small"
            aria-label={`${t('settings.form.use')} ${title}`}
            checked={there}
            onChange={(on) => onChange(on ? {} : undefined)}
          />
        )}
      </legend>
      <p className="set-note">{helpOf(node, language)}</p>
      {there && (
        <div className="form">
          {Object.entries(node.properties ?? {}).map(([name, schema]) => (
            <Drawn
              key={name}
              name={name}
              schema={schema}
              path={[...props.path, name]}
              needed={(node.required ?? []).includes(name)}
              value={inner[name]}
              references={props.references}
              suggestions={props.suggestions}
              onChange={(changed) => {
                const { [name]: _old, ...others } = inner;
                const next = changed === undefined ? others : { ...others, [name]: changed };
                onChange(!optional && Object.keys(next).length === 0 ? undefined : next);
              }}
            />
          ))}
        </div>
      )}
    </fieldset>
  );
}
