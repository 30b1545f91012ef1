import { useState } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { useLive } from '../../lib/station/live.ts';
import { mayAct, useSession } from '../../lib/station/session.ts';
import { LinkCards } from './LinkCards.tsx';
import { MessageDrawer } from './MessageDrawer.tsx';
import { MessageFilters } from './MessageFilters.tsx';
import { MessageTable } from './MessageTable.tsx';
import { useMessages } from './use-messages.ts';
import './outbox.css';
import './message.css';

/** 上报状态: what left, what waits and what was refused, per platform and per message. */
export function OutboxScreen() {
  const { t } = useWords();
  const links = useLive((state) => state.frame?.links) ?? [];
  const manager = useSession((state) => mayAct(state.user, 'manager'));
  const [openId, setOpenId] = useState<number | null>(null);
  const messages = useMessages();
  return (
    <div className="outbox">
      <LinkCards links={links} />
      <section className="outbox-list">
        <MessageFilters links={links} busy={messages.busy} onRefresh={messages.refresh} />
        {!manager && <p className="outbox-note">{t('outbox.attendant')}</p>}
        <MessageTable messages={messages} {...(manager ? { onOpen: setOpenId } : {})} />
      </section>
      <MessageDrawer id={openId} onClose={() => setOpenId(null)} onChanged={messages.refresh} />
    </div>
  );
}
