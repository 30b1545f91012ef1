import { type Bill, toPayFen } from '../../../../shared/domain/money-flow.ts';
import { parseShanghaiDateTime } from '../../../../shared/domain/time.ts';
import type { PlatformFigure, PlatformOnly } from '../outbound.ts';
import { PAID } from './codes.ts';
import type { QingdaoContext } from './context.ts';
import { checkDailyBill, type DailyBill } from './messages/checkDailyBill.ts';
import { settleFromPlatform, VIA } from './settle.ts';

const DAY_MS = 86_400_000;
/** So many bills are called by name in a note. */
const NAMED = 5;

export interface BillsCompared {
  readonly figures: readonly PlatformFigure[];
  readonly extra: readonly PlatformOnly[];
  readonly notes: readonly string[];
}

const NOTHING: BillsCompared = { figures: [], extra: [], notes: [] };

/**
 * The bills of cars that left first, of one day, beside those of the platform that collects them. What it has as paid and we do not
 * is settled here and now; everything else is for a person. Rejects when the platform does not answer and there is something to ask.
 */
export async function checkDailyBills(
  context: QingdaoContext,
  day: string,
  signal: AbortSignal,
): Promise<BillsCompared> {
  const from = parseShanghaiDateTime(`${day} 00:00:00`) ?? 0;
  const ours = (): Bill[] =>
    context
      .station()
      .read.bills.collectedAfterDeparture(from, from + DAY_MS)
      .filter(({ state }) => state !== 'void');
  const { parkingCode } = context.settings;
  const reply = await context.ask(checkDailyBill, { plateNo: null, parkingCode, checkBillTime: day }, signal);
  const message = checkDailyBill.name;
  if (reply.kind === 'answered') {
    const settled = settle(context, reply.answer.bills);
    const mine = ours();
    const received = receivedFen(context, mine);
    const { count, shouldPay, actualPay, bills } = reply.answer;
    if (mine.length === 0 && count === 0 && bills.length === 0) return NOTHING;
    const dueFen = mine.reduce((sum, bill) => sum + toPayFen(bill), 0);
    const { extra, notes } = oneByOne(mine, bills);
    const same = mine.length === count && dueFen === shouldPay && received === actualPay;
    return {
      figures: [
        {
          message,
          ours: { count: mine.length, amountFen: dueFen },
          theirs: { count, amountFen: shouldPay },
          agrees: same && extra.length === 0 && notes.length === 0,
        },
      ],
      extra,
      notes: [
        ...settled,
        ...notes,
        ...(received === actualPay ? [] : [`先离后付实收：本站 ${received} 分，平台 ${actualPay} 分`]),
      ],
    };
  }
  const mine = ours();
  const dueFen = mine.reduce((sum, bill) => sum + toPayFen(bill), 0);
  if (mine.length === 0) return NOTHING;
  if (reply.kind === 'failed') throw new Error(`${message}: ${reply.reason}`);
  const theirs = reply.kind === 'none' ? { count: 0, amountFen: 0 } : null;
  return {
    figures: [{ message, ours: { count: mine.length, amountFen: dueFen }, theirs, agrees: false }],
    extra: [],
    notes: [`先离后付账单：平台未给出（${reply.reason}）`],
  };
}

/** What the platform collected without our having heard of it. */
function settle(context: QingdaoContext, bills: readonly DailyBill[]): string[] {
  const { read } = context.station();
  const notes: string[] = [];
  for (const bill of bills) {
    const state = read.bills.get(bill.billID)?.state;
    if (bill.payStatus !== PAID || state === undefined || isBooked(context, bill)) continue;
    const settled = settleFromPlatform(context, bill);
    if (settled.kind === 'settled' && settled.again) continue;
    notes.push(
      settled.kind === 'settled'
        ? `账单 ${bill.billID} 平台已收，${state === 'open' ? '已入账' : '本站已另行收款或作废，请核对'}`
        : `账单 ${bill.billID} 平台已收，未能入账：${settled.reason}`,
    );
  }
  return notes;
}

/** The bill is paid by what the platform collected, and this is the same money. */
function isBooked({ station }: QingdaoContext, { billID, orderCode }: DailyBill): boolean {
  const payment = station().read.payments.get(billID);
  return payment?.state === 'paid' && payment.via === VIA && (orderCode === null || payment.reference === orderCode);
}

/**
 * What we know the platform to have collected for these bills: also where we had the money from somebody else already, and it is a case
 * for a person. What was paid to us is no money of the platform's.
 */
function receivedFen(context: QingdaoContext, bills: readonly Bill[]): number {
  const { read } = context.station();
  return bills.reduce((sum, { id }) => {
    const payment = read.payments.get(id);
    if (payment?.state === 'paid' && payment.via === VIA) return sum + payment.paid_fen;
    const told = read.attempts.ofBill(id).filter(({ channel, state }) => channel === VIA && state === 'paid');
    return told.reduce((all, { amountFen }) => all + amountFen, sum);
  }, 0);
}

function oneByOne(ours: readonly Bill[], theirs: readonly DailyBill[]) {
  const known = new Map(ours.map((bill) => [bill.id, bill]));
  const told = new Map(theirs.map((bill) => [bill.billID, bill]));
  const lacking = ours.filter(({ id }) => !told.has(id)).map(({ id }) => id);
  const unpaid = ours.filter(({ id, state }) => state === 'paid' && told.get(id) && told.get(id)?.payStatus !== PAID);
  // The debt of such a bill is what it asks for; nothing else is due on it.
  const otherDue = ours.filter((bill) => (told.get(bill.id)?.shouldPay ?? toPayFen(bill)) !== toPayFen(bill));
  const extra: PlatformOnly[] = theirs
    .filter(({ billID }) => !known.has(billID))
    .map(({ billID }) => ({ message: checkDailyBill.name, key: '', recordId: billID }));
  const notes = [
    named('平台没有账单', lacking),
    named(
      '本站已收、平台未收的账单',
      unpaid.map(({ id }) => id),
    ),
    named(
      '应收不同的账单',
      otherDue.map(({ id }) => id),
    ),
  ].filter((note) => note !== '');
  return { extra, notes };
}

const named = (what: string, ids: readonly string[]): string =>
  ids.length === 0
    ? ''
    : `${what} ${ids.slice(0, NAMED).join('、')}${ids.length > NAMED ? ` 等 ${ids.length} 笔` : ''}`;
