import { Radio } from 'antd';
import { useState } from 'react';
import type { RefundView } from '../../../shared/contract/payments.ts';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { ReasonDialog } from '../../office/ReasonDialog.tsx';
import { methodName } from '../../office/stay/methods.ts';
import { useAct } from '../../office/use-act.ts';

export type RefundStep = 'approve' | 'reject' | 'done';

/** The question before each step of a refund. */
export function RefundDialogs(props: {
  refund: RefundView;
  step: RefundStep | null;
  onClose: () => void;
  onDone: (refund: RefundView) => void;
}) {
  const { t } = useWords();
  const act = useAct();
  const [how, setHow] = useState<'paid' | 'cash'>('paid');
  const { refund, step } = props;
  const amount = formatMoney(refund.amountFen);
  const { id } = refund;
  const close = (): void => {
    act.clear();
    props.onClose();
  };
  const finish = (changed: RefundView | undefined): void => {
    if (changed) props.onDone(changed);
  };
  switch (step) {
    case null:
      return null;
    case 'approve':
      return (
        <ReasonDialog
          title={t('refunds.approveTitle', { amount })}
          consequence={t('refunds.approveText')}
          verb={t('refunds.approve')}
          reason="none"
          act={act}
          onClose={close}
          onConfirm={() =>
            void act.run((client) => client.refunds.approve({ id }), { done: t('refunds.approved') }).then(finish)
          }
        />
      );
    case 'reject':
      return (
        <ReasonDialog
          title={t('refunds.rejectTitle', { amount })}
          consequence={t('refunds.rejectText')}
          verb={t('refunds.reject')}
          danger
          act={act}
          onClose={close}
          onConfirm={(reason) =>
            void act
              .run((client) => client.refunds.reject({ id, reason }), { done: t('refunds.rejected') })
              .then(finish)
          }
        />
      );
    case 'done':
      return (
        <ReasonDialog
          title={t('refunds.doneTitle', { amount })}
          consequence={t('refunds.doneText')}
          verb={t('refunds.done')}
          reason="none"
          act={act}
          onClose={close}
          onConfirm={() =>
            void act
              .run((client) => client.refunds.done({ id, ...(how === 'cash' ? { method: 'cash' as const } : {}) }), {
                done: t('refunds.doneDone'),
              })
              .then(finish)
          }
        >
          {refund.method !== 'cash' && (
            <Radio.Group
              aria-label={t('refunds.how')}
              value={how}
              onChange={(event) => setHow(event.target.value === 'cash' ? 'cash' : 'paid')}
              options={[
                { value: 'paid', label: t('refunds.asPaid', { method: methodName(refund.method, t) }) },
                { value: 'cash', label: t('event.method.cash') },
              ]}
            />
          )}
        </ReasonDialog>
      );
  }
}
