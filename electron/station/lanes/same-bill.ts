import type { Bill } from '../../../shared/domain/money-flow.ts';
import type { LaneState } from './state.ts';
import type { Step, World } from './step.ts';

/**
 * A lane that looks anew at a car, and comes to the same bill: the one that stands there stays, with its number and the code that is shown
 * for it, because the driver may be paying just now. Who was asked by itself and did not pay is asked again only for another bill: then
 * it is made anew. Pure.
 *
 * @returns undefined where the bill is another one
 */
export function sameBill(state: LaneState, anew: Step, world: World): Step | undefined {
  const before = state.phase === 'charging' ? state.passage?.bill : null;
  const { passage, phase } = anew.state;
  const after = phase === 'charging' ? passage?.bill : null;
  if (!before || !passage || !after || !isSame(before, after)) return undefined;
  const holds = before.validUntil === null || before.validUntil > world.now;
  if (!holds || world.openBill(before.uid)?.id !== before.id || world.wasAskedFor(before.id)) return undefined;
  return {
    ...anew,
    state: { ...anew.state, passage: { ...passage, bill: before } },
    events: anew.events.filter((event) => event.kind !== 'bill-issued' || event.body.bill.id !== after.id),
  };
}

/** The same money for the same things. The time that has passed since makes it no other bill. */
const isSame = (one: Bill, other: Bill): boolean => what(one) === what(other);

const what = ({ uid, tariffId, chargeFen, discountFen, paidFen, dueFen, discounts, arrears }: Bill): string =>
  JSON.stringify([uid, tariffId, chargeFen, discountFen, paidFen, dueFen, discounts, arrears]);
