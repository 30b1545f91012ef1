import { doubtOf, unsettled } from '../../../shared/domain/doubts.ts';
import type { Bill } from '../../../shared/domain/money-flow.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import { nearMatches, unambiguous } from '../../../shared/domain/plate-match.ts';
import type { Agreement } from '../../../shared/domain/registry.ts';
import type { Area, Lane, LaneDirection, Site, Spaces } from '../../../shared/domain/site.ts';
import type { Doubt, LaneRef, Stay } from '../../../shared/domain/stay.ts';
import { type EpochMs, shanghaiCompact } from '../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import type { ChangeDesk } from '../payments/change-order.ts';
import { discountsFor, spendCoupons } from '../payments/coupons.ts';
import { cardOf } from '../payments/coverage.ts';
import { type Collector, departurePayOf, isBeingPaid, triedFor } from '../payments/departure-pay.ts';
import type { ExternalPrices } from '../payments/external-prices.ts';
import { prepaidFor, spendPrepaid } from '../payments/prepaid.ts';
import type { Pricing } from '../payments/pricing.ts';
import { paymentOfRow } from '../payments/stay-payments.ts';
import type { Clock, Ids } from '../runtime/ports.ts';
import { currentShift, refusesCash } from '../shifts/till.ts';
import type { Repositories } from '../store/repositories.ts';
import type { InsideCount } from '../store/stay-store.ts';
import { awaitsWord } from './authority.ts';
import type { GateKeeper } from './gate-keeper.ts';
import { isReadable } from './rules.ts';
import type { LaneState } from './state.ts';
import type { LaneInput, World } from './step.ts';
import { type PlateFacts, UNKNOWN_PLATE } from './terms.ts';

/** Near plates shown to the attendant. */
const MAX_CANDIDATES = 12;

export interface LookDeps {
  readonly read: Repositories;
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: Ids;
  readonly site: Site;
  readonly areas: readonly Area[];
  readonly lanes: readonly Lane[];
  readonly pricing: Pricing;
  /** Who prices every stay in place of our tariffs, if somebody does. */
  readonly prices?: Pick<ExternalPrices, 'platform' | 'known' | 'ask'>;
  /** The channels by which is collected here, in the manager's order. */
  readonly collectors: () => readonly Collector[];
  /** Absent: nobody looks at an arm. */
  readonly gates?: Pick<GateKeeper, 'closesItself'>;
  /** Where change is paid out; absent: nowhere. */
  readonly change?: ChangeDesk | undefined;
}

/**
 * Looks up what a decision may depend on, for the car in question. Everything is read through indexes by the car's plate, id or
 * stay: it runs on the path from plate to barrier.
 */
export class Look {
  readonly #deps: LookDeps;

  constructor(deps: LookDeps) {
    this.#deps = deps;
  }

  spaces(): Spaces {
    const { site, read } = this.#deps;
    const inside = read.stays.countInside();
    const taken = Math.max(0, inside - this.#reserved());
    return { total: site.totalSpaces, open: site.openSpaces, free: Math.max(0, site.openSpaces - taken), inside };
  }

  /** Which way a car goes: as the lane is set, turned, or for both ways as the camera or the stays tell. */
  direction(lane: Lane, state: LaneState, plate: Plate | undefined, cameraId: string | null): LaneDirection {
    if (state.turned) return state.turned;
    if (lane.direction !== 'both') return lane.direction;
    if (cameraId !== null && lane.exitCamera !== undefined) return cameraId === lane.exitCamera ? 'out' : 'in';
    if (!plate || !isReadable(plate)) return 'in';
    const { read, clock, site } = this.#deps;
    const justNow = (at: EpochMs): boolean => Math.abs(clock.now() - at) < site.samePlateSeconds * 1000;
    const inside = read.stays.inside(plate.text);
    // Read from behind on its way in: still the entry. And the other way round.
    if (inside) return inside.entryLane.id === lane.id && justNow(inside.enteredAt) ? 'in' : 'out';
    const last = read.stays.lastOf(plate.text);
    return last?.exitLane?.id === lane.id && last.exitedAt !== null && justNow(last.exitedAt) ? 'out' : 'in';
  }

  /** The passage in which the car with this plate went in or out here just now, if it did. */
  justPassed(lane: Lane, plate: Plate): string | null {
    if (!isReadable(plate)) return null;
    const { read, clock, site } = this.#deps;
    const justNow = (at: EpochMs): boolean => Math.abs(clock.now() - at) < site.samePlateSeconds * 1000;
    const inside = read.stays.inside(plate.text);
    if (inside) return inside.entryLane.id === lane.id && justNow(inside.enteredAt) ? inside.entryRecordId : null;
    const last = read.stays.lastOf(plate.text);
    const hasLeft = last?.exitLane?.id === lane.id && last.exitedAt !== null && justNow(last.exitedAt);
    return hasLeft ? last.exitRecordId : null;
  }

  world(lane: Lane, state: LaneState, input: LaneInput, freshPhotoId: string | null = null): World {
    const { clock, site, ids, read } = this.#deps;
    const now = clock.now();
    // A loop decides nothing about a car, unless one waits for it to go, or goes by the hand of a person.
    const plate = NOT_ABOUT_A_CAR.has(input.type) && !awaitsWord(state) ? undefined : plateOf(state, input);
    const identity = input.type === 'identify' ? input.identity : (state.passage?.identity ?? null);
    const direction = this.#directionOf(lane, state, input, plate);
    const inside = this.#inside(plate, identity, input);
    const at = input.type === 'car' ? input.arrival.at : (state.passage?.startedAt ?? now);
    const area = this.#deps.areas.find((each) => each.id === lane.area) ?? null;
    const uid = state.passage?.uid;
    const near = direction === 'out' && !inside && plate && isReadable(plate) ? this.#near(plate) : NO_NEAR;
    const counts = read.stays.counts();
    const vehicleClass = this.#classOf(plate, now);
    return {
      now,
      site,
      lane,
      direction,
      area,
      samePlateMs: site.samePlateSeconds * 1000,
      closesItself: this.#deps.gates?.closesItself(lane) ?? false,
      registry: this.#registry(plate, inside, now),
      factsOf: (of, stay) => this.#registry(of, stay, now),
      quotas: new Map(site.quotas.map(({ id }) => [id, sum(counts, (count) => count.quotaId === id)])),
      inside,
      current: uid ? (read.stays.get(uid) ?? null) : null,
      named: input.type === 'pick-stay' ? (read.stays.get(input.uid) ?? null) : null,
      accountOf: (stay, fixedFen, outsideFen) => this.account(stay, now, lane.tariff, { fixedFen, outsideFen }),
      pricedBy: this.#deps.prices?.platform ?? null,
      card: (id) => (id === null ? null : (read.cards.get(id) ?? null)),
      stay: (id) => read.stays.get(id) ?? null,
      doubts: (stay) => this.doubts(stay, now),
      openBill: (id) => read.bills.open(id) ?? null,
      paymentsOf: (id) => read.payments.withBillsOf(id).map(paymentOfRow),
      isBeingPaid: (id) => isBeingPaid(read, id),
      wasAskedFor: (id) => read.attempts.ofBill(id).some(({ kind }) => kind === 'agreement'),
      departurePay: (stay, bill) => this.#departurePay(stay, bill, now),
      openDebts: (id) => read.debts.ofStay(id).filter((debt) => debt.state === 'open'),
      couponsSpent: (of) => ({
        ...spendCoupons(
          of,
          (id) => read.coupons.get(id),
          (id) => read.merchants.get(id),
          now,
        ),
        bookings: spendPrepaid(read.stays.get(of.uid), of, (id) => read.bookings.get(id), now),
      }),
      onCard: (id) => read.stays.insideOnTerms(id),
      ...near,
      leftJustNow: direction === 'out' && !inside && plate ? this.#leftJustNow(plate, lane, now) : null,
      vehicleClass,
      classInside: sum(counts, (count) => count.vehicleClass === vehicleClass),
      areaInside: sum(counts, (count) => count.areaId === lane.area) + read.stays.correction(lane.area),
      spaces: this.spaces(),
      reservedInside: this.#reserved(),
      shiftId: currentShift(read, lane.booth ?? '')?.id ?? null,
      cashRefused: (cashier) =>
        refusesCash(read, lane.booth ?? '', { cashier, shiftRequired: site.rules.shiftRequired }),
      change: this.#deps.change,
      openGap: read.gaps.open(lane.id, 'held-open') ?? null,
      entrance: this.#entrance(lane),
      newUid: this.newUid(lane, at),
      virtualPlate: this.#virtualPlate(lane, at),
      freshPhotoId,
      newId: (prefix) => ids.next(prefix),
    };
  }

  /** What a car inside comes to, priced as the exit will. */
  accountInside(stay: Stay, at: EpochMs) {
    const outsideFen = this.#deps.prices?.known(stay) ?? null;
    // Nobody at the kerb drives past an exit.
    const tariffId = stay.berth === null ? this.#exitTariff() : undefined;
    return this.account(stay, at, tariffId, { fixedFen: null, outsideFen });
  }

  /** A tariff that every exit names is the one the driver will meet; where they differ nobody can know, and the park's counts. */
  #exitTariff(): string | undefined {
    const named = new Set(this.#deps.lanes.filter((lane) => lane.direction !== 'in').map((lane) => lane.tariff));
    return named.size === 1 ? [...named][0] : undefined;
  }

  /** What a stay comes to at an instant, with the coupons of its plate and the card it is on. */
  account(
    stay: Stay,
    at: EpochMs,
    tariffId: string | undefined,
    set: { readonly fixedFen: number | null; readonly outsideFen: number | null },
  ) {
    const { read, pricing, prices } = this.#deps;
    const { fixedFen, outsideFen: chargeFen } = set;
    const platform = prices?.platform ?? null;
    const outside = platform === null ? undefined : { platform, chargeFen };
    const coupons = discountsFor(stay, read.coupons.given(stay.plate.text), at, (id) => read.merchants.get(id));
    const cardId = cardOf(stay.terms);
    const card = cardId === null ? null : (read.cards.get(cardId) ?? null);
    const prepaid = prepaidFor(stay, (id) => read.bookings.get(id));
    return pricing.account(stay, { at, tariffId, card, coupons: [...coupons, ...prepaid], fixedFen, outside });
  }

  /** Doubts about a stay that nobody has looked at: its own, and the times in which cars passed an exit unseen. */
  doubts(stay: Stay, now: EpochMs): Doubt[] {
    const { read, site } = this.#deps;
    const known = read.gaps.overlapping(stay.reviewedAt ?? stay.enteredAt, now);
    const { own, gaps } = unsettled(stay, known, { now, cameraDownMinutes: site.rules.cameraDownMinutes });
    return [...own, ...gaps.map((gap) => doubtOf(gap, (id) => this.#laneName(id)))];
  }

  /** Site code + entrance number + time to the millisecond; moved on until nobody has it (Qingdao D18). */
  newUid(lane: Lane, at: EpochMs): string {
    for (let moment = at; ; moment += 1) {
      const uid = `${this.#deps.site.code}${lane.number}${shanghaiCompact(moment)}`;
      if (!this.#deps.read.stays.get(uid)) return uid;
    }
  }

  #virtualPlate(lane: Lane, at: EpochMs): string {
    for (let moment = at; ; moment += 1000) {
      const text = `W${lane.number}${shanghaiCompact(moment).slice(2, 14)}`;
      if (!this.#deps.read.stays.insideIdentity(text)) return text;
    }
  }

  #directionOf(lane: Lane, state: LaneState, input: LaneInput, plate: Plate | undefined): LaneDirection {
    if (input.type === 'car' && input.arrival.direction) return input.arrival.direction;
    // Without a plate nobody could tell the way: the plate that a person types does, and what a driver scans.
    const untold = lane.direction === 'both' && !lane.exitCamera && state.phase !== 'cleared';
    if (input.type === 'identify' && untold && !state.turned)
      return this.#deps.read.stays.insideIdentity(input.identity) ? 'out' : 'in';
    const told = input.type === 'correct-plate' && untold;
    // Before the next car is known, what happens at the lane happens to the present one.
    if (input.type !== 'car' && !told && state.passage?.direction) return state.passage.direction;
    return this.direction(lane, state, plate, null);
  }

  #inside(plate: Plate | undefined, identity: string | null, input: LaneInput): Stay | null {
    const { stays } = this.#deps.read;
    if (plate && isReadable(plate)) return stays.inside(plate.text) ?? null;
    if (identity !== null && input.type !== 'car') return stays.insideIdentity(identity) ?? null;
    return null;
  }

  #registry(plate: Plate | undefined, inside: Stay | null, now: EpochMs): PlateFacts {
    if (!plate || !isReadable(plate)) return UNKNOWN_PLATE;
    const { read } = this.#deps;
    const cards = read.cards.ofPlate(plate.text);
    const others = (id: string): number =>
      read.stays.insideOnTerms(id).filter((stay) => stay.terms.kind === 'card' && stay.uid !== inside?.uid).length;
    return {
      ...read.lists.valid(plate, now),
      cards,
      onCard: new Map(cards.map((card) => [card.id, others(card.id)])),
      bookings: read.bookings.ofPlate(plate.text, now),
      visitors: read.visitors.ofPlate(plate.text, now),
      debts: read.debts.due(plate.text, now),
    };
  }

  #departurePay(stay: Stay, bill: Bill, now: EpochMs): Agreement | null {
    const { read, collectors } = this.#deps;
    const agreements = read.agreements.ofPlate(stay.plate.text);
    if (agreements.length === 0) return null;
    const tried = triedFor(read, stay.uid);
    return departurePayOf(agreements, { stay, bill, collectors: collectors(), tried, now });
  }

  #near(plate: Plate): Pick<World, 'candidates' | 'unambiguous'> {
    const { read } = this.#deps;
    const found = nearMatches(
      plate,
      read.stays.insideTexts(),
      (text) => ({ text: text.plate, color: 'unknown', kind: 'ordinary' }),
      { limit: MAX_CANDIDATES },
    );
    const single = unambiguous(found);
    const stay = single && read.stays.get(single.item.uid);
    // Only a temporary car's stay is taken without asking: whoever stands on a card or a list is never guessed.
    const alone = stay?.terms.kind === 'temporary' && stay.terms.id === null ? stay : null;
    return {
      candidates: found.map(({ item, cost }) => ({ uid: item.uid, plate: item.plate, cost })),
      unambiguous: alone,
    };
  }

  #leftJustNow(plate: Plate, lane: Lane, now: EpochMs): Stay | null {
    const { rules, samePlateSeconds } = this.#deps.site;
    const last = isReadable(plate) ? this.#deps.read.stays.lastOf(plate.text) : undefined;
    if (last?.exitedAt == null) return null;
    const here = last.exitLane?.id === lane.id ? samePlateSeconds * 1000 : 0;
    return now - last.exitedAt <= Math.max(rules.seenAgainMinutes * 60_000, here) ? last : null;
  }

  #classOf(plate: Plate | undefined, now: EpochMs): VehicleClass {
    const { read, pricing, site } = this.#deps;
    if (!plate || !isReadable(plate)) return site.defaultVehicleClass;
    const told = read.cards.ofPlate(plate.text)[0]?.vehicleClass ?? read.lists.valid(plate, now).white?.vehicleClass;
    return told ?? pricing.vehicleClassOf(plate);
  }

  #entrance(lane: Lane): LaneRef {
    const { lanes } = this.#deps;
    const found =
      lanes.find((each) => each.direction !== 'out' && each.area === lane.area) ??
      lanes.find((each) => each.direction !== 'out') ??
      lane;
    return { id: found.id, name: found.name, number: found.number };
  }

  #laneName(id: string): string {
    return this.#deps.lanes.find((lane) => lane.id === id)?.name ?? id;
  }

  #reserved(): number {
    const { site, read } = this.#deps;
    if (site.quotas.length === 0) return 0;
    return sum(read.stays.counts(), (count) => site.quotas.some((quota) => quota.id === count.quotaId));
  }
}

/** Inputs that decide nothing about a car: what is known of its plate is not looked up for them. */
const NOT_ABOUT_A_CAR: ReadonlySet<LaneInput['type']> = new Set([
  'gate-answered',
  'gate-lost',
  'safety-loop',
  'trigger-loop',
  'presence-timeout',
  'pictured',
  'picture-came',
  'cleared-timeout',
  'asked-again',
]);

const NO_NEAR: Pick<World, 'candidates' | 'unambiguous'> = Object.freeze({ candidates: [], unambiguous: null });

function plateOf(state: LaneState, input: LaneInput): Plate | undefined {
  if (input.type === 'car') return input.arrival.plate;
  if (input.type === 'correct-plate') return input.plate;
  return state.passage?.plate;
}

function sum(counts: readonly InsideCount[], which: (count: InsideCount) => boolean): number {
  return counts.reduce((total, count) => (which(count) ? total + count.cars : total), 0);
}
