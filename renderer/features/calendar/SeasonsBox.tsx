import { Button, Checkbox, Input } from 'antd';
import type { Calendar } from '../../../shared/domain/calendar.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Box } from '../../office/Page.tsx';

const days = [1, 2, 3, 4, 5, 6, 7] as const;

/** What comes back every year: weekly rest days and seasons. */
export function SeasonsBox({ calendar, onChange }: { calendar: Calendar; onChange: (calendar: Calendar) => void }) {
  const { t } = useWords();
  const { seasons } = calendar;
  const put = (index: number, part: Partial<Calendar['seasons'][number]>): void =>
    onChange({ ...calendar, seasons: seasons.map((each, at) => (at === index ? { ...each, ...part } : each)) });
  const freeId = (): string => {
    let n = seasons.length + 1;
    while (seasons.some(({ id }) => id === `season-${n}`)) n += 1;
    return `season-${n}`;
  };
  return (
    <Box title={t('calendar.yearly')}>
      <div className="cal-stack">
        <fieldset>
          <legend>{t('calendar.restDays')}</legend>
          <Checkbox.Group
            value={[...calendar.restDays]}
            options={days.map((value) => ({ value, label: t(`calendar.weekday.d${value}`) }))}
            onChange={(restDays) => onChange({ ...calendar, restDays: restDays.toSorted((a, b) => a - b) })}
          />
        </fieldset>
        <h4>{t('calendar.seasons')}</h4>
        {seasons.length === 0 && <p>{t('calendar.noSeason')}</p>}
        {seasons.map((season, index) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: the id itself may be typed anew
            key={index}
            className="cal-season"
          >
            <Input
              aria-label={t('calendar.season.name')}
              value={season.name}
              maxLength={30}
              onChange={(event) => put(index, { name: event.target.value })}
            />
            <Input
              aria-label={t('calendar.season.from')}
              value={season.from}
              maxLength={5}
              placeholder="03-15"
              onChange={(event) => put(index, { from: event.target.value })}
            />
            <Input
              aria-label={t('calendar.season.to')}
              value={season.to}
              maxLength={5}
              placeholder="11-15"
              onChange={(event) => put(index, { to: event.target.value })}
            />
            <Button
              size="small"
              aria-label={t('calendar.season.removeNamed', { name: season.name })}
              onClick={() => onChange({ ...calendar, seasons: seasons.filter((_, at) => at !== index) })}
            >
              {t('kit.remove')}
            </Button>
          </div>
        ))}
        <div>
          <Button
            size="small"
            onClick={() =>
              onChange({
                ...calendar,
                seasons: [...seasons, { id: freeId(), name: t('calendar.season.new'), from: '03-01', to: '05-31' }],
              })
            }
          >
            {t('calendar.season.add')}
          </Button>
        </div>
      </div>
    </Box>
  );
}
