import type { BerthView } from '../../../shared/contract/berths.ts';
import { KeyButton } from '../../components/KeyButton.tsx';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { kerbKeys, openAct, openStay, possibleActs } from './possible.ts';
import { type KerbDialog, useKerb } from './store.ts';

const keyOf: Record<KerbDialog['kind'], string> = {
  identify: kerbKeys.plate,
  correct: kerbKeys.plate,
  arrive: kerbKeys.arrive,
  leave: kerbKeys.leave,
  empty: kerbKeys.leave,
  pay: kerbKeys.pay,
};
/** What is most likely wanted comes first, and large. */
const order: readonly KerbDialog['kind'][] = ['identify', 'pay', 'arrive', 'leave', 'empty', 'correct'];
const tones = { identify: 'call', pay: 'go', arrive: 'info', leave: 'info', empty: 'plain', correct: 'plain' } as const;

/** The buttons of a berth, each with its key: the first is what most likely comes next. */
export function PanelActs({ berth }: { berth: BerthView }) {
  const { t } = useWords();
  const user = useSession((state) => state.user);
  const online = useSession((state) => state.link === 'online');
  const busy = useKerb((state) => state.busy);
  const possible = possibleActs(berth, user);
  const acts = order.filter((act) => possible.has(act));
  const [first] = acts;
  const word = (act: KerbDialog['kind']): string =>
    act === 'pay' ? t('kerb.act.pay', { amount: formatMoney(berth.car?.dueFen ?? 0) }) : t(`kerb.act.${act}`);
  return (
    <div className="panel-acts">
      {acts.map((act) => (
        <KeyButton
          key={act}
          keyHint={keyOf[act]}
          tone={act === first ? tones[act] : 'plain'}
          disabled={!online}
          busy={busy}
          className={act === first ? 'panel-first' : act === 'pay' ? 'panel-wide' : ''}
          onPress={() => openAct(berth, act)}
        >
          {word(act)}
        </KeyButton>
      ))}
      {berth.car !== null && may(user, 'stay.read') && (
        <KeyButton keyHint={kerbKeys.stay} onPress={() => openStay(berth.car?.uid ?? '')}>
          {t('kerb.act.stay')}
        </KeyButton>
      )}
    </div>
  );
}
