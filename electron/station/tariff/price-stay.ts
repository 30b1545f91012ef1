import { MAX_FEN } from '../../../shared/domain/money.ts';
import type { Fee, FeeStep, Tariff } from '../../../shared/domain/tariff.ts';
import { type EpochMs, toRfc3339 } from '../../../shared/domain/time.ts';
import { type Choice, choose, chooseOwn, effectiveAt, type RuleSubject, ruleIn, type TariffBook } from './book.ts';
import { wallMinute } from './days.ts';
import { toSteps } from './explain/draft.ts';
import { remembered } from './memo.ts';
import { limitDrafts, type Part, pricePart } from './part.ts';
import { type Plan, planOf } from './plan.ts';
import type { Hole } from './slices.ts';

/** A stay as far as its price depends on it. */
export interface StayToPrice extends RuleSubject {
  readonly enteredAt: EpochMs;
  readonly exitedAt: EpochMs;
  /** The area the car came into; where it was later stands in `segments`. */
  readonly areaId?: string | undefined;
  /** Time spent in areas within the area, in order. What has no price of its own there belongs to the surrounding area. */
  readonly segments?: readonly { readonly areaId: string; readonly from: EpochMs; readonly to: EpochMs }[] | undefined;
  /** The last payment, once its grace has passed; `null` or absent: none, or still within it. */
  readonly lastPaidAt?: EpochMs | null | undefined;
}

/** A part with its place in the stay: `from` in minutes since the entry. */
interface PlacedPart extends Part {
  readonly from: number;
  readonly minutes: number;
  readonly tariff: Tariff;
}

/** Whole minutes of a stay: seconds dropped, but any stay counts as one; an exit before the entry (a clock was set) as none. */
export const minutesOf = (enteredAt: EpochMs, exitedAt: EpochMs): number =>
  exitedAt > enteredAt ? Math.max(1, Math.floor((exitedAt - enteredAt) / 60_000)) : 0;

/**
 * The fee of a stay and how it came about; `null` when nothing prices it. Pure.
 *
 * A stay is priced by the rule in force at its entry, up to its exit or to the moment from which a later version says that cars
 * inside go over to it (`onChange: split`); what follows counts as a new stay without free minutes. Each visit to an area with a
 * price of its own is a stay of that area, and no time of the surrounding one.
 *
 * With `afterGrace: from-payment` a stay that has been paid is priced from that payment on, and says so in {@link Fee.since};
 * the rule then is the one in force at the payment.
 */
export function priceStay(book: TariffBook, stay: StayToPrice): Fee | null {
  const entry = choose(book, stay, stay.areaId, stay.enteredAt);
  const paidAt = stay.lastPaidAt ?? null;
  if (entry?.tariff.afterGrace !== 'from-payment' || paidAt === null || paidAt <= stay.enteredAt)
    return priceFrom(book, stay, entry, true);
  const rest = { ...stay, enteredAt: paidAt };
  const fee = priceFrom(book, rest, choose(book, rest, stay.areaId, paidAt), entry.tariff.freeAfterPayment === true);
  return fee && { ...fee, since: toRfc3339(paidAt) };
}

function priceFrom(book: TariffBook, stay: StayToPrice, base: Choice | null, withFree: boolean): Fee | null {
  const minutes = minutesOf(stay.enteredAt, stay.exitedAt);
  const visits = visitsOf(book, stay, base, minutes);
  const parts = base ? [...priceSpan(book, stay, base, { from: 0, to: minutes }, visits, withFree)] : [];
  for (const visit of visits) parts.push(...priceSpan(book, stay, visit.choice, visit, [], withFree));
  const main = base ?? visits[0]?.choice;
  return main ? feeOf(main, stay.enteredAt, minutes, parts) : null;
}

interface Visit extends Hole {
  readonly choice: Choice;
}

/** The stays in areas with a price of their own, in order and without overlap. */
function visitsOf(book: TariffBook, stay: StayToPrice, base: Choice | null, minutes: number): Visit[] {
  const visits: Visit[] = [];
  let reached = 0;
  for (const segment of (stay.segments ?? []).toSorted((a, b) => a.from - b.from)) {
    const from = Math.max(reached, offsetOf(stay.enteredAt, segment.from));
    const to = Math.min(minutes, offsetOf(stay.enteredAt, segment.to));
    if (to <= from || segment.areaId === stay.areaId) continue;
    const choice = chooseOwn(book, stay, segment.areaId, Math.max(segment.from, stay.enteredAt));
    if (!choice || choice.rule === base?.rule) continue;
    visits.push({ from, to, choice });
    reached = to;
  }
  return visits;
}

/** Minutes from the entry to an instant, on the clock that shows no seconds. */
const offsetOf = (enteredAt: EpochMs, at: EpochMs): number => wallMinute(at) - wallMinute(enteredAt);

/** Prices a span of a stay under a rule and the versions that replace it within. */
function* priceSpan(
  book: TariffBook,
  stay: StayToPrice,
  choice: Choice,
  span: Hole,
  holes: readonly Hole[],
  withFree: boolean,
): Generator<PlacedPart> {
  const laps = lapsOf(book, stay, choice, span);
  for (const [index, lap] of laps.entries()) {
    const to = laps[index + 1]?.from ?? span.to;
    const plan = planOf(lap.rule, lap.vehicleClass);
    const inside = holes
      .map((hole) => ({ from: Math.max(hole.from, lap.from) - lap.from, to: Math.min(hole.to, to) - lap.from }))
      .filter((hole) => hole.to > hole.from);
    const place = { entry: wallMinute(stay.enteredAt) + lap.from, minutes: to - lap.from, calendar: book.calendar };
    const part = pricePart(lap.tariff, withFree && index === 0 ? plan : withoutFree(plan), place, inside);
    yield { ...part, from: lap.from, minutes: place.minutes, tariff: lap.tariff };
  }
}

type Lap = Pick<Choice, 'tariff' | 'rule' | 'vehicleClass'> & { readonly from: number };

/** The rule of the beginning, and each later version that takes cars inside over. */
function lapsOf(book: TariffBook, stay: StayToPrice, choice: Choice, span: Hole): Lap[] {
  const laps: Lap[] = [{ ...choice, from: span.from }];
  for (const tariff of choice.versions) {
    if (tariff.onChange !== 'split' || effectiveAt(tariff) <= Math.max(stay.enteredAt, effectiveAt(choice.tariff)))
      continue;
    const from = offsetOf(stay.enteredAt, effectiveAt(tariff));
    if (from < span.from || from >= span.to) continue;
    const found = ruleIn(tariff, stay, choice.areaId, book.defaultVehicleClass);
    if (!found) continue;
    if (laps.at(-1)?.from === from) laps.pop();
    laps.push({ ...found, tariff, from });
  }
  return laps;
}

const withoutFree = remembered((plan: Plan): Plan => ({ ...plan, free: { ...plan.free, minutes: 0 } }));

const label = ({ id, version }: Tariff): string => (version === undefined ? id : `${id}@${version}`);

/** The parts of a stay as one fee. */
export function feeOf(
  main: Pick<Choice, 'tariff' | 'vehicleClass'>,
  enteredAt: EpochMs,
  minutes: number,
  parts: readonly PlacedPart[],
): Fee {
  const several = parts.some((part) => part.tariff !== main.tariff);
  const totalFen = parts.reduce((sum, part) => sum + part.feeFen, 0);
  const steps: FeeStep[] = parts.flatMap((part) =>
    toSteps(part.drafts, enteredAt + part.from * 60_000, several ? label(part.tariff) : undefined),
  );
  if (totalFen > MAX_FEN) steps.push(...toSteps(limitDrafts(totalFen, minutes), enteredAt));
  const { tariff, vehicleClass } = main;
  const fee = { tariffId: tariff.id, vehicleClass, minutes, feeFen: Math.min(totalFen, MAX_FEN), steps };
  return tariff.version === undefined ? fee : { ...fee, tariffVersion: tariff.version };
}
