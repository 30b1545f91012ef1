import { parseYuan } from '../../../lib/format.ts';
import { proceedWithCode } from '../actions.ts';
import { openDialog, shownLane, useBooth } from '../store.ts';
import { useChange } from './change-store.ts';

/** What was typed for the car on show is more than it owes, and a platform could give the change. */
export function mayChangeByCode(): boolean {
  const lane = shownLane();
  const { received } = useBooth.getState();
  const bill = lane?.phase === 'charging' ? lane.passage?.bill : null;
  if (!bill || received === null || received.passageId !== lane?.passage?.id) return false;
  return useChange.getState().platform !== null && (parseYuan(received.text) ?? 0) > bill.toPayFen;
}

/** 扫码找零: takes the money and leaves the change to the platform; where there is none to give, the orders that wait. */
export function changeKey(): void {
  if (mayChangeByCode()) void proceedWithCode();
  else openDialog({ kind: 'change', laneId: null, passageId: null });
}
