import { Checkbox } from 'antd';
import { useState } from 'react';
import type { MessageDetail } from '../../../shared/contract/outbox.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { messageName } from '../../lib/message-name.ts';
import { ReasonDialog } from '../../office/ReasonDialog.tsx';
import { useAct } from '../../office/use-act.ts';

/** Giving a message up cannot be undone; what waits behind it in the same stay may go with it, where it would make no sense alone. */
export function DiscardDialog(props: { message: MessageDetail; onClose: () => void; onDone: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const [together, setTogether] = useState(false);
  const { id, dependents, chain } = props.message;
  const behind = chain.filter((each) => dependents.includes(each.id));
  const discard = async (reason: string): Promise<void> => {
    const done = t('outbox.discarded');
    if (await act.run(({ outbox }) => outbox.discard({ id, reason, together }), { done })) props.onDone();
  };
  return (
    <ReasonDialog
      title={t('outbox.discardTitle', { id })}
      consequence={t('outbox.discardText')}
      verb={t('outbox.discard')}
      danger
      act={act}
      onClose={props.onClose}
      onConfirm={(reason) => void discard(reason)}
    >
      {behind.length > 0 && (
        <Checkbox
          className="discard-together"
          checked={together}
          onChange={(event) => setTogether(event.target.checked)}
        >
          {t('outbox.discardTogether', {
            n: behind.length,
            what: behind.map((each) => messageName(each, t)).join('、'),
          })}
        </Checkbox>
      )}
    </ReasonDialog>
  );
}
