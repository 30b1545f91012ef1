import type { LaneView } from '../../../shared/contract/lanes.ts';

/** A car stands there that nobody has dealt with. */
export const needsPerson = ({ phase }: LaneView): boolean => phase === 'attention' || phase === 'charging';
