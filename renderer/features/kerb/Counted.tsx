import { Shape } from '../../components/Shape.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import type { Counts } from './berth-state.ts';

/** 空 12 占 28 未知 1: shape, word and number. */
export function Counted({ counts }: { counts: Counts }) {
  const { t } = useWords();
  const shown = [
    ['free', 'idle', true],
    ['taken', 'charging', true],
    ['unknown', 'unknown', counts.unknown > 0],
    ['out', 'alarm', counts.out > 0],
  ] as const;
  return (
    <span className="counted">
      {shown.map(([key, shape, some]) =>
        some ? (
          <span key={key} data-of={key}>
            <Shape name={shape} size={14} />
            {t(`kerb.counts.${key}`)} <strong>{counts[key]}</strong>
          </span>
        ) : null,
      )}
    </span>
  );
}
