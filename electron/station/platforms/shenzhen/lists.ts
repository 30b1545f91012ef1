import type { ListColor, ListEntry, ListKind, ListStrategy } from '../../../../shared/domain/list.ts';
import type { PlateColor } from '../../../../shared/domain/plate.ts';
import { classifyPlate } from '../../../../shared/domain/plates.ts';
import type { ShenzhenSettings } from './config.ts';
import { SHENZHEN } from './context.ts';
import { toPlateColor } from './fields.ts';

/** What the city's words about a list entry (6.3.18) mean here. */

export const listOf = (blacklistType: 1 | 2): ListKind => (blacklistType === 1 ? 'white' : 'black');

/** outInType: 0 may not drive in, so that a person decides at the barrier · 1 may drive in: what then, the settings say. */
export const strategyOf = (
  outInType: 0 | 1,
  { lists }: Pick<ShenzhenSettings, 'lists'>,
): Extract<ListStrategy, 'no-entry' | 'no-exit' | 'warn'> => (outInType === 0 ? 'no-entry' : lists.entryAllowed);

/** The colour that an entry of the city's has here; one that nobody knows is any. */
export const listColorOf = (color: PlateColor, { lists }: Pick<ShenzhenSettings, 'lists'>): ListColor | null =>
  lists.byColor && color !== 'unknown' ? color : null;

/** plateColor of an entry upward. The kind of a plate says it where the entry does not, and else nothing does. */
export function colorCode(plate: string, color: ListColor | null, settings: Pick<ShenzhenSettings, 'wire'>): number {
  const kind = classifyPlate(plate);
  const ofKind = kind === 'new-energy-small' ? 'green' : kind === 'new-energy-large' ? 'yellow-green' : 'unknown';
  return toPlateColor({ text: plate, color: color ?? ofKind, kind }, settings);
}

/**
 * What the city means by the key of an entry that it ends, of all entries of the plate on the list: the one of that colour, and the one
 * for any colour that it was told under this key. Of those only its own, where the site wants to keep the others.
 */
export const entriesToEnd = (
  entries: readonly ListEntry[],
  { plate, plateColor }: Pick<ListEntry, 'plate' | 'plateColor'>,
  settings: Pick<ShenzhenSettings, 'lists' | 'wire'>,
): readonly ListEntry[] =>
  entries
    .filter((entry) => settings.lists.endOwn || entry.source === SHENZHEN.name)
    .filter((entry) =>
      entry.plateColor === null
        ? colorCode(plate, null, settings) === colorCode(plate, plateColor, settings)
        : entry.plateColor === plateColor,
    );
