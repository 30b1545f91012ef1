import { useState } from 'react';
import type { CardView } from '../../../shared/contract/cards.ts';
import type { Fen } from '../../../shared/domain/money.ts';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Field } from '../../office/Form.tsx';
import { MoneyInput } from '../../office/inputs.tsx';
import { ReasonDialog } from '../../office/ReasonDialog.tsx';
import { useAct } from '../../office/use-act.ts';

/** Asks for the money of a recharge back; another manager approves it. */
export function RefundDialog(props: {
  card: CardView;
  orderNo: string;
  paidFen: Fen;
  onClose: () => void;
  onDone: () => void;
}) {
  const { t } = useWords();
  const act = useAct();
  const { paidFen, orderNo } = props;
  // Of a card that held money only what is left of it can go back.
  const most = props.card.type === 'stored-value' ? Math.min(paidFen, props.card.balanceFen) : paidFen;
  const [amountFen, setAmount] = useState<Fen | null>(most);
  return (
    <ReasonDialog
      title={t('cards.refund.title', { order: orderNo.replace(/^[a-z-]+:/, '') })}
      consequence={t('cards.refund.text')}
      verb={t('cards.refund.verb')}
      ready={amountFen !== null && amountFen > 0 && amountFen <= paidFen}
      act={act}
      onClose={props.onClose}
      onConfirm={async (reason) => {
        if (amountFen === null) return;
        const recharge = { cardId: props.card.id, orderNo };
        const told = { done: t('cards.refund.done') };
        if (await act.run((client) => client.refunds.request({ recharge, amountFen, reason }), told)) props.onDone();
      }}
    >
      <Field
        id="refund-amount"
        label={t('cards.refund.amount')}
        hint={t('cards.refund.most', { amount: formatMoney(paidFen) })}
      >
        <MoneyInput id="refund-amount" value={amountFen} onChange={setAmount} />
      </Field>
    </ReasonDialog>
  );
}
