import type { InputRef } from 'antd';
import { Button, Input } from 'antd';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { StationClient } from '../../../shared/contract/index.ts';
import { formatMoney } from '../../lib/format.ts';
import { type Translate, useWords } from '../../lib/i18n/index.ts';
import { Problem } from '../States.tsx';
import { useAct } from '../use-act.ts';
import { type CashTyped, cashTyped } from './cash-typed.ts';

type Bill = NonNullable<Awaited<ReturnType<StationClient['payments']['prepay']>>['bill']>;

/** Cash with change, or a bank card for the exact sum; Enter takes it. */
export function PayByHand(props: {
  bill: Bill;
  method: 'cash' | 'pos';
  onPaid: (paid: { readonly amountFen: number; readonly changeFen: number }) => void;
  onExpired: () => void;
}) {
  const { t } = useWords();
  const { bill, method } = props;
  const act = useAct();
  const [typed, setTyped] = useState('');
  const field = useRef<InputRef>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The dialog sets its own focus while it opens; whoever pays comes after it.
    const timer = setTimeout(() => (method === 'cash' ? field.current?.focus() : button.current?.focus()), 120);
    return () => clearTimeout(timer);
  }, [method]);
  const cash = cashTyped(method === 'cash' ? typed : '', bill.toPayFen);
  const take = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (cash.wrong !== null) return;
    const { receivedFen } = cash;
    const paid = await act.run((client) => client.payments.pay({ id: bill.id, method, receivedFen }));
    if (paid) props.onPaid(paid);
  };
  return (
    <form className="fee-pay-hand" onSubmit={(event) => void take(event)}>
      {method === 'cash' ? (
        <label htmlFor="pay-received">
          <span>{t('fee.pay.received')}</span>
          <Input
            id="pay-received"
            ref={field}
            size="large"
            inputMode="decimal"
            prefix="¥"
            autoComplete="off"
            placeholder={formatMoney(bill.toPayFen).slice(1)}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <output data-short={cash.wrong !== null}>{cashSays(cash, t)}</output>
        </label>
      ) : (
        <p className="fee-hint">{t('fee.pay.posHint')}</p>
      )}
      <Problem text={act.problem} />
      {(act.reason === 'bill-expired' || act.reason === 'bill-over' || act.reason === 'debts-changed') && (
        <Button onClick={props.onExpired}>{t('fee.pay.again')}</Button>
      )}
      <Button
        ref={button}
        type="primary"
        size="large"
        htmlType="submit"
        loading={act.busy}
        disabled={cash.wrong !== null}
      >
        {t(method === 'cash' ? 'fee.pay.takeCash' : 'fee.pay.takePos', { amount: formatMoney(bill.toPayFen) })}
      </Button>
    </form>
  );
}

/** Under the field: the change, what is missing, or why it is no amount. */
function cashSays(cash: CashTyped, t: Translate): string {
  switch (cash.wrong) {
    case null:
      return `${t('fee.pay.change')} ${formatMoney(cash.changeFen)}`;
    case 'short':
      return `${t('fee.pay.short')} ${formatMoney(cash.shortFen)}`;
    case 'code':
      return t('fee.pay.likeCode');
    case 'not-an-amount':
      return t('fee.pay.notAmount');
  }
}
