import type { Evidence } from '../../../../shared/contract/evidence.ts';
import { useWords } from '../../../lib/i18n/index.ts';
import { messageName } from '../../../lib/message-name.ts';
import { platformName } from '../../../lib/platform-name.ts';
import { Box } from '../../../office/Page.tsx';
import { Leads, State, type Tone, When } from '../../../office/Values.tsx';

type Message = Evidence['messages'][number];
const tones: Record<Message['status'], Tone> = {
  waiting: 'info',
  delivered: 'go',
  refused: 'stop',
  discarded: 'plain',
  'given-up': 'plain',
};
/** Every message to every platform, with what became of it. */
export function MessagesBox({ evidence: { messages, stay } }: { evidence: Evidence }) {
  const { t } = useWords();
  const open = messages.filter((each) => each.status !== 'delivered').length;
  return (
    <Box
      title={t('stays.evidence.messages')}
      extra={
        messages.length > 0 && (
          <span className="evidence-extra">
            <State tone={open > 0 ? 'call' : 'go'}>
              {open > 0
                ? t('stays.evidence.notDelivered', { n: open })
                : t('stays.evidence.allDelivered', { n: messages.length })}
            </State>
            <Leads to="outbox" place={{ query: { key: stay.uid } }}>
              {t('stays.evidence.openMessage')}
            </Leads>
          </span>
        )
      }
    >
      {messages.length === 0 ? (
        <p className="evidence-none">{t('stays.evidence.noMessages')}</p>
      ) : (
        <ul className="evidence-lines">
          {messages.map((each) => (
            <li key={`${each.platform}-${each.id}`}>
              <State tone={tones[each.status]}>{t(`outbox.status.${each.status}`)}</State>
              <When at={each.deliveredAt ?? each.createdAt} />
              <span>
                {platformName(each.platform, t)} · {messageName(each, t)} <small>{each.message}</small>
              </span>
              {each.lastError !== null && each.status !== 'delivered' && (
                <span className="evidence-error">{each.lastError}</span>
              )}
              <Leads to="outbox" place={{ id: String(each.id), query: { key: stay.uid } }}>
                #{each.id}
              </Leads>
            </li>
          ))}
        </ul>
      )}
    </Box>
  );
}
