import { Input } from 'antd';
import type { Evidence } from '../../../shared/contract/evidence.ts';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Field, FormDialog } from '../../office/Form.tsx';
import { MoneyInput } from '../../office/inputs.tsx';
import { methodName } from '../../office/stay/methods.ts';
import { useAct } from '../../office/use-act.ts';
import { useForm } from '../../office/use-form.ts';

/** 退款申请, from the payment that it gives back. */
export function RefundDialog(props: {
  payment: Evidence['payments'][number];
  leftFen: number;
  onClose: () => void;
  onDone: () => void;
}) {
  const { t } = useWords();
  const act = useAct();
  const { payment, leftFen } = props;
  const left = formatMoney(leftFen);
  const form = useForm<{ readonly amountFen: number | null; readonly reason: string }>(
    { amountFen: null, reason: '' },
    {
      act,
      check: ({ amountFen, reason }) => ({
        ...(!amountFen
          ? { amountFen: t('stays.refundForm.needAmount') }
          : amountFen > leftFen
            ? { amountFen: t('stays.refundForm.tooMuch', { left }) }
            : {}),
        ...(reason.trim() === '' ? { reason: t('stays.refundForm.needReason') } : {}),
      }),
      places: { 'refund-too-much': 'amountFen' },
    },
  );
  const { values, set } = form;
  return (
    <FormDialog
      title={t('stays.refundForm.title')}
      verb={t('stays.refundForm.verb')}
      busy={act.busy}
      dirty={form.dirty}
      problem={form.problem}
      width={480}
      onClose={props.onClose}
      onSubmit={() =>
        form.submit(({ amountFen, reason }) => {
          void act
            .run(
              (client) =>
                client.refunds.request({ billId: payment.billId, amountFen: amountFen ?? 0, reason: reason.trim() }),
              { done: t('stays.refundForm.done') },
            )
            .then((done) => done && props.onDone());
        })
      }
    >
      <p className="form-told">
        {t('stays.refundForm.consequence', {
          paid: formatMoney(payment.paidFen),
          method: methodName(payment.method, t),
        })}
      </p>
      <Field
        id="refund-amount"
        label={t('stays.refundForm.amount')}
        hint={t('stays.evidence.left', { amount: left })}
        fault={form.fault('amountFen')}
        needed
      >
        <MoneyInput id="refund-amount" value={values.amountFen} onChange={(amountFen) => set({ amountFen })} />
      </Field>
      <Field id="refund-reason" label={t('stays.refundForm.reason')} fault={form.fault('reason')} needed wide>
        <Input.TextArea
          id="refund-reason"
          rows={2}
          maxLength={200}
          value={values.reason}
          onChange={(event) => set({ reason: event.target.value })}
        />
      </Field>
    </FormDialog>
  );
}
