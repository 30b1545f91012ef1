import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { station } from '../../lib/station/client.ts';
import { useMessageAct } from './use-message-act.ts';

/** Giving a message up cannot be undone: it needs a reason in words, and its own verb on the button. */
export function DiscardDialog({ id, onClose, onDone }: { id: number; onClose: () => void; onDone: () => void }) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const { busy, run } = useMessageAct(onDone);
  const written = reason.trim();
  return (
    <Modal
      open
      title={t('outbox.discardTitle', { id })}
      okText={t('outbox.discard')}
      cancelText={t('outbox.keep')}
      okButtonProps={{ danger: true, disabled: written === '' }}
      confirmLoading={busy}
      onCancel={onClose}
      onOk={() => void run(() => station().outbox.discard({ id, reason: written }), 'outbox.discarded')}
    >
      <p>{t('outbox.discardText')}</p>
      <label className="discard-reason" htmlFor="discard-reason">
        <span>{t('outbox.discardReason')}</span>
        <Input.TextArea
          id="discard-reason"
          autoFocus
          rows={3}
          maxLength={200}
          value={reason}
          placeholder={t('outbox.discardNeedReason')}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
    </Modal>
  );
}
