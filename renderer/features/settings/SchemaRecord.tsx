import { Button, Input, InputNumber, Select } from 'antd';
import { useWords } from '../../lib/i18n/index.ts';
import { asSettings, choicesOf, helpOf, type Node, readNode, type SchemaFieldProps, titleOf } from './schema.ts';
import { useFault } from './use-draft.ts';

type Entry = readonly [name: string, value: unknown];

/** Values under names that are free, or chosen where it is known what they name: a lane's number at a platform, one more field. */
export function SchemaRecord(props: SchemaFieldProps & { node: Node }) {
  const { t, language } = useWords();
  const faultAt = useFault();
  const { node, path, onChange } = props;
  const choices = props.references?.[props.name];
  const values = readNode(node.additionalProperties);
  const numbers = ['integer', 'number'].includes(values.type ?? '');
  const entries: readonly Entry[] = Object.entries(asSettings(props.value));
  const names = new Set(entries.map(([name]) => name));
  const left = choices?.filter(({ value }) => !names.has(value));
  const put = (next: readonly Entry[]): void => onChange(next.length === 0 ? undefined : Object.fromEntries(next));
  const change = (at: number, entry: Entry): void => put(entries.map((each, index) => (index === at ? entry : each)));
  return (
    <fieldset className="set-group">
      <legend>{titleOf(node, props.name, language)}</legend>
      <p className="set-note">{helpOf(node, language)}</p>
      {entries.map(([name, value], index) => {
        const label = choices?.find((choice) => choice.value === name)?.label ?? name;
        const fault = faultAt([...path, name]);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the name is what is being typed
          <div className="set-row" key={index}>
            {choices === undefined ? (
              <Input
                aria-label={t('settings.form.key')}
                placeholder={t('settings.form.key')}
                value={name}
                onChange={(event) => change(index, [event.target.value, value])}
              />
            ) : (
              <Select
                className="set-record-name"
                aria-label={t('settings.form.key')}
                value={name}
                options={[...(left ?? []), { value: name, label }]}
                onChange={(chosen: string) => change(index, [chosen, value])}
              />
            )}
            {values.enum ? (
              <Select
                className="set-record-name"
                aria-label={`${t('settings.form.value')} ${label}`}
                placeholder={t('settings.form.value')}
                value={typeof value === 'string' && value !== '' ? value : null}
                options={choicesOf(values, language)}
                onChange={(chosen: string | number) => change(index, [name, chosen])}
              />
            ) : numbers ? (
              <InputNumber
                controls={false}
                aria-label={`${t('settings.form.value')} ${label}`}
                value={typeof value === 'number' ? value : null}
                onChange={(typed) => change(index, [name, typed ?? ''])}
              />
            ) : (
              <Input
                aria-label={`${t('settings.form.value')} ${label}`}
                placeholder={t('settings.form.value')}
                value={typeof value === 'string' ? value : ''}
                onChange={(event) => change(index, [name, event.target.value])}
              />
            )}
            <Button
              danger
              aria-label={t('settings.form.remove', { n: index + 1 })}
              onClick={() => put(entries.filter((_, at) => at !== index))}
            >
              ✕
            </Button>
            {fault !== undefined && <em role="alert">{fault}</em>}
          </div>
        );
      })}
      {left === undefined ? (
        <Button disabled={names.has('')} onClick={() => put([...entries, ['', '']])}>
          {t('settings.form.add')}
        </Button>
      ) : (
        left.length > 0 && (
          <Select<string>
            style={{ width: 240 }}
            aria-label={`${t('settings.form.add')} ${titleOf(node, props.name, language)}`}
            placeholder={t('settings.form.add')}
            value={null}
            options={[...left]}
            onChange={(chosen) => put([...entries, [chosen, '']])}
          />
        )
      )}
    </fieldset>
  );
}
