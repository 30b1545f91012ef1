import type { Calendar } from '../../../shared/domain/calendar.ts';
import type { PlateColor, PlateKind } from '../../../shared/domain/plate.ts';
import type { Tariff, TariffRule } from '../../../shared/domain/tariff.ts';
import { type EpochMs, fromRfc3339 } from '../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import { remembered } from './memo.ts';

/** Everything that prices stays: all published versions of all tariffs, and the days. Values are never changed once handed in. */
export interface TariffBook {
  readonly tariffs: readonly Tariff[];
  readonly calendar: Calendar;
  /** What a class that no rule names is charged as. */
  readonly defaultVehicleClass: VehicleClass;
  /** The tariff that a lane insists on, in the place of the one in force. */
  readonly tariffId?: string | undefined;
}

/** What the choice of a rule depends on. */
export interface RuleSubject {
  readonly vehicleClass: VehicleClass;
  readonly plate?: { readonly kind: PlateKind; readonly color: PlateColor } | undefined;
  readonly cardType?: string | undefined;
}

/** A rule, and where it comes from. */
export interface Choice {
  readonly tariff: Tariff;
  readonly rule: TariffRule;
  readonly vehicleClass: VehicleClass;
  /** The versions that follow each other in the place of `tariff`, in the order in which they take effect. */
  readonly versions: readonly Tariff[];
  /** The area it was chosen for. */
  readonly areaId: string | undefined;
}

/** When a tariff takes effect; one without a date always was. */
export const effectiveAt = remembered(
  ({ effectiveFrom }: Tariff): EpochMs =>
    effectiveFrom === undefined ? Number.NEGATIVE_INFINITY : fromRfc3339(effectiveFrom),
);

/** In the order in which they come into force; of those that do so together the higher version, then the one listed first, is last. */
function inOrder(tariffs: readonly Tariff[]): readonly Tariff[] {
  return tariffs
    .toReversed()
    .sort((a, b) =>
      effectiveAt(a) === effectiveAt(b)
        ? (a.version ?? 0) - (b.version ?? 0)
        : effectiveAt(a) < effectiveAt(b)
          ? -1
          : 1,
    );
}

interface Shelf {
  readonly general: readonly Tariff[];
  readonly byArea: ReadonlyMap<string, readonly Tariff[]>;
  readonly byId: ReadonlyMap<string, readonly Tariff[]>;
}

const shelfOf = remembered((tariffs: readonly Tariff[]): Shelf => {
  const ordered = inOrder(tariffs);
  const group = (keys: (tariff: Tariff) => readonly string[]): Map<string, readonly Tariff[]> => {
    const all = new Set(ordered.flatMap(keys));
    return new Map([...all].map((key) => [key, ordered.filter((tariff) => keys(tariff).includes(key))]));
  };
  return {
    general: ordered.filter((tariff) => tariff.areas === undefined && tariff.onlyNamed !== true),
    byArea: group((tariff) => (tariff.onlyNamed === true ? [] : (tariff.areas ?? []))),
    byId: group((tariff) => [tariff.id]),
  };
});

/**
 * The versions that price anything at `at`: the general one, that of each area, and of each tariff that some lane names (`named`) or
 * that is for such lanes alone.
 */
export function inForce(tariffs: readonly Tariff[], at: EpochMs, named: readonly string[]): ReadonlySet<Tariff> {
  const { general, byArea, byId } = shelfOf(tariffs);
  const ids = [...byId].filter(([id, versions]) => named.includes(id) || versions.at(-1)?.onlyNamed === true);
  const shelves = [general, ...byArea.values(), ...ids.map(([, versions]) => versions)];
  return new Set(shelves.flatMap((versions) => versions.findLast((version) => effectiveAt(version) <= at) ?? []));
}

/**
 * The rule for a stay that begins at `at` in an area (or in none): of the tariff that the lane insists on, of the area's own tariff,
 * or of the general one in force. `null` when nothing prices it.
 */
export function choose(book: TariffBook, subject: RuleSubject, areaId: string | undefined, at: EpochMs): Choice | null {
  return (
    (book.tariffId === undefined ? ofArea(book, subject, areaId, at) : null) ?? ofGeneral(book, subject, areaId, at)
  );
}

/** The price that an area has of its own; `null`: its time belongs to the area around it. */
export function chooseOwn(book: TariffBook, subject: RuleSubject, areaId: string, at: EpochMs): Choice | null {
  const own = ofArea(book, subject, areaId, at);
  if (own) return own;
  const general = ofGeneral(book, subject, areaId, at);
  return general?.rule.areas ? general : null;
}

function ofArea(book: TariffBook, subject: RuleSubject, areaId: string | undefined, at: EpochMs): Choice | null {
  const versions = areaId === undefined ? undefined : shelfOf(book.tariffs).byArea.get(areaId);
  return versions ? chooseFrom(book, versions, subject, areaId, at) : null;
}

function ofGeneral(book: TariffBook, subject: RuleSubject, areaId: string | undefined, at: EpochMs): Choice | null {
  const { general, byId } = shelfOf(book.tariffs);
  const versions = book.tariffId === undefined ? general : (byId.get(book.tariffId) ?? []);
  return chooseFrom(book, versions, subject, areaId, at);
}

function chooseFrom(
  book: TariffBook,
  versions: readonly Tariff[],
  subject: RuleSubject,
  areaId: string | undefined,
  at: EpochMs,
): Choice | null {
  // A lane that insists on a tariff has it even before its time.
  const early = book.tariffId === undefined ? undefined : versions.find((version) => version.id === book.tariffId);
  const tariff = versions.findLast((version) => effectiveAt(version) <= at) ?? early;
  const found = tariff && ruleIn(tariff, subject, areaId, book.defaultVehicleClass);
  return found ? { ...found, tariff, versions, areaId } : null;
}

/** The rule of a tariff for a subject, under its own class or else as the default one. */
export function ruleIn(
  tariff: Tariff,
  subject: RuleSubject,
  areaId: string | undefined,
  defaultClass: VehicleClass,
): { readonly rule: TariffRule; readonly vehicleClass: VehicleClass } | null {
  const { vehicleClass } = subject;
  const own = bestRule(tariff, subject, vehicleClass, areaId);
  if (own) return { rule: own, vehicleClass };
  const other = defaultClass === vehicleClass ? undefined : bestRule(tariff, subject, defaultClass, areaId);
  return other ? { rule: other, vehicleClass: defaultClass } : null;
}

function bestRule(tariff: Tariff, subject: RuleSubject, vehicleClass: VehicleClass, areaId: string | undefined) {
  let best: TariffRule | undefined;
  let bestRank = -1;
  for (const rule of tariff.rules) {
    const rank = rule.vehicleClasses.includes(vehicleClass) ? rankOf(rule, subject, areaId) : -1;
    if (rank <= bestRank) continue;
    best = rule;
    bestRank = rank;
  }
  return best;
}

/** How particular a rule is about a subject that it fits; -1 when it does not fit. */
function rankOf(rule: TariffRule, { plate, cardType }: RuleSubject, areaId: string | undefined): number {
  const weigh = (list: readonly string[] | undefined, value: string | undefined, weight: number): number =>
    list === undefined ? 0 : value !== undefined && list.includes(value) ? weight : Number.NEGATIVE_INFINITY;
  const rank =
    weigh(rule.cardTypes, cardType, 8) +
    weigh(rule.plateKinds, plate?.kind, 4) +
    weigh(rule.plateColors, plate?.color, 2) +
    weigh(rule.areas, areaId, 1);
  return Math.max(-1, rank);
}
