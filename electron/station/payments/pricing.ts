import { type Calendar, EMPTY_CALENDAR } from '../../../shared/domain/calendar.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import type { Card, Discount } from '../../../shared/domain/registry.ts';
import type { Site } from '../../../shared/domain/site.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { Fee, FeeStep, Tariff } from '../../../shared/domain/tariff.ts';
import { type EpochMs, shanghaiDateTime, toRfc3339 } from '../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import type { TariffBook } from '../tariff/book.ts';
import { minutesOf, priceStay } from '../tariff/price-stay.ts';
import { type Account, accountOf, openFen, settledFen } from './bills.ts';
import { coverageOf, type Span, uncovered } from './coverage.ts';
import { applyDiscounts } from './discounts.ts';
import { isTheirGrant, type OutsidePrice, outsideFee, withMinutesOff } from './outside-fee.ts';

/** What the price of a stay depends on besides the stay. */
export interface PriceFacts {
  readonly at: EpochMs;
  /** The tariff that the lane names, if it does. */
  readonly tariffId: string | undefined;
  /** The card that the stay is on, as it is now. */
  readonly card: Card | null;
  /** Discounts that wait for a bill besides those granted to the stay itself: the coupons of its plate. */
  readonly coupons: readonly Discount[];
  /** A fee set by a person, in place of the tariff's. */
  readonly fixedFen: number | null;
  /** Somebody else prices every stay (第三方计费), in place of our tariffs. */
  readonly outside?: OutsidePrice | undefined;
}

/** Which tariff counts for a stay, and what it comes to. Pure but for the tariffs and the calendar that are in force. */
export class Pricing {
  #tariffs: readonly Tariff[];
  #calendar: Calendar;
  readonly #site: Site;

  constructor(tariffs: readonly Tariff[], site: Site, calendar: Calendar = EMPTY_CALENDAR) {
    this.#tariffs = tariffs;
    this.#site = site;
    this.#calendar = calendar;
  }

  /** Other tariffs, or another calendar, were published. A stay keeps the rule of its entry where the tariff says so. */
  publish(tariffs: readonly Tariff[], calendar: Calendar): void {
    this.#tariffs = tariffs;
    this.#calendar = calendar;
  }

  /** Every version that was ever published. */
  all(): readonly Tariff[] {
    return this.#tariffs;
  }

  calendar(): Calendar {
    return this.#calendar;
  }

  book(tariffId?: string): TariffBook {
    const book = {
      tariffs: this.#tariffs,
      calendar: this.#calendar,
      defaultVehicleClass: this.#site.defaultVehicleClass,
    };
    return tariffId === undefined ? book : { ...book, tariffId };
  }

  /** The fee of a whole stay up to `at` as though its first payment came then: what other tariffs are compared by. */
  unpaidFee(stay: Stay, at: EpochMs, tariffId: string | undefined): Fee | null {
    return this.#feeAt({ ...stay, lastPaidAt: null }, at, { at, tariffId, card: null, coupons: [], fixedFen: null });
  }

  /** What a stay comes to now: fee, discounts, what was paid, what is due. `null` when nothing prices it. */
  account(stay: Stay, facts: PriceFacts): Account | null {
    const grace = stay.lastPaidAt === null ? null : stay.lastPaidAt + this.#site.rules.graceMinutes * 60_000;
    const inGrace = grace !== null && facts.at <= grace && facts.at >= (stay.lastPaidAt ?? 0);
    const until = inGrace ? (stay.lastPaidAt ?? facts.at) : facts.at;
    const outside = facts.fixedFen === null ? facts.outside : undefined;
    const fee = outside ? this.#outside(stay, until, facts, { ...outside, inGrace }) : this.#feeAt(stay, until, facts);
    if (!fee) return null;
    const open = inGrace ? 0 : openFen(stay, fee);
    const { discountOrder, discountStacking } = this.#site.rules;
    const granted = [...stay.discounts, ...facts.coupons];
    const discounts = applyDiscounts(
      open,
      outside ? granted.filter((discount) => !isTheirGrant(discount, outside.platform)) : granted,
      { order: discountOrder, stacking: discountStacking },
      (minutes) =>
        outside ? withMinutesOff(stay, facts.at, open, minutes) : this.#openWithMinutesOff(stay, open, minutes, facts),
    );
    return accountOf(stay, fee, open, discounts, inGrace ? grace : null);
  }

  /** What a card, a booking or a visit covers whole costs nothing, and within the time to leave nothing more is due: nobody is asked. */
  #outside(
    stay: Stay,
    at: EpochMs,
    facts: PriceFacts,
    { platform, chargeFen, inGrace }: OutsidePrice & { readonly inGrace: boolean },
  ): Fee | null {
    const covered = coverageOf(stay, facts.card, this.#site.rules, at);
    if (covered && uncovered({ from: stay.enteredAt, to: at }, covered).length === 0)
      return this.#feeAt(stay, at, facts);
    const charge = inGrace ? settledFen(stay) : chargeFen;
    return charge === null ? null : outsideFee(stay, at, charge, platform);
  }

  #openWithMinutesOff(stay: Stay, open: number, minutes: number, facts: PriceFacts): number {
    const at = facts.at - minutes * 60_000;
    const fee = at <= stay.enteredAt ? null : this.#feeAt(stay, at, facts);
    return fee ? Math.min(open, openFen(stay, fee)) : 0;
  }

  /** The whole stay up to `at`: its covered part costs nothing, and each part that is not covered is priced as a stay. */
  #feeAt(stay: Stay, at: EpochMs, facts: PriceFacts): Fee | null {
    if (facts.fixedFen !== null) return fixedFee(stay, at, facts.fixedFen);
    const covered = coverageOf(stay, facts.card, this.#site.rules, at);
    if (!covered) return this.#price(stay, { from: stay.enteredAt, to: at }, facts, stay.lastPaidAt);
    const spans = uncovered({ from: stay.enteredAt, to: at }, covered);
    const fees: Fee[] = [];
    for (const span of spans) {
      const fee = this.#price(stay, span, facts, null);
      if (!fee) return null;
      fees.push(fee);
    }
    return {
      tariffId: fees[0]?.tariffId ?? facts.tariffId ?? 'covered',
      vehicleClass: stay.vehicleClass,
      minutes: minutesOf(stay.enteredAt, at),
      feeFen: fees.reduce((sum, fee) => sum + fee.feeFen, 0),
      steps: [coveredStep(stay, covered), ...fees.flatMap((fee) => fee.steps)].sort((a, b) =>
        a.from < b.from ? -1 : a.from > b.from ? 1 : 0,
      ),
    };
  }

  #price(stay: Stay, span: Span, facts: PriceFacts, lastPaidAt: EpochMs | null): Fee | null {
    return priceStay(this.book(facts.tariffId), {
      enteredAt: span.from,
      exitedAt: span.to,
      vehicleClass: stay.vehicleClass,
      plate: stay.plate,
      cardType: stay.terms.kind === 'temporary' ? 'temporary' : (stay.terms.cardType ?? stay.terms.kind),
      areaId: stay.segments[0]?.areaId ?? stay.areaId ?? undefined,
      segments: stay.segments.slice(1).map(({ areaId, from, to }) => ({ areaId, from, to: to ?? span.to })),
      lastPaidAt,
    });
  }

  /** Size by plate. Its colour counts before the kind that its characters make it, except for trainers: yellow, and small cars. */
  vehicleClassOf({ kind, color }: Plate): VehicleClass {
    if (kind === 'trainer') return 'small';
    if (color === 'yellow' || color === 'yellow-green') return 'large';
    if (color === 'blue' || color === 'green') return 'small';
    if (kind === 'new-energy-large') return 'large';
    return this.#site.defaultVehicleClass;
  }
}

const KIND_WORDS = {
  card: '固定车',
  booking: '预约车',
  visitor: '访客车',
  whitelist: '白名单',
  free: '免费通行',
} as const;

function coveredStep(stay: Stay, { from, to }: Span): FeeStep {
  const { kind } = stay.terms;
  // A card that was renewed while the car stood inside covers a stay that began without it.
  const words = KIND_WORDS[kind === 'temporary' ? 'card' : kind];
  return {
    kind: 'covered',
    day: 1,
    from: toRfc3339(from),
    to: toRfc3339(to),
    minutes: Math.floor((to - from) / 60_000),
    units: 0,
    unitFen: 0,
    amountFen: 0,
    text: `${words}有效时段 ${shanghaiDateTime(from)} 至 ${shanghaiDateTime(to)}，不收费`,
  };
}

function fixedFee(stay: Stay, at: EpochMs, feeFen: number): Fee {
  const minutes = minutesOf(stay.enteredAt, at);
  const step: FeeStep = {
    kind: 'fixed',
    day: 1,
    from: toRfc3339(stay.enteredAt),
    to: toRfc3339(at),
    minutes,
    units: 1,
    unitFen: feeFen,
    amountFen: feeFen,
    text: '按核定金额收费，不按时长计算',
  };
  return { tariffId: 'fixed', vehicleClass: stay.vehicleClass, minutes, feeFen, steps: [step] };
}
