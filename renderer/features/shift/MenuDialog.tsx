import type { KeyboardEvent } from 'react';
import { KeyButton } from '../../components/KeyButton.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { practising } from '../../lib/station/practice.ts';
import { useSession } from '../../lib/station/session.ts';
import { offered, type Standing, useBoothHere, useBooths } from './booth-shift.ts';
import { lockNow } from './lock.ts';
import { ShiftFrame } from './ShiftFrame.tsx';
import { chooseBooth, closeShiftDialog, openShiftDialog, type ShiftDialog } from './store.ts';

type Choice = ShiftDialog | 'lock';

/** All that can be done about the drawer now, each on a digit; 0 locks the screen. */
export function MenuDialog({ standing }: { standing: Standing }) {
  const { t } = useWords();
  const user = useSession((state) => state.user);
  const booths = useBooths();
  const here = useBoothHere();
  const choices: readonly (readonly [string, Choice])[] = [
    ...offered(standing, user)
      .filter((dialog) => !(practising && dialog === 'password'))
      .map((dialog, index) => [String(index + 1), dialog] as const),
    ...(practising ? [] : [['0', 'lock'] as const]),
  ];
  const choose = (choice: Choice): void => {
    if (choice === 'lock') {
      closeShiftDialog();
      void lockNow('break');
    } else openShiftDialog(choice);
  };
  const onKey = (event: KeyboardEvent): void => {
    const found = choices.find(([digit]) => digit === event.key);
    if (!found) return;
    event.preventDefault();
    choose(found[1]);
  };
  const name = (choice: Choice): string => {
    switch (choice) {
      case 'takeOver':
        return t('shift.menu.takeOver', { name: standing.waiting?.cashier ?? '' });
      case 'relief':
        return t('shift.menu.relief', { name: standing.others?.cashier ?? '' });
      case 'menu':
      case 'leave':
        return '';
      default:
        return t(`shift.menu.${choice}`);
    }
  };
  return (
    <ShiftFrame title={t('shift.menu.title')} text={t('shift.menu.text')} onKey={onKey}>
      {booths.length > 1 && (
        <div className="shift-booths" role="radiogroup" aria-label={t('shift.start.booth')}>
          {booths.map((booth) => (
            <KeyButton
              key={booth}
              tone={booth === here ? 'info' : 'plain'}
              pressed={booth === here}
              onPress={() => chooseBooth(booth)}
            >
              {booth === '' ? t('shift.menu.boothNone') : t('shift.menu.boothIs', { name: booth })}
            </KeyButton>
          ))}
        </div>
      )}
      <div className="shift-menu">
        {choices.map(([digit, choice]) => (
          <KeyButton key={choice} keyHint={digit} onPress={() => choose(choice)}>
            {name(choice)}
          </KeyButton>
        ))}
      </div>
    </ShiftFrame>
  );
}
