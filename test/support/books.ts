import { z } from 'zod';
import { pageOf } from '../../shared/contract/base.ts';
import { type EventView, eventViewSchema } from '../../shared/contract/journal.ts';
import { shiftReportSchema, shiftViewSchema } from '../../shared/contract/shifts.ts';
import { type StayView, stayViewSchema } from '../../shared/contract/stays.ts';
import { eventBodies } from '../../shared/domain/events.ts';
import { occupancySchema } from '../../shared/domain/occupancy.ts';
import type { RealSite } from './real-site.ts';

const counted = z.object({ count: z.int(), amountFen: z.int() });
const totalsSchema = z.object({
  totals: z.object({
    stays: z.int(),
    chargedFen: z.int(),
    receivedTotal: counted,
    refundTotal: counted,
    recharges: z.array(counted),
    exits: z.int(),
  }),
});
const balanceSchema = z.object({
  holds: z.boolean(),
  wrong: z.array(z.unknown()),
  money: z.object({ total: counted }),
});

/** Every row of the journal, oldest first. */
export async function allEvents(site: RealSite): Promise<EventView[]> {
  const found: EventView[] = [];
  for (let pages = 0, before = ''; pages < 200; pages += 1) {
    const page = await site.as('admin', z.array(eventViewSchema), `/events?limit=500${before}`);
    found.push(...page);
    const oldest = page.at(-1)?.seq;
    if (oldest === undefined || oldest <= 1) break;
    before = `&before=${oldest}`;
  }
  return found.reverse();
}

async function allStays(site: RealSite): Promise<StayView[]> {
  const found: StayView[] = [];
  for (let page = 1; page <= 50; page += 1) {
    const { items } = await site.as('admin', pageOf(stayViewSchema), `/sessions?pageSize=200&page=${page}`);
    found.push(...items);
    if (items.length < 200) break;
  }
  return found;
}

/** What the journal says of money, added up with nothing of the product's own. */
class Ledger {
  /** Money for parking: by stay, by shift in cash, and all of it. */
  readonly byStay = new Map<string, number>();
  readonly cashByShift = new Map<string, number>();
  readonly refundsByShift = new Map<string, number>();
  readonly refundedByStay = new Map<string, number>();
  receivedFen = 0;
  refundedFen = 0;
  rechargedFen = 0;

  constructor(events: readonly EventView[]) {
    /** Debts that no stay of ours stands for: their money belongs to no stay. */
    const foreign = new Set<string>();
    for (const { kind, body } of events)
      if (kind === 'debt-changed') {
        const { debt } = eventBodies['debt-changed'].parse(body);
        if (debt.uid === null) foreign.add(debt.id);
      } else if (kind === 'bill-paid') {
        const paid = eventBodies['bill-paid'].parse(body);
        this.receivedFen += paid.paidFen;
        if (paid.debtId === null || !foreign.has(paid.debtId)) add(this.byStay, paid.stay.uid, paid.paidFen);
        if (paid.method === 'cash' && paid.shiftId !== null) add(this.cashByShift, paid.shiftId, paid.paidFen);
      } else if (kind === 'payment-reversed') {
        const back = eventBodies['payment-reversed'].parse(body);
        this.receivedFen -= back.amountFen;
        add(this.byStay, back.stay.uid, -back.amountFen);
        if (back.method === 'cash' && back.shiftId !== null) add(this.cashByShift, back.shiftId, -back.amountFen);
      } else if (kind === 'card-changed') {
        const { why, paidFen, method, shiftId } = eventBodies['card-changed'].parse(body);
        if (why !== 'recharged') continue;
        this.rechargedFen += paidFen;
        if (method === 'cash' && shiftId !== null) add(this.cashByShift, shiftId, paidFen);
      } else if (kind === 'refund-changed') {
        const { refund } = eventBodies['refund-changed'].parse(body);
        if (refund.state !== 'done') continue;
        this.refundedFen += refund.amountFen;
        add(this.refundedByStay, refund.uid, refund.amountFen);
        if (refund.method === 'cash' && refund.shiftId !== null)
          add(this.refundsByShift, refund.shiftId, refund.amountFen);
      }
  }
}

const add = (sums: Map<string, number>, key: string, fen: number): void => {
  sums.set(key, (sums.get(key) ?? 0) + fen);
};

/** Business days (from midnight) on which anything happened. */
const daysOf = (events: readonly EventView[]): string[] => [...new Set(events.map(({ at }) => at.slice(0, 10)))];

/**
 * Compares what the station tells in different places, by arithmetic of its own: numbers of the journal, stays against their
 * payments, drawers against shifts, money against reports, cars inside against spaces. Empty when all agree.
 */
export async function faultsInTheBooks(site: RealSite): Promise<string[]> {
  const [events, stays] = [await allEvents(site), await allStays(site)];
  const faults: string[] = [];
  const same = (what: string, told: unknown, ours: unknown): void => {
    if (told !== ours) faults.push(`${what}: told ${String(told)}, by our own count ${String(ours)}`);
  };
  for (const [index, { seq }] of events.entries()) if (seq !== index + 1) same('journal number', seq, index + 1);
  const ledger = new Ledger(events);

  for (const stay of stays) {
    same(`paid for ${stay.plate.text} ${stay.uid}`, stay.paidFen, ledger.byStay.get(stay.uid) ?? 0);
    if (stay.status !== 'left') continue;
    const rest = stay.discountFen + stay.waivedFen + stay.owedFen;
    // Money that went back stays in the account of what was charged then; a fee that was corrected afterwards is without it.
    const kept = stay.paidFen - (ledger.refundedByStay.get(stay.uid) ?? 0);
    if (stay.chargeFen !== kept + rest)
      same(`account of ${stay.plate.text} ${stay.uid}`, stay.chargeFen, stay.paidFen + rest);
  }

  const shifts = await site.as('admin', pageOf(shiftViewSchema), '/shifts?pageSize=200');
  for (const { id } of shifts.items) {
    const { shift, drawer } = await site.as('zhou', shiftReportSchema, `/shifts/${id}/report`);
    const moved = (ledger.cashByShift.get(id) ?? 0) - (ledger.refundsByShift.get(id) ?? 0);
    same(
      `drawer of ${shift.cashier}`,
      drawer.expectedFen + drawer.bookedAfterCountFen,
      shift.floatFen + moved - drawer.paidOutFen,
    );
  }

  const sums = { received: 0, refunds: 0, recharges: 0, money: 0 };
  for (const day of daysOf(events)) {
    const { totals } = await site.as('admin', totalsSchema, `/reports/totals?period=${day}`);
    sums.received += totals.receivedTotal.amountFen;
    sums.refunds += totals.refundTotal.amountFen;
    sums.recharges += totals.recharges.reduce((sum, { amountFen }) => sum + amountFen, 0);
    const balance = await site.as('admin', balanceSchema, `/reports/balance?date=${day}`);
    sums.money += balance.money.total.amountFen;
    if (!balance.holds) faults.push(`the balance of ${day} does not hold: ${JSON.stringify(balance)}`);
  }
  same('received, by the reports of the days', sums.received, ledger.receivedFen);
  same('refunded, by the reports of the days', sums.refunds, ledger.refundedFen);
  same('recharged, by the reports of the days', sums.recharges, ledger.rechargedFen);

  const spaces = await site.as('admin', occupancySchema, '/spaces');
  const inside = stays.filter(({ status }) => status === 'inside').length;
  same('cars inside', spaces.whole.inside, inside + spaces.correction);
  return faults;
}
