import { Button, Drawer } from 'antd';
import { useState } from 'react';
import type { RefundView } from '../../../shared/contract/payments.ts';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { may, mayAct, useSession } from '../../lib/station/session.ts';
import { Answer } from '../../office/States.tsx';
import { methodName } from '../../office/stay/methods.ts';
import { useAsk } from '../../office/use-ask.ts';
import { Facts, Leads, Money, State, When } from '../../office/Values.tsx';
import { RefundDialogs, type RefundStep } from './RefundDialogs.tsx';

/** One refund: what was paid, why it goes back, and what may be done about it now, or why not. */
export function RefundDrawer(props: {
  refund: RefundView;
  onClose: () => void;
  onChanged: (refund: RefundView) => void;
}) {
  const { t } = useWords();
  const user = useSession((state) => state.user);
  const [step, setStep] = useState<RefundStep | null>(null);
  const { refund } = props;
  const own = refund.requestedBy === user?.name && !mayAct(user, 'admin');
  const decides = may(user, 'refund.approve') && !own;
  const pays = may(user, 'refund.pay');
  const byHand = refund.state === 'failed' || refund.method === 'cash' || refund.method === 'pos';
  const acts = [
    ...(refund.state === 'requested' && decides ? (['reject', 'approve'] as const) : []),
    ...(refund.state === 'failed' && decides ? (['reject'] as const) : []),
    ...((refund.state === 'approved' || refund.state === 'failed') && pays ? (['done'] as const) : []),
  ];
  const note =
    refund.state === 'done' || refund.state === 'rejected'
      ? t('refunds.closed')
      : refund.state === 'requested' && own
        ? t('refunds.own')
        : refund.state === 'requested' && !decides
          ? t('refunds.managersOnly')
          : refund.state === 'failed'
            ? t('refunds.failedText')
            : refund.state === 'approved' && !byHand
              ? t('refunds.byChannel')
              : null;
  return (
    <Drawer
      open
      size={520}
      title={t('refunds.title', { amount: formatMoney(refund.amountFen) })}
      onClose={props.onClose}
      footer={
        acts.length > 0 && (
          <div className="refund-acts">
            {acts.map((act) => (
              <Button
                key={act}
                type={act === 'reject' ? 'default' : 'primary'}
                danger={act === 'reject'}
                onClick={() => setStep(act)}
              >
                {t(`refunds.${act}`)}
              </Button>
            ))}
          </div>
        )
      }
    >
      <div className="refund">
        <State tone={refund.state === 'failed' ? 'stop' : refund.state === 'requested' ? 'call' : 'info'}>
          {t(`refunds.tab.${refund.state}`)}
        </State>
        {note !== null && <p className="refund-note">{note}</p>}
        <Facts
          columns={1}
          of={[
            [t('refunds.column.amount'), <Money key="amount" fen={refund.amountFen} strong />],
            [t('refunds.column.reason'), refund.reason],
            [t('refunds.column.requestedBy'), refund.requestedBy],
            [t('refunds.column.created'), <When key="created" at={refund.createdAt} />],
            [t('refunds.column.decidedBy'), refund.decidedBy],
            [t('refunds.decisionReason'), refund.decisionReason ?? null],
            [t('refunds.column.updated'), <When key="updated" at={refund.updatedAt} />],
          ]}
        />
        <h3>{t('refunds.paid')}</h3>
        {refund.recharge ? (
          <>
            <Facts
              columns={1}
              of={[
                [t('refunds.column.method'), methodName(refund.method, t)],
                [t('refunds.order'), refund.recharge.orderNo],
              ]}
            />
            <Leads to="cards" place={{ id: refund.recharge.cardId }}>
              {t('refunds.openCard')}
            </Leads>
          </>
        ) : (
          <StayPayment refund={refund} />
        )}
      </div>
      <RefundDialogs
        refund={refund}
        step={step}
        onClose={() => setStep(null)}
        onDone={(next) => {
          setStep(null);
          props.onChanged(next);
        }}
      />
    </Drawer>
  );
}

function StayPayment({ refund }: { refund: RefundView }) {
  const { t } = useWords();
  const stay = useAsk((client, signal) => client.sessions.get({ uid: refund.uid }, { signal }), [refund.uid]);
  return (
    <Answer of={stay} rows={3}>
      {(found) => {
        const payment = found.payments.find((each) => each.billId === refund.billId);
        return (
          <>
            <Facts
              columns={1}
              of={[
                [t('refunds.column.plate'), refund.plate || t('plate.none')],
                [t('refunds.column.method'), methodName(payment?.method ?? refund.method, t)],
                [t('refunds.paidFen'), payment ? <Money key="paid" fen={payment.amountFen} /> : t('refunds.surplus')],
                [t('refunds.paidAt'), payment ? <When key="at" at={payment.paidAt} /> : null],
                [t('refunds.paidBy'), payment ? payment.operator : null],
                [t('refunds.bill'), refund.billId],
                [t('refunds.attempt'), refund.attemptId],
              ]}
            />
            <Leads to="stays" place={{ id: refund.uid }}>
              {t('refunds.openStay')}
            </Leads>
          </>
        );
      }}
    </Answer>
  );
}
