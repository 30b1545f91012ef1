import type { LaneView, PassageView } from '../../../shared/contract/lanes.ts';
import { fromRfc3339 } from '../../../shared/domain/time.ts';
import { KeyButton } from '../../components/KeyButton.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { stationNow, useSession } from '../../lib/station/session.ts';
import { ClearedBox } from './ClearedBox.tsx';
import { isUndecided } from './focus.ts';
import { boothKeys, mayWithdraw, perform, performWay } from './keys.ts';
import { useRules } from './rules.ts';
import { useBooth } from './store.ts';
import { wayKeys, waysFor } from './ways.ts';

/** What can be done about the car on show: the great button first, each with its key. */
export function PanelButtons({ lane, passage }: { lane: LaneView; passage: PassageView }) {
  const { t } = useWords();
  const busy = useBooth((state) => state.pending !== null);
  const online = useSession((state) => state.link === 'online');
  const debtExit = useRules((rules) => rules.debtExit);
  const off = busy || !online;
  const waiting = isUndecided(lane);
  const charging = lane.phase === 'charging';
  const correctable = waiting || (lane.direction === 'in' && lane.phase === 'cleared');
  const unread = passage.plate.text === '';
  const toPay = passage.bill?.toPayFen ?? 0;
  const owes = charging && debtExit && (passage.bill?.dueFen ?? 0) > 0 && !unread;
  const outdated = passage.bill?.validUntil != null && fromRfc3339(passage.bill.validUntil) < stationNow();
  const offered = waysFor(lane, passage);
  return (
    <div className="acts" data-phase={waiting && !charging ? 'attention' : lane.phase}>
      {lane.phase === 'cleared' && <ClearedBox lane={lane} />}
      {charging && (
        <KeyButton
          className="acts-main"
          tone="go"
          keyHint={boothKeys.proceed}
          disabled={off}
          onPress={() => perform('proceed')}
        >
          {t(toPay > 0 ? 'act.collect' : 'act.collectFree')}
        </KeyButton>
      )}
      {waiting && !charging && <Decision lane={lane} passage={passage} off={off} />}
      <div className="acts-row" data-many={owes}>
        {offered.map((way) => (
          <KeyButton key={way} keyHint={wayKeys[way]} disabled={off} onPress={() => performWay(wayKeys[way])}>
            {t(`act.${way}`)}
          </KeyButton>
        ))}
        {correctable && (
          <KeyButton
            keyHint={boothKeys.correct}
            tone={passage.attention === 'unread-plate' || passage.attention === 'no-entry' ? 'info' : 'plain'}
            disabled={off}
            onPress={() => perform('correct')}
          >
            {t(unread ? 'act.typePlate' : 'act.correct')}
          </KeyButton>
        )}
        {((waiting && !charging && offered.length === 0) || outdated) && (
          <KeyButton keyHint={boothKeys.refresh} disabled={off} onPress={() => perform('refresh')}>
            {t('act.refresh')}
          </KeyButton>
        )}
        {waiting && (
          <KeyButton keyHint={boothKeys.release} tone="call" disabled={off} onPress={() => perform('release')}>
            {t(lane.direction === 'in' ? 'act.releaseIn' : 'act.releaseOut')}
          </KeyButton>
        )}
        {owes && (
          <KeyButton keyHint="−" tone="call" disabled={off} onPress={() => perform('owe')}>
            {t('act.owe')}
          </KeyButton>
        )}
        {waiting && (
          <KeyButton keyHint="Del" disabled={off} onPress={() => perform('cancel')}>
            {t('act.cancel')}
          </KeyButton>
        )}
        {mayWithdraw(lane) && (
          <KeyButton keyHint="Del" tone="call" disabled={off} onPress={() => perform('cancel')}>
            {t('act.withdraw')}
          </KeyButton>
        )}
      </div>
    </div>
  );
}

/** The great button of a car that waits for a decision: pick the marked one, or say that it is all right. */
function Decision({ lane, passage, off }: { lane: LaneView; passage: PassageView; off: boolean }) {
  const { t } = useWords();
  const marked = useBooth((state) => state.marked?.passageId === passage.id);
  const { attention, candidates, approvable, needsReason } = passage;
  if (attention === null) return null;
  const picking = candidates.length > 0;
  if (!picking && !approvable) return null;
  const word = picking
    ? 'act.pick'
    : attention === 'unlicensed'
      ? 'act.virtualPlate'
      : billFollows.has(attention) && lane.direction === 'out'
        ? 'act.approveBill'
        : 'act.approve';
  return (
    <KeyButton
      className="acts-main"
      tone={picking ? 'info' : needsReason ? 'call' : 'go'}
      keyHint={boothKeys.proceed}
      disabled={off || (picking && !marked)}
      onPress={() => perform('proceed')}
    >
      {t(word)}
    </KeyButton>
  );
}

/** What is approved there is the record, not the passage: the bill comes next. */
const billFollows = new Set(['doubtful', 'amount-check', 'arrears']);
