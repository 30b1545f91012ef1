import { KeyButton } from '../../components/KeyButton.tsx';
import { useLive } from '../../lib/station/live.ts';
import { useSession } from '../../lib/station/session.ts';
import { mayChangeByCode } from './change/change-key.ts';
import { useChange } from './change/change-store.ts';
import { useDrawer } from './drawer/drawer-key.ts';
import { keyLabel, useBoothWords } from './keymap/key-names.ts';
import { perform } from './keys.ts';
import { openDialog, useBooth } from './store.ts';

/** The key takes money where change is due; the button never does. */
const showChange = (): void => openDialog({ kind: 'change', laneId: null, passageId: null });

/** The keys that concern the arms and the choice of lane, in the order of the keyboard. */
export function KeyBar() {
  const { t, keys } = useBoothWords();
  const online = useSession((state) => state.link === 'online');
  const busy = useBooth((state) => state.pending !== null);
  const laneId = useBooth((state) => state.laneId);
  const lane = useLive((state) => state.frame?.lanes.find((each) => each.id === laneId));
  const offered = useChange((state) => state.platform !== null);
  const open = useChange((state) => state.open);
  // While change is due by code, the key is that act's; see changeKey.
  const taking = useBooth(({ received }) => received?.text ?? '') !== '' && mayChangeByCode();
  const drawer = useDrawer(lane);
  const held = lane?.barrier.held ?? false;
  const off = busy || !online;
  return (
    <div className="keybar" role="toolbar">
      {(['closeIn', 'openIn', 'closeOut', 'openOut'] as const).map((act) => (
        <KeyButton key={act} keyHint={keyLabel(keys[act])} disabled={off} onPress={() => perform(act)}>
          {t(`act.${act}`)}
        </KeyButton>
      ))}
      <KeyButton
        keyHint={keyLabel(keys.hold)}
        tone={held ? 'stop' : 'plain'}
        disabled={off || laneId === null}
        onPress={() => perform('hold')}
      >
        {t(held ? 'act.releaseHold' : 'act.hold')}
      </KeyButton>
      {lane?.reversible === true && (
        <KeyButton keyHint={keyLabel(keys.turn)} disabled={off} onPress={() => perform('turn')}>
          {t(lane.direction === 'in' ? 'act.turnOut' : 'act.turnIn')}
        </KeyButton>
      )}
      {(offered || open > 0) && (
        <KeyButton
          {...(taking ? {} : { keyHint: keyLabel(keys.change) })}
          tone={open > 0 ? 'info' : 'plain'}
          onPress={showChange}
        >
          {t(open > 0 ? 'boothMore.change.waiting' : 'boothMore.change.short', { n: open })}
        </KeyButton>
      )}
      {lane?.devices.some(({ kind }) => kind === 'printer') && (
        <KeyButton keyHint={keyLabel(keys.receipt)} disabled={off} onPress={() => perform('receipt')}>
          {t('boothMore.act.receipt')}
        </KeyButton>
      )}
      {drawer !== null && (
        <KeyButton keyHint={keyLabel(keys.drawer)} disabled={off} onPress={() => perform('drawer')}>
          {t('boothMore.act.drawer')}
        </KeyButton>
      )}
      <KeyButton keyHint={keyLabel(keys.next)} onPress={() => perform('next')}>
        {t('act.next')}
      </KeyButton>
      <KeyButton keyHint={keyLabel(keys.help)} onPress={() => perform('help')}>
        {t('boothMore.keys.short')}
      </KeyButton>
    </div>
  );
}
