import type { Actor, EventDraft } from '../../../shared/domain/events.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { Terms } from '../../../shared/domain/terms.ts';
import { approvedBy, crossArea } from './areas.ts';
import { askAuthority, isAllowed, ownStay, platformDecides } from './authority.ts';
import { newStay } from './new-stay.ts';
import { letThrough, type OpenOrigin } from './opening.ts';
import { endPassage } from './passage.ts';
import { decideEntry, type EntryDecision, type EntryFacts, EVERYTHING } from './rules.ts';
import { isHeldUp, type LaneState, type Passage } from './state.ts';
import {
  boothOf,
  caseOpened,
  draft,
  laneRef,
  listedAs,
  photoTaken,
  type Step,
  spacesAfter,
  type World,
  waitForPerson,
} from './step.ts';
import { parkingTypeOf } from './terms.ts';

/** A car at an entrance: asks the rule book about it and carries out the answer. Pure. */
export function enter(state: LaneState, passage: Passage, actor: Actor, world: World): Step {
  const cameInAt = cameInHere(world);
  const own = isAllowed(passage) ? ownStay(passage, world) : null;
  if (own) return letThrough(state, { ...passage, uid: own.uid }, 'decision', world.why ?? null, world, actor);
  // Either way: after the clock was set back an entry in the future is another visit, not this moment's.
  const recently = cameInAt !== null && Math.abs(passage.startedAt - cameInAt) < world.samePlateMs;
  const alone = platformDecides(passage, world) && !isHeldUp(state);
  const facts: EntryFacts = {
    plate: passage.plate,
    identity: passage.identity,
    inside: world.inside,
    enteredHereJustNow: recently,
    at: world.now,
    registry: world.registry,
    site: world.site,
    area: world.area,
    spaces: world.spaces,
    vehicleClass: world.vehicleClass,
    classInside: world.classInside,
    areaInside: world.areaInside,
    quotas: world.quotas,
    approved: passage.approved,
    held: isHeldUp(state),
    hasAuthority: world.lane.authority !== undefined,
  };
  const decision = alone ? whatPlatformLetsIn(facts) : decideEntry(facts);
  // The car that just went in is read once more: unless somebody stands on the loop, that is nobody to ask about.
  const echo = decision.kind === 'ignore' && !(alone && state.loop?.on);
  if (alone && !isAllowed(passage) && !echo) {
    const warnings = 'warnings' in decision ? [...decision.warnings] : [];
    return askAuthority(state, { ...passage, warnings }, world);
  }
  switch (decision.kind) {
    case 'ignore':
      // It is inside by our books, and stands before the arm all the same: what it has is not begun anew.
      if (alone && isAllowed(passage) && world.inside)
        return letThrough(
          state,
          { ...passage, uid: world.inside.uid },
          'released',
          '刚入场的车，平台再次放行',
          world,
          actor,
        );
      return endPassage({ ...state, passage }, 'closed', world, actor, 'entered here just now');
    case 'wait':
      return waitForPerson(state, passage, decision, null, world);
    case 'ask':
      return askAuthority(state, { ...passage, warnings: [...decision.warnings] }, world);
    case 'cross':
      return crossArea(
        state,
        { ...passage, warnings: [...decision.warnings] },
        decision.stay,
        world,
        approvedBy(actor, world),
      );
    case 'admit': {
      const identity = passage.identity ?? (decision.unlicensed ? world.virtualPlate : null);
      return admit(
        state,
        { ...passage, identity, warnings: [...decision.warnings] },
        {
          terms: decision.terms,
          closing: decision.closing,
          how: actor.kind === 'user' ? 'attendant' : 'automatic',
          actor,
          reason: null,
        },
        world,
      );
    }
  }
}

const UNTOLD = ['lot-full', 'quota-full', 'area-closed'] as const;

/** Nothing of ours stops the car; what would have is said beside it. */
function whatPlatformLetsIn(facts: EntryFacts): EntryDecision {
  const decision = decideEntry({ ...facts, approved: EVERYTHING });
  const ours = decideEntry({ ...facts, approved: EVERYTHING.filter((each) => !UNTOLD.some((one) => one === each)) });
  const stopped = ours.kind === 'wait' ? UNTOLD.filter((each) => each === ours.attention) : [];
  return 'warnings' in decision ? { ...decision, warnings: [...decision.warnings, ...stopped] } : decision;
}

/** When the car came in by this lane, as its stay tells: into the car park, or into the area inside it. */
function cameInHere({ inside, lane, area }: World): number | null {
  if (inside?.entryLane.id === lane.id) return inside.enteredAt;
  const last = inside?.segments.at(-1);
  return area?.parent !== undefined && last?.areaId === area.id ? last.from : null;
}

/** The car enters: a stay begins, and the arm opens. */
export function admit(
  state: LaneState,
  passage: Passage,
  what: {
    readonly terms: Terms;
    readonly closing: Stay | null;
    readonly how: 'automatic' | 'attendant';
    readonly actor: Actor;
    readonly reason: string | null;
    readonly origin?: OpenOrigin;
  },
  world: World,
): Step {
  const { terms, closing, actor } = what;
  const unseenOuter = world.area?.parent !== undefined;
  const stay = newStay({
    uid: world.newUid,
    plate: passage.plate,
    identity: passage.identity,
    vehicleClass: world.vehicleClass,
    parkingType: parkingTypeOf(terms),
    terms,
    areaId: world.area?.id ?? null,
    entryLane: laneRef(world),
    enteredAt: passage.startedAt,
    entryRecordId: passage.id,
    doubts: unseenOuter
      ? [{ kind: 'missed-outer-entry', at: world.now, detail: `${world.lane.name}：没有外场入场记录` }]
      : [],
  });
  const reserved = world.reservedInside + (terms.quotaId === null ? 0 : 1);
  const spaces = spacesAfter(world.spaces, closing ? 0 : 1, reserved);
  const about = { world, passageId: passage.id, key: stay.uid, actor };
  const admitted: Passage = { ...passage, uid: stay.uid, attention: null, bill: null, terms };
  const origin = what.origin ?? (what.reason === null ? 'decision' : 'released');
  const opened = letThrough(state, admitted, origin, what.reason, world, actor);
  return {
    ...opened,
    events: [
      ...closeOld(closing, passage, world),
      draft(
        'vehicle-entered',
        {
          ...{ stay, lane: laneRef(world), booth: boothOf(world), spaces, how: what.how },
          ...{ warnings: [...passage.warnings], ...listedAs(world) },
        },
        about,
      ),
      ...visitUsed(terms, 1, stay, world),
      ...photoTaken(passage, stay, world),
      ...opened.events,
    ],
  };
}

/** The stay that never left: closed as abnormal, never billed, and a case for a person. */
export function closeOld(closing: Stay | null, passage: Passage, world: World): readonly EventDraft[] {
  if (!closing) return [];
  const bill = world.openBill(closing.uid);
  return [
    ...(bill
      ? [draft('bill-voided', { bill, reason: 'entered-again' }, { world, passageId: passage.id, key: closing.uid })]
      : []),
    draft(
      'stay-closed',
      {
        stay: { ...closing, status: 'abnormal' },
        reason: 'entered-again',
        spaces: spacesAfter(world.spaces, -1, world.reservedInside),
      },
      { world, passageId: passage.id, key: closing.uid },
    ),
    caseOpened(
      'entered-twice',
      { uid: closing.uid, plate: closing.plate.text, detail: '再次入场，原在场记录按异常关闭' },
      world,
      passage.id,
    ),
  ];
}

/** A visit is used up by its entry, and given back by `by` -1 when the car turned back. */
export function visitUsed(terms: Terms, by: 1 | -1, stay: Stay, world: World): readonly EventDraft[] {
  const about = { world, passageId: null, key: stay.uid };
  if (terms.kind === 'booking') {
    const booking = world.registry.bookings.find((each) => each.id === terms.id);
    if (!booking) return [];
    const used = Math.max(0, booking.used + by);
    return [
      draft('booking-changed', { change: 'updated', booking: { ...booking, used, updatedAt: world.now } }, about),
    ];
  }
  if (terms.kind !== 'visitor') return [];
  const visitor = world.registry.visitors.find((each) => each.id === terms.id);
  if (visitor?.visitsLeft == null) return [];
  const visitsLeft = Math.max(0, visitor.visitsLeft - by);
  return [
    draft('visitor-changed', { change: 'updated', visitor: { ...visitor, visitsLeft, updatedAt: world.now } }, about),
  ];
}
