import { safe } from '@orpc/client';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import type { CardView } from '../../../shared/contract/cards.ts';
import type { EventView } from '../../../shared/contract/journal.ts';
import { type EventBody, eventBodies } from '../../../shared/domain/events.ts';
import { describeEvent } from '../../events/describe-event.ts';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { station } from '../../lib/station/client.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { Box } from '../../office/Page.tsx';
import { Source } from '../../office/Registry.tsx';
import { Answer, Empty } from '../../office/States.tsx';
import { useAsk } from '../../office/use-ask.ts';
import { Leads, When } from '../../office/Values.tsx';
import { cardDiff } from './card-diff.ts';
import { RefundDialog } from './RefundDialog.tsx';
import { useLayout } from './use-layout.ts';

const LIMIT = 50;
type Changed = EventBody<'card-changed'>;

const changedOf = (event: EventView | undefined): Changed | undefined =>
  event?.kind === 'card-changed' ? eventBodies['card-changed'].safeParse(event.body).data : undefined;

/** The order number without the orderer in front, as people know it. */
const plainOrder = (orderNo: string): string => orderNo.replace(/^[a-z-]+:/, '');

/** All that happened to a card, the newest first: who changed what, and the money. */
export function CardHistory({ card, round }: { card: CardView; round: number }) {
  const { t } = useWords();
  const { id } = card;
  const newest = useAsk((client, signal) => client.cards.history({ id, limit: LIMIT }, { signal }), [id, round]);
  const [older, setOlder] = useState<readonly EventView[]>([]);
  const [busy, setBusy] = useState(false);
  const [refunding, setRefunding] = useState<Changed | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what came behind belongs to the page that came first
  useEffect(() => setOlder([]), [newest.data]);
  const more = async (before: number): Promise<void> => {
    setBusy(true);
    const answer = await safe(station().cards.history({ id, before, limit: LIMIT }));
    setBusy(false);
    if (answer.isSuccess) setOlder((rows) => [...rows, ...answer.data]);
  };
  return (
    <Box title={t('cards.history.title')}>
      <Answer of={newest}>
        {(first) => {
          const rows = [...first, ...older];
          const last = rows.at(-1);
          if (last === undefined) return <Empty title={t('cards.history.none')} />;
          const whole = rows.length % LIMIT !== 0 || changedOf(last)?.change === 'added';
          return (
            <>
              <ol className="card-history">
                {rows.map((event, index) => (
                  <Row
                    key={event.seq}
                    event={event}
                    before={changedOf(rows.slice(index + 1).find(({ kind }) => kind === 'card-changed'))}
                    card={card}
                    onRefund={setRefunding}
                  />
                ))}
              </ol>
              {!whole && (
                <Button className="card-earlier" loading={busy} onClick={() => void more(last.seq)}>
                  {t('cards.history.earlier')}
                </Button>
              )}
            </>
          );
        }}
      </Answer>
      {refunding && (
        <RefundDialog
          card={card}
          orderNo={refunding.orderNo ?? ''}
          paidFen={refunding.paidFen}
          onClose={() => setRefunding(null)}
          onDone={() => {
            setRefunding(null);
            newest.again();
          }}
        />
      )}
    </Box>
  );
}

function Row(props: {
  event: EventView;
  before: Changed | undefined;
  card: CardView;
  onRefund: (changed: Changed) => void;
}) {
  const { t, language } = useWords();
  const layout = useLayout();
  const user = useSession((state) => state.user);
  const { event, before } = props;
  const changed = changedOf(event);
  if (!changed) {
    const { text } = describeEvent(event, t, language);
    return (
      <li>
        <When at={event.at} />
        <span />
        <span>{text}</span>
        <small>
          <Source name={event.actor.name} />
        </small>
      </li>
    );
  }
  const { why, change, paidFen, method, orderNo, detail, uid } = changed;
  const diff = before && change !== 'added' ? cardDiff(before.card, changed.card, t, layout) : [];
  const paid = why === 'recharged' && paidFen > 0;
  const mayRefund = may(user, 'refund.recharge') && may(user, 'refund.request');
  return (
    <li>
      <When at={event.at} />
      <strong>{t(`cards.history.${why === 'edited' && change === 'added' ? 'added' : why}`)}</strong>
      <span>
        {diff.map((line) => (
          <div key={line}>{line}</div>
        ))}
        {paid && (
          <div>
            {t('cards.history.paid', { amount: formatMoney(paidFen), method: t(`event.method.${method ?? 'cash'}`) })}
          </div>
        )}
        {orderNo !== undefined && <small>{t('cards.history.order', { order: plainOrder(orderNo) })} </small>}
        {why === 'edited' && detail !== '' && <small>{t('cards.history.said', { text: detail })}</small>}
        {uid !== null && (
          <Leads to="stays" place={{ id: uid }} label={`${t('cards.history.ofStay')} ${uid}`}>
            {t('cards.history.ofStay')}
          </Leads>
        )}
      </span>
      <small>
        <Source name={event.actor.name} />{' '}
        {paid &&
          mayRefund &&
          orderNo !== undefined &&
          (props.card.state === 'cancelled' ? (
            <Button size="small" onClick={() => props.onRefund(changed)}>
              {t('cards.history.refund')}
            </Button>
          ) : (
            t('cards.history.refundFirst')
          ))}
      </small>
    </li>
  );
}
