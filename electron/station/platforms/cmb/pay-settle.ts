import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Attempt, type Bill, toPayFen } from '../../../../shared/domain/money-flow.ts';
import { normalisePlateText } from '../../../../shared/domain/plates.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { ConflictError, NotFoundError } from '../../runtime/errors.ts';
import { BANK } from './actor.ts';
import type { CmbContext } from './context.ts';
import { insideBy } from './exits.ts';
import { echoOf, noteEcho } from './pay-echo.ts';
import type { PaidOrder } from './pay-list.ts';
import { noteParts } from './pay-parts.ts';

/** A payment that the bank tells of. The money is there, whatever we answer: it is booked, or a person sees it. */
interface Push {
  readonly vpl: string | undefined;
  readonly recordId: string | undefined;
  readonly billId: string | undefined;
  readonly paidAt: EpochMs;
  readonly orders: readonly PaidOrder[];
}

/**
 * `booked`: in the books, by this push or an earlier one, or with a person as a case. `unknown`: nobody of that record or plate was ever
 * here; a case. `differs`: a number that was told before, with another sum; a case.
 */
export type Settled = 'booked' | 'unknown' | 'differs';

/** All payments of a push. Each is booked once, however often it is told, and whatever stands beside it. */
export function settle(push: Push, context: CmbContext): Settled {
  const stay = stayOf(push, context);
  const results: Settled[] = [];
  const fresh: PaidOrder[] = [];
  for (const paid of push.orders) {
    const echo = echoOf(paid, { uid: stay?.uid, namesBill: push.billId !== undefined }, context);
    const part = echo ? undefined : partOf(paid, stay, context);
    if (echo) {
      if (echo.amountFen === paid.amountFen) noteEcho(echo, paid, context);
      results.push(notify(push, { reference: paid.order, amountFen: paid.amountFen, attemptId: echo.id }, context));
    } else if (part) results.push(part);
    else if (isWithPerson(paid.order, context)) results.push(stay ? 'booked' : 'unknown');
    else if (isBooked(paid.order, context))
      results.push(notify(push, { reference: paid.order, amountFen: paid.amountFen }, context));
    else fresh.push(paid);
  }
  // One bill may have been paid in several parts, none of which is enough by itself.
  if (fresh.length > 0) results.push(book(push, fresh, stay, context));
  return results.find((result) => result !== 'booked') ?? 'booked';
}

/** The stay that is paid for, also where the record is none of ours and only the plate is. */
function stayOf({ recordId, vpl }: Push, context: CmbContext): Stay | undefined {
  const { stays } = context.station().read;
  const recorded = recordId === undefined ? undefined : stays.get(recordId);
  if (recorded || vpl === undefined) return recorded;
  return insideBy(vpl, context) ?? stays.lastOf(normalisePlateText(vpl));
}

function book(push: Push, fresh: readonly PaidOrder[], stay: Stay | undefined, context: CmbContext): Settled {
  const reference = joined(fresh, context);
  const amountFen = fresh.reduce((sum, paid) => sum + paid.amountFen, 0);
  const bill = billFor(push, stay, amountFen, context);
  const shown = bill && codeShown(bill, amountFen, context);
  // Whatever else is being tried for the bill is followed to an end of its own.
  const money = { reference, amountFen, attemptId: shown?.id ?? null, billId: bill?.id, uid: stay?.uid };
  const result = notify(push, money, context);
  if (result !== 'unknown') return result;
  context.commands.remember(BANK.name, personKey(reference), String(amountFen));
  // Somebody who was here, and for whom nothing was ever to be paid: telling it again would not make a bill of it.
  return stay ? 'booked' : result;
}

/** The bill that this money is for. */
function billFor(push: Push, stay: Stay | undefined, amountFen: number, context: CmbContext): Bill | undefined {
  const { bills } = context.station().read;
  const named = push.billId === undefined ? undefined : bills.get(push.billId);
  if (named && (!stay || named.uid === stay.uid)) return named;
  if (!stay) return undefined;
  const open = bills.open(stay.uid) ?? made(stay, context);
  if (open && amountFen >= toPayFen(open)) return open;
  // What the driver was shown before the fee went up is worth what it says.
  const before = bills.ofStay(stay.uid).findLast((bill) => bill.state === 'void' && toPayFen(bill) === amountFen);
  return before ?? open ?? bills.ofStay(stay.uid).at(-1);
}

function made({ uid, status }: Stay, { station, settings }: CmbContext): Bill | undefined {
  if (status !== 'inside') return undefined;
  try {
    const wanted = { debts: false, validMinutes: settings.calc.validMinutes };
    const bill = station().payments.prepayments.bill({ uid }, BANK, wanted);
    return bill.kind === 'bill' ? bill.bill : undefined;
  } catch (error) {
    if (error instanceof ConflictError) return undefined;
    throw error;
  }
}

/** The code on the screen from which the driver came: its number is known from now on. */
const codeShown = (bill: Bill, amountFen: number, { station }: CmbContext): Attempt | undefined =>
  station()
    .read.attempts.ofBill(bill.id)
    .find(
      (attempt) =>
        attempt.channel === CODE &&
        attempt.reference === null &&
        attempt.amountFen === amountFen &&
        ['sent', 'unknown'].includes(attempt.state),
    );

interface Money {
  readonly reference: string;
  readonly amountFen: number;
  readonly attemptId?: string | null | undefined;
  readonly billId?: string | undefined;
  readonly uid?: string | undefined;
}

function notify(push: Push, money: Money, { station, log }: CmbContext): Settled {
  try {
    station().payments.notices.notify({
      ...money,
      ...{ plate: push.vpl, method: 'platform', kind: 'qr', via: BANK.name, paidAt: push.paidAt, givesBack: false },
    });
    return 'booked';
  } catch (error) {
    const reason = error instanceof ConflictError ? error.reason : error instanceof NotFoundError ? 'no-bill' : null;
    if (reason === null || !(reason in NOT_BOOKED)) throw error;
    log.warn('money that the bank tells of has no bill', { order: money.reference, reason });
    return NOT_BOOKED[reason] ?? 'booked';
  }
}

/** Each of these has left a case: the bank need not tell it again, unless somebody there ought to look as well. */
const NOT_BOOKED: Readonly<Record<string, Settled>> = {
  'amount-short': 'booked',
  'bill-expired': 'booked',
  'notice-differs': 'differs',
  'no-bill': 'unknown',
};

/** The channel of the code that is shown. */
const CODE = 'cmb-qr';

/** A person has it as a case: told again it stays with them, also where it would find a bill by now. */
const isWithPerson = (reference: string, { commands }: CmbContext): boolean =>
  commands.recall(BANK.name, personKey(reference)) !== undefined;
const personKey = (reference: string): string => `pay-case:${reference}`;

const isBooked = (reference: string, { station }: CmbContext): boolean =>
  [BANK.name, CODE].some((channel) => station().read.attempts.byReference(channel, reference) !== undefined);

const partSchema = z.object({ reference: z.string(), amountFen: z.int() });
const partKey = (order: string): string => `pay-part:${order}`;

/** The number under which several payments are booked as one. Each is found by its own, from before the money is booked. */
function joined(parts: readonly PaidOrder[], { commands }: CmbContext): string {
  const [first] = parts;
  if (!first || parts.length === 1) return first?.order ?? '';
  const all = parts.map(({ order }) => order).join('+');
  const digest = createHash('sha256').update(all).digest('hex').slice(0, 16);
  const reference = all.length <= MAX_REFERENCE ? all : `${first.order}+${digest}`;
  noteParts(reference, parts, { commands });
  for (const { order, amountFen } of parts) {
    const part: z.input<typeof partSchema> = { reference, amountFen };
    commands.remember(BANK.name, partKey(order), JSON.stringify(part));
  }
  return reference;
}
const MAX_REFERENCE = 100;

/** What is known of a payment that was booked together with others; undefined where it was not. */
function partOf({ order, amountFen }: PaidOrder, stay: Stay | undefined, context: CmbContext): Settled | undefined {
  const kept = context.commands.recall(BANK.name, partKey(order));
  const part = kept === undefined ? undefined : partSchema.safeParse(JSON.parse(kept)).data;
  const booked = part !== undefined && isBooked(part.reference, context);
  if (!part || !(booked || isWithPerson(part.reference, context))) return undefined;
  if (part.amountFen === amountFen) return booked || stay ? 'booked' : 'unknown';
  context.station().payments.cases.open(
    {
      ...{ kind: 'unknown-payment', uid: null, laneId: null, passageId: null, plate: '', amountFen },
      detail: `招行订单 ${order} 再次通知，金额与 ${part.amountFen / 100} 元不一致，请与招行核对`,
      subject: `cmb-${order}-${amountFen}`,
    },
    BANK,
  );
  return 'differs';
}
