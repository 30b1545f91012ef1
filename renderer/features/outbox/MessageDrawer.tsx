import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { ReasonDialog } from '../../office/ReasonDialog.tsx';
import { Answer } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { useAsk } from '../../office/use-ask.ts';
import { DiscardDialog } from './DiscardDialog.tsx';
import { MessageFacts } from './MessageFacts.tsx';

/** One message whole: why it has not arrived, what it says, every try with its answer, and the two things a person can do. */
export function MessageDrawer(props: { id: number | null; onClose: () => void; onChanged: () => void }) {
  const { t } = useWords();
  const { id } = props;
  const user = useSession((state) => state.user);
  const [asking, setAsking] = useState<'retry' | 'discard' | null>(null);
  const asked = useAsk(({ outbox }, signal) => (id === null ? null : outbox.get({ id }, { signal })), [id]);
  const act = useAct();
  const detail = asked.data?.id === id ? asked.data : null;
  const open = detail?.status === 'waiting' || detail?.status === 'refused';
  const givenUp = detail?.status === 'given-up';
  const changed = (): void => {
    setAsking(null);
    asked.again();
    props.onChanged();
  };
  const retry = async (): Promise<void> => {
    if (id === null) return;
    if (await act.run(({ outbox }) => outbox.retry({ id }), { done: t('outbox.retried') })) changed();
  };
  return (
    <Drawer
      open={id !== null}
      onClose={props.onClose}
      size={760}
      title={t('outbox.detail', { id: id ?? 0 })}
      destroyOnHidden
      extra={
        <Button size="small" loading={asked.busy} onClick={asked.again}>
          {t('kit.refresh')}
        </Button>
      }
      footer={
        (open || givenUp) && (
          <div className="drawer-acts">
            {open && may(user, 'outbox.discard') && (
              <Button danger onClick={() => setAsking('discard')}>
                {t('outbox.discard')}
              </Button>
            )}
            {may(user, 'outbox.retry') && (
              <Button type="primary" onClick={() => setAsking('retry')}>
                {t('outbox.retry')}
              </Button>
            )}
          </div>
        )
      }
    >
      <Answer of={{ ...asked, data: detail }} rows={8}>
        {(message) => <MessageFacts message={message} />}
      </Answer>
      {id !== null && asking === 'retry' && (
        <ReasonDialog
          title={t('outbox.retryTitle', { id })}
          consequence={t(givenUp ? 'outbox.retryGivenUpText' : 'outbox.retryText')}
          verb={t('outbox.retry')}
          reason="none"
          act={act}
          onClose={() => setAsking(null)}
          onConfirm={() => void retry()}
        />
      )}
      {detail && asking === 'discard' && (
        <DiscardDialog message={detail} onClose={() => setAsking(null)} onDone={changed} />
      )}
    </Drawer>
  );
}
