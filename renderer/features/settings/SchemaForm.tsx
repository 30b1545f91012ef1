import { Collapse } from 'antd';
import { useWords } from '../../lib/i18n/index.ts';
import { SchemaField } from './SchemaField.tsx';
import { isBasic, type Node, type References, readNode, type Settings } from './schema.ts';
import type { Path } from './store.ts';

interface Props {
  readonly schema: unknown;
  readonly path: Path;
  readonly value: Settings;
  readonly onChange: (value: Settings) => void;
  readonly references?: References | undefined;
  readonly suggestions?: References | undefined;
  readonly skip?: readonly string[];
  /** Stand in front as well, though they have a default. */
  readonly front?: readonly string[];
}

/** A form made of a JSON Schema: what is needed in front, and the rest folded away. */
export function SchemaForm(props: Props) {
  const { t } = useWords();
  const node = readNode(props.schema);
  const entries = Object.entries(node.properties ?? {})
    .filter(([name]) => props.skip?.includes(name) !== true)
    .map(([name, schema]) => ({ name, schema, node: readNode(schema) }));
  const isFront = (entry: Entry): boolean =>
    isBasic(node, entry.name, entry.node) || props.front?.includes(entry.name) === true;
  const [front, rest] = [entries.filter(isFront), entries.filter((entry) => !isFront(entry))];
  const few = rest.length <= 3;
  return (
    <>
      <Fields {...props} node={node} entries={few ? entries : front} />
      {!few && (
        <Collapse
          ghost
          items={[
            {
              key: 'more',
              label: t('settings.platform.more'),
              children: <Fields {...props} node={node} entries={rest} />,
            },
          ]}
        />
      )}
    </>
  );
}

interface Entry {
  readonly name: string;
  readonly schema: unknown;
  readonly node: Node;
}

function Fields({ node, entries, ...props }: Props & { node: Node; entries: readonly Entry[] }) {
  return (
    <div className="form">
      {entries.map(({ name, schema }) => (
        <SchemaField
          key={name}
          name={name}
          schema={schema}
          path={[...props.path, name]}
          needed={(node.required ?? []).includes(name)}
          value={props.value[name]}
          references={props.references}
          suggestions={props.suggestions}
          onChange={(inner) => {
            const { [name]: _old, ...others } = props.value;
            props.onChange(inner === undefined ? others : { ...others, [name]: inner });
          }}
        />
      ))}
    </div>
  );
}
