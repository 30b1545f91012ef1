import { Button, Input } from 'antd';
import { type ComponentType, useState } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { asSettings, helpOf, type Node, readNode, type SchemaFieldProps, titleOf } from './schema.ts';

type Props = SchemaFieldProps & { node: Node };

/** More rows than anybody leafs through: then they are searched, and so many are drawn. */
const DRAWN = 30;

/** A list of things with settings of their own, e.g. what hangs on the inputs of a camera, or the spaces of a car park. */
export function SchemaRows(props: Props & { draw: ComponentType<SchemaFieldProps> }) {
  const { t, language } = useWords();
  const [sought, setSought] = useState('');
  const { node, onChange, path, draw: Drawn } = props;
  const rows: readonly unknown[] = Array.isArray(props.value) ? props.value : [];
  const item = readNode(node.items);
  const title = titleOf(node, props.name, language);
  const put = (next: readonly unknown[]): void => onChange(next.length === 0 ? undefined : next);
  const many = rows.length > DRAWN;
  const wanted = sought.trim().toLowerCase();
  const found = rows.flatMap((row, index) => {
    const here = wanted === '' || JSON.stringify(row).toLowerCase().includes(wanted);
    return here ? [{ value: asSettings(row), index }] : [];
  });
  // A row that was just added stands at the end, and is what is wanted then.
  const shown = wanted === '' ? found.slice(-DRAWN) : found.slice(0, DRAWN);
  return (
    <fieldset className="set-group">
      <legend>{title}</legend>
      <p className="set-note">{helpOf(node, language)}</p>
      {many && (
        <div className="set-rows-many">
          <Input.Search
            allowClear
            aria-label={t('settings.form.seek', { title })}
            placeholder={t('settings.form.seek', { title })}
            value={sought}
            onChange={(event) => setSought(event.target.value)}
          />
          <span role="status">
            {t('settings.form.rows', { total: rows.length, found: found.length, shown: shown.length })}
          </span>
          <p className="set-note">{t('settings.form.rowsMany')}</p>
        </div>
      )}
      {rows.length > 0 && <Helps of={item} />}
      {shown.map(({ value, index }) => (
        <div className="set-row set-row-fields" key={index}>
          {Object.entries(item.properties ?? {}).map(([name, schema]) => (
            <Drawn
              key={name}
              name={name}
              schema={schema}
              path={[...path, index, name]}
              needed={(item.required ?? []).includes(name)}
              value={value[name]}
              references={props.references}
              suggestions={props.suggestions}
              onChange={(changed) => put(rows.map((each, at) => (at === index ? { ...value, [name]: changed } : each)))}
            />
          ))}
          <Button
            danger
            className="set-row-drop"
            aria-label={t('settings.form.remove', { n: index + 1 })}
            onClick={() => put(rows.filter((_, at) => at !== index))}
          >
            ✕
          </Button>
        </div>
      ))}
      <Button
        onClick={() => {
          setSought('');
          put([...rows, {}]);
        }}
      >
        {t('settings.form.add')}
      </Button>
    </fieldset>
  );
}

/** What the fields of a row mean, once for all rows. */
function Helps({ of }: { of: Node }) {
  const { language } = useWords();
  const helps = Object.entries(of.properties ?? {}).map(([name, schema]) => ({ name, node: readNode(schema) }));
  return (
    <dl className="set-note set-row-helps">
      {helps.map(({ name, node }) => (
        <div key={name}>
          <dt>{titleOf(node, name, language)}</dt>
          <dd>{helpOf(node, language)}</dd>
        </div>
      ))}
    </dl>
  );
}
