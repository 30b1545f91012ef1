import { step } from '../../electron/station/lanes/machine.ts';
import { type Arrival, EMPTY_LANE, type LaneState } from '../../electron/station/lanes/state.ts';
import type { LaneInput, Step, StepResult, World } from '../../electron/station/lanes/step.ts';
import type { PlateFacts } from '../../electron/station/lanes/terms.ts';
import { discountsFor, spendCoupons } from '../../electron/station/payments/coupons.ts';
import { type Collector, departurePayOf } from '../../electron/station/payments/departure-pay.ts';
import { Pricing } from '../../electron/station/payments/pricing.ts';
import type { EventDraft } from '../../shared/domain/events.ts';
import type { ListEntry, ListStrategy } from '../../shared/domain/list.ts';
import type { Bill, Gap, StayPayment } from '../../shared/domain/money-flow.ts';
import { type PassageRules, passageRulesSchema } from '../../shared/domain/passage-rules.ts';
import type { Plate } from '../../shared/domain/plate.ts';
import { nearMatches, unambiguous } from '../../shared/domain/plate-match.ts';
import {
  type Agreement,
  type Booking,
  type Card,
  type Coupon,
  type Debt,
  isDue,
  type Merchant,
  type Visitor,
} from '../../shared/domain/registry.ts';
import { type Area, type Lane, laneSchema, type Site, siteSchema } from '../../shared/domain/site.ts';
import type { Doubt, Stay } from '../../shared/domain/stay.ts';
import { type Tariff, tariffSchema } from '../../shared/domain/tariff.ts';

export const plate = (text: string): Plate => ({ text, color: 'blue', kind: text === '' ? 'unread' : 'ordinary' });

const lane = (over: object): Lane => laneSchema.parse({ name: '车道', number: 1, area: 'a1', ...over });
export const IN: Lane = lane({ id: 'in1', name: '入口', direction: 'in' });
export const OUT: Lane = lane({ id: 'out1', name: '出口', direction: 'out', number: 2 });
export const OUT2: Lane = lane({ id: 'out2', name: '二号出口', direction: 'out', number: 3 });
/** One lane for both ways, with one camera. */
export const BOTH: Lane = lane({ id: 'both1', name: '混合车道', direction: 'both', number: 4, reversible: true });
/** From the outer area into the inner one, and back. */
export const INNER_IN: Lane = lane({ id: 'inner-in', direction: 'in', number: 5, area: 'a2' });
export const INNER_OUT: Lane = lane({ id: 'inner-out', direction: 'out', number: 6, area: 'a2' });
/** Into the area for cards only. */
export const CARDS_IN: Lane = lane({ id: 'cards-in', direction: 'in', number: 7, area: 'a3' });
/** Where a platform may have the word alone. */
export const FAR_IN: Lane = lane({ id: 'far-in', direction: 'in', number: 8 });
export const FAR_OUT: Lane = lane({ id: 'far-out', direction: 'out', number: 9 });
export const FAR_BOTH: Lane = lane({ id: 'far-both', direction: 'both', number: 10, reversible: true });

/** Every lane of this car park. */
export const LANES: readonly Lane[] = [
  ...[IN, OUT, OUT2, BOTH, INNER_IN, INNER_OUT, CARDS_IN],
  ...[FAR_IN, FAR_OUT, FAR_BOTH],
];

export const AREAS: readonly Area[] = [
  { id: 'a1', code: 1, name: '外场', spaces: 90, access: 'all' },
  { id: 'a2', code: 2, name: '内场', spaces: 20, access: 'all', parent: 'a1' },
  { id: 'a3', code: 3, name: '固定车区', spaces: 20, access: 'cards', parent: 'a1' },
];

/** 5 yuan for each begun hour from the first minute: simple enough to be computed by hand in a test. */
export const HOURLY: Tariff = tariffSchema.parse({
  id: 't',
  name: 't',
  rules: [
    { vehicleClasses: ['small', 'medium', 'large'], freeMinutes: 10, followingPeriod: { minutes: 60, feeFen: 500 } },
  ],
});

/** A platform that is asked at the exit for whoever agreed to it. */
export const collector = (id: string): Collector => ({
  ...{ id, via: id, kind: 'agreement' },
  covers: (_bill, _stay, agreement) => agreement !== null,
});

/** A car park in memory around the pure lane machine: it keeps what the events say, and nothing else. */
export class LaneWorld {
  now = Date.UTC(2026, 2, 2, 0, 0, 0);
  readonly stays = new Map<string, Stay>();
  readonly listed = new Map<string, ListEntry>();
  readonly cards = new Map<string, Card>();
  readonly bookings = new Map<string, Booking>();
  readonly visitors = new Map<string, Visitor>();
  readonly debts = new Map<string, Debt>();
  readonly bills = new Map<string, Bill>();
  readonly coupons = new Map<string, Coupon>();
  readonly merchants = new Map<string, Merchant>();
  readonly gaps = new Map<string, Gap>();
  readonly doubts: Doubt[] = [];
  readonly agreements: Agreement[] = [];
  /** Platforms that collect here, in the manager's order. */
  collectors: readonly string[] = ['city'];
  /** Those of them that were asked for the bill that stands there. */
  readonly tried = new Set<string>();
  /** Stays of which a payment may still come. */
  readonly beingPaid = new Set<string>();
  /** Bills for which somebody was asked by itself. */
  readonly askedFor = new Set<string>();
  readonly states = new Map<string, LaneState>();
  readonly events: EventDraft[] = [];
  readonly commands: { readonly lane: string; readonly action: string }[] = [];
  site: Site = siteSchema.parse({ code: '1001', name: '测试', totalSpaces: 100, openSpaces: 90 });
  shiftId: string | null = null;
  /** Who prices every stay in place of the tariff. */
  pricedBy: string | null = null;
  /** The lanes know nothing of each other: what a lane does when nobody told it that its car stands elsewhere. */
  apart = false;
  #pricing: Pricing | undefined;
  readonly #tariff: Tariff;
  #ids = 0;

  constructor(rules: Partial<PassageRules> = {}, tariff: Tariff = HOURLY) {
    this.site = { ...this.site, rules: { ...passageRulesSchema.parse({}), ...rules } };
    this.#tariff = tariff;
  }

  state(lane: Lane): LaneState {
    return this.states.get(lane.id) ?? EMPTY_LANE;
  }

  inside(text: string): Stay | null {
    return (
      [...this.stays.values()].find((stay) => text !== '' && stay.status === 'inside' && stay.plate.text === text) ??
      null
    );
  }

  list(text: string, list: 'black' | 'white', strategy: ListStrategy = 'no-entry'): void {
    this.listed.set(text, {
      id: `list-${text}`,
      list,
      plate: text,
      plateColor: null,
      strategy: list === 'white' ? 'free' : strategy,
      vehicleClass: null,
      validFrom: 0,
      validTo: Number.MAX_SAFE_INTEGER,
      remark: '',
      source: 'test',
      updatedAt: 0,
    });
  }

  arrival(text: string, kind?: Plate['kind']): Arrival {
    const read = kind === undefined ? plate(text) : { ...plate(text), kind };
    return { passageId: `pass${++this.#ids}`, at: this.now, plate: read, confidence: 99, photo: null, direction: null };
  }

  /** A car is read at the lane. */
  car(lane: Lane, text: string, kind?: Plate['kind']): Step {
    return this.must(lane, { type: 'car', arrival: this.arrival(text, kind) });
  }

  must(lane: Lane, input: LaneInput): Step {
    const result = this.feed(lane, input);
    if ('refused' in result) throw new Error(`refused: ${result.refused}`);
    return result;
  }

  feed(lane: Lane, input: LaneInput): StepResult {
    const state = this.state(lane);
    const world = this.world(lane, state, input);
    const result = step(state, input, world);
    if ('refused' in result) return result;
    if (!this.apart) this.#leaveOthers(lane, world);
    this.#take(lane, result);
    return result;
  }

  /** A car cannot stand at two lanes: what the runtime does in the same transaction, before the step itself. */
  #leaveOthers(lane: Lane, { inside, named }: World): void {
    for (const other of LANES) {
      const state = this.state(other);
      const uid = state.passage?.uid;
      if (other.id === lane.id || state.phase === 'cleared' || !uid || ![inside?.uid, named?.uid].includes(uid))
        continue;
      const input: LaneInput = { type: 'gone-elsewhere', laneName: lane.name };
      const left = step(state, input, this.world(other, state, input));
      if (!('refused' in left)) this.#take(other, left);
    }
  }

  #take(lane: Lane, result: Step): void {
    this.states.set(lane.id, result.state);
    for (const event of result.events) this.#keep(event);
    for (const command of result.commands) this.commands.push({ lane: lane.id, action: command.action });
  }

  /** Something that somebody else wrote down: the desk, the registry. */
  tell(event: EventDraft): void {
    this.#keep(event);
  }

  /** What an event means for the tables, written down a second time: `store/apply.ts` is what this stands in for. */
  #keep(event: EventDraft): void {
    this.events.push(event);
    const { body } = event;
    if ('stay' in body && body.stay && event.kind !== 'photo-taken') this.stays.set(body.stay.uid, body.stay);
    if (event.kind === 'bill-issued') this.bills.set(event.body.bill.id, event.body.bill);
    if (event.kind === 'bill-voided') this.bills.delete(event.body.bill.id);
    if (event.kind === 'bill-paid') this.bills.delete(event.body.billId);
    if (event.kind === 'card-changed') this.cards.set(event.body.card.id, event.body.card);
    if (event.kind === 'booking-changed') this.bookings.set(event.body.booking.id, event.body.booking);
    if (event.kind === 'visitor-changed') this.visitors.set(event.body.visitor.id, event.body.visitor);
    if (event.kind === 'debt-changed') this.debts.set(event.body.debt.id, event.body.debt);
    if (event.kind === 'coupon-changed') this.coupons.set(event.body.coupon.id, event.body.coupon);
    if (event.kind === 'merchant-changed') this.merchants.set(event.body.merchant.id, event.body.merchant);
    if (event.kind === 'gap-changed') this.gaps.set(event.body.gap.id, event.body.gap);
  }

  kinds(): string[] {
    return this.events.map((event) => event.kind);
  }

  opens(lane: Lane): number {
    return this.commands.filter((command) => command.lane === lane.id && command.action === 'open').length;
  }

  /** Open cases, by kind. */
  cases(): string[] {
    return this.events.flatMap((event) => (event.kind === 'case-changed' ? [event.body.case.kind] : []));
  }

  world(lane: Lane, state: LaneState, input: LaneInput): World {
    const asked =
      input.type === 'car' ? input.arrival.plate : input.type === 'correct-plate' ? input.plate : state.passage?.plate;
    const text = asked?.text ?? '';
    const identity = input.type === 'identify' ? input.identity : (state.passage?.identity ?? null);
    const cars = [...this.stays.values()].filter((stay) => stay.status === 'inside');
    const inside =
      this.inside(text) ??
      cars.find((stay) => text === '' && input.type !== 'car' && identity !== null && stay.identity === identity) ??
      null;
    const uid = state.passage?.uid;
    const typed = input.type === 'correct-plate' && lane.direction === 'both' && state.phase !== 'cleared';
    const direction =
      (input.type === 'car' ? input.arrival.direction : typed ? null : state.passage?.direction) ??
      state.turned ??
      (lane.direction === 'both' ? (inside ? 'out' : 'in') : lane.direction);
    const near = nearMatches(asked ?? plate(''), direction === 'out' && !inside ? cars : [], (stay) => stay.plate);
    const single = unambiguous(near)?.item ?? null;
    const elsewhere = (uid: string): boolean =>
      LANES.some(({ id }) => {
        const other = this.states.get(id);
        return id !== lane.id && other?.phase !== 'cleared' && other?.passage?.uid === uid;
      });
    const reserved = cars.filter((stay) => stay.terms.quotaId !== null).length;
    const openGap = (kind: Gap['kind']): Gap | null =>
      [...this.gaps.values()].find((gap) => gap.laneId === lane.id && gap.kind === kind && gap.to === null) ?? null;
    this.#pricing ??= new Pricing([this.#tariff], this.site);
    const pricing = this.#pricing;
    return {
      now: this.now,
      site: this.site,
      lane,
      direction,
      area: AREAS.find((area) => area.id === lane.area) ?? null,
      samePlateMs: 60_000,
      registry: this.#facts(text, inside, cars),
      factsOf: (of, stay) => this.#facts(of.text, stay, cars),
      quotas: new Map(
        this.site.quotas.map((quota) => [quota.id, cars.filter((stay) => stay.terms.quotaId === quota.id).length]),
      ),
      inside,
      current: uid ? (this.stays.get(uid) ?? null) : null,
      named: input.type === 'pick-stay' ? (this.stays.get(input.uid) ?? null) : null,
      accountOf: (stay, fixedFen, outsideFen) =>
        pricing.account(stay, {
          at: this.now,
          tariffId: lane.tariff,
          card: this.cards.get(stay.terms.id ?? '') ?? null,
          coupons: discountsFor(stay, [...this.coupons.values()], this.now, (id) => this.merchants.get(id)),
          fixedFen,
          ...(this.pricedBy !== null && { outside: { platform: this.pricedBy, chargeFen: outsideFen } }),
        }),
      pricedBy: this.pricedBy,
      card: (id) => this.cards.get(id ?? '') ?? null,
      stay: (id) => this.stays.get(id) ?? null,
      doubts: (stay) =>
        [...stay.doubts, ...this.doubts].filter((doubt) => stay.reviewedAt === null || doubt.at > stay.reviewedAt),
      openBill: (id) => [...this.bills.values()].find((bill) => bill.uid === id) ?? null,
      isBeingPaid: (id) => this.beingPaid.has(id),
      wasAskedFor: (id) => this.askedFor.has(id),
      departurePay: (stay, bill) =>
        departurePayOf(
          this.agreements.filter((each) => each.plate === stay.plate.text),
          { stay, bill, collectors: this.collectors.map(collector), tried: this.tried, now: this.now },
        ),
      paymentsOf: (id) => this.#paymentsOf(id),
      openDebts: (id) => [...this.debts.values()].filter((each) => each.uid === id && each.state === 'open'),
      couponsSpent: (of) =>
        spendCoupons(
          of,
          (id) => this.coupons.get(id),
          (id) => this.merchants.get(id),
          this.now,
        ),
      onCard: (id) => cars.filter((stay) => stay.terms.id === id),
      candidates: near.map(({ item, cost }) => ({ uid: item.uid, plate: item.plate.text, cost })),
      unambiguous:
        single?.terms.kind === 'temporary' && single.terms.id === null && !elsewhere(single.uid) ? single : null,
      leftJustNow:
        [...this.stays.values()].find(
          (stay) =>
            text !== '' && stay.plate.text === text && stay.exitedAt !== null && this.now - stay.exitedAt <= 600_000,
        ) ?? null,
      vehicleClass: 'small',
      classInside: cars.length,
      areaInside: cars.filter((stay) => stay.areaId === lane.area).length,
      spaces: {
        total: this.site.totalSpaces,
        open: this.site.openSpaces,
        inside: cars.length,
        free: Math.max(0, this.site.openSpaces - (cars.length - reserved)),
      },
      reservedInside: reserved,
      shiftId: this.shiftId,
      cashRefused: () => (this.site.rules.shiftRequired && this.shiftId === null ? 'shift-required' : null),
      openGap: openGap('held-open'),
      entrance: { id: IN.id, name: IN.name, number: IN.number },
      newUid: `uid${++this.#ids}`,
      virtualPlate: `W${++this.#ids}`,
      freshPhotoId: null,
      newId: (prefix) => `${prefix}${++this.#ids}`,
    };
  }

  /** What was paid for a stay, and the debts that were paid with its bills, from the events alone. */
  #paymentsOf(uid: string): StayPayment[] {
    const back = new Set(this.events.flatMap((each) => (each.kind === 'payment-reversed' ? [each.body.billId] : [])));
    const paid = this.events.flatMap((each) => (each.kind === 'bill-paid' ? [each] : []));
    const own = paid.filter(({ body }) => body.stay.uid === uid && body.debtId === null).map(({ body }) => body.billId);
    const withBill = (billId: string): boolean => own.some((id) => billId.startsWith(`${id}-a`));
    return paid
      .filter(({ body }) => !back.has(body.billId) && (body.stay.uid === uid || withBill(body.billId)))
      .map(({ body, actor }) => ({
        ...{ billId: body.billId, attemptId: body.attemptId, method: body.method, scene: body.scene, via: body.via },
        ...{ paidFen: body.paidFen, discounts: body.discounts, reference: body.reference, paidAt: body.paidAt },
        ...{ collector: actor.name, debtId: body.debtId },
      }));
  }

  #facts(text: string, inside: Stay | null, cars: readonly Stay[]): PlateFacts {
    const entries = [...this.listed.values()].filter(
      (entry) => entry.plate === text && entry.validFrom <= this.now && this.now <= entry.validTo,
    );
    const cards = [...this.cards.values()].filter((card) => card.state !== 'cancelled' && card.plates.includes(text));
    const others = (id: string): number =>
      cars.filter(({ terms, uid }) => terms.kind === 'card' && terms.id === id && uid !== inside?.uid).length;
    return {
      black: entries.find((entry) => entry.list === 'black') ?? null,
      white: entries.find((entry) => entry.list === 'white') ?? null,
      cards,
      onCard: new Map(cards.map((card) => [card.id, others(card.id)])),
      bookings: [...this.bookings.values()].filter((each) => each.plate === text),
      visitors: [...this.visitors.values()].filter((each) => each.plate === text),
      debts: [...this.debts.values()].filter(
        (each) => each.plate === text && each.state === 'open' && isDue(each, this.now),
      ),
    };
  }
}
