import type { LaneView } from '../../../shared/contract/lanes.ts';
import type { PlateColor } from '../../../shared/domain/plate.ts';
import { station } from '../../lib/station/client.ts';
import { useLive } from '../../lib/station/live.ts';
import { approve, pickStay } from './actions.ts';
import { openDrawer } from './drawer/drawer-key.ts';
import type { SuccessKey } from './notice.ts';
import { plateOf, run } from './run.ts';
import { closeDialog, type ReasonAct } from './store.ts';

/** What the dialogs do once confirmed. `passageId` is that of the car they were opened for. */

/** `reason` is empty only where the act needs none. */
export async function actWithReason(
  act: ReasonAct,
  laneId: string,
  passageId: string | null,
  reason: string,
): Promise<void> {
  const lane = useLive.getState().frame?.lanes.find((other) => other.id === laneId);
  if (!lane) return;
  const id = laneId;
  const named = passageId === null ? {} : { passageId };
  closeDialog();
  if (act === 'drawer') return openDrawer(lane, reason);
  if (act === 'approve') return passageId === null ? undefined : approve(laneId, passageId, reason);
  const entering = lane.direction === 'in';
  const acts: Record<
    Exclude<ReasonAct, 'approve' | 'drawer'>,
    { readonly call: () => Promise<LaneView>; readonly done: SuccessKey }
  > = {
    release: {
      call: () => station().lanes.release({ id, ...named, reason }),
      done: entering ? 'releasedIn' : 'released',
    },
    cancel: { call: () => station().lanes.cancel({ id, ...named, reason }), done: 'cancelled' },
    owe: { call: () => station().lanes.owe({ id, ...named, reason }), done: 'owing' },
    withdraw: {
      call: () => station().lanes.withdraw({ id, ...named, reason }),
      done: entering ? 'withdrawnIn' : 'withdrawn',
    },
    open: { call: () => station().lanes.open({ id, reason }), done: 'opened' },
    close: { call: () => station().lanes.close(reason === '' ? { id } : { id, reason }), done: 'closed' },
    hold: { call: () => station().lanes.hold({ id, on: true, reason }), done: 'held' },
    'release-hold': { call: () => station().lanes.hold({ id, on: false, reason }), done: 'holdReleased' },
    turn: {
      call: () => station().lanes.turn({ id, direction: entering ? 'out' : 'in' }),
      done: 'turned',
    },
  };
  const chosen = acts[act];
  await run({ act, laneId, passageId }, chosen.call, chosen.done, { plate: plateOf(lane), lane: lane.name });
}

export async function correctPlate(
  laneId: string,
  passageId: string,
  plate: string,
  plateColor: PlateColor,
): Promise<void> {
  closeDialog();
  await run(
    { act: 'correct', laneId, passageId },
    () => station().lanes.correctPlate({ id: laneId, passageId, plate, plateColor }),
    'corrected',
    { plate },
  );
}

export async function pickFound(laneId: string, passageId: string, uid: string, plate: string): Promise<void> {
  closeDialog();
  await pickStay(laneId, passageId, uid, plate);
}

/** 补录入场 */
export async function backFill(laneId: string, passageId: string, enteredAt: string, proof: string): Promise<void> {
  closeDialog();
  await run(
    { act: 'backFill', laneId, passageId },
    () => station().lanes.backFill({ id: laneId, passageId, enteredAt, proof }),
    'backFilled',
    (lane) => ({ plate: plateOf(lane) }),
  );
}

/** 固定收费 */
export async function fixedFee(laneId: string, passageId: string, amountFen: number, reason: string): Promise<void> {
  closeDialog();
  await run(
    { act: 'fixedFee', laneId, passageId },
    () => station().lanes.fixedFee({ id: laneId, passageId, amountFen, reason }),
    'fixedFee',
    (lane) => ({ plate: plateOf(lane) }),
  );
}

/** 无牌车: who the car at the lane is. */
export async function identify(laneId: string, passageId: string, identity: string): Promise<void> {
  closeDialog();
  await runIdentify(laneId, passageId, identity);
}

/** @returns whether it was done */
export async function runIdentify(laneId: string, passageId: string, identity: string): Promise<boolean> {
  return run(
    { act: 'identify', laneId, passageId },
    () => station().lanes.identify({ id: laneId, passageId, identity }),
    'identified',
    {},
  );
}
