import { Button, Segmented, Select } from 'antd';
import { useId, useState } from 'react';
import type { AnnouncingDisplay } from '../../../../shared/contract/announcements.ts';
import type { AnnouncementRules } from '../../../../shared/domain/announcement.ts';
import { defaultText, effectiveTexts, textFor } from '../../../../shared/domain/announcement-defaults.ts';
import { fillText, type Values } from '../../../../shared/domain/announcement-fill.ts';
import {
  type AnnouncedVehicle,
  type AnnouncementEvent,
  type AnnouncementText,
  announcedVehicleSchema,
  announcementEventSchema,
  textFaults,
} from '../../../../shared/domain/announcement-text.ts';
import { useWords } from '../../../lib/i18n/index.ts';
import { Field, FormDialog } from '../../../office/Form.tsx';
import type { Act } from '../../../office/use-act.ts';
import { LedPanel } from './LedPanel.tsx';
import { TextFields } from './TextFields.tsx';
import { TryOut } from './TryOut.tsx';
import { isChanged, isFollowing, shownOf, whom, withoutText, withText } from './texts.ts';

const WIDTHS = [8, 16] as const;
export type Columns = (typeof WIDTHS)[number];

/** Empty lines are nothing that is kept. */
const tidy = (text: AnnouncementText): AnnouncementText => ({
  ...text,
  lines: text.lines.filter((line) => line.text !== ''),
});

/** One text, written beside a display that shows it. `text` null: for a class that has none of its own yet. */
export function TextDialog(props: {
  text: AnnouncementText | null;
  texts: AnnouncementRules['texts'];
  values: Values;
  displays: readonly AnnouncingDisplay[];
  columns: Columns;
  act: Act;
  onColumns: (columns: Columns) => void;
  onSave: (texts: AnnouncementRules['texts']) => void;
  onClose: () => void;
}) {
  const { t } = useWords();
  const { texts, values, act } = props;
  const [text, setText] = useState(() => props.text ?? firstFree(texts));
  const [dirty, setDirty] = useState(false);
  const ready = textFaults(text).length === 0;
  const filled = fillText(text, values);
  const lines = shownOf(text, values);
  const change = (part: Partial<AnnouncementText>): void => {
    setText((old) => ({ ...old, ...part }));
    setDirty(true);
  };
  // Whether it reads as the program brings it along once it is changed no more.
  const own =
    props.text !== null &&
    defaultText(text.event, text.vehicle) !== undefined &&
    !isFollowing(withoutText(texts, text), text);
  const changed = props.text !== null && isChanged(texts, props.text);
  return (
    <FormDialog
      title={
        props.text
          ? t('settings.announcing.dialog.title', {
              event: t(`settings.announcing.event.${text.event}`),
              vehicle: whom(props.text, texts, t),
            })
          : t('settings.announcing.dialog.addTitle')
      }
      verb={t('settings.announcing.dialog.verb')}
      width={1000}
      busy={act.busy}
      dirty={dirty}
      problem={act.problem}
      ready={ready}
      extra={
        changed && (
          <Button disabled={act.busy} onClick={() => props.onSave(withoutText(texts, text))}>
            {t(own ? 'settings.announcing.dialog.restore' : 'settings.announcing.dialog.remove')}
          </Button>
        )
      }
      onClose={props.onClose}
      onSubmit={() => props.onSave(withText(texts, tidy(text)))}
    >
      <div className="ann-dialog">
        <div>
          {props.text === null && <Whom text={text} texts={texts} onChange={(next) => setText(next)} />}
          <TextFields {...{ text, values, columns: props.columns }} onChange={change} />
        </div>
        <aside>
          <div className="ann-size">
            <h4>{t('settings.announcing.dialog.preview')}</h4>
            <Segmented<Columns>
              aria-label={t('settings.announcing.dialog.size')}
              value={props.columns}
              options={WIDTHS.map((value) => ({ value, label: t(`settings.announcing.dialog.sizes.c${value}`) }))}
              onChange={props.onColumns}
            />
          </div>
          <LedPanel lines={lines} columns={props.columns} label={t('settings.announcing.dialog.preview')} />
          {lines.length === 0 && <p className="set-note">{t('settings.announcing.dialog.nothing')}</p>}
          <p className="ann-heard">
            <b>{t('settings.announcing.column.speech')}</b>
            {filled.speech.text === '' ? (
              <span className="value-none">{t('settings.announcing.silent')}</span>
            ) : (
              <span>{filled.speech.text}</span>
            )}
          </p>
          <h4>{t('settings.announcing.dialog.try')}</h4>
          <TryOut text={tidy(text)} displays={props.displays} ready={ready} />
        </aside>
      </div>
    </FormDialog>
  );
}

const events = announcementEventSchema.options.filter((event) => !event.startsWith('idle') && event !== 'held-open');

/** Classes that this event has no text of their own for. */
function freeOf(texts: AnnouncementRules['texts'], event: AnnouncementEvent): readonly AnnouncedVehicle[] {
  const taken = new Set(effectiveTexts(texts).flatMap((text) => (text.event === event ? [text.vehicle] : [])));
  return announcedVehicleSchema.options.filter((vehicle) => !taken.has(vehicle));
}

/** A new one begins with what these cars are told now. */
function begun(
  texts: AnnouncementRules['texts'],
  event: AnnouncementEvent,
  vehicle: AnnouncedVehicle,
): AnnouncementText {
  return { ...textFor(texts, event, vehicle), event, vehicle };
}

function firstFree(texts: AnnouncementRules['texts']): AnnouncementText {
  const event = events.find((each) => freeOf(texts, each).length > 0) ?? 'entry-welcome';
  return begun(texts, event, freeOf(texts, event)[0] ?? 'any');
}

function Whom(props: {
  text: AnnouncementText;
  texts: AnnouncementRules['texts'];
  onChange: (text: AnnouncementText) => void;
}) {
  const { t } = useWords();
  const id = useId();
  const { text, texts, onChange } = props;
  return (
    <div className="ann-whom">
      <Field id={`${id}-event`} label={t('settings.announcing.dialog.event')}>
        <Select
          id={`${id}-event`}
          value={text.event}
          options={events
            .filter((event) => freeOf(texts, event).length > 0)
            .map((value) => ({ value, label: t(`settings.announcing.event.${value}`) }))}
          onChange={(event) => onChange(begun(texts, event, freeOf(texts, event)[0] ?? 'any'))}
        />
      </Field>
      <Field id={`${id}-vehicle`} label={t('settings.announcing.dialog.vehicle')}>
        <Select
          id={`${id}-vehicle`}
          value={text.vehicle}
          options={freeOf(texts, text.event).map((value) => ({
            value,
            label: t(`settings.announcing.vehicle.${value}`),
          }))}
          onChange={(vehicle) => onChange({ ...text, vehicle })}
        />
      </Field>
    </div>
  );
}
