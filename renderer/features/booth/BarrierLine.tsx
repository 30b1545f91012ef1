import type { BarrierView } from '../../../shared/contract/lanes.ts';
import { Shape } from '../../components/Shape.tsx';
import { type Translate, useWords } from '../../lib/i18n/index.ts';
import { platformName } from '../../lib/platform-name.ts';

/** Where the arm is and how the last command ended. No answer is loud: only a look at the arm tells. */
export function BarrierLine({ barrier }: { barrier: BarrierView }) {
  const { t } = useWords();
  const last = barrier.lastCommand;
  const action = last ? t(`lane.action.${last.action}`) : '';
  if (last?.outcome === 'unknown')
    return (
      <span className="arm" data-tone="stop" title={last.detail}>
        <Shape name="alarm" size={18} /> {t('lane.unknownLoud')}
      </span>
    );
  if (last?.outcome === 'refused')
    return (
      <span className="arm" data-tone="call" title={last.detail}>
        <Shape name="attention" size={18} /> {t('lane.refusedLoud', { action })}
      </span>
    );
  if (barrier.waits)
    return (
      <span className="arm" data-waits="true" title={t('lane.waitsLong')}>
        <Shape name="asking" size={18} /> {t('lane.waits')}
      </span>
    );
  return (
    <span className="arm">
      <ArmGlyph arm={barrier.arm} />
      {armWords(barrier, t)}
    </span>
  );
}

/** One phrase: the newest thing known. Most cameras never tell where the arm is, so the last command speaks for it. */
function armWords({ arm, held, lastCommand }: BarrierView, t: Translate): string {
  if (lastCommand?.outcome === 'pending') return told(lastCommand, t);
  if (held) return t('lane.held');
  if (lastCommand?.outcome === 'done' && arm === 'unknown') return told(lastCommand, t);
  return t(`lane.arm.${arm}`);
}

function told({ action, outcome, origin, by }: NonNullable<BarrierView['lastCommand']>, t: Translate): string {
  if (origin === 'platform' && action === 'open' && outcome === 'done')
    return t('asking.remote.short', { platform: platformName(by, t) });
  return t('lane.command', { action: t(`lane.action.${action}`), outcome: t(`lane.outcome.${outcome}`) });
}

const angles: Record<BarrierView['arm'], number> = { closed: 0, moving: -28, open: -60, unknown: 0 };

/** A post with its arm, drawn as it stands; a broken arm where nobody can tell. */
function ArmGlyph({ arm }: { arm: BarrierView['arm'] }) {
  return (
    <svg width="28" height="24" viewBox="0 0 28 24" aria-hidden="true">
      <rect x="2" y="16" width="6" height="8" fill="currentColor" />
      <line
        x1="5"
        y1="18"
        x2="27"
        y2="18"
        stroke="currentColor"
        strokeWidth="3"
        {...(arm === 'unknown' ? { strokeDasharray: '4 3' } : {})}
        transform={`rotate(${angles[arm]} 5 18)`}
      />
    </svg>
  );
}
