import { type Actor, type EventDraft, STATION } from '../../../shared/domain/events.ts';
import type { ListEntry } from '../../../shared/domain/list.ts';
import type { Bill, CaseKind, Gap, StayPayment } from '../../../shared/domain/money-flow.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import type { Agreement, Booking, Card, Coupon, Debt, Merchant } from '../../../shared/domain/registry.ts';
import type { Area, Lane, LaneDirection, Site, Spaces } from '../../../shared/domain/site.ts';
import type { Doubt, LaneRef, Stay } from '../../../shared/domain/stay.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import type { Account } from '../payments/bills.ts';
import type { ChangeBy, ChangeDesk } from '../payments/change-order.ts';
import type { FeeAnswer } from '../payments/fee-source.ts';
import type { Payment } from '../payments/watcher.ts';
import type { TillRefusal } from '../shifts/till.ts';
import type { Refusal } from './refusals.ts';
import type { NearStay, Wait } from './rules.ts';
import type { Arrival, GateCommand, LaneState, Passage, PhotoRef } from './state.ts';
import type { PlateFacts, QuotaCounts } from './terms.ts';

/** The words of the lane machine: what goes in, what comes out, and the few moves that all of its parts share. */

/** Everything outside the lane that a decision may depend on, looked up for the car in question. */
export interface World {
  readonly now: number;
  readonly site: Site;
  readonly lane: Lane;
  /** The way the car in question goes. */
  readonly direction: LaneDirection;
  /** The area that the lane leads into or out of. */
  readonly area: Area | null;
  /** Read again of the same car within this time is the same car (site setting). */
  readonly samePlateMs: number;
  readonly registry: PlateFacts;
  /** The same for another plate: the one of a stay that turned out to be this car's. */
  readonly factsOf: (plate: Plate, inside: Stay | null) => PlateFacts;
  readonly quotas: QuotaCounts;
  /** The stay that the car in question has inside. */
  readonly inside: Stay | null;
  /** The stay of the present passage, whatever became of it. */
  readonly current: Stay | null;
  /** The stay that the input names, if it names one. */
  readonly named: Stay | null;
  /** What a stay comes to now; null when no tariff prices it. `fixedFen` overrides the tariff. */
  readonly accountOf: (stay: Stay, fixedFen: number | null, outsideFen: number | null) => Account | null;
  /** Who prices every stay in place of our tariffs (第三方计费); null: nobody. `outsideFen` is the charge over the stay that they told. */
  readonly pricedBy: string | null;
  readonly card: (id: string | null) => Card | null;
  readonly stay: (uid: string) => Stay | null;
  /** Doubts about a stay that nobody has looked at. */
  readonly doubts: (stay: Stay) => readonly Doubt[];
  readonly openBill: (uid: string) => Bill | null;
  /** What was paid for a stay so far, and with its bills. Looked up only where a stay ends. */
  readonly paymentsOf: (uid: string) => readonly StayPayment[];
  /** Whether a try to pay a bill of this stay may still turn into money. */
  readonly isBeingPaid: (uid: string) => boolean;
  /** Whether somebody was asked for this bill by itself (agreements). */
  readonly wasAskedFor: (billId: string) => boolean;
  /** The agreement on which the car may leave before it has paid this (先离场后付费). */
  readonly departurePay: (stay: Stay, bill: Bill) => Agreement | null;
  /** What a stay that ended still owes, also where nobody may ask for it yet. */
  readonly openDebts: (uid: string) => readonly Debt[];
  /** Coupons and merchants as they are once these discounts of a stay are used. */
  readonly couponsSpent: (of: Pick<Bill, 'uid' | 'discounts'>) => {
    readonly coupons: readonly Coupon[];
    readonly merchants: readonly Merchant[];
    /** The booking whose money paid in advance was among them. */
    readonly bookings?: readonly Booking[];
  };
  /** Other cars inside that stand on a card or wait to (surplus), the first that came in front. */
  readonly onCard: (cardId: string) => readonly Stay[];
  readonly candidates: readonly NearStay[];
  readonly unambiguous: Stay | null;
  readonly leftJustNow: Stay | null;
  readonly vehicleClass: VehicleClass;
  readonly classInside: number;
  readonly areaInside: number;
  readonly spaces: Spaces;
  /** Cars on reserved quotas inside: they take no open space. */
  readonly reservedInside: number;
  /** The open shift at this lane's booth. */
  readonly shiftId: string | null;
  /** Why this cashier must not take cash here now; null when they may. */
  readonly cashRefused: (cashier: string) => TillRefusal | null;
  /** Where change is paid out, if anywhere. */
  readonly change?: ChangeDesk | undefined;
  /** The gap in the record that is open while the arm is held, if one is. */
  readonly openGap: Gap | null;
  /** An entrance, for a stay that begins at an exit. */
  readonly entrance: LaneRef;
  /** Uid for a stay that begins now at this lane. */
  readonly newUid: string;
  /** A plate for a car that has none. */
  readonly virtualPlate: string;
  /** A picture that was just asked for, as evidence of what a person does with a car that no camera photographed. */
  readonly freshPhotoId: string | null;
  /** Why a person approved of the car that is decided about. */
  readonly why?: string | null;
  /** The arm is up for this car by a person's hand: what is written down of it moves nothing. */
  readonly armUp?: boolean;
  /** The arm of the lane takes no order to close. */
  readonly closesItself?: boolean;
  readonly newId: (prefix: string) => string;
}

export type LaneInput =
  /**
   * `as`: no camera saw it, its driver scanned; or it is known to be another one than the car that was let through before it.
   * `queued`: it was read while another one was served, and its turn has come.
   */
  | {
      readonly type: 'car';
      readonly arrival: Arrival;
      readonly as?: 'scan' | 'next-car' | 'queued';
      /** The passage that left the trigger loop and did not go under the arm, by loops that work; absent: none. */
      readonly turned?: string | undefined;
    }
  | { readonly type: 'correct-plate'; readonly plate: Plate; readonly actor: Actor }
  /** A car without a plate says who it is. Where no camera saw it, this is its arrival. */
  | { readonly type: 'identify'; readonly identity: string; readonly actor: Actor }
  /** What stopped the car is all right with a person. */
  | { readonly type: 'approve'; readonly reason: string | null; readonly actor: Actor }
  /** The car at the exit is the one of this stay. */
  | { readonly type: 'pick-stay'; readonly uid: string; readonly actor: Actor }
  /** The car at the exit came in then, unseen; `proof` says how that is known. */
  | { readonly type: 'back-fill'; readonly enteredAt: number; readonly proof: string; readonly actor: Actor }
  /** The car at the exit came in unseen and pays a fixed fee. */
  | { readonly type: 'fixed-fee'; readonly amountFen: number; readonly reason: string; readonly actor: Actor }
  | {
      readonly type: 'collect';
      readonly method: 'cash' | 'pos';
      readonly amountFen: number;
      readonly receivedFen?: number | null;
      /** How the change is given; in cash unless told. */
      readonly change?: ChangeBy;
      /** The amount is a part, and the rest stays due. */
      readonly part?: boolean;
      /** The bill that the screen showed: a part pressed twice must not be taken twice. */
      readonly billId?: string | undefined;
      readonly actor: Actor;
    }
  /** Money came in from a channel for the bill that stands here. */
  | { readonly type: 'paid'; readonly billId: string; readonly payment: Payment; readonly actor: Actor }
  | { readonly type: 'release'; readonly reason: string; readonly actor: Actor }
  /** The car leaves owing what is due. */
  | { readonly type: 'owe'; readonly reason: string; readonly actor: Actor }
  | { readonly type: 'cancel'; readonly reason: string; readonly actor: Actor }
  /** The car that was let through did not go: its entry or exit is taken back, and what it just paid with it. */
  | { readonly type: 'withdraw'; readonly reason: string; readonly actor: Actor }
  /** What is known of the car may have changed: decide anew. */
  | { readonly type: 'refresh'; readonly actor: Actor }
  /** Nobody who was asked pays the bill that stands here: decide anew, and let its car go if it may; else nothing happens. */
  | { readonly type: 'let-go'; readonly billId: string }
  /** The car that waits here is being served at another lane now. */
  | { readonly type: 'gone-elsewhere'; readonly laneName: string }
  | { readonly type: 'turn'; readonly direction: LaneDirection; readonly actor: Actor }
  | {
      readonly type: 'authority-answered';
      readonly passageId: string;
      readonly answer: 'open' | 'refuse' | 'failed';
      readonly detail: string;
      readonly feeFen?: number | undefined;
    }
  | { readonly type: 'ask-again'; readonly passageId: string }
  /** Who prices the stay of the car that stands here has answered, or did not. */
  | {
      readonly type: 'priced';
      readonly passageId: string;
      readonly question: number;
      readonly answer: FeeAnswer;
    }
  | {
      readonly type: 'gate';
      readonly action: GateCommand['action'];
      readonly reason: string | null;
      readonly photoId: string | null;
      readonly actor: Actor;
      /** Where it was ordered, when not in the booth. */
      readonly place?: 'device-page' | undefined;
    }
  | {
      readonly type: 'gate-answered';
      readonly commandId: string;
      readonly outcome: 'done' | 'refused' | 'unknown';
      readonly detail: string;
    }
  /** A command that was told to have been done may have been lost. `passageId`: the car that it was given for. */
  | {
      readonly type: 'gate-lost';
      readonly commandId: string;
      readonly action: GateCommand['action'];
      readonly passageId: string | null;
      readonly detail: string;
      /** What the arm does, where it can tell. */
      readonly arm: 'closed' | 'moving' | 'open' | 'unknown';
    }
  | { readonly type: 'safety-loop'; readonly on: boolean }
  | { readonly type: 'trigger-loop'; readonly on: boolean }
  /** The station runs again. `deaf`: no device reports a trigger loop · `long`: it was away for a while. */
  | { readonly type: 'restarted'; readonly deaf: boolean; readonly long: boolean }
  /** The car that a platform was asked about has been off the trigger loop for as long as it may. */
  | { readonly type: 'presence-timeout'; readonly passageId: string }
  /** A platform opens from afar; `plate`: only for the car that has it. */
  | {
      readonly type: 'platform-opens';
      readonly plate: string | null;
      readonly reason: string;
      readonly photoId: string | null;
      readonly actor: Actor;
    }
  /** A new picture of the car that stands there (重拍). */
  | { readonly type: 'pictured'; readonly photo: PhotoRef; readonly actor: Actor }
  /** The picture of a read that had come without one: of the car that stands there, or of one that waits. */
  | { readonly type: 'picture-came'; readonly passageId: string; readonly photo: PhotoRef }
  /** The car was cleared long ago and nobody saw it pass. */
  | { readonly type: 'cleared-timeout'; readonly passageId: string }
  /** By its loops, or by what its camera saw, the car that was let through turned back. `sure`: what tells so is known to work. */
  | { readonly type: 'turned-back'; readonly passageId: string; readonly sure: boolean }
  /**
   * The camera sent the read of this passage again, because it saw no answer, in which its commands travel. `elsewhere`: the arm does not hang
   * on this camera, so that this says nothing about whether it was told.
   */
  | { readonly type: 'asked-again'; readonly passageId: string; readonly elsewhere?: boolean };

export interface Step {
  readonly state: LaneState;
  /** To be committed together with the state. */
  readonly events: readonly EventDraft[];
  /** To be given to the arm after the commit. */
  readonly commands: readonly { readonly commandId: string; readonly action: GateCommand['action'] }[];
}

export type StepResult = Step | { readonly refused: Refusal };

export const nothing = (state: LaneState): Step => ({ state, events: [], commands: [] });

/** One step after the other, their consequences in order. */
export function chain(first: Step, ...rest: readonly ((state: LaneState) => Step)[]): Step {
  return rest.reduce((done, next) => {
    const more = next(done.state);
    return {
      state: more.state,
      events: [...done.events, ...more.events],
      commands: [...done.commands, ...more.commands],
    };
  }, first);
}

/** The same step with more to write down before what it says itself. */
export const preceded = (events: readonly EventDraft[], step: Step): Step =>
  events.length === 0 ? step : { ...step, events: [...events, ...step.events] };

interface About {
  readonly world: World;
  readonly passageId: string | null;
  readonly key?: string | null;
  readonly actor?: Actor;
}

/** A draft of an event at this lane. */
export function draft<K extends EventDraft['kind']>(
  kind: K,
  body: Extract<EventDraft, { kind: K }>['body'],
  about: About,
): EventDraft {
  const event = {
    kind,
    key: about.key ?? null,
    laneId: about.world.lane.id,
    passageId: about.passageId,
    actor: about.actor ?? STATION,
    body,
  };
  // `kind` and `body` were paired by the signature; the compiler does not carry that over to the union.
  return event as EventDraft;
}

export const laneRef = (world: World): LaneRef => ({
  id: world.lane.id,
  name: world.lane.name,
  number: world.lane.number,
});

export const boothOf = (world: World): string | null => world.lane.booth ?? null;

/** Spaces after `delta` more cars stand inside. `reservedInside`: cars on reserved quotas, which take no open space. */
export function spacesAfter(spaces: Spaces, delta: number, reservedInside = 0): Spaces {
  const inside = Math.max(0, spaces.inside + delta);
  return { ...spaces, inside, free: Math.max(0, spaces.open - Math.max(0, inside - reservedInside)) };
}

/** Why this reason will not do: the manager wants one from the list. Platforms and the station itself name their own. */
export function unlistedReason(reason: string | null, actor: Actor, world: World): 'reason-not-listed' | null {
  const { rules } = world.site;
  if (reason === null || actor.kind !== 'user' || rules.freeTextReasons) return null;
  return rules.releaseReasons.includes(reason) ? null : 'reason-not-listed';
}

/** Something that a named person must look at and bring to an end. */
export function caseOpened(
  kind: CaseKind,
  what: { readonly uid: string | null; readonly plate: string; readonly amountFen?: number; readonly detail: string },
  world: World,
  passageId: string | null,
): EventDraft {
  return draft(
    'case-changed',
    {
      change: 'opened',
      case: {
        id: world.newId('case'),
        kind,
        uid: what.uid,
        laneId: world.lane.id,
        passageId,
        plate: what.plate,
        amountFen: what.amountFen ?? 0,
        detail: what.detail,
        openedAt: world.now,
        owner: null,
        closedAt: null,
        closedBy: null,
        resolution: null,
      },
    },
    { world, passageId, key: what.uid },
  );
}

/** The passage's picture; evidence of `stay` once there is one. Nothing when the camera sent none. */
export function photoTaken(
  passage: Passage,
  stay: Stay | null,
  world: World,
  actor: Actor = STATION,
): readonly EventDraft[] {
  const { photo } = passage;
  if (!photo) return [];
  const purpose = world.direction === 'in' ? 'entry' : 'exit';
  return [
    draft(
      'photo-taken',
      {
        photoId: photo.id,
        purpose,
        stay,
        takenAt: photo.takenAt,
        name: photo.name,
        bytes: photo.bytes,
        sha256: photo.sha256,
      },
      { world, passageId: passage.id, key: stay?.uid ?? null, actor },
    ),
  ];
}

/** The entry of the black list that the car in question stands on. */
export const listedAs = ({ registry }: World): { readonly listed?: ListEntry } =>
  registry.black === null ? {} : { listed: registry.black };

/** The car waits for a person. `stay` is the one it belongs to, where that is known. */
export function waitForPerson(state: LaneState, passage: Passage, why: Wait, stay: Stay | null, world: World): Step {
  const again =
    state.phase === 'attention' && state.passage?.id === passage.id && state.passage.attention === why.attention;
  return {
    state: {
      ...state,
      phase: 'attention',
      passage: {
        ...passage,
        attention: why.attention,
        firm: why.firm,
        warnings: [...why.warnings],
        bill: null,
        uid: stay?.uid ?? null,
        candidates: [...world.candidates],
      },
    },
    events: again
      ? []
      : [
          draft(
            'passage-waiting',
            { reason: why.attention, plate: passage.plate, ...(world.direction === 'in' && listedAs(world)) },
            { world, passageId: passage.id, key: stay?.uid ?? null },
          ),
          ...photoTaken(passage, null, world),
        ],
    commands: [],
  };
}
