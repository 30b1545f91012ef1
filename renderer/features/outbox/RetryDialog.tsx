import { Modal } from 'antd';
import { useWords } from '../../lib/i18n/index.ts';
import { station } from '../../lib/station/client.ts';
import { useMessageAct } from './use-message-act.ts';

export function RetryDialog({ id, onClose, onDone }: { id: number; onClose: () => void; onDone: () => void }) {
  const { t } = useWords();
  const { busy, run } = useMessageAct(onDone);
  return (
    <Modal
      open
      title={t('outbox.retryTitle', { id })}
      okText={t('outbox.retry')}
      cancelText={t('outbox.keep')}
      confirmLoading={busy}
      onCancel={onClose}
      onOk={() => void run(() => station().outbox.retry({ id }), 'outbox.retried')}
    >
      {t('outbox.retryText')}
    </Modal>
  );
}
