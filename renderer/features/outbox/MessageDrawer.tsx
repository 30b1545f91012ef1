import { safe } from '@orpc/client';
import { Button, Drawer } from 'antd';
import { useEffect, useState } from 'react';
import type { MessageDetail } from '../../../shared/contract/outbox.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { station } from '../../lib/station/client.ts';
import { DiscardDialog } from './DiscardDialog.tsx';
import { MessageFacts } from './MessageFacts.tsx';
import { RetryDialog } from './RetryDialog.tsx';

type Loaded = { readonly id: number; readonly detail: MessageDetail | null };

/** One message whole: what it says, how often it was tried, what the platform answered, and the two things a person can do. */
export function MessageDrawer(props: { id: number | null; onClose: () => void; onChanged: () => void }) {
  const { t } = useWords();
  const { id } = props;
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [round, setRound] = useState(0);
  const [asking, setAsking] = useState<'retry' | 'discard' | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` says when to fetch again
  useEffect(() => {
    if (id === null) return;
    let current = true;
    const call = async () => station().outbox.get({ id });
    void safe(call()).then((answer) => {
      if (current) setLoaded({ id, detail: answer.isSuccess ? answer.data : null });
    });
    return () => {
      current = false;
    };
  }, [id, round]);
  const here = loaded?.id === id ? loaded : null;
  const open = here?.detail?.status === 'waiting' || here?.detail?.status === 'refused';
  const changed = (): void => {
    setAsking(null);
    setRound((n) => n + 1);
    props.onChanged();
  };
  return (
    <Drawer
      open={id !== null}
      onClose={props.onClose}
      size={560}
      title={t('outbox.detail', { id: id ?? 0 })}
      destroyOnHidden
      footer={
        here?.detail &&
        open && (
          <div className="drawer-acts">
            <Button danger onClick={() => setAsking('discard')}>
              {t('outbox.discard')}
            </Button>
            <Button type="primary" onClick={() => setAsking('retry')}>
              {t('outbox.retry')}
            </Button>
          </div>
        )
      }
    >
      {!here ? (
        <div className="full-note">
          <div className="spinner" />
        </div>
      ) : here.detail ? (
        <MessageFacts message={here.detail} />
      ) : (
        <div className="outbox-empty" role="alert">
          <strong>{t('outbox.failed')}</strong>
          <span>{t('outbox.failedText')}</span>
          <Button onClick={() => setRound(round + 1)}>{t('outbox.again')}</Button>
        </div>
      )}
      {id !== null && asking === 'retry' && <RetryDialog id={id} onClose={() => setAsking(null)} onDone={changed} />}
      {id !== null && asking === 'discard' && (
        <DiscardDialog id={id} onClose={() => setAsking(null)} onDone={changed} />
      )}
    </Drawer>
  );
}
