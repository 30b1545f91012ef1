import { memo } from 'react';
import type { BerthView } from '../../../shared/contract/berths.ts';
import { Shape, type ShapeName } from '../../components/Shape.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { plateWithDot } from '../../lib/plates.ts';
import { type BerthKind, kindOf, needsOf } from './berth-state.ts';
import { choose } from './store.ts';
import { plateOf, sayBerth, shortMoney, shortTime } from './words.ts';
import '../../components/Plate.css';

const shapes: Record<BerthKind, ShapeName> = {
  free: 'idle',
  taken: 'charging',
  stray: 'attention',
  unknown: 'unknown',
  out: 'alarm',
};

interface CellProps {
  readonly berth: BerthView;
  /** How many of the last characters of the code stand large. */
  readonly tail: number;
  /** Whole minutes; null: no car. What else is told by the time is told by these. */
  readonly minutes: number | null;
  readonly now: () => number;
  readonly chosen: boolean;
  /** Where Tab leads into the map. */
  readonly entry: boolean;
  readonly found: boolean;
}

/** One berth: its number on the ground, and by shape and words what is in it, for how long, and what it owes. */
export const BerthCell = memo(function BerthCell(props: CellProps) {
  const { berth, tail, minutes, chosen, found } = props;
  const { t } = useWords();
  const kind = kindOf(berth);
  const needs = needsOf(berth, props.now());
  const urgent = needs.some((need) => need !== 'offline');
  const stood = minutes === null || kind === 'out' ? null : shortTime(minutes, t);
  return (
    <button
      type="button"
      className="berth"
      data-berth={berth.id}
      data-kind={kind}
      data-urgent={urgent}
      data-found={found}
      tabIndex={props.entry ? 0 : -1}
      aria-pressed={chosen}
      onFocus={() => choose(berth.id)}
      onClick={() => choose(berth.id)}
    >
      <span className="visually-hidden">{sayBerth(berth, stood, needs, t)}</span>
      <span className="berth-head" aria-hidden="true">
        <Shape name={urgent ? 'attention' : shapes[kind]} size={15} />
        <strong>{berth.code.slice(-tail)}</strong>
        {berth.device === 'offline' && kind !== 'out' && (
          <span className="berth-offline">
            <Shape name="cut" size={14} />
            {t('kerb.cell.offline')}
          </span>
        )}
      </span>
      <CellCar berth={berth} kind={kind} />
      <span className="berth-foot" aria-hidden="true">
        <span>{stood}</span>
        <CellMoney berth={berth} />
      </span>
    </button>
  );
});

function CellCar({ berth, kind }: { berth: BerthView; kind: BerthKind }) {
  const { t } = useWords();
  const plate = plateOf(berth);
  if (plate !== null)
    return (
      <span className={`plate plate-${plate.color}`} aria-hidden="true">
        {plateWithDot(plate.text)}
      </span>
    );
  if (kind !== 'taken')
    return (
      <span className="berth-word" aria-hidden="true">
        {t(`kerb.cell.${kind}`)}
      </span>
    );
  return (
    <span className="berth-nameless" aria-hidden="true">
      <strong>{t('kerb.cell.noPlate')}</strong>
      <span>{t('kerb.cell.enter')}</span>
    </span>
  );
}

function CellMoney({ berth: { car } }: { berth: BerthView }) {
  const { t } = useWords();
  if (car === null) return null;
  if (car.dueFen === null) return <span>{t('kerb.cell.feeUnknown')}</span>;
  if (car.dueFen > 0) return <strong>{shortMoney(car.dueFen)}</strong>;
  if (car.paidFen > 0)
    return (
      <span className="berth-paid">
        <span>✓</span>
        {t('kerb.cell.paid')}
      </span>
    );
  return <span>{shortMoney(0)}</span>;
}
