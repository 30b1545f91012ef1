import type { BillView, LanePhase } from '../../../shared/contract/lanes.ts';
import { KeyButton } from '../../components/KeyButton.tsx';
import { formatMoney, parseYuan } from '../../lib/format.ts';
import { MAX_CHANGE_FEN } from './actions.ts';
import { useChange } from './change/change-store.ts';
import { keyLabel, useBoothWords } from './keymap/key-names.ts';
import { perform } from './keys.ts';
import { usePaidParts } from './pay/use-paid-parts.ts';
import { useBooth } from './store.ts';

/** What is due, large; then how it came about; then what was handed over and the change. */
export function MoneyBox(props: {
  passageId: string;
  bill: BillView;
  phase: LanePhase;
  /** Over the whole stay, as the station has it now; the bill says what it was before this car was served. */
  paidFen: number;
}) {
  const { passageId, bill, phase, paidFen } = props;
  const { t, keys } = useBoothWords();
  const parts = usePaidParts(passageId);
  const byCode = useChange((state) => state.platform !== null);
  const received = useBooth((state) => (state.received?.passageId === passageId ? state.received.text : ''));
  const receivedFen = parseYuan(received);
  const rest = receivedFen === undefined ? null : receivedFen - bill.toPayFen;
  const debts = bill.arrears.length;
  return (
    <div className="money" data-phase={phase}>
      <div className="money-due">
        <span>{t('panel.due')}</span>
        <output>{formatMoney(bill.toPayFen)}</output>
      </div>
      {debts > 0 && (
        <p className="money-sum">
          {t('panel.thisTime', { amount: formatMoney(bill.dueFen) })} +{' '}
          <strong>{t('panel.arrears', { amount: formatMoney(bill.toPayFen - bill.dueFen) })}</strong>
        </p>
      )}
      <dl className="money-lines">
        <div>
          <dt>{t('panel.charge')}</dt>
          <dd>{formatMoney(bill.chargeFen)}</dd>
        </div>
        <div>
          <dt>{t('panel.discount')}</dt>
          <dd>{formatMoney(-bill.discountFen)}</dd>
        </div>
        <div>
          <dt>{t('panel.paid')}</dt>
          <dd>{formatMoney(phase === 'cleared' ? paidFen : bill.paidFen)}</dd>
        </div>
      </dl>
      {phase === 'charging' && parts.length > 0 && (
        <p className="parts">
          <span>{t('boothMore.part.paid')}</span>
          {parts.map(({ billId, method, paidFen: partFen }) => (
            <span key={billId}>
              {t(`event.method.${method}`)} {formatMoney(partFen)}
            </span>
          ))}
          <strong>{t('boothMore.part.left', { amount: formatMoney(bill.toPayFen) })}</strong>
        </p>
      )}
      {phase === 'charging' && (
        <div className="money-received">
          <span>{t('panel.received')}</span>
          <output className="money-typed" aria-label={t('panel.received')}>
            {received === '' ? <span className="money-hint">{t('panel.receivedHint')}</span> : `¥${received}`}
          </output>
          {rest !== null && (
            <output className="money-rest" data-short={rest < 0 || rest > MAX_CHANGE_FEN}>
              {t(rest < 0 ? 'panel.short' : rest > MAX_CHANGE_FEN ? 'panel.tooMuch' : 'panel.change')}{' '}
              <strong>{formatMoney(Math.abs(rest))}</strong>
            </output>
          )}
          {rest !== null && rest > 0 && rest <= MAX_CHANGE_FEN && byCode && (
            <KeyButton keyHint={keyLabel(keys.change)} onPress={() => perform('change')}>
              {t('boothMore.change.byCode')}
            </KeyButton>
          )}
          {rest !== null && rest < 0 && (receivedFen ?? 0) > 0 && (
            <KeyButton keyHint={keyLabel(keys.part)} onPress={() => perform('part')}>
              {t('boothMore.part.take')}
            </KeyButton>
          )}
        </div>
      )}
    </div>
  );
}
