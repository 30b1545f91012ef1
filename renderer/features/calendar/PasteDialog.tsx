import { Input, Modal } from 'antd';
import { useMemo, useState } from 'react';
import type { Calendar } from '../../../shared/domain/calendar.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { readNotice } from './read-notice.ts';

/** A year's official notice, pasted as it is published or as a list; what was read out of it is shown before it counts. */
export function PasteDialog(props: { year: number; onClose: () => void; onDone: (calendar: Calendar) => void }) {
  const { t } = useWords();
  const { year } = props;
  const [text, setText] = useState('');
  const act = useAct();
  const notice = useMemo(() => readNotice(text, year), [text, year]);
  const groups = useMemo(() => {
    const byName = new Map<string, string[]>();
    for (const { date, name } of notice.days) byName.set(name, [...(byName.get(name) ?? []), date]);
    return [...byName];
  }, [notice]);
  const read = async (): Promise<void> => {
    const calendar = await act.run(
      (client) =>
        client.calendar.importYear({ year, days: [...notice.days], makeupWorkdays: [...notice.makeupWorkdays] }),
      { done: t('calendar.paste.done', { year }) },
    );
    if (calendar) props.onDone(calendar);
  };
  return (
    <Modal
      open
      width={640}
      title={t('calendar.paste.title', { year })}
      okText={t('calendar.paste.verb', { year })}
      cancelText={t('kit.back')}
      okButtonProps={{ disabled: notice.days.length === 0 }}
      confirmLoading={act.busy}
      onCancel={props.onClose}
      onOk={() => void read()}
    >
      <div className="cal-stack">
        <label htmlFor="notice">
          <span>{t('calendar.paste.what')}</span>
          <Input.TextArea
            id="notice"
            autoFocus
            rows={7}
            value={text}
            placeholder={t('calendar.paste.example')}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <section aria-live="polite" className="cal-stack">
          {groups.map(([name, dates]) => (
            <p key={name}>
              <b>{name}</b> {t('calendar.paste.days', { n: dates.length })}：{dates.join('、')}
            </p>
          ))}
          {notice.makeupWorkdays.length > 0 && (
            <p>
              <b>{t('calendar.reason.makeup')}</b>：{notice.makeupWorkdays.join('、')}
            </p>
          )}
          {notice.unread.map((line) => (
            <p key={line} className="cal-wrong">
              {t('calendar.paste.unread', { line })}
            </p>
          ))}
          {notice.days.length > 0 && <p>{t('calendar.paste.replaces', { year })}</p>}
        </section>
        <Problem text={act.problem} />
      </div>
    </Modal>
  );
}
