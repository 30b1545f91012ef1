import { Button, Checkbox } from 'antd';
import { useWords } from '../../lib/i18n/index.ts';
import { CapsFields } from './CapsFields.tsx';
import { ClassFactors } from './ClassFactors.tsx';
import { FeeField, MinutesField, Notes } from './fields.tsx';
import { daysMatter, moveAt, type Path, removeAt, replaceAt, type ScheduleForm } from './form.ts';
import { newSegment } from './new-parts.ts';
import { Programme } from './Programme.tsx';
import { Question } from './Question.tsx';

/** Segments of the day by type of day, with each choice that a text leaves open asked for. */
export function ScheduleRule(props: { rule: ScheduleForm; path: Path; onChange: (rule: ScheduleForm) => void }) {
  const { t } = useWords();
  const { rule, path, onChange } = props;
  const { free, programmes, wholeDay } = rule;
  const matter = daysMatter(rule);
  const put = (next: ScheduleForm['programmes']): void => onChange({ ...rule, programmes: next });
  return (
    <>
      <h4>{t('tariffs.part.programmes')}</h4>
      <Notes path={[...path, 'programmes']} />
      {programmes.map((programme, index) => (
        <Programme
          // biome-ignore lint/suspicious/noArrayIndexKey: programmes have no name of their own, and their place is their meaning
          key={index}
          programme={programme}
          path={[...path, 'programmes', index]}
          place={{ index, count: programmes.length }}
          onChange={(next) => put(replaceAt(programmes, index, next))}
          onMove={(by) => put(moveAt(programmes, index, by))}
          onRemove={() => put(removeAt(programmes, index))}
        />
      ))}
      <div>
        <Button
          onClick={() =>
            put([...programmes, { segments: [newSegment(t('tariffs.segment.allDay'), '00:00', '24:00')] }])
          }
        >
          {t('tariffs.addProgramme')}
        </Button>
      </div>
      <Question
        id="crossing"
        path={[...path, 'crossing']}
        values={['own-unit', 'unit-start']}
        value={rule.crossing}
        choice="crossing"
        onChange={(crossing) => onChange({ ...rule, crossing })}
      />
      <Question
        id="restart"
        path={[...path, 'restart']}
        values={['segment', '24h', 'never']}
        value={rule.restart}
        choice="restart"
        onChange={(restart) => onChange({ ...rule, restart })}
      />
      {(matter.types || rule.dayType !== null) && (
        <Question
          id="dayType"
          path={[...path, 'dayType']}
          values={['each-day', 'entry-day']}
          value={rule.dayType}
          choice="dayType"
          onChange={(dayType) => onChange({ ...rule, dayType })}
        />
      )}
      {(matter.midnight || rule.acrossMidnight !== null) && (
        <Question
          id="acrossMidnight"
          path={[...path, 'acrossMidnight']}
          values={['start-day', 'own-day']}
          value={rule.acrossMidnight}
          choice="acrossMidnight"
          onChange={(acrossMidnight) => onChange({ ...rule, acrossMidnight })}
        />
      )}
      <h4>{t('tariffs.part.free')}</h4>
      <div className="tf-grid">
        <MinutesField
          label={t('tariffs.field.freeMinutes')}
          path={[...path, 'free', 'minutes']}
          value={free?.minutes}
          hint={t('tariffs.field.noFree')}
          onChange={(minutes) =>
            onChange({
              ...rule,
              free: minutes === null ? undefined : { ...(free ?? { mode: null, again: null, of: null }), minutes },
            })
          }
        />
        <MinutesField
          label={t('tariffs.field.entrySide')}
          path={[...path, 'entrySideUpToMinutes']}
          value={rule.entrySideUpToMinutes}
          hint={t('tariffs.field.entrySideHint')}
          onChange={(minutes) => onChange({ ...rule, entrySideUpToMinutes: minutes ?? undefined })}
        />
      </div>
      {free && (
        <>
          <Question
            id="freeMode"
            path={[...path, 'free', 'mode']}
            values={['threshold', 'deducted']}
            value={free.mode}
            choice="free.mode"
            onChange={(mode) => onChange({ ...rule, free: { ...free, mode } })}
          />
          <Question
            id="freeAgain"
            path={[...path, 'free', 'again']}
            values={['once', 'each-24h']}
            value={free.again}
            choice="free.again"
            onChange={(again) => onChange({ ...rule, free: { ...free, again } })}
          />
          <Question
            id="freeOf"
            path={[...path, 'free', 'of']}
            values={['stay', 'priced-time']}
            value={free.of}
            choice="free.of"
            onChange={(of) => onChange({ ...rule, free: { ...free, of } })}
          />
        </>
      )}
      <CapsFields caps={rule.caps} path={[...path, 'caps']} onChange={(caps) => onChange({ ...rule, caps })} />
      <div className="tf-grid">
        <div className="tf-field" data-path={[...path, 'wholeDay'].join('.')}>
          <Checkbox
            checked={wholeDay !== undefined}
            onChange={(event) =>
              onChange({ ...rule, wholeDay: event.target.checked ? { afterMinutes: 600, feeFen: null } : undefined })
            }
          >
            {t('tariffs.field.wholeDay')}
          </Checkbox>
          <Notes path={[...path, 'wholeDay']} />
        </div>
        {wholeDay && (
          <>
            <MinutesField
              label={t('tariffs.field.wholeDayAfter')}
              path={[...path, 'wholeDay', 'afterMinutes']}
              value={wholeDay.afterMinutes}
              onChange={(afterMinutes) => onChange({ ...rule, wholeDay: { ...wholeDay, afterMinutes } })}
            />
            <FeeField
              label={t('tariffs.field.wholeDayFee')}
              path={[...path, 'wholeDay', 'feeFen']}
              value={wholeDay.feeFen}
              onChange={(feeFen) => onChange({ ...rule, wholeDay: { ...wholeDay, feeFen } })}
            />
          </>
        )}
      </div>
      <ClassFactors
        factors={rule.classFactors}
        classes={rule.vehicleClasses}
        path={[...path, 'classFactors']}
        onChange={(classFactors) => onChange({ ...rule, classFactors })}
      />
    </>
  );
}
