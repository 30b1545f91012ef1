import { Button, Input, QRCode } from 'antd';
import { type FormEvent, useEffect, useState } from 'react';
import type { AttemptView } from '../../../shared/contract/payments.ts';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Problem } from '../States.tsx';
import { useAct } from '../use-act.ts';
import { useAsk } from '../use-ask.ts';
import type { Channel } from './WayChoice.tsx';

const ASK_MS = 1_500;
const waits: ReadonlySet<AttemptView['state']> = new Set(['created', 'sent', 'unknown', 'reversing']);

/** A code that the driver scans, or the driver's own code; then the outcome, live, until there is one. */
export function PayByChannel(props: {
  bill: { readonly id: string; readonly toPayFen: number };
  channel: Channel;
  onPaid: () => void;
  /** Whether a try has no outcome yet. */
  onWaiting: (waiting: boolean) => void;
}) {
  const { t } = useWords();
  const { bill, channel, onPaid, onWaiting } = props;
  const act = useAct();
  const [code, setCode] = useState('');
  const [text, setText] = useState<string | null>(null);
  const [attemptId, setAttemptId] = useState<string | null>(null);
  const attempts = useAsk(
    (client, signal) => (attemptId === null ? null : client.payments.attempts({ billId: bill.id }, { signal })),
    [attemptId, bill.id],
  );
  const attempt = attempts.data?.find((each) => each.id === attemptId);
  const state = attempt?.state;
  // 待核实: it holds nothing up any more, though its end is not known.
  const aside = attempt?.setAside === true && waits.has(attempt.state);
  const waiting = attemptId !== null && !aside && (state === undefined || waits.has(state));
  const { again } = attempts;
  useEffect(() => onWaiting(waiting), [waiting, onWaiting]);
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(again, ASK_MS);
    return () => clearInterval(timer);
  }, [waiting, again]);
  useEffect(() => {
    if (state === 'paid') onPaid();
  }, [state, onPaid]);
  const charge = async (despiteUnknown: boolean): Promise<void> => {
    const charged = await act.run((client) =>
      client.payments.charge({
        id: bill.id,
        channel: channel.id,
        despiteUnknown,
        ...(channel.kind === 'scan' ? { authCode: code } : {}),
      }),
    );
    setCode('');
    if (!charged) return;
    setText(charged.text);
    setAttemptId(charged.attempt.id);
  };
  const send = (event: FormEvent): void => {
    event.preventDefault();
    void charge(false);
  };
  return (
    <form className="fee-pay-channel" onSubmit={send}>
      {!waiting && channel.kind === 'scan' && (
        <label htmlFor="pay-code">
          <span>{t('fee.pay.scanHint')}</span>
          <Input
            id="pay-code"
            size="large"
            autoFocus
            autoComplete="off"
            inputMode="numeric"
            maxLength={32}
            value={code}
            onChange={(event) => setCode(event.target.value.replace(/\D/g, ''))}
          />
        </label>
      )}
      {waiting && text !== null && (
        <figure className="fee-pay-qr">
          <QRCode value={text} size={220} bordered={false} color="#000000" bgColor="#ffffff" />
          <figcaption>{formatMoney(bill.toPayFen)}</figcaption>
        </figure>
      )}
      <div role="status" className="fee-pay-state" data-state={state}>
        {waiting && t(state === 'unknown' ? 'fee.pay.unknown' : text === null ? 'fee.pay.asking' : 'fee.pay.waiting')}
        {aside && t('fee.pay.aside')}
        {state === 'declined' && t('fee.pay.declined', { detail: attempt?.detail ?? '' })}
        {state === 'reversed' && t('fee.pay.reversed')}
      </div>
      <Problem text={act.problem} />
      {act.reason === 'payment-under-way' && (
        <p>
          <Button danger onClick={() => void charge(true)}>
            {t('fee.pay.despite')}
          </Button>{' '}
          <small>{t('fee.pay.despiteText')}</small>
        </p>
      )}
      {waiting && attemptId !== null ? (
        <Button
          loading={act.busy}
          onClick={() => void act.run((client) => client.payments.query({ id: attemptId })).then(again)}
        >
          {t('fee.pay.askNow')}
        </Button>
      ) : (
        <Button
          type="primary"
          size="large"
          htmlType="submit"
          loading={act.busy}
          disabled={channel.kind === 'scan' && code.length < 10}
        >
          {t(channel.kind === 'scan' ? 'fee.pay.sendScan' : 'fee.pay.showQr')}
        </Button>
      )}
    </form>
  );
}
