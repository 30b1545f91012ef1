import type { LaneView, PassageView } from '../../../shared/contract/lanes.ts';
import { Shape } from '../../components/Shape.tsx';
import { remoteReason } from '../../events/tell/passage.ts';
import { formatMoney } from '../../lib/format.ts';
import { platformName } from '../../lib/platform-name.ts';
import { openedAlone, openedRemotely } from './asked/stage.ts';
import { useBoothWords } from './keymap/key-names.ts';
import { usePassages } from './passed/passages.ts';
import { isSetAside, useTries } from './pay/attempts.ts';

/** The decision stands; whether the arm followed is another matter, and the louder one. Why nobody had to pay is said as well. */
export function ClearedBox({ lane, passage }: { lane: LaneView; passage: PassageView }) {
  const { t } = useBoothWords();
  const exit = usePassages().find(({ passageId, how }) => passageId === passage.id && how === 'departure-pay');
  const tries = useTries(passage.bill?.id);
  const guaranteed = tries.find(({ state, guarantee }) => state === 'paid' && guarantee === 'pending');
  const aside = tries.find(isSetAside);
  const alone = openedAlone(lane);
  const remote = openedRemotely(lane);
  const outcome = lane.barrier.lastCommand?.outcome;
  const stuck = outcome === 'unknown' || outcome === 'refused';
  return (
    <div className="cleared" data-stuck={stuck} data-alone={alone !== null} role={alone ? 'alert' : 'status'}>
      <Shape name={stuck ? 'alarm' : alone ? 'cut' : remote ? 'remote' : 'cleared'} size={30} />
      <span>
        {alone && <strong>{t('asking.alone.title')}</strong>}
        {alone && <small>{t('asking.alone.text')}</small>}
        {remote && <strong>{t('asking.remote.title', { platform: platformName(remote.by, t) })}</strong>}
        {remote?.reason && <small>{remoteReason(remote.reason)}</small>}
        {(stuck || (!alone && !remote)) && <strong>{t(stuck ? 'panel.clearedStuck' : 'panel.cleared')}</strong>}
        {exit && <b>{t('panel.leavesFirst', { amount: formatMoney(exit.owedFen) })}</b>}
        {exit && <small>{t('panel.leavesFirstText')}</small>}
        {guaranteed && <b>{t('boothMore.pay.guaranteedCar', { amount: formatMoney(guaranteed.amountFen) })}</b>}
        {guaranteed && <small>{t('boothMore.pay.guaranteedLater')}</small>}
        {aside && <small>{t('boothMore.pay.asideAfter', { amount: formatMoney(aside.amountFen) })}</small>}
        <small>{t(stuck ? (lane.direction === 'in' ? 'panel.stuckIn' : 'panel.stuckOut') : 'panel.waitPass')}</small>
      </span>
    </div>
  );
}
