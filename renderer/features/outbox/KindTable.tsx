import type { MessageStatus, OutboxFigures } from '../../../shared/contract/outbox.ts';
import { shanghaiDate } from '../../../shared/domain/time.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { href } from '../../lib/route.ts';
import { stationNow } from '../../lib/station/session.ts';
import { interfaceName } from './message-name.ts';

const shown = ['waiting', 'refused', 'delivered', 'discarded'] as const satisfies readonly MessageStatus[];

/** Counts of one platform by kind of message; each opens its rows. */
export function KindTable({ figures }: { figures: OutboxFigures }) {
  const { t } = useWords();
  const heads = {
    waiting: t('outbox.waiting'),
    refused: t('outbox.refused'),
    delivered: t('outbox.deliveredToday'),
    discarded: t('outbox.discardedToday'),
  };
  const today = shanghaiDate(stationNow());
  const endedOf = (status: (typeof shown)[number]) =>
    status === 'delivered' || status === 'discarded' ? today : undefined;
  return (
    <li className="kind-table">
      <table>
        <caption>
          <strong className="kind-title">{t('outbox.today')}</strong> <span>{t('outbox.todayNote')}</span>
        </caption>
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
          {figures.messages.map((line) => (
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
    </li>
  );
}
