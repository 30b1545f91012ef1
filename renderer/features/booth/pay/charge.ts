import { safe } from '@orpc/client';
import type { LaneView } from '../../../../shared/contract/lanes.ts';
import { scannedKind } from '../../../../shared/domain/pay-code.ts';
import { PresentedCodes } from '../../../../shared/domain/presented-codes.ts';
import { station } from '../../../lib/station/client.ts';
import { errorCode } from '../../../lib/station/error-code.ts';
import { useSession } from '../../../lib/station/session.ts';
import type { ProblemKey } from '../notice.ts';
import { problemOf } from '../problem.ts';
import { justChanged, problem } from '../run.ts';
import { openDialog, shownLane, useBooth } from '../store.ts';
import { currentTries, isOpen, isRisky, tryOf } from './attempts.ts';
import { type Channel, closePay, learn, type PayState, setAsking, usePay } from './pay-store.ts';

/** The lane on show, where a bill stands that wants money. */
function payable(): { readonly lane: LaneView; readonly passageId: string; readonly billId: string } | undefined {
  const lane = shownLane();
  const bill = lane?.passage?.bill;
  if (lane?.phase !== 'charging' || !lane.passage || !bill || bill.toPayFen <= 0) return undefined;
  return { lane, passageId: lane.passage.id, billId: bill.id };
}

/** Codes that were used at this window, by passage. */
export const presented = new PresentedCodes();

/** Says why nothing is begun. */
function nothing(key: ProblemKey): false {
  problem({ key, params: {} }, 'charge');
  return false;
}

/**
 * Charges the bill that was on the screen, by its own number: a code that was scanned for one car never pays for the next. Nothing
 * else waits for the answer; cash stays possible.
 *
 * @returns whether it was begun, or may have been; false: refused
 */
export async function charge(
  billId: string,
  channel: Pick<Channel, 'id'>,
  how: { readonly authCode?: string; readonly despiteUnknown?: boolean } = {},
  isNews: Presentation['isNews'] = () => true,
): Promise<boolean> {
  if (usePay.getState().asking[billId] !== undefined) return nothing('paying');
  if (useSession.getState().link !== 'online') return nothing('offline');
  setAsking(billId, channel.id);
  // The next code of the same channel takes the place of the one on show when it is there.
  const { shown: before } = usePay.getState();
  const same = before?.billId === billId && before.channel === channel.id;
  usePay.setState({ shown: { billId, channel: channel.id, text: same ? before.text : null } });
  const answer = await safe(
    Promise.resolve().then(() => station().payments.charge({ id: billId, channel: channel.id, ...how })),
  );
  setAsking(billId, null);
  if (!answer.isSuccess) {
    const why = problemOf(answer.error);
    if (isNews(why.key)) problem(why, 'charge');
    usePay.setState(({ shown }) => (shown?.billId === billId ? { shown: { ...shown, text: null } } : {}));
    void readTries(billId);
    // Without an answer of the station nobody knows.
    return errorCode(answer.error) === null;
  }
  const { attempt, text, shownForMs: forMs } = answer.data;
  learn([tryOf(attempt)]);
  usePay.setState(({ shown }) =>
    shown?.billId === billId ? { shown: { billId, channel: channel.id, text, forMs } } : {},
  );
  return true;
}

/** The code on the screen is about to run out: the next one takes its place, unless something else was begun meanwhile. */
export async function renewCode(of: NonNullable<PayState['shown']>): Promise<void> {
  const { shown, asking } = usePay.getState();
  if (shown !== of || shown.channel === null || asking[of.billId] !== undefined) return;
  if (currentTries(of.billId).some(isRisky)) return;
  await charge(of.billId, { id: shown.channel });
}

/** What the station knows of the tries of a bill: after a start of this window, and after an answer that did not come. */
export async function readTries(billId: string): Promise<void> {
  const answer = await safe(Promise.resolve().then(() => station().payments.attempts({ billId })));
  if (answer.isSuccess) learn(answer.data.map(tryOf));
}

/** Asks the channel now what became of a try whose end is not known. */
export async function askAgain(attemptId: string): Promise<void> {
  const answer = await safe(Promise.resolve().then(() => station().payments.query({ id: attemptId })));
  if (answer.isSuccess) learn([tryOf(answer.data)]);
  else problem(problemOf(answer.error), 'charge');
}

/** The pay key: shows the code of the next channel, or waits for the scan gun; after the last one it is put away. */
export async function nextCode(): Promise<void> {
  const found = payable();
  if (!found) return problem({ key: 'notCharging', params: {} }, 'charge');
  const { channels, shown, asking } = usePay.getState();
  const codes = channels.filter(({ kind }) => kind === 'qr');
  const scans = channels.some(({ kind }) => kind === 'scan');
  if (codes.length === 0 && !scans) return problem({ key: 'noChannel', params: {} }, 'charge');
  if (asking[found.billId] !== undefined) return;
  const here = shown?.billId === found.billId ? shown : null;
  const at = here ? codes.findIndex(({ id }) => id === here.channel) : -1;
  const next = codes[at + 1];
  const ended = here !== null && !next;
  if (ended) closePay();
  else if (next) await showCode(found, next);
  else usePay.setState({ shown: { billId: found.billId, channel: null, text: null } });
}

/** Shows the code of a channel. Another code that is shown already is taken back: the person decided. */
async function showCode(
  { lane, passageId, billId }: { readonly lane: LaneView; readonly passageId: string; readonly billId: string },
  channel: Channel,
): Promise<void> {
  if (justChanged()) return problem({ key: 'justChanged', params: {} }, 'charge');
  const tries = currentTries(billId).filter((each) => isOpen(each) && each.channel !== channel.id);
  if (tries.some(isRisky))
    return openDialog({ kind: 'anyway', act: 'charge', laneId: lane.id, passageId, billId, channel: channel.id });
  await charge(billId, channel, { despiteUnknown: tries.length > 0 });
}

/** Chooses a channel with the mouse. */
export function chooseCode(channel: Channel): void {
  const found = payable();
  if (found) void showCode(found, channel);
}

/** Whether a channel is being asked for money for this bill, or may still say that it took some. */
export const isAsked = (billId: string): boolean =>
  usePay.getState().asking[billId] !== undefined || currentTries(billId).some(isOpen);

interface Presentation {
  /** The passage for which it was used before, while it was good. */
  readonly usedFor: string | null;
  /** Whether it was not said yet since the phone was put there. */
  readonly isNews: (what: ProblemKey | 'anyway') => boolean;
}

/** The driver's code was scanned. @returns whether it was used */
export async function scannedCode(code: string, { usedFor, isNews }: Presentation): Promise<boolean> {
  const dropped = (key: ProblemKey): false => isNews(key) && nothing(key);
  const kind = scannedKind(code);
  if (kind === 'other') return dropped('notPayCode');
  const found = payable();
  // What was used may lie there for a while.
  if (!found) return usedFor === null && dropped('notCharging');
  const { lane, passageId, billId } = found;
  // Whoever paid with it has not put the phone away yet.
  if (usedFor !== null && usedFor !== passageId) return dropped('scanUnplaced');
  const scans = usePay.getState().channels.filter((channel) => channel.kind === 'scan');
  // A channel that collects for several names one of them: where none names this kind, the first may take it all the same.
  const channel = scans.find(({ method }) => method === kind) ?? scans[0];
  if (!channel) return dropped('noScanChannel');
  if (justChanged()) return dropped('justChanged');
  const tries = currentTries(billId).filter(isOpen);
  // Beside its own try, as long as that is not over, a code is of no use.
  const isOwn = usedFor !== null && tries.some((each) => each.kind === 'scan');
  if (isOwn || usePay.getState().asking[billId] !== undefined) return dropped('paying');
  if (tries.some(isRisky)) {
    const about = { laneId: lane.id, passageId, billId, channel: channel.id, authCode: code };
    if (isNews('anyway')) openDialog({ kind: 'anyway', act: 'charge', ...about });
    return false;
  }
  useBooth.setState({ received: null });
  return charge(billId, channel, { authCode: code, despiteUnknown: tries.length > 0 }, isNews);
}
