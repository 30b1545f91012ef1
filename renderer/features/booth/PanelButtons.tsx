import type { LaneView, PassageView } from '../../../shared/contract/lanes.ts';
import { fromRfc3339 } from '../../../shared/domain/time.ts';
import { KeyButton } from '../../components/KeyButton.tsx';
import { stationNow, useSession } from '../../lib/station/session.ts';
import { stageOf } from './asked/stage.ts';
import { ClearedBox } from './ClearedBox.tsx';
import { isUndecided, lacksPrice } from './focus.ts';
import { keyLabel, useBoothWords } from './keymap/key-names.ts';
import { mayWithdraw, perform, performWay } from './keys.ts';
import { isRisky, useTries } from './pay/attempts.ts';
import { usePay } from './pay/pay-store.ts';
import { useRules } from './rules.ts';
import { useBooth } from './store.ts';
import { wayKeys, waysFor } from './ways.ts';

/** What can be done about the car on show: the great button first, each with its key. */
export function PanelButtons({ lane, passage }: { lane: LaneView; passage: PassageView }) {
  const { t, keys } = useBoothWords();
  const pending = useBooth((state) => state.pending?.act);
  const busy = pending !== undefined;
  const payable = usePay((state) => state.channels.some(({ kind }) => kind === 'qr' || kind === 'scan'));
  const paying = usePay((state) => passage.bill !== null && state.asking[passage.bill.id] !== undefined);
  const code = usePay((state) => state.shown !== null && state.shown.billId === passage.bill?.id);
  const online = useSession((state) => state.link === 'online');
  const debtExit = useRules((rules) => rules.debtExit);
  const off = busy || !online;
  const waiting = isUndecided(lane);
  const charging = lane.phase === 'charging';
  const correctable = waiting || (lane.direction === 'in' && lane.phase === 'cleared');
  const unread = passage.plate.text === '';
  const toPay = passage.bill?.toPayFen ?? 0;
  // Somebody else may be collecting this very moment: cash is taken after a second look only, and the button says so.
  const twice = useTries(passage.bill?.id).some(isRisky) && toPay > 0;
  const owes = charging && debtExit && (passage.bill?.dueFen ?? 0) > 0 && !unread;
  const outdated = passage.bill?.validUntil != null && fromRfc3339(passage.bill.validUntil) < stationNow();
  const offered = waysFor(lane, passage);
  return (
    <div className="acts" data-phase={waiting && !charging ? 'attention' : lane.phase}>
      {lane.phase === 'cleared' && <ClearedBox lane={lane} passage={passage} />}
      {charging && (
        <KeyButton
          className="acts-main"
          tone={twice ? 'call' : 'go'}
          keyHint={keyLabel(keys.proceed)}
          disabled={off}
          busy={pending === 'collect'}
          onPress={() => perform('proceed')}
        >
          {t(toPay === 0 ? 'act.collectFree' : twice ? 'boothMore.pay.collectAnyway' : 'act.collect')}
        </KeyButton>
      )}
      {waiting && !charging && <Decision lane={lane} passage={passage} off={off} />}
      <div className="acts-row" data-many={charging && toPay > 0}>
        {charging && toPay > 0 && (
          <>
            {payable && (
              <KeyButton
                keyHint={keyLabel(keys.pay)}
                tone="info"
                pressed={code}
                busy={paying}
                disabled={off}
                onPress={() => perform('pay')}
              >
                {t('boothMore.act.pay')}
              </KeyButton>
            )}
            <KeyButton
              keyHint={keyLabel(keys.pos)}
              disabled={off}
              busy={pending === 'pos'}
              onPress={() => perform('pos')}
            >
              {t('boothMore.act.pos')}
            </KeyButton>
          </>
        )}
        {offered.map((way) => (
          <KeyButton key={way} keyHint={wayKeys[way]} disabled={off} onPress={() => performWay(wayKeys[way])}>
            {t(lacksPrice(lane) ? 'pricing.enter' : `act.${way}`)}
          </KeyButton>
        ))}
        {correctable && (
          <KeyButton
            keyHint={keyLabel(keys.correct)}
            busy={pending === 'correct'}
            tone={passage.attention === 'unread-plate' || passage.attention === 'no-entry' ? 'info' : 'plain'}
            disabled={off}
            onPress={() => perform('correct')}
          >
            {t(unread ? 'act.typePlate' : 'act.correct')}
          </KeyButton>
        )}
        {((waiting && !charging && offered.length === 0) || outdated) && (
          <KeyButton
            keyHint={keyLabel(keys.refresh)}
            disabled={off}
            busy={pending === 'refresh'}
            onPress={() => perform('refresh')}
          >
            {t(stageOf(lane) === null ? 'act.refresh' : 'asking.again')}
          </KeyButton>
        )}
        {waiting && (
          <KeyButton
            keyHint={keyLabel(keys.release)}
            tone="call"
            disabled={off}
            busy={pending === 'release'}
            onPress={() => perform('release')}
          >
            {t(lacksPrice(lane) ? 'pricing.release' : lane.direction === 'in' ? 'act.releaseIn' : 'act.releaseOut')}
          </KeyButton>
        )}
        {owes && (
          <KeyButton
            keyHint={keyLabel(keys.owe)}
            tone="call"
            disabled={off}
            busy={pending === 'owe'}
            onPress={() => perform('owe')}
          >
            {t('act.owe')}
          </KeyButton>
        )}
        {waiting && (
          <KeyButton
            keyHint={keyLabel(keys.cancel)}
            disabled={off}
            busy={pending === 'cancel'}
            onPress={() => perform('cancel')}
          >
            {t('act.cancel')}
          </KeyButton>
        )}
        {mayWithdraw(lane) && (
          <KeyButton
            keyHint={keyLabel(keys.cancel)}
            tone="call"
            disabled={off}
            busy={pending === 'withdraw'}
            onPress={() => perform('cancel')}
          >
            {t('act.withdraw')}
          </KeyButton>
        )}
      </div>
    </div>
  );
}

/** The great button of a car that waits for a decision: pick the marked one, or say that it is all right. */
function Decision({ lane, passage, off }: { lane: LaneView; passage: PassageView; off: boolean }) {
  const { t, keys } = useBoothWords();
  const pending = useBooth((state) => state.pending?.act);
  const marked = useBooth((state) => state.marked?.passageId === passage.id);
  const { attention, candidates, approvable, needsReason } = passage;
  // Its place is kept while the price is asked for: nothing moves under a finger when the answer comes.
  if (lacksPrice(lane))
    return (
      <KeyButton
        className="acts-main"
        tone="info"
        keyHint={keyLabel(keys.proceed)}
        disabled={off || lane.phase === 'pricing'}
        busy={pending === 'refresh'}
        onPress={() => perform('proceed')}
      >
        {t(lane.phase === 'pricing' ? 'pricing.asking' : 'pricing.again')}
      </KeyButton>
    );
  if (attention === null) return null;
  const picking = candidates.length > 0;
  if (!picking && !approvable) return null;
  const word = picking
    ? 'act.pick'
    : attention === 'unlicensed'
      ? 'act.virtualPlate'
      : billFollows.has(attention) && lane.direction === 'out'
        ? attention === 'arrears'
          ? 'act.approveArrears'
          : 'act.approveBill'
        : 'act.approve';
  return (
    <KeyButton
      className="acts-main"
      tone={picking ? 'info' : needsReason ? 'call' : 'go'}
      keyHint={keyLabel(keys.proceed)}
      disabled={off || (picking && !marked)}
      busy={pending === 'pick' || pending === 'approve'}
      onPress={() => perform('proceed')}
    >
      {t(word)}
    </KeyButton>
  );
}

/** What is approved there is the record, not the passage: the bill comes next. */
const billFollows = new Set(['doubtful', 'amount-check', 'arrears']);
