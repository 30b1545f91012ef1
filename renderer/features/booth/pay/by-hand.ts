import { formatMoney, parseYuan } from '../../../lib/format.ts';
import { station } from '../../../lib/station/client.ts';
import { justChanged, plateOf, problem, run } from '../run.ts';
import { closeDialog, openDialog, shownLane, useBooth } from '../store.ts';

/** What was typed for the car on show, in fen; the whole where nothing was. */
function typedFen(passageId: string, toPayFen: number): number {
  const { received } = useBooth.getState();
  return (received?.passageId === passageId ? parseYuan(received.text) : undefined) ?? toPayFen;
}

/** 刷卡: asks whether the terminal says that it was paid; an amount that was typed is a part. */
export function askPos(): void {
  const lane = shownLane();
  const bill = lane?.passage?.bill;
  if (lane?.phase !== 'charging' || !lane.passage || !bill || bill.toPayFen <= 0) {
    problem({ key: 'notCharging', params: {} }, 'pos');
    return;
  }
  const amountFen = typedFen(lane.passage.id, bill.toPayFen);
  if (amountFen > bill.toPayFen || amountFen === 0) problem({ key: 'partTooMuch', params: {} }, 'pos');
  else openDialog({ kind: 'pos', laneId: lane.id, passageId: lane.passage.id, amountFen });
}

export async function takePos(laneId: string, passageId: string, amountFen: number): Promise<void> {
  closeDialog();
  await takePart(laneId, passageId, 'pos', amountFen);
}

/** 混合支付: what was typed is taken in cash, and the rest stays due. */
export async function takeCashPart(): Promise<void> {
  const lane = shownLane();
  const bill = lane?.passage?.bill;
  if (lane?.phase !== 'charging' || !lane.passage || !bill) return problem({ key: 'notCharging', params: {} }, 'part');
  const amountFen = typedFen(lane.passage.id, bill.toPayFen);
  if (amountFen >= bill.dueFen || amountFen === 0) return problem({ key: 'partTooMuch', params: {} }, 'part');
  if (justChanged()) return problem({ key: 'justChanged', params: {} }, 'part');
  await takePart(lane.id, lane.passage.id, 'cash', amountFen);
}

async function takePart(laneId: string, passageId: string, method: 'cash' | 'pos', amountFen: number): Promise<void> {
  const bill = shownLane()?.passage?.bill;
  if (!bill) return problem({ key: 'notCharging', params: {} }, 'part');
  const part = amountFen < bill.toPayFen;
  const act = method === 'pos' ? 'pos' : 'part';
  const taken = await run(
    { act, laneId, passageId },
    // Names the bill that was on the screen: pressed twice, a part of the next one is never taken.
    () => station().lanes.collect({ id: laneId, passageId, billId: bill.id, method, amountFen, part }),
    (lane) => (lane.phase === 'charging' ? 'partTaken' : method === 'pos' ? 'posTaken' : 'collected'),
    (lane) => ({
      plate: plateOf(lane),
      amount: formatMoney(amountFen),
      rest: formatMoney(lane.passage?.bill?.toPayFen ?? 0),
    }),
  );
  if (taken) useBooth.setState({ received: null });
}
