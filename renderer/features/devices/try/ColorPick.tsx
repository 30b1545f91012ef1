import { Select } from 'antd';
import { type DisplayColor, displayColorSchema } from '../../../../shared/domain/display.ts';
import { useWords } from '../../../lib/i18n/index.ts';

/** A colour that displays have, by its word and a dot of it. `none`: there is also no colour of its own. */
export function ColorPick(props: {
  label: string;
  value: DisplayColor | undefined;
  none?: string;
  onChange: (color: DisplayColor | undefined) => void;
}) {
  const { t } = useWords();
  const colors = displayColorSchema.options.map((color) => ({
    value: color as string,
    label: (
      <span className="dev-color">
        <i className="dev-dot" data-color={color} aria-hidden="true" />
        {t(`devices.color.${color}`)}
      </span>
    ),
  }));
  return (
    <Select
      aria-label={props.label}
      value={props.value ?? ''}
      options={[...(props.none === undefined ? [] : [{ value: '', label: props.none }]), ...colors]}
      onChange={(chosen) => props.onChange(displayColorSchema.options.find((color) => color === chosen))}
    />
  );
}
