import type { Attention, LaneView, PassageView } from '../../../shared/contract/lanes.ts';
import { lacksPrice } from './focus.ts';
import type { CarDialog } from './store.ts';

/** Ways to deal with a car that nobody saw come in, each on its own digit: the same key for the same way, wherever it is offered. */
export type Way = Exclude<CarDialog, 'correct'>;
export const wayKeys: Record<Way, string> = { find: '1', backFill: '2', fixedFee: '3', identify: '4' };
export const ways: readonly Way[] = ['find', 'backFill', 'fixedFee', 'identify'];

/** The stay is not known: these are about which car it is. */
const whichCar = new Set<Attention>(['no-entry', 'near-match', 'seen-again', 'unread-plate', 'unlicensed']);

/** What can be done about the car at this lane, besides the keys that are always there. */
export function waysFor(lane: LaneView, passage: PassageView): readonly Way[] {
  const { attention, plate, identity } = passage;
  // The stay is known, and what it comes to is not.
  if (lacksPrice(lane)) return ['fixedFee'];
  if (lane.phase !== 'attention' || attention === null || !whichCar.has(attention)) return [];
  const nameless = plate.text === '';
  if (lane.direction === 'in') return nameless ? ['identify'] : [];
  return ways.filter((way) => {
    if (way === 'identify') return nameless;
    // Without a plate or an id there is nothing that the entry could be written down for.
    return way !== 'backFill' || !nameless || identity !== null;
  });
}
