import { App, Button } from 'antd';
import { useState } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { interfaceName } from '../../lib/message-name.ts';
import { platformName } from '../../lib/platform-name.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { ReasonDialog } from '../../office/ReasonDialog.tsx';
import { useAct } from '../../office/use-act.ts';
import { criteriaOf, type OutboxFilter } from './filter.ts';

type Bulk = 'retry' | 'discard';

/** What was on view when the dialog opened: this, and nothing that came later, is what it is about. */
interface Order {
  readonly what: Bulk;
  readonly criteria: ReturnType<typeof criteriaOf> & {
    readonly status: 'waiting' | 'refused';
    readonly upToId: number;
  };
  readonly n: string;
  readonly which: string;
}

/** Everything that the filter shows, at once: sent again, or given up with a reason. Only for messages that can still leave. */
export function BulkActs(props: {
  filter: OutboxFilter;
  dayStart: string;
  total: number;
  exact: boolean;
  /** The newest message that was counted: none that came later is touched. */
  upToId: number | undefined;
  /** False while the count is that of another filter. */
  counted: boolean;
  onDone: () => void;
}) {
  const { t } = useWords();
  const { message } = App.useApp();
  const user = useSession((state) => state.user);
  const [open, setOpen] = useState<Order | null>(null);
  const [done, setDone] = useState(0);
  const act = useAct();
  const { filter, total, upToId } = props;
  const { status } = filter;
  const n = props.exact ? total.toLocaleString('en-US') : t('outbox.atLeast', { n: total.toLocaleString('en-US') });
  const which = [
    filter.platform && platformName(filter.platform, t),
    status && t(`outbox.status.${status}`),
    filter.message && interfaceName(filter.message, '', t),
    filter.plate,
    filter.key,
    filter.error && `“${filter.error}”`,
    filter.span && `${filter.span.from} – ${filter.span.to}`,
  ]
    .filter(Boolean)
    .join(' · ');
  const run = async ({ what, criteria }: Order, reason: string): Promise<void> => {
    let handled = 0;
    let wanted = Number.POSITIVE_INFINITY;
    // One call takes on so many; what is refused again meanwhile is not sent in circles.
    while (handled < wanted) {
      const answer = await act.run(({ outbox }) =>
        what === 'retry' ? outbox.retryMatching(criteria) : outbox.discardMatching({ ...criteria, reason }),
      );
      if (!answer) return;
      wanted = Math.min(wanted, handled + answer.done + answer.left);
      handled += answer.done;
      setDone(handled);
      if (answer.done === 0) break;
    }
    setOpen(null);
    void message.success(t('outbox.bulkDone', { n: handled }));
    props.onDone();
  };
  const offered = props.counted && total > 0 && upToId !== undefined && (status === 'waiting' || status === 'refused');
  const ask = (what: Bulk): void => {
    if (!offered) return;
    act.clear();
    setDone(0);
    setOpen({ what, n, which, criteria: { ...criteriaOf(filter, props.dayStart), status, upToId } });
  };
  return (
    <>
      {offered && may(user, 'outbox.retry') && (
        <Button size="small" onClick={() => ask('retry')}>
          {t('outbox.bulkRetry', { n })}
        </Button>
      )}
      {offered && may(user, 'outbox.discard') && (
        <Button size="small" danger onClick={() => ask('discard')}>
          {t('outbox.bulkDiscard', { n })}
        </Button>
      )}
      {open && (
        <ReasonDialog
          title={t(open.what === 'retry' ? 'outbox.bulkRetryTitle' : 'outbox.bulkDiscardTitle', { n: open.n })}
          consequence={t(open.what === 'retry' ? 'outbox.bulkRetryText' : 'outbox.bulkDiscardText', {
            which: open.which,
          })}
          verb={t(open.what === 'retry' ? 'outbox.bulkRetryVerb' : 'outbox.bulkDiscardVerb')}
          reason={open.what === 'retry' ? 'none' : 'needed'}
          danger={open.what === 'discard'}
          act={act}
          onClose={() => setOpen(null)}
          onConfirm={(reason) => void run(open, reason)}
        >
          {done > 0 && <output>{t('outbox.bulkProgress', { n: done })}</output>}
        </ReasonDialog>
      )}
    </>
  );
}
