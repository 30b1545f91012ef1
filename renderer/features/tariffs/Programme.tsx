import { Button } from 'antd';
import { useContext } from 'react';
import { dayTypeSchema } from '../../../shared/domain/calendar.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { EditorContext } from './editor-context.ts';
import { ManyField, Notes } from './fields.tsx';
import { moveAt, type Path, removeAt, replaceAt, type ScheduleForm } from './form.ts';
import { newSegment } from './new-parts.ts';
import { Segment } from './Segment.tsx';

type ProgrammeForm = ScheduleForm['programmes'][number];

/** 日程: the segments of the days that it fits; the first programme that fits a day counts. */
export function Programme(props: {
  programme: ProgrammeForm;
  path: Path;
  place: { readonly index: number; readonly count: number };
  onChange: (programme: ProgrammeForm) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}) {
  const { t } = useWords();
  const { seasons } = useContext(EditorContext);
  const { programme, path, place, onChange } = props;
  const { segments } = programme;
  const put = (next: ProgrammeForm['segments']): void => onChange({ ...programme, segments: next });
  const last = segments.at(-1);
  return (
    <section className="tf-programme" data-path={path.join('.')}>
      <header>
        <h5>{t('tariffs.programmeNth', { n: place.index + 1 })}</h5>
        {place.count > 1 && (
          <span className="tf-inline">
            <Button size="small" disabled={place.index === 0} onClick={() => props.onMove(-1)}>
              {t('tariffs.moveUp')}
            </Button>
            <Button size="small" disabled={place.index === place.count - 1} onClick={() => props.onMove(1)}>
              {t('tariffs.moveDown')}
            </Button>
            <Button size="small" onClick={props.onRemove}>
              {t('tariffs.removeProgramme')}
            </Button>
          </span>
        )}
      </header>
      <Notes path={path} />
      <div className="tf-grid">
        <ManyField
          label={t('tariffs.field.dayTypes')}
          path={[...path, 'dayTypes']}
          value={programme.dayTypes}
          everything={t('tariffs.field.everyDay')}
          options={dayTypeSchema.options.map((value) => ({ value, label: t(`tariffs.dayType.${value}`) }))}
          onChange={(values) => onChange({ ...programme, dayTypes: values ?? undefined })}
        />
        <ManyField
          label={t('tariffs.field.seasons')}
          path={[...path, 'seasons']}
          value={programme.seasons}
          everything={t('tariffs.field.allYear')}
          options={seasons.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(values) => onChange({ ...programme, seasons: values ?? undefined })}
        />
      </div>
      <Notes path={[...path, 'segments']} />
      {segments.map((segment, index) => (
        <Segment
          // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat while they are typed
          key={index}
          segment={segment}
          path={[...path, 'segments', index]}
          place={{ index, count: segments.length }}
          onChange={(next) => put(replaceAt(segments, index, next))}
          onMove={(by) => put(moveAt(segments, index, by))}
          onRemove={() => put(removeAt(segments, index))}
        />
      ))}
      <div>
        <Button
          size="small"
          disabled={segments.length >= 24}
          onClick={() =>
            put([
              ...segments,
              last === undefined
                ? newSegment(t('tariffs.segment.allDay'), '00:00', '24:00')
                : newSegment(
                    t('tariffs.segment.night'),
                    last.to === '24:00' ? '00:00' : last.to,
                    segments[0]?.from ?? '24:00',
                  ),
            ])
          }
        >
          {t('tariffs.addSegment')}
        </Button>
      </div>
    </section>
  );
}
