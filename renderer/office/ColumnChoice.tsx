import { Button, Checkbox, Popover } from 'antd';
import { useWords } from '../lib/i18n/index.ts';

interface Choosable {
  readonly key: string;
  readonly title: string;
}

/** Which columns a table shows. */
export function ColumnChoice(props: {
  columns: readonly Choosable[];
  shown: readonly Choosable[];
  onChange: (keys: readonly string[]) => void;
}) {
  const { t } = useWords();
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <Checkbox.Group
          className="column-choice"
          value={props.shown.map(({ key }) => key)}
          options={props.columns.map(({ key, title }) => ({ value: key, label: title }))}
          onChange={(keys) => props.onChange(keys.map(String))}
        />
      }
    >
      <Button size="small">{t('kit.columns')}</Button>
    </Popover>
  );
}
