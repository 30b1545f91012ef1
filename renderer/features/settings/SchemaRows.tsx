import { Button } from 'antd';
import type { ComponentType } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { asSettings, helpOf, type Node, readNode, type SchemaFieldProps, titleOf } from './schema.ts';

type Props = SchemaFieldProps & { node: Node };

/** A list of things with settings of their own, e.g. what hangs on the inputs of a camera. */
export function SchemaRows(props: Props & { draw: ComponentType<SchemaFieldProps> }) {
  const { t, language } = useWords();
  const { node, onChange, path, draw: Drawn } = props;
  const rows: readonly unknown[] = Array.isArray(props.value) ? props.value : [];
  const item = readNode(node.items);
  const put = (next: readonly unknown[]): void => onChange(next.length === 0 ? undefined : next);
  return (
    <fieldset className="set-group">
      <legend>{titleOf(node, props.name, language)}</legend>
      <p className="set-note">{helpOf(node, language)}</p>
      {rows.map((row, index) => {
        const value = asSettings(row);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place
          <div className="set-row" key={index}>
            {Object.entries(item.properties ?? {}).map(([name, schema]) => (
              <Drawn
                key={name}
                name={name}
                schema={schema}
                path={[...path, index, name]}
                needed={(item.required ?? []).includes(name)}
                value={value[name]}
                onChange={(changed) =>
                  put(rows.map((each, at) => (at === index ? { ...value, [name]: changed } : each)))
                }
              />
            ))}
            <Button
              danger
              aria-label={t('settings.form.remove', { n: index + 1 })}
              onClick={() => put(rows.filter((_, at) => at !== index))}
            >
              ✕
            </Button>
          </div>
        );
      })}
      <Button onClick={() => put([...rows, {}])}>{t('settings.form.add')}</Button>
    </fieldset>
  );
}
