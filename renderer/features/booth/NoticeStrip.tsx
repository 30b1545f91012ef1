import { useEffect, useState } from 'react';
import type { LaneView } from '../../../shared/contract/lanes.ts';
import { Plate } from '../../components/Plate.tsx';
import { Shape } from '../../components/Shape.tsx';
import { useLive } from '../../lib/station/live.ts';
import { stageOf } from './asked/stage.ts';
import { lacksPrice, waitingLanes } from './focus.ts';
import { useBoothWords } from './keymap/key-names.ts';
import { isPassing } from './notice.ts';
import { type Pending, setNotice, useBooth } from './store.ts';
import { waysFor } from './ways.ts';

/** After this long a person wants to know what is being waited for. */
const LONG_MS = 1_000;
/** What is read at once goes by itself: left standing it would be taken for news of the next car, and hide who else waits. */
const PASSING_MS = 10_000;

/** The answer to the last key: at once that it was heard, then how it ended; below that, who else waits. */
export function NoticeStrip() {
  const { t } = useBoothWords();
  const { notice, pending, laneId } = useBooth();
  const lanes = useLive((state) => state.frame?.lanes) ?? [];
  const here = lanes.find((lane) => lane.id === laneId);
  const elsewhere = waitingLanes(lanes).filter((lane) => lane.id !== laneId).length;
  useEffect(() => {
    if (!notice || !isPassing(notice)) return;
    const timer = setTimeout(() => {
      if (useBooth.getState().notice === notice) setNotice(null);
    }, PASSING_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  if (pending) return <Working pending={pending} />;
  if (notice?.tone === 'problem') {
    const { key, params } = notice;
    return (
      <div className="notice" data-tone="problem" role="alert">
        <Shape name="alarm" size={24} />
        <strong>{t(`problem.${key}.title`, params)}</strong>
        {notice.moneyAct && <span>{t(`problem.${key}.money`, params)}</span>}
        <span className="notice-next">
          {t('problem.next')}: {t(`problem.${key}.next`, params)}
        </span>
      </div>
    );
  }
  if (notice)
    return (
      <div className="notice" data-tone="done" role="status">
        <Shape name="cleared" size={24} />
        <strong>
          {t(`notice.${notice.key}`, { ...notice.params, plate: notice.params['plate'] || t('plate.unread') })}
        </strong>
      </div>
    );
  if (elsewhere > 0)
    return (
      <div className="notice" data-tone="call" role="status">
        <Shape name="attention" size={22} />
        <span>{t('panel.elsewhere', { n: elsewhere })}</span>
      </div>
    );
  if (here && here.waiting.length > 0)
    return (
      <div className="notice" role="status">
        <span>{t('panel.waitingBehind', { plates: '' })}</span>
        {here.waiting.slice(0, 4).map((plate, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two unread cars in a queue have nothing else to be told apart by
          <Plate key={`${index}-${plate.text}`} plate={plate} size={20} showClass={false} />
        ))}
      </div>
    );
  return (
    <div className="notice" data-tone="hint">
      {t(here ? hintFor(here) : 'panel.hintIdle')}
    </div>
  );
}

/** The keys that matter for what the car on show waits for. */
function hintFor(lane: LaneView) {
  const { phase, passage } = lane;
  if (phase === 'asking' || (phase === 'attention' && stageOf(lane) !== null)) return 'asking.hint';
  if (lacksPrice(lane)) return 'pricing.hint';
  if (phase === 'charging') return 'panel.hintPay';
  if (passage === null || passage.attention === null || phase === 'cleared') return 'panel.hintIdle';
  if (passage.candidates.length > 0) return 'panel.hintPick';
  if (passage.approvable) return 'panel.hintDecide';
  return waysFor(lane, passage).length > 0 ? 'panel.hintWays' : 'panel.hintIdle';
}

function Working({ pending }: { pending: Pending }) {
  const { t } = useBoothWords();
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  const action = {
    collect: t('act.collect'),
    approve: t('act.approve'),
    pick: t('act.pick'),
    refresh: t('act.refresh'),
    pos: t('boothMore.act.pos'),
    part: t('boothMore.act.part'),
    charge: t('boothMore.act.pay'),
    snapshot: t('boothMore.act.snapshot'),
    correct: t('act.correct'),
    find: t('act.find'),
    backFill: t('act.backFill'),
    fixedFee: t('act.fixedFee'),
    identify: t('act.identify'),
    owe: t('act.owe'),
    withdraw: t('act.withdraw'),
    turn: t('lane.reversible'),
    release: t('act.releaseOut'),
    cancel: t('act.cancel'),
    open: t('lane.action.open'),
    close: t('lane.action.close'),
    hold: t('lane.action.hold'),
    'release-hold': t('lane.action.release-hold'),
  }[pending.act];
  return (
    <div className="notice" data-tone="working" role="status">
      <span className="spinner notice-spinner" />
      <strong>{t(long ? 'notice.workingLong' : 'notice.working', { action })}</strong>
    </div>
  );
}
