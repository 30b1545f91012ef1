import { Button, Input, InputNumber, Segmented } from 'antd';
import { useId, useRef } from 'react';
import { fillText, type Values } from '../../../../shared/domain/announcement-fill.ts';
import {
  type AnnouncementLine,
  type AnnouncementText,
  MOST_LINES,
  type Placeholder,
  passingEvents,
  placeholdersOf,
  placeholderZh,
  type TextFault,
  textFaults,
} from '../../../../shared/domain/announcement-text.ts';
import { type DisplayColor, displayColorSchema } from '../../../../shared/domain/display.ts';
import { useWords } from '../../../lib/i18n/index.ts';

const PLACES = Array.from({ length: MOST_LINES }, (_, index) => index);
const EMPTY: AnnouncementLine = { text: '', color: 'green' };

interface Props {
  readonly text: AnnouncementText;
  readonly values: Values;
  readonly columns: number;
  readonly onChange: (part: Partial<AnnouncementText>) => void;
}

/** Four lines with their colours, what is said, and how long it stays. Placeholders are put where the caret was last. */
export function TextFields({ text, values, columns, onChange }: Props) {
  const { t, language } = useWords();
  const id = useId();
  const caret = useRef<{ readonly place: number | 'speech'; readonly at: number }>({ place: 0, at: 0 });
  const faults = textFaults(text);
  const filled = fillText(text, values);
  const lines = PLACES.map((place) => text.lines[place] ?? EMPTY);
  const putLine = (place: number, part: Partial<AnnouncementLine>): void =>
    onChange({ lines: lines.map((line, at) => (at === place ? { ...line, ...part } : line)) });
  const idOf = (place: number | 'speech' | 'seconds'): string => `${id}-${place}`;
  const leave = (place: number | 'speech') => (event: { target: HTMLInputElement }) => {
    caret.current = { place, at: event.target.selectionStart ?? event.target.value.length };
  };
  const insert = (placeholder: Placeholder): void => {
    const { place, at } = caret.current;
    const name = `{${language === 'en' ? placeholder : placeholderZh[placeholder]}}`;
    const old = place === 'speech' ? text.speech : (lines[place]?.text ?? '');
    const next = `${old.slice(0, at)}${name}${old.slice(at)}`;
    if (place === 'speech') onChange({ speech: next });
    else putLine(place, { text: next });
    caret.current = { place, at: at + name.length };
    requestAnimationFrame(() => {
      const field = document.getElementById(idOf(place));
      field?.focus();
      if (field instanceof HTMLInputElement) field.setSelectionRange(at + name.length, at + name.length);
    });
  };
  return (
    <div className="ann-fields">
      {lines.map((line, place) => {
        const wrong = faults.find(({ part, index }) => part === 'line' && index === place);
        const shown = filled.lines[place];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place
          <div key={place} className="ann-line" data-fault={wrong !== undefined}>
            <label htmlFor={idOf(place)}>{t('settings.announcing.dialog.line', { n: place + 1 })}</label>
            <Input
              id={idOf(place)}
              value={line.text}
              maxLength={80}
              status={wrong ? 'error' : ''}
              onBlur={leave(place)}
              onChange={(event) => putLine(place, { text: event.target.value })}
            />
            <Segmented<DisplayColor>
              aria-label={t('settings.announcing.dialog.color', { n: place + 1 })}
              value={line.color}
              options={displayColorSchema.options.map((value) => ({
                value,
                label: <span data-led={value}>{t(`settings.announcing.dialog.colors.${value}`)}</span>,
              }))}
              onChange={(color) => putLine(place, { color })}
            />
            <Width of={shown?.columns ?? 0} columns={columns} cut={shown?.cut === true} />
            {wrong && <Fault of={wrong} />}
          </div>
        );
      })}
      <div className="ann-line ann-speaks" data-fault={faults.some(({ part }) => part === 'speech')}>
        <label htmlFor={idOf('speech')}>{t('settings.announcing.dialog.speech')}</label>
        <Input
          id={idOf('speech')}
          value={text.speech}
          maxLength={160}
          placeholder={t('settings.announcing.dialog.speechHelp')}
          onBlur={leave('speech')}
          onChange={(event) => onChange({ speech: event.target.value })}
        />
        {filled.speech.cut && <em role="alert">{t('settings.announcing.dialog.speechCut')}</em>}
        {faults
          .filter(({ part }) => part === 'speech')
          .map((fault) => (
            <Fault key={`${fault.code} ${fault.name}`} of={fault} />
          ))}
      </div>
      <div className="ann-insert">
        <span>{t('settings.announcing.dialog.insert')}</span>
        {placeholdersOf(text.event).map((each) => {
          const name = t(`settings.announcing.placeholder.${each}`);
          return (
            <Button
              key={each}
              size="small"
              aria-label={t('settings.announcing.dialog.insertNamed', { name })}
              onClick={() => insert(each)}
            >
              {name}
            </Button>
          );
        })}
      </div>
      {passingEvents.has(text.event) && (
        <div className="ann-line ann-seconds">
          <label htmlFor={idOf('seconds')}>{t('settings.announcing.dialog.seconds')}</label>
          <InputNumber
            controls={false}
            {...{ id: idOf('seconds'), min: 1, max: 600, precision: 0 }}
            value={text.seconds ?? null}
            onChange={(seconds) => onChange({ seconds: seconds ?? undefined })}
          />
          <span className="value-none">{t('settings.announcing.dialog.secondsHelp')}</span>
        </div>
      )}
    </div>
  );
}

function Width({ of, columns, cut }: { of: number; columns: number; cut: boolean }) {
  const { t } = useWords();
  const tone = cut ? 'stop' : of > columns ? 'call' : 'plain';
  return (
    <span className="ann-width" data-tone={tone}>
      {t('settings.announcing.dialog.columns', { n: of, of: columns })}
      {tone !== 'plain' && (
        <small>{t(cut ? 'settings.announcing.dialog.cut' : 'settings.announcing.dialog.scrolls')}</small>
      )}
    </span>
  );
}

function Fault({ of: { code, name } }: { of: TextFault }) {
  const { t } = useWords();
  return <em role="alert">{t(`settings.announcing.dialog.fault.${code}`, { name: `{${name}}` })}</em>;
}
