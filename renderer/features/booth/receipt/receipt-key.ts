import { safe } from '@orpc/client';
import { eventBodies } from '../../../../shared/domain/events.ts';
import { station } from '../../../lib/station/client.ts';
import { useLive } from '../../../lib/station/live.ts';
import { useSession } from '../../../lib/station/session.ts';
import { problemOf } from '../problem.ts';
import { shownLane } from '../store.ts';
import { sayOfPrinter as tell } from './say.ts';

/** The newest payment at a lane, by the number of its bill, and whose it was. */
function newestPayment(laneId: string): { readonly billId: string; readonly plate: string } | undefined {
  for (const event of useLive.getState().events) {
    if (event.kind !== 'bill-paid' || event.laneId !== laneId) continue;
    const paid = eventBodies['bill-paid'].safeParse(event.body);
    // Debts that were paid with a bill stand on its receipt.
    if (paid.success && paid.data.debtId === null)
      return { billId: paid.data.billId, plate: paid.data.stay.plate.text };
  }
  return undefined;
}

let printing = false;

/** 打印小票, 补打: for the car that paid last at the lane on show. Nothing waits for the printer, neither money nor the arm. */
export async function printReceipt(): Promise<void> {
  const lane = shownLane();
  const newest = lane && newestPayment(lane.id);
  if (!lane || !newest) return tell({ tone: 'problem', key: 'noReceipt', params: {}, moneyAct: false });
  if (useSession.getState().link !== 'online')
    return tell({ tone: 'problem', key: 'offline', params: {}, moneyAct: false });
  if (printing) return;
  const { billId, plate } = newest;
  printing = true;
  tell({ tone: 'done', key: 'receiptSent', params: { plate } });
  const answer = await safe(Promise.resolve().then(() => station().printing.receipt({ id: billId, lane: lane.id })));
  printing = false;
  if (!answer.isSuccess) return tell({ tone: 'problem', ...problemOf(answer.error), moneyAct: false });
  const { outcome, detail, copy } = answer.data;
  if (outcome !== 'done')
    return tell({
      ...{ tone: 'problem', moneyAct: true, params: { detail } },
      key: outcome === 'refused' ? 'receiptRefused' : 'receiptUnknown',
    });
  tell({ tone: 'done', key: copy > 1 ? 'receiptAgain' : 'receiptPrinted', params: { plate, n: String(copy - 1) } });
}
