import type { MessageStatus, OutboxFigures } from '../../../shared/contract/outbox.ts';
import { shanghaiDate } from '../../../shared/domain/time.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { interfaceName } from '../../lib/message-name.ts';
import { href } from '../../lib/route.ts';
import { stationNow } from '../../lib/station/session.ts';

const always = ['waiting', 'refused', 'delivered', 'discarded'] as const satisfies readonly MessageStatus[];
/** Only platforms that fetch by themselves what could not be pushed know this one. */
const withGivenUp = [...always, 'given-up'] as const;

/** So many kinds stand below each other; of more a second column is made, or the messages themselves would have no room. */
const ROWS = 6;

/** Counts of one platform by kind of message; each opens its rows. */
export function KindTable({ figures }: { figures: OutboxFigures }) {
  const { t } = useWords();
  const { messages } = figures;
  const half = messages.length > ROWS ? Math.ceil(messages.length / 2) : messages.length;
  return (
    <li className="kind-table">
      <p className="kind-head">
        <strong className="kind-title">{t('outbox.today')}</strong> <span>{t('outbox.todayNote')}</span>
      </p>
      <div className="kind-columns">
        <Counts figures={figures} lines={messages.slice(0, half)} />
        {half < messages.length && <Counts figures={figures} lines={messages.slice(half)} />}
      </div>
    </li>
  );
}

function Counts({ figures, lines }: { figures: OutboxFigures; lines: OutboxFigures['messages'] }) {
  const { t } = useWords();
  const shown = figures.messages.some((line) => line['given-up'] > 0) ? withGivenUp : always;
  const today = shanghaiDate(stationNow());
  const endedOf = (status: MessageStatus) => (status === 'waiting' || status === 'refused' ? undefined : today);
  const heads = {
    waiting: t('outbox.waiting'),
    refused: t('outbox.refused'),
    delivered: t('outbox.deliveredToday'),
    discarded: t('outbox.discardedToday'),
    'given-up': t('outbox.givenUpToday'),
  };
  return (
    <table aria-label={t('outbox.today')}>
      <thead>
        <tr>
          <th scope="col">{t('outbox.column.message')}</th>
          {shown.map((status) => (
            <th key={status} scope="col">
              {heads[status]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.message}>
            <th scope="row" title={line.message}>
              {interfaceName(line.message, line.title, t)}
            </th>
            {shown.map((status) => (
              <td key={status} data-bad={status === 'refused' && line[status] > 0}>
                {line[status] === 0 ? (
                  <span>0</span>
                ) : (
                  <a
                    className="kind-count"
                    href={href('outbox', {
                      query: { platform: figures.platform, message: line.message, status, ended: endedOf(status) },
                    })}
                  >
                    {line[status].toLocaleString('en-US')}
                  </a>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
