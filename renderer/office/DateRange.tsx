import { Button, DatePicker, Space } from 'antd';
import dayjs from 'dayjs';
import { useWords } from '../lib/i18n/index.ts';
import { stationNow } from '../lib/station/session.ts';
import { businessDay, type DateSpan, presetSpan, presets } from './dates.ts';

/** Days by preset or by hand; `null` is all of time. Days begin at the site's own hour. */
export function DateRange(props: {
  id: string;
  value: DateSpan | null;
  onChange: (span: DateSpan | null) => void;
  dayStart: string;
  /** May be left empty. */
  open?: boolean;
}) {
  const { t } = useWords();
  const today = businessDay(stationNow(), props.dayStart);
  const { value } = props;
  // On a Monday today is the week as well: only the first that fits is marked.
  const chosenPreset = presets.find((preset) => {
    const span = presetSpan(preset, today);
    return value !== null && span.from === value.from && span.to === value.to;
  });
  return (
    <Space.Compact className="date-range">
      {presets.map((preset) => {
        const span = presetSpan(preset, today);
        const chosen = preset === chosenPreset;
        return (
          <Button
            key={preset}
            type={chosen ? 'primary' : 'default'}
            aria-pressed={chosen}
            onClick={() => props.onChange(span)}
          >
            {t(`kit.preset.${preset}`)}
          </Button>
        );
      })}
      <DatePicker.RangePicker
        id={{ start: props.id, end: `${props.id}-end` }}
        style={{ width: 250 }}
        allowClear={props.open ?? false}
        value={value === null ? null : [dayjs(value.from), dayjs(value.to)]}
        onChange={(span) => {
          const [from, to] = span ?? [];
          props.onChange(from && to ? { from: from.format('YYYY-MM-DD'), to: to.format('YYYY-MM-DD') } : null);
        }}
      />
    </Space.Compact>
  );
}
