import type { EventDraft } from '../../../shared/domain/events.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import { closeOld, visitUsed } from '../lanes/entry.ts';
import { newStay } from '../lanes/new-stay.ts';
import { boothOf, draft, laneRef, listedAs, photoTaken, spacesAfter } from '../lanes/step.ts';
import { decideTerms, parkingTypeOf } from '../lanes/terms.ts';
import type { Scene } from './place.ts';

/**
 * A car that came to stand: its stay begins, on the terms that the registry has for it. Nothing at the kerb stops anybody, so that
 * what would have been a reason to wait at a barrier is told with the entry. Pure.
 */
export function arrive(
  { berth, passage, world, actor }: Scene,
  told: VehicleClass | null,
): { readonly stay: Stay; readonly events: readonly EventDraft[] } {
  const { terms, warnings } = decideTerms(world.registry, world.now, world.area, world.site, world.quotas);
  const stay = newStay({
    uid: world.newUid,
    plate: passage.plate,
    vehicleClass: told ?? world.vehicleClass,
    parkingType: parkingTypeOf(terms),
    terms,
    areaId: berth.areaId,
    berth: { id: berth.id, code: berth.code },
    entryLane: laneRef(world),
    enteredAt: world.now,
    entryRecordId: passage.id,
  });
  const closing = world.inside;
  const reserved = world.reservedInside + (terms.quotaId === null ? 0 : 1);
  const owing = world.registry.debts.length > 0 ? ['owing'] : [];
  const listed = world.registry.black === null ? [] : ['listed'];
  const about = { world, passageId: passage.id, key: stay.uid, actor };
  return {
    stay,
    events: [
      ...closeOld(closing, passage, world),
      draft(
        'vehicle-entered',
        {
          ...{ stay, lane: laneRef(world), booth: boothOf(world) },
          spaces: spacesAfter(world.spaces, closing ? 0 : 1, reserved),
          how: actor.kind === 'user' ? 'attendant' : 'automatic',
          ...{ warnings: [...listed, ...owing, ...warnings], ...listedAs(world) },
        },
        about,
      ),
      ...visitUsed(terms, 1, stay, world),
      ...photoTaken(passage, stay, world),
    ],
  };
}

/**
 * The plate of a car that stands here becomes known, or was wrong. It stands on the terms of that plate from its entry on; `scene` is of
 * the moment at which it came.
 */
export function identify(
  { passage, world, actor }: Scene,
  before: Stay,
  car: { readonly plate: Plate; readonly vehicleClass: VehicleClass | null; readonly reason: string },
): { readonly stay: Stay; readonly events: readonly EventDraft[] } {
  const color = car.plate.color === 'unknown' ? before.plate.color : car.plate.color;
  const same = car.plate.text === before.plate.text;
  const { terms } = same ? before : decideTerms(world.registry, before.enteredAt, world.area, world.site, world.quotas);
  const stay: Stay = {
    ...before,
    plate: { ...car.plate, color },
    identity: null,
    vehicleClass: car.vehicleClass ?? (same ? before.vehicleClass : world.vehicleClass),
    ...{ terms, parkingType: parkingTypeOf(terms) },
  };
  const closing = world.inside && world.inside.uid !== before.uid ? world.inside : null;
  const open = world.openBill(before.uid);
  const about = { world, passageId: null, key: before.uid, actor };
  // What was asked for on other terms is asked for no more; what somebody is paying right now is let come to its end.
  const wrong =
    open && !world.isBeingPaid(before.uid) && (terms !== before.terms || stay.vehicleClass !== before.vehicleClass);
  return {
    stay,
    events: [
      ...closeOld(closing, passage, world),
      ...(wrong ? [draft('bill-voided', { bill: open, reason: car.reason }, about)] : []),
      draft(
        'stay-corrected',
        {
          ...{ what: 'plate', before, stay, reason: car.reason },
          spaces: spacesAfter(world.spaces, closing ? -1 : 0, world.reservedInside),
        },
        about,
      ),
      ...(same ? [] : [...visitUsed(before.terms, -1, stay, world), ...visitUsed(terms, 1, stay, world)]),
      ...photoTaken(passage, stay, world, actor),
    ],
  };
}
