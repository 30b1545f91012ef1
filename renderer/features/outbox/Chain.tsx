import type { MessageView } from '../../../shared/contract/outbox.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { messageName } from '../../lib/message-name.ts';
import { platformName } from '../../lib/platform-name.ts';
import { href } from '../../lib/route.ts';
import { When } from '../../office/Values.tsx';
import { StatusTag } from './StatusTag.tsx';

/** The messages of one stay in the order in which they leave: what a later one waits for is above it. */
export function Chain({ messages, here }: { messages: readonly MessageView[]; here: number }) {
  const { t } = useWords();
  return (
    <section>
      <h3>{t('outbox.chain')}</h3>
      <ol className="message-chain">
        {messages.map((each) => (
          <li key={each.id} data-here={each.id === here}>
            <a href={href('outbox', { id: String(each.id) })} aria-current={each.id === here}>
              #{each.id}
            </a>
            <span>{messageName(each, t)}</span>
            <StatusTag message={each} />
            <span>{platformName(each.platform, t)}</span>
            <When at={each.deliveredAt ?? each.createdAt} />
            <span>{each.id === here ? t('outbox.here') : ''}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
