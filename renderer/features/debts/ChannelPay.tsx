import { Button, Input, QRCode } from 'antd';
import { type FormEvent, useEffect, useState } from 'react';
import type { DebtView } from '../../../shared/contract/debts.ts';
import type { StationClient } from '../../../shared/contract/index.ts';
import type { Fen } from '../../../shared/domain/money.ts';
import type { AttemptState } from '../../../shared/domain/money-flow.ts';
import { channelName } from '../../lib/channel-name.ts';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Choice } from '../../office/choices.tsx';
import { Field } from '../../office/Form.tsx';
import { Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { useAsk } from '../../office/use-ask.ts';

type Channel = Awaited<ReturnType<StationClient['payments']['channels']>>[number];

const LOOK_MS = 1500;
/** States in which nothing more will come by itself. */
const ENDED: ReadonlySet<AttemptState> = new Set(['paid', 'declined', 'reversed', 'abandoned']);

/** Payment by phone: a code to show, or the driver's code by the scan gun; then the outcome, as it comes. */
export function ChannelPay(props: {
  debt: DebtView;
  dueFen: Fen;
  channels: readonly Channel[];
  onBack: () => void;
  onSettled: () => void;
}) {
  const { t } = useWords();
  const act = useAct();
  const [channelId, setChannelId] = useState(props.channels[0]?.id ?? '');
  const [code, setCode] = useState('');
  const [sent, setSent] = useState<{
    readonly id: string;
    readonly billId: string;
    readonly text: string | null;
  } | null>(null);
  const channel = props.channels.find(({ id }) => id === channelId) ?? props.channels[0];
  const outcome = useAsk(
    (client, signal) => (sent ? client.payments.attempts({ billId: sent.billId }, { signal }) : null),
    [sent],
  );
  const attempt = outcome.data?.find(({ id }) => id === sent?.id);
  const state = sent ? (attempt?.state ?? 'sent') : null;
  const { again } = outcome;
  useEffect(() => {
    if (state === null || ENDED.has(state)) return;
    const timer = setInterval(again, LOOK_MS);
    return () => clearInterval(timer);
  }, [state, again]);
  const { onSettled } = props;
  useEffect(() => {
    if (state === 'paid') onSettled();
  }, [state, onSettled]);
  const scans = channel?.kind === 'scan';
  const charge = async (despiteUnknown: boolean): Promise<void> => {
    if (!channel || (scans && code === '')) return;
    const charged = await act.run((client) =>
      client.debts.charge({
        ...{ id: props.debt.id, channel: channel.id, despiteUnknown },
        ...(scans ? { authCode: code } : {}),
      }),
    );
    setCode('');
    if (charged) setSent({ id: charged.attempt.id, billId: charged.attempt.billId, text: charged.text });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void charge(false);
  };
  // 待核实: it holds nothing up any more, though its end is not known.
  const aside = attempt?.setAside === true && !ENDED.has(attempt.state);
  const waits = state !== null && !ENDED.has(state) && !aside;
  return (
    <form className="debt-counter" onSubmit={submit}>
      {props.channels.length > 1 && (
        <Field id="debt-channel" label={t('debts.payBy')}>
          <Choice
            id="debt-channel"
            value={channel?.id ?? ''}
            onChange={(id) => {
              setChannelId(id);
              setSent(null);
            }}
            options={props.channels.map((each) => ({ value: each.id, label: channelName(each, t) }))}
          />
        </Field>
      )}
      {scans && !waits && (
        <Field id="debt-code" label={t('debts.authCode')} hint={t('debts.scanHint')}>
          <Input
            id="debt-code"
            autoFocus
            inputMode="numeric"
            autoComplete="off"
            maxLength={32}
            value={code}
            onChange={(event) => setCode(event.target.value.replace(/\D/g, ''))}
          />
        </Field>
      )}
      {sent?.text && waits && (
        <div className="debt-code">
          <QRCode value={sent.text} size={220} />
          <strong>{t('debts.codeShown')}</strong>
        </div>
      )}
      {state !== null && (
        <p role="status" className="debt-outcome" data-state={state}>
          {aside
            ? t('fee.pay.aside')
            : state === 'created' || state === 'sent'
              ? t('debts.waiting')
              : t(`debts.outcome.${state}`)}
        </p>
      )}
      <Problem text={act.problem} />
      <div className="form-foot">
        <span>
          {sent && waits && (
            <Button onClick={() => void act.run((client) => client.payments.query({ id: sent.id })).then(again)}>
              {t('debts.askAgain')}
            </Button>
          )}
          {act.reason === 'payment-under-way' && (
            <Button danger onClick={() => void charge(true)}>
              {t('debts.despite')}
            </Button>
          )}
        </span>
        <Button onClick={props.onBack}>{t('kit.back')}</Button>
        {!waits && (
          <Button type="primary" htmlType="submit" loading={act.busy} disabled={scans && code.length < 10}>
            {t(scans ? 'debts.askCharge' : 'debts.showCode', { amount: formatMoney(props.dueFen) })}
          </Button>
        )}
      </div>
    </form>
  );
}
