import { Button, Modal, Segmented } from 'antd';
import { useState } from 'react';
import type { DebtView } from '../../../shared/contract/debts.ts';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { useAsk } from '../../office/use-ask.ts';
import { ChannelPay } from './ChannelPay.tsx';
import { CounterPay } from './CounterPay.tsx';
import { restOf } from './use-columns.tsx';
import './debts.css';

/**
 * 补缴: the whole of a debt over the counter in cash or by card, or at a channel by phone. Afterwards the change stands large
 * until somebody has given it.
 */
export function PayDialog(props: { debt: DebtView; onClose: () => void; onDone: () => void; onPaid: () => void }) {
  const { t } = useWords();
  const { debt } = props;
  const user = useSession((state) => state.user);
  const channels = useAsk((client, signal) => client.payments.channels(undefined, { signal }), []);
  const byPhone = (channels.data ?? []).filter(({ kind }) => kind === 'qr' || kind === 'scan');
  const ways = [
    ...(may(user, 'cash.collect') ? (['cash', 'pos'] as const) : []),
    ...(may(user, 'charge.send') && byPhone.length > 0 ? (['channel'] as const) : []),
  ];
  const [chosen, setChosen] = useState<(typeof ways)[number]>('cash');
  const way = ways.includes(chosen) ? chosen : ways[0];
  const [paid, setPaid] = useState<{ readonly changeFen: number } | null>(null);
  const dueFen = restOf(debt);
  const settle = (changeFen: number): void => {
    setPaid({ changeFen });
    props.onPaid();
  };
  return (
    <Modal
      open
      title={t(paid ? 'debts.paidTitle' : 'debts.payTitle', { plate: debt.plate, amount: formatMoney(dueFen) })}
      mask={{ closable: false }}
      onCancel={paid ? props.onDone : props.onClose}
      footer={null}
      width={560}
    >
      {paid ? (
        <div className="debt-paid" role="status">
          <strong data-change={paid.changeFen > 0}>
            {paid.changeFen > 0 ? t('debts.giveChange', { amount: formatMoney(paid.changeFen) }) : t('debts.noChange')}
          </strong>
          <Button type="primary" autoFocus onClick={props.onDone}>
            {t('debts.done')}
          </Button>
        </div>
      ) : (
        <div className="debt-pay">
          <Segmented
            aria-label={t('debts.payBy')}
            value={way ?? 'cash'}
            onChange={(value) => setChosen(value)}
            options={ways.map((value) => ({
              value,
              label: value === 'channel' ? t('debts.channel') : t(`registry.method.${value}`),
            }))}
          />
          {way === 'channel' ? (
            <ChannelPay
              debt={debt}
              dueFen={dueFen}
              channels={byPhone}
              onBack={props.onClose}
              onSettled={() => settle(0)}
            />
          ) : way === undefined ? null : (
            <CounterPay key={way} debt={debt} dueFen={dueFen} method={way} onBack={props.onClose} onSettled={settle} />
          )}
        </div>
      )}
    </Modal>
  );
}
