import type { BillView, LaneView, PassageView } from '../../../shared/contract/lanes.ts';
import { formatMoney, parseYuan } from '../../lib/format.ts';
import { station } from '../../lib/station/client.ts';
import type { SuccessKey } from './notice.ts';
import { currentTries, isRisky } from './pay/attempts.ts';
import { justChanged, plateOf, problem, run } from './run.ts';
import { type ChangeBy, openDialog, shownLane, useBooth } from './store.ts';

/** What the keys do with the car on show, without a dialog. Each names the passage that the person saw. */

/** The great key (F11, Enter): takes the money, or says that what stopped the car is all right. */
export async function proceed(): Promise<void> {
  const { dialog, pending } = useBooth.getState();
  if (dialog || pending) return;
  const lane = shownLane();
  const passage = lane?.passage;
  if (!lane || !passage) return problem({ key: 'notCharging', params: {} }, 'collect');
  if (passage.attention === null || lane.phase === 'charging' || lane.phase === 'cleared')
    return collect(lane, passage, 'cash');
  if (passage.candidates.length > 0) return pickMarked(lane, passage);
  if (passage.attention === 'fee-unknown') return refresh();
  if (!passage.approvable) return problem({ key: 'needsPerson', params: {} }, 'collect');
  if (passage.needsReason)
    return openDialog({ kind: 'reason', act: 'approve', laneId: lane.id, passageId: passage.id });
  if (justChanged()) return problem({ key: 'justChanged', params: {} }, 'approve');
  await approve(lane.id, passage.id, null);
}

/** 扫码找零: takes the money like the great key; the change is left to a platform. */
export async function proceedWithCode(): Promise<void> {
  const lane = shownLane();
  if (lane?.passage) await collect(lane, lane.passage, 'code');
}

/** Nobody hands over so much more than is due: a figure too many, or something else than an amount was typed. */
export const MAX_CHANGE_FEN = 100_000;

const CHANGED = { cash: 'collectedChange', code: 'collectedByCode' } as const satisfies Record<ChangeBy, SuccessKey>;

/** 收费放行: takes what is due for the car on show, once. */
async function collect(lane: LaneView, passage: PassageView, change: ChangeBy): Promise<void> {
  const { collected, received: typed } = useBooth.getState();
  if (collected.includes(passage.id) || lane.phase !== 'charging' || !passage.bill)
    return problem({ key: 'notCharging', params: {} }, 'collect');
  if (justChanged()) return problem({ key: 'justChanged', params: {} }, 'collect');
  const { toPayFen: amountFen, id: billId } = passage.bill;
  // The driver may be paying this very moment: cash besides is taken after a second look only.
  if (amountFen > 0 && currentTries(billId).some(isRisky))
    return openDialog({ kind: 'anyway', act: 'collect', laneId: lane.id, passageId: passage.id, billId, change });
  const received = typed?.passageId === passage.id ? parseYuan(typed.text) : undefined;
  await takeCash(lane, passage.id, { id: billId, toPayFen: amountFen }, received, change);
}

/** Takes the whole of a bill in cash. */
export async function takeCash(
  lane: LaneView,
  passageId: string,
  { id: billId, toPayFen: amountFen }: Pick<BillView, 'id' | 'toPayFen'>,
  received: number | undefined,
  by: ChangeBy,
): Promise<void> {
  if (received !== undefined && received < amountFen)
    return problem({ key: 'short', params: { amount: formatMoney(amountFen - received) } }, 'collect');
  const change = received === undefined ? 0 : received - amountFen;
  if (change > MAX_CHANGE_FEN)
    return problem({ key: 'receivedTooMuch', params: { change: formatMoney(change) } }, 'collect');
  await run(
    { act: 'collect', laneId: lane.id, passageId },
    () =>
      station().lanes.collect({
        id: lane.id,
        passageId,
        // Names the bill that was on the screen: pressed twice, a part of the next one is never taken.
        billId,
        method: 'cash',
        amountFen,
        ...(received === undefined ? {} : { receivedFen: received }),
        ...(by === 'cash' ? {} : { change: by }),
      }),
    amountFen === 0 ? 'passedFree' : change > 0 ? CHANGED[by] : 'collected',
    { plate: plateOf(lane), amount: formatMoney(amountFen), change: formatMoney(change) },
  );
}

/** After an approval the car may be let through, be billed, or be stopped by the next rule. */
const afterwards = (lane: LaneView): SuccessKey => (lane.phase === 'cleared' ? 'approvedOpen' : 'approved');

/** 核对放行 */
export async function approve(laneId: string, passageId: string, reason: string | null): Promise<void> {
  await run(
    { act: 'approve', laneId, passageId },
    () => station().lanes.approve({ id: laneId, passageId, ...(reason === null ? {} : { reason }) }),
    afterwards,
    (lane) => ({ plate: plateOf(lane) }),
  );
}

async function pickMarked(lane: LaneView, passage: PassageView): Promise<void> {
  const { marked } = useBooth.getState();
  const chosen = passage.candidates.find(({ uid }) => marked?.passageId === passage.id && uid === marked.uid);
  if (!chosen) return problem({ key: 'chooseFirst', params: {} }, 'pick');
  if (justChanged()) return problem({ key: 'justChanged', params: {} }, 'pick');
  await pickStay(lane.id, passage.id, chosen.uid, chosen.plate);
}

/** The car at the exit is the one of this stay. */
export async function pickStay(laneId: string, passageId: string, uid: string, plate: string): Promise<void> {
  await run(
    { act: 'pick', laneId, passageId },
    () => station().lanes.pickStay({ id: laneId, passageId, uid }),
    'picked',
    {
      plate,
    },
  );
}

/** Points at the next candidate, or the one before. Pointing is not choosing: Enter does. */
export function markCandidate(step: 1 | -1): boolean {
  const passage = shownLane()?.passage;
  if (!passage || passage.attention === null || passage.candidates.length === 0) return false;
  const { marked } = useBooth.getState();
  const at = passage.candidates.findIndex(({ uid }) => uid === marked?.uid);
  const next = passage.candidates[Math.max(0, Math.min(passage.candidates.length - 1, at + step))];
  if (next) useBooth.setState({ marked: { passageId: passage.id, uid: next.uid }, notice: null });
  return true;
}

/** Decides and prices anew: asks the platform again, looks again whether there is a space. */
export async function refresh(): Promise<void> {
  const lane = shownLane();
  const passage = lane?.passage;
  if (!lane || !passage) return problem({ key: 'notCharging', params: {} }, 'refresh');
  const passageId = passage.id;
  await run(
    { act: 'refresh', laneId: lane.id, passageId },
    () => station().lanes.refresh({ id: lane.id, passageId }),
    'refreshed',
    {},
  );
}

/** Types one key into the change helper of the car on show. */
export function typeReceived(key: string): void {
  const lane = shownLane();
  if (lane?.phase !== 'charging' || !lane.passage) return;
  const passageId = lane.passage.id;
  useBooth.setState((state) => {
    const before = state.received?.passageId === passageId ? state.received.text : '';
    const text = key === 'Backspace' ? before.slice(0, -1) : before + key;
    if (text === '') return { received: null };
    return parseYuan(text) === undefined && text !== '.' ? state : { received: { passageId, text }, notice: null };
  });
}
