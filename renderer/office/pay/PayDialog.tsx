import { Button, Modal } from 'antd';
import { useState } from 'react';
import type { StayView } from '../../../shared/contract/stays.ts';
import { formatDateTime, formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Failed, Fetching, Problem } from '../States.tsx';
import { carName } from '../stay/StayWords.tsx';
import { useAsk } from '../use-ask.ts';
import { PayByChannel } from './PayByChannel.tsx';
import { PayByHand } from './PayByHand.tsx';
import { type Way, WayChoice } from './WayChoice.tsx';
import './pay.css';

/** 场内预缴, and the money of a car at the kerb: one bill, one way to pay it, and what came of it. */
export function PayDialog(props: {
  stay: Pick<StayView, 'uid' | 'plate' | 'identity'>;
  /** What is paid for; a car inside unless told. */
  title?: string;
  onClose: () => void;
}) {
  const { stay, onClose } = props;
  const { t } = useWords();
  const made = useAsk((client) => client.payments.prepay({ uid: stay.uid }), [stay.uid]);
  const channels = useAsk((client) => client.payments.channels(), []);
  const [way, setWay] = useState<Way>({ kind: 'cash' });
  const [waiting, setWaiting] = useState(false);
  const [done, setDone] = useState<{ readonly amountFen: number; readonly changeFen: number } | null>(null);
  const bill = made.data?.bill ?? null;
  const finished = done !== null;
  return (
    <Modal
      open
      width={640}
      title={props.title ?? t('fee.pay.title', { plate: carName(stay, t) })}
      mask={{ closable: false }}
      onCancel={onClose}
      footer={
        <Button type={finished ? 'primary' : 'default'} onClick={onClose}>
          {t(finished ? 'fee.pay.close' : 'fee.pay.back')}
        </Button>
      }
    >
      {finished ? (
        <p className="fee-pay-done" role="status">
          {done.changeFen > 0
            ? t('fee.pay.paidChange', { amount: formatMoney(done.amountFen), change: formatMoney(done.changeFen) })
            : t('fee.pay.paid', { amount: formatMoney(done.amountFen) })}
        </p>
      ) : made.failed ? (
        <Failed error={made.failed.error} onAgain={made.again} />
      ) : made.data === null ? (
        <Fetching rows={3} />
      ) : bill === null ? (
        <p role="status">{t('fee.pay.nothing')}</p>
      ) : (
        <div className="fee-pay">
          <div className="quote-due" data-due="true">
            <span>{t('fee.pay.toPay')}</span>
            <output>{formatMoney(bill.toPayFen)}</output>
            {bill.toPayFen > bill.dueFen && (
              <small>{t('fee.pay.withDebt', { amount: formatMoney(bill.toPayFen - bill.dueFen) })}</small>
            )}
          </div>
          {bill.validUntil !== null && (
            <p className="fee-hint">{t('fee.pay.validUntil', { time: formatDateTime(bill.validUntil).slice(11) })}</p>
          )}
          <WayChoice channels={channels.data ?? []} way={way} onChange={setWay} />
          {way.kind === 'channel' ? (
            <PayByChannel
              key={way.channel.id}
              bill={bill}
              channel={way.channel}
              onPaid={() => setDone({ amountFen: bill.toPayFen, changeFen: 0 })}
              onWaiting={setWaiting}
            />
          ) : (
            <>
              {waiting && <Problem text={`${t('fee.pay.unknown')} ${t('fee.pay.despiteText')}`} />}
              <PayByHand key={way.kind} bill={bill} method={way.kind} onPaid={setDone} onExpired={made.again} />
            </>
          )}
        </div>
      )}
    </Modal>
  );
}
