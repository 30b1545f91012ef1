import { z } from 'zod';
import { type EventView, eventViewSchema } from '../../shared/contract/journal.ts';
import type { StayView } from '../../shared/contract/stays.ts';
import { eventBodies } from '../../shared/domain/events.ts';
import type { Attempt, Case, Refund } from '../../shared/domain/money-flow.ts';
import type { Collected, RecordBooks } from '../peers/cmb/index.ts';
import type { CarPark } from './car-park.ts';

type Paid = z.output<(typeof eventBodies)['bill-paid']>;

const events = z.array(eventViewSchema);
const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
/** Tries whose end is not known yet. */
const OPEN: ReadonlySet<Attempt['state']> = new Set(['created', 'sent', 'unknown', 'reversing']);

/** Every row of the journal, oldest first. */
async function allEvents(park: CarPark): Promise<EventView[]> {
  const found: EventView[] = [];
  for (let before = ''; ; ) {
    const page = await park.station.get(events, `/events?limit=500${before}`);
    found.push(...page);
    const oldest = page.at(-1)?.seq;
    if (oldest === undefined || oldest <= 1) return found.reverse();
    before = `&before=${oldest}`;
  }
}

/** Payments that were told together are booked as one. */
const partsOf = (reference: string | null): string[] => reference?.split('+') ?? [];

/** What the station's journal says of money, each thing as it stood last, and with nothing of the product's own arithmetic. */
class MoneyTold {
  readonly paid: Paid[] = [];
  readonly attempts = new Map<string, Attempt>();
  readonly refunds = new Map<string, Refund>();
  readonly cases = new Map<string, Case>();

  constructor(rows: readonly EventView[]) {
    for (const { kind, body } of rows)
      if (kind === 'bill-paid') this.paid.push(eventBodies['bill-paid'].parse(body));
      else if (kind === 'attempt-changed') {
        const { attempt } = eventBodies['attempt-changed'].parse(body);
        this.attempts.set(attempt.id, attempt);
      } else if (kind === 'refund-changed') {
        const { refund } = eventBodies['refund-changed'].parse(body);
        this.refunds.set(refund.id, refund);
      } else if (kind === 'case-changed') {
        const { case: told } = eventBodies['case-changed'].parse(body);
        this.cases.set(told.id, told);
      }
  }

  static async of(park: CarPark): Promise<MoneyTold> {
    return new MoneyTold(await allEvents(park));
  }

  /** Whether a try, or money that names one, is about an order that the other side calls by any of these. */
  #isAbout(attemptId: string | null, reference: string | null, names: readonly string[]): boolean {
    const attempt = attemptId === null ? undefined : this.attempts.get(attemptId);
    const told = [attemptId, ...partsOf(reference), ...partsOf(attempt?.reference ?? null)];
    return told.some((name) => name !== null && names.includes(name));
  }

  /** Payments into which an order went. */
  paidBy(names: readonly string[]): Paid[] {
    return this.paid.filter(({ attemptId, reference }) => this.#isAbout(attemptId, reference, names));
  }

  /** What of an order is to be given back, whether or not that was decided yet. */
  refundsOf(names: readonly string[]): Refund[] {
    return [...this.refunds.values()].filter(({ attemptId }) => this.#isAbout(attemptId, null, names));
  }

  /** Cases that a person must look at because of an order, and that no refund stands beside. */
  casesOf(names: readonly string[]): Case[] {
    return [...this.cases.values()].filter(
      ({ kind, detail, id }) =>
        (kind === 'late-payment' || kind === 'unknown-payment') &&
        names.some((name) => detail.includes(name) || id.includes(name)),
    );
  }

  /** Orders by the tries in which they were booked: those of one push may be one. */
  bookedTogether(collected: readonly Collected[]): Collected[][] {
    const groups = new Map<string, Collected[]>();
    for (const each of collected) {
      const [attempt] = [...this.attempts.values()].filter(({ id }) => this.#isAbout(id, null, each.names));
      const key = attempt?.id ?? each.order;
      groups.set(key, [...(groups.get(key) ?? []), each]);
    }
    return [...groups.values()];
  }

  /** Fen of an order that the station accounts for: in payments, else for somebody to give back or to look at. */
  accountedFen(names: readonly string[]): number {
    const booked = sum(this.paidBy(names).map(({ paidFen }) => paidFen));
    const back = sum(this.refundsOf(names).map(({ amountFen }) => amountFen));
    return booked + back > 0 ? booked + back : sum(this.casesOf(names).map(({ amountFen }) => amountFen));
  }
}

type Same = (what: string, told: unknown, held: unknown) => void;

const stayOf = (stay: StayView): string => `${stay.plate.text || stay.identity || '?'} ${stay.uid}`;

/** What one stay brought, by whoever collected it, beside what the station has of it. */
function ofStay(stay: StayView, park: CarPark, money: MoneyTold, cash: number | undefined, same: Same): void {
  const of = stayOf(stay);
  const booked = money.paid.filter((each) => each.stay.uid === stay.uid);
  same(`${of}: paid, by its payments`, stay.paidFen, sum(booked.map(({ paidFen }) => paidFen)));
  if (stay.status === 'left')
    same(`${of}: charge`, stay.chargeFen, stay.paidFen + stay.discountFen + stay.waivedFen + stay.owedFen);
  if (cash !== undefined)
    same(`${of}: cash`, cash, sum(booked.filter(({ method }) => method === 'cash').map(({ paidFen }) => paidFen)));
  const ofBank = park.bank.books.record(stay.uid);
  for (const together of money.bookedTogether(ofBank.collected)) {
    const names = together.flatMap((each) => each.names);
    const orders = together.map(({ order }) => order).join(' and ');
    same(
      `${of}: collected by the bank as ${orders}`,
      sum(together.map(({ amount }) => amount)),
      money.accountedFen(names),
    );
  }
  const theirs = ofBank.collected.flatMap(({ names }) => names);
  for (const each of booked.filter(({ via }) => via === 'cmb'))
    if (money.paidBy(theirs).every((known) => known !== each))
      same(`${of}: the bank's payment ${each.reference}`, 'unknown', each.paidFen);
  ofOutdata(stay, ofBank, booked, money, same);
  if (park.hasCity) ofCity(stay, park, booked, money, same);
}

/** Outdata: what the stay was charged, and everything that had come in for it by then. */
function ofOutdata(stay: StayView, told: RecordBooks, booked: readonly Paid[], money: MoneyTold, same: Same): void {
  const of = stayOf(stay);
  same(`${of}: has left, for the bank`, told.left, stay.status === 'left');
  if (!told.left) return;
  const leftAt = Date.parse(stay.exitedAt ?? '');
  // A debt of an earlier stay that was paid together with a bill of this one stands in this one's list.
  const ownIds = new Set(booked.flatMap(({ attemptId }) => attemptId ?? []));
  const debts = money.paid.filter(
    ({ debtId, attemptId, stay: owner }) =>
      debtId !== null && owner.uid !== stay.uid && attemptId !== null && ownIds.has(attemptId),
  );
  const inTime = booked.filter(
    ({ paidAt, debtId, scene }) => paidAt <= leftAt && debtId === null && scene !== 'after-departure',
  );
  const debtFen = sum(debts.map(({ paidFen }) => paidFen));
  same(
    `${of}: received, by Outdata`,
    told.toldFen + told.elsewhereFen,
    sum(inTime.map(({ paidFen }) => paidFen)) + debtFen,
  );
  same(`${of}: charged, by Outdata`, sum(told.items.map(({ should_pay }) => should_pay)), stay.chargeFen + debtFen);
  for (const { seq_num, actual_pay } of told.extra) same(`${of}: ${seq_num} in Outdata`, actual_pay, 'not collected');
  for (const { names, order, amount } of told.missing) {
    // What settled nothing is nobody's payment; it is to be given back, and stands among the refunds and cases.
    const later = money.paidBy(names).every(({ paidAt, scene }) => paidAt > leftAt || scene === 'after-departure');
    same(`${of}: ${order} ${amount} is not in Outdata`, later, true);
  }
}

/** What the city collected for this stay's bills. */
function ofCity(stay: StayView, park: CarPark, booked: readonly Paid[], money: MoneyTold, same: Same): void {
  const bills = [...park.city.city.bills.all.values()].filter(
    ({ uid, payment }) => uid === stay.uid && payment !== null,
  );
  const collected = sum(bills.map(({ payment }) => payment?.actualPay ?? 0));
  const own = booked.filter(({ via }) => via === 'qingdao');
  const back = [...money.refunds.values()].filter(
    ({ uid, attemptId }) => uid === stay.uid && money.attempts.get(attemptId ?? '')?.channel === 'qingdao',
  );
  same(
    `${stayOf(stay)}: collected by the city`,
    collected,
    sum(own.map(({ paidFen }) => paidFen)) + sum(back.map(({ amountFen }) => amountFen)),
  );
}

/**
 * Adds up every fen of every stay: what the bank collected and what Outdata told it, what the city collected, what drivers handed
 * over (`cash`, by plate), against the payments, refunds and cases of the station. Empty when all agree.
 */
export async function faultsInTheMoney(park: CarPark, cash?: ReadonlyMap<string, number>): Promise<string[]> {
  const faults: string[] = [];
  const same: Same = (what, told, held) => {
    if (told !== held) faults.push(`${what}: ${String(told)}, station ${String(held)}`);
  };
  const money = await MoneyTold.of(park);
  const stays = await park.stays('');
  if (stays.length === 200) throw new Error('more stays than one page holds');
  for (const stay of stays)
    ofStay(stay, park, money, cash && (cash.get(stay.plate.text || (stay.identity ?? '')) ?? 0), same);
  const known = new Set(stays.map(({ uid }) => uid));
  for (const { recordId, plate } of park.bank.books.all())
    if (!known.has(recordId)) faults.push(`only the bank has ${recordId} of ${plate}`);
  for (const { id, state, channel } of money.attempts.values())
    if (OPEN.has(state)) faults.push(`${id} at ${channel} is still ${state}`);
  return faults;
}
