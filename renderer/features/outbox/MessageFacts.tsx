import type { MessageDetail, Why } from '../../../shared/contract/outbox.ts';
import { Shape, type ShapeName } from '../../components/Shape.tsx';
import { formatDateTime } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { messageName } from '../../lib/message-name.ts';
import { platformName } from '../../lib/platform-name.ts';
import { href } from '../../lib/route.ts';
import { stationNow } from '../../lib/station/session.ts';
import { Facts, Leads } from '../../office/Values.tsx';
import { Chain } from './Chain.tsx';
import { MessageFields } from './MessageFields.tsx';
import { StatusTag } from './StatusTag.tsx';
import { mayHaveArrived } from './said.ts';
import { Tries } from './Tries.tsx';
import { whyText } from './why-text.ts';

const shapeOf = ({ code }: Why): ShapeName =>
  code === 'refused' ? 'alarm' : code === 'given-up' ? 'asking' : 'attention';

export function MessageFacts({ message }: { message: MessageDetail }) {
  const { t } = useWords();
  const { why } = message;
  const name = message.title === '' ? messageName(message, t) : message.title;
  return (
    <div className="message">
      <div className="message-head">
        <StatusTag message={message} />
        <strong>{name}</strong>
        <span>
          {platformName(message.platform, t)} · {message.message}
          {message.section !== '' && <> · {t('outbox.section', { section: message.section })}</>}
        </span>
      </div>
      {why && (
        <section
          className="message-why"
          data-bad={why.code === 'refused' || why.code === 'behind'}
          data-calm={why.code === 'given-up'}
        >
          <h3>
            <Shape name={shapeOf(why)} size={16} /> {t('outbox.why')}
          </h3>
          <p>{whyText(why, t, stationNow())}</p>
          {why.code !== 'given-up' && message.tries.some(mayHaveArrived) && <p>{t('outbox.inDoubt')}</p>}
          {why.code === 'behind' && (
            <a className="leads" href={href('outbox', { id: String(why.id) })}>
              {t('outbox.openBlocker', { id: why.id })}
            </a>
          )}
        </section>
      )}
      <Facts
        of={[
          [
            t('outbox.column.plate'),
            message.plate === null ? null : message.plate === '' ? t('plate.unread') : message.plate,
          ],
          [
            t('outbox.stay'),
            // What is in an order of its own, such as a device, is no stay to be opened.
            message.key === null || message.plate === null ? (
              message.key
            ) : (
              <Leads key="stay" to="stays" place={{ id: message.key }} label={`${t('outbox.openStay')} ${message.key}`}>
                {message.key}
              </Leads>
            ),
          ],
          [t('outbox.createdAt'), formatDateTime(message.createdAt)],
          [t('outbox.attempts'), String(message.attempts)],
          [t('outbox.deliveredAt'), message.deliveredAt && formatDateTime(message.deliveredAt)],
          [t('outbox.nextAttempt'), message.nextAttemptAt && formatDateTime(message.nextAttemptAt)],
          [t('outbox.journalSeq'), String(message.journalSeq)],
          [t('outbox.lastError'), message.lastError],
        ]}
      />
      {message.chain.length > 1 && <Chain messages={message.chain} here={message.id} />}
      <MessageFields body={message.body} words={message.fields} />
      <Tries message={message} />
    </div>
  );
}
