import { useMemo } from 'react';
import type { BerthView } from '../../../shared/contract/berths.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { BerthCell } from './BerthCell.tsx';
import { countsOf, minutesStood } from './berth-state.ts';
import { Counted } from './Counted.tsx';
import { type Block, blocksOf, type Road } from './street.ts';

interface MapLook {
  readonly columns: number;
  readonly tail: number;
  readonly now: number;
  /** The same at every drawing, so that a berth that did not change is not drawn anew. */
  readonly clock: () => number;
  readonly chosen: string | null;
  /** Where Tab leads into the map. */
  readonly entry: string | null;
  readonly found: ReadonlySet<string>;
}

/** A road as it is walked: what stands across the street stands across it here. Folded where the window ends. */
export function RoadView(props: { road: Road; whole: readonly BerthView[]; title: string; look: MapLook }) {
  const { road, look } = props;
  const blocks = useMemo(() => blocksOf(road, look.columns), [road, look.columns]);
  const heading = `road-${road.key}`;
  return (
    <section className="road" aria-labelledby={heading}>
      <h3 id={heading}>
        <span>{props.title}</span>
        <Counted counts={countsOf(props.whole)} />
      </h3>
      {blocks.map((block, index) => (
        <Piece
          key={block.left[0]?.id ?? block.right[0]?.id ?? ''}
          road={road}
          block={block}
          first={index === 0}
          look={look}
        />
      ))}
    </section>
  );
}

function Piece({ road, block, first, look }: { road: Road; block: Block; first: boolean; look: MapLook }) {
  const { t } = useWords();
  const used = Math.max(block.left.length, block.right.length);
  return (
    <div className="road-piece">
      <Kerb berths={block.left} look={look} />
      <div
        className="road-lane"
        aria-hidden="true"
        style={{ width: `${String(Math.max(30, (used / look.columns) * 100))}%` }}
      >
        {first && road.left.length > 0 && <span>↑ {t('kerb.left')}</span>}
        {first && road.right.length > 0 && <span>↓ {t('kerb.right')}</span>}
        <span className="road-way">→</span>
      </div>
      <Kerb berths={block.right} look={look} />
    </div>
  );
}

function Kerb({ berths, look }: { berths: readonly BerthView[]; look: MapLook }) {
  if (berths.length === 0) return null;
  return (
    <div className="road-kerb" style={{ gridTemplateColumns: `repeat(${String(look.columns)}, minmax(0, 1fr))` }}>
      {berths.map((berth) => (
        <BerthCell
          key={berth.id}
          berth={berth}
          tail={look.tail}
          minutes={minutesStood(berth, look.now)}
          now={look.clock}
          chosen={berth.id === look.chosen}
          entry={berth.id === look.entry}
          found={look.found.has(berth.id)}
        />
      ))}
    </div>
  );
}
