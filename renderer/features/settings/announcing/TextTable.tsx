import { Button } from 'antd';
import { useState } from 'react';
import { effectiveTexts } from '../../../../shared/domain/announcement-defaults.ts';
import { fillText, type Values } from '../../../../shared/domain/announcement-fill.ts';
import type { AnnouncementEvent, AnnouncementText } from '../../../../shared/domain/announcement-text.ts';
import { useWords } from '../../../lib/i18n/index.ts';
import { State } from '../../../office/Values.tsx';
import { LedStrip } from './LedPanel.tsx';
import { foldedRows, groupNames, groups, isChanged, isFollowing, shownOf, whom } from './texts.ts';

interface Props {
  readonly texts: readonly AnnouncementText[];
  readonly values: Values;
  readonly mayChange: boolean;
  readonly onEdit: (text: AnnouncementText) => void;
}

/** Every text that counts, event by event; a class of vehicles that has its own stands beneath the others, types of cards behind one row. */
export function TextTable(props: Props) {
  const { t } = useWords();
  const all = effectiveTexts(props.texts);
  return (
    <table className="ann-table">
      <thead>
        <tr>
          <th scope="col">{t('settings.announcing.column.event')}</th>
          <th scope="col">{t('settings.announcing.column.vehicle')}</th>
          <th scope="col">{t('settings.announcing.column.lines')}</th>
          <th scope="col">{t('settings.announcing.column.speech')}</th>
          <th scope="col">
            <span className="ann-hidden">{t('settings.announcing.edit')}</span>
          </th>
        </tr>
      </thead>
      {groupNames.map((group) => (
        <tbody key={group}>
          <tr className="ann-group">
            <th colSpan={5} scope="rowgroup">
              {t(`settings.announcing.group.${group}`)}
            </th>
          </tr>
          {groups[group].map((event) => (
            <EventRows key={event} {...props} rows={all.filter((text) => text.event === event)} event={event} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

function EventRows({
  event,
  rows,
  ...props
}: Props & { readonly event: AnnouncementEvent; readonly rows: readonly AnnouncementText[] }) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const { first, folded, last } = foldedRows(rows, props.texts);
  const toRow = (text: AnnouncementText) => (
    <Row
      key={text.vehicle}
      {...props}
      text={text}
      isFirst={text === rows[0]}
      rows={first.length + last.length + (folded.length > 0 ? 1 : 0) + (isOpen ? folded.length : 0)}
    />
  );
  const verb = t(isOpen ? 'settings.announcing.fold' : 'settings.announcing.unfold');
  return (
    <>
      {first.map(toRow)}
      {folded.length > 0 && (
        <tr className="ann-folded">
          <td className="ann-vehicle">{t('settings.announcing.types', { n: folded.length })}</td>
          <td colSpan={2} className="ann-speech">
            {folded
              .map(({ vehicle }) => t(`settings.announcing.vehicle.${vehicle}`))
              .join(t('settings.announcing.and'))}
          </td>
          <td className="ann-act">
            <Button
              size="small"
              aria-expanded={isOpen}
              aria-label={`${verb} ${t(`settings.announcing.event.${event}`)}`}
              onClick={() => setOpen(!isOpen)}
            >
              {verb}
            </Button>
          </td>
        </tr>
      )}
      {isOpen && folded.map(toRow)}
      {last.map(toRow)}
    </>
  );
}

function Row({
  text,
  rows,
  isFirst,
  texts,
  values,
  mayChange,
  onEdit,
}: Props & { readonly text: AnnouncementText; readonly rows: number; readonly isFirst: boolean }) {
  const { t } = useWords();
  const event = t(`settings.announcing.event.${text.event}`);
  const vehicle = whom(text, texts, t);
  const lines = shownOf(text, values);
  const { speech } = fillText(text, values);
  return (
    <tr>
      {isFirst && (
        <th scope="row" rowSpan={rows}>
          {event}
        </th>
      )}
      <td className="ann-vehicle">
        {vehicle}
        {isChanged(texts, text) && <State tone="info">{t('settings.announcing.changed')}</State>}
        {isFollowing(texts, text) && <State tone="plain">{t('settings.announcing.follows')}</State>}
      </td>
      <td>
        {lines.length > 0 ? (
          <LedStrip lines={lines} />
        ) : (
          <span className="value-none">{t('settings.announcing.blank')}</span>
        )}
      </td>
      <td className="ann-speech">
        {speech.text === '' ? <span className="value-none">{t('settings.announcing.silent')}</span> : speech.text}
      </td>
      <td className="ann-act">
        <Button
          size="small"
          disabled={!mayChange}
          aria-label={t('settings.announcing.editNamed', { name: `${event} ${vehicle}` })}
          onClick={() => onEdit(text)}
        >
          {t('settings.announcing.edit')}
        </Button>
      </td>
    </tr>
  );
}
