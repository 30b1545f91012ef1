import type { Actor } from '../../../shared/domain/events.ts';
import type { Occupancy } from '../../../shared/domain/occupancy.ts';
import type { Area, Site } from '../../../shared/domain/site.ts';
import { type VehicleClass, vehicleClassSchema } from '../../../shared/domain/vehicle.ts';
import { NotFoundError } from '../runtime/errors.ts';
import type { InsideCount, StayStore } from '../store/stay-store.ts';
import type { Store, Tx } from '../store/store.ts';
import { by } from './common.ts';

type Counts = Pick<StayStore, 'counts' | 'correction' | 'correctionTotal'>;

const classes = vehicleClassSchema.options;

const sum = (counts: readonly InsideCount[]): number => counts.reduce((total, { cars }) => total + cars, 0);
const free = (total: number, inside: number): number => Math.max(0, total - inside);

/** Spaces of a setting that may be absent: no limit then. */
const usage = (total: number | undefined, inside: number) =>
  total === undefined ? { total: null, inside, free: null } : { total, inside, free: free(total, inside) };

/** The area and those within it: a car in an inner area stands on the ground of the outer one too. */
function within(areaId: string, areas: readonly Area[]): Set<string> {
  const found = new Set([areaId]);
  // Each round goes one level deeper; a circle in the settings ends with nothing new.
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const area of areas) if (area.parent !== undefined && found.has(area.parent)) found.add(area.id);
  }
  return found;
}

/** What the stays and the corrections say of an area, also below zero; null is the whole. */
function rawInside(
  stays: Counts,
  areas: readonly Area[],
  areaId: string | null,
): { counted: number; correction: number } {
  const counts = stays.counts();
  // Also what was corrected for an area that is no longer in the settings.
  if (areaId === null) return { counted: sum(counts), correction: stays.correctionTotal() };
  const ids = within(areaId, areas);
  return {
    counted: sum(counts.filter((count) => ids.has(count.areaId))),
    correction: [...ids].reduce((total, id) => total + stays.correction(id), 0),
  };
}

/**
 * Spaces by area, vehicle class and reserved quota, and of the whole. Derived from the stays each time, so it cannot drift; nothing is
 * ever below zero, and a wrong count only makes the sign wrong, it locks nobody out. Inner areas count in the outer ones,
 * and every car once in the whole.
 */
export function spacesOf(stays: Counts, site: Site, areas: readonly Area[]): Occupancy {
  const counts = stays.counts();
  const whole = rawInside(stays, areas, null);
  const inside = Math.max(0, whole.counted + whole.correction);
  // Cars on a reserved quota take no open space.
  const onOpen = Math.max(0, inside - sum(counts.filter((count) => count.quotaId !== '')));
  const ofClass = (vehicleClass: VehicleClass, among: readonly InsideCount[]): number =>
    sum(among.filter((count) => count.vehicleClass === vehicleClass));
  return {
    whole: { total: site.totalSpaces, open: site.openSpaces, free: free(site.openSpaces, onOpen), inside },
    correction: whole.correction,
    areas: areas.map((area) => {
      const ids = within(area.id, areas);
      const here = counts.filter((count) => ids.has(count.areaId));
      const raw = rawInside(stays, areas, area.id);
      return {
        areaId: area.id,
        name: area.name,
        ...usage(area.spaces, Math.max(0, raw.counted + raw.correction)),
        ...raw,
        byClass: {
          small: ofClass('small', here),
          medium: ofClass('medium', here),
          large: ofClass('large', here),
        },
      };
    }),
    classes: classes.map((vehicleClass) => ({
      vehicleClass,
      ...usage(site.rules.classSpaces[vehicleClass], ofClass(vehicleClass, counts)),
    })),
    quotas: site.quotas.map((quota) => ({
      quotaId: quota.id,
      name: quota.name,
      ...usage(quota.spaces, sum(counts.filter((count) => count.quotaId === quota.id))),
    })),
  };
}

/** Free spaces of each area alone, by its id. */
export const freeByArea = (stays: Counts, areas: readonly Area[]): ReadonlyMap<string, number> =>
  new Map(
    areas.map((area) => {
      const { counted, correction } = rawInside(stays, areas, area.id);
      return [area.id, free(area.spaces, Math.max(0, counted + correction))];
    }),
  );

/**
 * 车位盘点: a person counted the cars. The difference to what the stays say is kept as a correction, logged with both figures;
 * entries and exits go on counting from there.
 */
export function recountSpaces(
  deps: { readonly store: Store; readonly areas: readonly Area[] },
  count: { readonly areaId: string | null; readonly actualInside: number; readonly reason: string },
  actor: Actor,
): void {
  const { store, areas } = deps;
  if (count.areaId !== null && !areas.some((area) => area.id === count.areaId)) throw new NotFoundError('没有这个区域');
  store.write((tx) => {
    const { counted, correction } = rawInside(tx.stays, areas, count.areaId);
    if (counted + correction === count.actualInside) return;
    correctSpaces(tx, { ...count, countedInside: counted + correction }, actor);
  });
}

/**
 * Stays that had no car were closed: where a recount had taken such cars off before, they must not be missing twice.
 * `closed` are the areas of those stays.
 */
export function settleCorrections(
  tx: Tx,
  areas: readonly Area[],
  closed: readonly (string | null)[],
  actor: Actor,
): void {
  const left = new Map<string, number>();
  for (const areaId of closed) {
    const key = areaId ?? '';
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  const whole =
    closed.length -
    [...left].reduce(
      (taken, [areaId, cars]) => taken + (areaId === '' ? 0 : settle(tx, areas, areaId, cars, actor)),
      0,
    );
  settle(tx, areas, '', whole, actor);
}

/** @returns how many of the cars a correction had taken off already. */
function settle(tx: Tx, areas: readonly Area[], areaId: string, cars: number, actor: Actor): number {
  const back = Math.min(cars, Math.max(0, -tx.stays.correction(areaId)));
  if (back === 0) return 0;
  const { counted, correction } = rawInside(tx.stays, areas, areaId === '' ? null : areaId);
  const countedInside = counted + correction;
  correctSpaces(
    tx,
    {
      areaId: areaId === '' ? null : areaId,
      countedInside,
      actualInside: countedInside + back,
      reason: '清理滞留记录，冲抵此前的盘点修正',
    },
    actor,
  );
  return back;
}

const correctSpaces = (
  tx: Tx,
  body: {
    readonly areaId: string | null;
    readonly countedInside: number;
    readonly actualInside: number;
    readonly reason: string;
  },
  actor: Actor,
): void => {
  tx.record({ kind: 'spaces-corrected', ...by(actor), body });
};
