import type { LaneView, PassageView } from '../../../shared/contract/lanes.ts';
import { KeyButton } from '../../components/KeyButton.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { useSession } from '../../lib/station/session.ts';
import { ClearedBox } from './ClearedBox.tsx';
import { perform } from './keys.ts';
import { useBooth } from './store.ts';

export function PanelButtons({ lane, passage }: { lane: LaneView; passage: PassageView }) {
  const { t } = useWords();
  const busy = useBooth((state) => state.pending !== null);
  const online = useSession((state) => state.link === 'online');
  const off = busy || !online;
  const waiting = lane.phase === 'charging' || lane.phase === 'attention';
  const correctable = waiting || (lane.direction === 'in' && lane.phase === 'cleared');
  const unread = passage.plate.text === '';
  const due = passage.bill?.dueFen ?? 0;
  return (
    <div className="acts" data-phase={lane.phase}>
      {lane.phase === 'cleared' && <ClearedBox lane={lane} />}
      {lane.phase === 'charging' && (
        <KeyButton className="acts-main" tone="go" keyHint="F11" disabled={off} onPress={() => perform('collect')}>
          {t(due > 0 ? 'act.collect' : 'act.collectFree')}
        </KeyButton>
      )}
      <div className="acts-row">
        {correctable && (
          <KeyButton
            keyHint="F5"
            tone={unread || passage.attention === 'no-entry' ? 'info' : 'plain'}
            disabled={off}
            onPress={() => perform('correct')}
          >
            {t(unread ? 'act.typePlate' : 'act.correct')}
          </KeyButton>
        )}
        {waiting && (
          <KeyButton keyHint="F12" tone="call" disabled={off} onPress={() => perform('release')}>
            {t(lane.direction === 'in' ? 'act.releaseIn' : 'act.releaseOut')}
          </KeyButton>
        )}
        {waiting && (
          <KeyButton keyHint="Del" disabled={off} onPress={() => perform('cancel')}>
            {t('act.cancel')}
          </KeyButton>
        )}
      </div>
    </div>
  );
}
