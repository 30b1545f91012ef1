import { safe } from '@orpc/client';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { ChangeOrderView } from '../../../../shared/contract/change-orders.ts';
import { KeyButton } from '../../../components/KeyButton.tsx';
import { Plate } from '../../../components/Plate.tsx';
import { formatDateTime, formatMoment, formatMoney } from '../../../lib/format.ts';
import { station } from '../../../lib/station/client.ts';
import { may, stationNow, useSession } from '../../../lib/station/session.ts';
import { BoothDialog } from '../BoothDialog.tsx';
import { keyLabel, useBoothWords } from '../keymap/key-names.ts';
import { keyOfEvent } from '../keymap/key-of-event.ts';
import { type Problem, problemOf } from '../problem.ts';
import { closeDialog, type Dialog } from '../store.ts';
import { OrderCode } from './OrderCode.tsx';
import { orderStateText } from './OrderState.tsx';
import { useOrders } from './use-orders.ts';
import { useTicket } from './use-ticket.ts';

/** 找零订单: who still waits for change, with the code to scan; or the change handed over in cash after all. */
export function ChangeDialog({ dialog }: { dialog: Extract<Dialog, { kind: 'change' }> }) {
  const { t, keys } = useBoothWords();
  const [all, setAll] = useState(false);
  const { orders, failed } = useOrders(all);
  const [chosenId, setChosenId] = useState<string | null>(null);
  /** The order that is about to be ended in cash: the second key does it. */
  const [asking, setAsking] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const mayPay = useSession((state) => may(state.user, 'cash.collect'));
  const list = useRef<HTMLUListElement>(null);
  // One that has just ended leaves the list of those that wait; it stays in sight until another is chosen.
  const [last, setLast] = useState<ChangeOrderView | null>(null);
  const listed = orders?.find(({ id }) => id === chosenId) ?? (chosenId === null ? orders?.[0] : undefined);
  const chosen = listed ?? last;
  const ticket = useTicket(chosen);
  const at = orders?.findIndex(({ id }) => id === chosen?.id) ?? -1;
  useEffect(() => {
    if (listed) setLast(listed);
  }, [listed]);
  useEffect(() => {
    if (chosenId !== null) list.current?.querySelector('[aria-pressed="true"]')?.scrollIntoView?.({ block: 'nearest' });
  }, [chosenId]);
  // It was in the list of those that wait, and is no longer: how it ended is asked for.
  const gone = orders !== null && !listed && last !== null ? last.id : null;
  useEffect(() => {
    if (gone === null) return;
    void safe(Promise.resolve().then(() => station().changeOrders.get({ id: gone }))).then((answer) => {
      if (answer.isSuccess) setLast((before) => (before?.id === gone ? answer.data : before));
    });
  }, [gone]);
  const choose = (id: string): void => {
    setChosenId(id);
    setAsking(null);
    setProblem(null);
  };
  const turn = (to: boolean): void => {
    setAll(to);
    setChosenId(null);
    setLast(null);
    setAsking(null);
  };
  const settleable = chosen?.state === 'open' && mayPay;
  const settle = async (): Promise<void> => {
    if (!chosen || !settleable || busy) return;
    if (asking !== chosen.id) return setAsking(chosen.id);
    setBusy(true);
    const answer = await safe(Promise.resolve().then(() => station().changeOrders.settle({ id: chosen.id })));
    setBusy(false);
    setAsking(null);
    setChosenId(chosen.id);
    setProblem(answer.isSuccess ? null : problemOf(answer.error));
    if (answer.isSuccess) setLast(answer.data);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const next = orders?.[Math.max(0, Math.min(orders.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)))];
      if (next) choose(next.id);
    } else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      event.preventDefault();
      turn(event.key === 'ArrowRight');
    } else if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) {
      event.preventDefault();
      void settle();
    } else if (keyOfEvent(event.nativeEvent) === keys.receipt) {
      event.preventDefault();
      void ticket.print();
    }
  };
  const sure = asking !== null && asking === chosen?.id;
  return (
    <BoothDialog
      dialog={dialog}
      title={t('boothMore.change.title')}
      tone={sure ? 'stop' : 'info'}
      onKey={onKey}
      onEscape={sure ? () => setAsking(null) : undefined}
      wide
      footer={
        <>
          <span
            className="dialog-hint"
            role={ticket.problem === null ? 'status' : 'alert'}
            data-problem={ticket.problem !== null}
          >
            {ticket.problem ?? ticket.said ?? t('boothMore.change.hint')}
          </span>
          <KeyButton keyHint="Esc" onPress={sure ? () => setAsking(null) : closeDialog}>
            {t('act.back')}
          </KeyButton>
          {ticket.offered && !sure && (
            <KeyButton keyHint={keyLabel(keys.receipt)} busy={ticket.busy} onPress={() => void ticket.print()}>
              {t(ticket.again ? 'boothMore.change.ticketAgain' : 'boothMore.change.print')}
            </KeyButton>
          )}
          {settleable && (
            <KeyButton
              keyHint={t('act.enter')}
              tone={sure ? 'stop' : 'plain'}
              busy={busy}
              onPress={() => void settle()}
            >
              {sure
                ? t('boothMore.change.confirm', { amount: formatMoney(chosen.amountFen) })
                : t('boothMore.change.settle')}
            </KeyButton>
          )}
        </>
      }
    >
      <div className="change-filter">
        <KeyButton keyHint="←" tone={all ? 'plain' : 'info'} pressed={!all} onPress={() => turn(false)}>
          {t('boothMore.change.open')}
        </KeyButton>
        <KeyButton keyHint="→" tone={all ? 'info' : 'plain'} pressed={all} onPress={() => turn(true)}>
          {t('boothMore.change.all')}
        </KeyButton>
      </div>
      <div className="passed-all">
        <ul ref={list} className="passed-list change-list" data-autofocus tabIndex={-1} aria-busy={orders === null}>
          {orders?.map((order) => (
            <li key={order.id}>
              <button
                type="button"
                tabIndex={-1}
                aria-pressed={order.id === chosen?.id}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(order.id)}
              >
                <span className="change-line">
                  <OrderPlate order={order} />
                  <b>{formatMoney(order.amountFen)}</b>
                </span>
                <span className="change-line">
                  <span>{formatMoment(order.paidAt, stationNow())}</span>
                  <span data-state={order.state}>{orderStateText(order, t)}</span>
                </span>
              </button>
            </li>
          ))}
          {orders?.length === 0 && (
            <li className="change-empty">{t(all ? 'boothMore.change.none' : 'boothMore.change.noneOpen')}</li>
          )}
          {orders === null && (
            <li className="change-empty" role={failed ? 'alert' : undefined}>
              {t(failed ? 'boothMore.passed.failed' : 'boothMore.passed.asking')}
            </li>
          )}
        </ul>
        {chosen && (
          <div className="change-detail">
            <OrderCode order={chosen} />
            <dl className="passed-times">
              <dt>{t('boothMore.change.car')}</dt>
              <dd>
                <OrderPlate order={chosen} />
              </dd>
              <dt>{t('boothMore.change.paid')}</dt>
              <dd>
                {formatDateTime(chosen.paidAt)} · {chosen.cashier}
              </dd>
              <dt>{t('boothMore.change.sums')}</dt>
              <dd>
                {t('boothMore.change.sumsText', {
                  due: formatMoney(chosen.payFen),
                  received: formatMoney(chosen.receivedFen),
                })}
              </dd>
              {chosen.givenAt !== null && (
                <>
                  <dt>{t('boothMore.change.givenAt')}</dt>
                  <dd>
                    {formatDateTime(chosen.givenAt)} {chosen.account ?? ''}
                  </dd>
                </>
              )}
              {chosen.settled && (
                <>
                  <dt>{t('boothMore.change.settledAt')}</dt>
                  <dd>
                    {formatDateTime(chosen.settled.at)} · {chosen.settled.by}
                  </dd>
                </>
              )}
            </dl>
            {sure && (
              <p className="change-warning" role="alert">
                {t('boothMore.change.sure', { amount: formatMoney(chosen.amountFen) })}
              </p>
            )}
            {problem && (
              <p className="change-warning" role="alert">
                {t(`problem.${problem.key}.title`, problem.params)} · {t(`problem.${problem.key}.next`, problem.params)}
              </p>
            )}
          </div>
        )}
      </div>
    </BoothDialog>
  );
}

function OrderPlate({ order: { plate, identity } }: { order: ChangeOrderView }) {
  return identity === null ? <Plate plate={plate} size={18} showClass={false} /> : <b>{identity}</b>;
}
