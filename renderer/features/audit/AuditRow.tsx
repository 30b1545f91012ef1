import { Button } from 'antd';
import { memo, useState } from 'react';
import type { EventView } from '../../../shared/contract/journal.ts';
import { actorName } from '../../events/actor-name.ts';
import { describeEvent } from '../../events/describe-event.ts';
import { deviceName } from '../../events/device-name.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { useLive } from '../../lib/station/live.ts';
import { Leads, When } from '../../office/Values.tsx';

/** Stays are told by the numbers that they carry: park, entry and seventeen digits of time. */
const isStay = (key: string | null): key is string => key !== null && /\d{17}$/.test(key);

/** One row of the journal in a sentence; its raw body on demand. */
export const AuditRow = memo(function AuditRow({ row, lane }: { row: EventView; lane: string | null }) {
  const { t, language } = useWords();
  const [open, setOpen] = useState(false);
  const lanes = useLive((state) => state.frame?.lanes) ?? [];
  const { text, tone } = describeEvent(row, t, language, (id) => deviceName(id, lanes, t));
  return (
    <li data-tone={tone}>
      <When at={row.at} />
      <strong>{actorName(row.actor, t)}</strong>
      <span className="audit-text">{text}</span>
      <span className="audit-lane">{lane ?? ''}</span>
      <span>
        {isStay(row.key) && (
          <Leads to="stays" place={{ id: row.key }}>
            {t('audit.stay')}
          </Leads>
        )}
      </span>
      <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('audit.raw')}
      </Button>
      {open && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        <pre tabIndex={0}>
          {t('audit.row', { seq: row.seq })} · {row.kind}
          {'\n'}
          {JSON.stringify(row.body, null, 2)}
          {'\n'}
          {row.hash}
        </pre>
      )}
    </li>
  );
});
