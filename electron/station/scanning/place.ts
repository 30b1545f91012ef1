import { type Bill, toPayFen } from '../../../shared/domain/money-flow.ts';
import { scannedKind } from '../../../shared/domain/pay-code.ts';
import type { LaneState } from '../lanes/state.ts';

/** A lane that names the gun, as it stands. */
export interface LaneBefore {
  readonly laneId: string;
  readonly state: LaneState;
}

/** Whom a code is for. `nobody`: no car here that it could be for, or more than one of them. */
export type Place =
  | { readonly for: 'bill'; readonly laneId: string; readonly bill: Bill }
  | { readonly for: 'identity'; readonly laneId: string; readonly passageId: string }
  | { readonly for: 'nobody' };

const NOBODY: Place = { for: 'nobody' };

/** Attentions about which car it is, as the booth offers a scan for them. */
const WHICH_CAR = new Set(['no-entry', 'near-match', 'seen-again', 'unread-plate', 'unlicensed']);

/**
 * A payment code is for the one car that has something to pay, any other code for the one car without a plate that waits to be told apart.
 * A guess would charge a stranger. Pure.
 */
export function placeOf(code: string, lanes: readonly LaneBefore[]): Place {
  const places = lanes.flatMap(scannedKind(code) === 'other' ? nameless : paying);
  return (places.length === 1 && places[0]) || NOBODY;
}

function paying({ laneId, state }: LaneBefore): Place[] {
  const bill = state.phase === 'charging' ? state.passage?.bill : null;
  return bill && toPayFen(bill) > 0 ? [{ for: 'bill', laneId, bill }] : [];
}

function nameless({ laneId, state: { phase, passage } }: LaneBefore): Place[] {
  const waits = phase === 'attention' && passage?.plate.text === '' && WHICH_CAR.has(passage.attention ?? '');
  return waits ? [{ for: 'identity', laneId, passageId: passage.id }] : [];
}
