import { Button } from 'antd';
import { useState } from 'react';
import type { Evidence } from '../../../../shared/contract/evidence.ts';
import type { BillView } from '../../../../shared/contract/lanes.ts';
import { FeeSteps } from '../../../components/FeeSteps.tsx';
import { formatMoney } from '../../../lib/format.ts';
import { type Translate, useWords } from '../../../lib/i18n/index.ts';
import { platformName } from '../../../lib/platform-name.ts';
import { may, useSession } from '../../../lib/station/session.ts';
import { Box } from '../../../office/Page.tsx';
import { PaperDialog } from '../../../office/paper/PaperDialog.tsx';
import { Answer } from '../../../office/States.tsx';
import { methodName, sceneName } from '../../../office/stay/methods.ts';
import { useAsk } from '../../../office/use-ask.ts';
import { Money, State, type Tone, When } from '../../../office/Values.tsx';
import { RefundDialog } from '../RefundDialog.tsx';

const billTones: Record<'open' | 'paid' | 'void', Tone> = { open: 'call', paid: 'go', void: 'plain' };

/** Every bill with the lines that it came from. */
export function BillsBox({ evidence }: { evidence: Evidence }) {
  const { t } = useWords();
  const { stay } = evidence;
  const asked = useAsk((client, signal) => client.payments.bills({ uid: stay.uid }, { signal }), [evidence]);
  return (
    <Box title={t('stays.evidence.bills')}>
      <Answer of={asked} rows={3}>
        {(bills) =>
          bills.length === 0 ? (
            <p className="evidence-none">{t('stays.evidence.noBills')}</p>
          ) : (
            <ul className="evidence-bills">
              {bills.map((bill) => (
                <li key={bill.id} data-state={bill.state}>
                  <header>
                    <State tone={billTones[bill.state]}>{t(`stays.evidence.billState.${bill.state}`)}</State>
                    <When at={bill.createdAt} />
                    <span>
                      {t('stays.evidence.billSum', {
                        charge: formatMoney(bill.chargeFen),
                        discount: formatMoney(bill.discountFen),
                        due: formatMoney(bill.dueFen),
                      })}
                    </span>
                    {bill.arrears.length > 0 && (
                      <span>
                        {t(own(bill, stay.uid) ? 'stays.evidence.billLater' : 'stays.evidence.billDebts', {
                          amount: formatMoney(bill.arrears.reduce((sum, { amountFen }) => sum + amountFen, 0)),
                        })}
                      </span>
                    )}
                  </header>
                  <FeeSteps bill={bill} />
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </Box>
  );
}

/** A bill that is over what this very stay was let out owing; debts of other stays are collected along with it. */
const own = (bill: BillView, uid: string): boolean => bill.arrears.every((debt) => debt.uid === uid);

type Payment = Evidence['payments'][number];

function refundStateName(state: string, t: Translate): string {
  const known = (['requested', 'approved', 'done', 'rejected', 'failed'] as const).find((each) => each === state);
  return known ? t(`event.refundState.${known}`) : state;
}

/** What was taken, by whom and how, and what went back. */
export function PaymentsBox({ evidence, onChanged }: { evidence: Evidence; onChanged: () => void }) {
  const { t } = useWords();
  const user = useSession((state) => state.user);
  const [asking, setAsking] = useState<Payment | null>(null);
  const [paper, setPaper] = useState<string | null>(null);
  const { payments, refunds } = evidence;
  const leftOf = (payment: Payment): number =>
    refunds
      .filter((refund) => refund.billId === payment.billId && refund.state !== 'rejected')
      .reduce((left, refund) => left - refund.amountFen, payment.paidFen);
  return (
    <Box title={t('stays.evidence.payments')}>
      {payments.length + refunds.length === 0 && <p className="evidence-none">{t('stays.evidence.noPayments')}</p>}
      <ul className="evidence-lines">
        {payments.map((payment) => (
          <li key={payment.billId}>
            <State tone={payment.reversed ? 'plain' : 'go'}>
              {t(payment.reversed ? 'stays.evidence.reversed' : 'stays.evidence.payment')}
            </State>
            <When at={payment.paidAt} />
            <span>
              {methodName(payment.method, t)} · {sceneName(payment.scene, t)} · {platformName(payment.actor, t)}
              {payment.receivedFen !== null &&
                ` · ${t('stays.evidence.received', {
                  received: formatMoney(payment.receivedFen),
                  change: formatMoney(payment.changeFen),
                })}`}
              {payment.reference !== null && ` · ${payment.reference}`}
              {payment.paper === 'maybe' && (
                <>
                  {' · '}
                  <em className="evidence-paper">{t('printing.maybe')}</em>
                </>
              )}
            </span>
            <span className="evidence-acts">
              <strong className="evidence-amount">
                <Money fen={payment.paidFen} strong />
              </strong>
              {!payment.reversed && may(user, 'receipt.print') && (
                <Button size="small" onClick={() => setPaper(payment.billId)}>
                  {t(payment.paper === 'none' ? 'printing.print' : 'printing.again')}
                </Button>
              )}
              {!payment.reversed && leftOf(payment) > 0 && may(user, 'refund.request') && (
                <Button size="small" onClick={() => setAsking(payment)}>
                  {t('stays.evidence.askRefund')}
                </Button>
              )}
            </span>
          </li>
        ))}
        {refunds.map((refund) => (
          <li key={refund.id}>
            <State tone={refund.state === 'done' ? 'info' : refund.state === 'rejected' ? 'plain' : 'call'}>
              {t('stays.evidence.refund')}
            </State>
            <When at={refund.at} />
            <span>
              {refundStateName(refund.state, t)} ·{' '}
              {refund.by === 'station' ? t('app.name') : platformName(refund.by, t)} · {refund.reason}
            </span>
            <strong className="evidence-amount">
              <Money fen={-refund.amountFen} strong />
            </strong>
          </li>
        ))}
      </ul>
      {paper !== null && <PaperDialog of={{ what: 'payment', id: paper }} onClose={() => setPaper(null)} />}
      {asking && (
        <RefundDialog
          payment={asking}
          leftFen={leftOf(asking)}
          onClose={() => setAsking(null)}
          onDone={() => {
            setAsking(null);
            onChanged();
          }}
        />
      )}
    </Box>
  );
}
