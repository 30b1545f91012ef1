import type { InputRef } from 'antd';
import { Button, Input } from 'antd';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { StationClient } from '../../../shared/contract/index.ts';
import { formatMoney, parseYuan } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';

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
  const receivedFen = typed === '' ? bill.toPayFen : parseYuan(typed);
  const rest = receivedFen === undefined ? null : receivedFen - bill.toPayFen;
  const ready = method === 'pos' || (rest !== null && rest >= 0);
  const take = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!ready) return;
    const paid = await act.run((client) =>
      client.payments.pay({
        id: bill.id,
        method,
        receivedFen: method === 'pos' ? bill.toPayFen : (receivedFen ?? bill.toPayFen),
      }),
    );
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
          <output data-short={rest !== null && rest < 0}>
            {rest !== null && `${t(rest < 0 ? 'fee.pay.short' : 'fee.pay.change')} ${formatMoney(Math.abs(rest))}`}
          </output>
        </label>
      ) : (
        <p className="fee-hint">{t('fee.pay.posHint')}</p>
      )}
      <Problem text={act.problem} />
      {(act.reason === 'bill-expired' || act.reason === 'bill-over' || act.reason === 'debts-changed') && (
        <Button onClick={props.onExpired}>{t('fee.pay.again')}</Button>
      )}
      <Button ref={button} type="primary" size="large" htmlType="submit" loading={act.busy} disabled={!ready}>
        {t(method === 'cash' ? 'fee.pay.takeCash' : 'fee.pay.takePos', { amount: formatMoney(bill.toPayFen) })}
      </Button>
    </form>
  );
}
