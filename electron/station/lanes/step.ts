import { type Actor, type EventDraft, STATION } from '../../../shared/domain/events.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import type { Lane, Spaces } from '../../../shared/domain/site.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import type { EntryFacts, ExitFacts } from './rules.ts';
import type { Arrival, GateCommand, LaneState, Passage } from './state.ts';

/** The words of the lane machine: what goes in, what comes out, and the few moves that all of its parts share. */

/** Everything outside the lane that a decision may depend on, looked up for the plate in question. */
export interface World {
  readonly now: number;
  readonly lane: Lane;
  /** Read again of the same car within this time is the same car (site setting). */
  readonly samePlateMs: number;
  readonly listed: EntryFacts['listed'];
  /** The stay that the plate in question has inside. */
  readonly inside: Stay | null;
  /** The stay of the present passage, whatever became of it. */
  readonly current: Stay | null;
  readonly fee: ExitFacts['fee'];
  readonly vehicleClass: VehicleClass;
  readonly spaces: Spaces;
  /** Uid for a stay that begins now at this lane. */
  readonly newUid: string;
  readonly newId: (prefix: string) => string;
}

export type LaneInput =
  | { readonly type: 'car'; readonly arrival: Arrival }
  | { readonly type: 'correct-plate'; readonly plate: Plate; readonly actor: Actor }
  | { readonly type: 'collect'; readonly method: 'cash'; readonly amountFen: number; readonly actor: Actor }
  | { readonly type: 'release'; readonly reason: string; readonly actor: Actor }
  | { readonly type: 'cancel'; readonly reason: string; readonly actor: Actor }
  | {
      readonly type: 'gate';
      readonly action: GateCommand['action'];
      readonly reason: string | null;
      readonly photoId: string | null;
      readonly actor: Actor;
    }
  | {
      readonly type: 'gate-answered';
      readonly commandId: string;
      readonly outcome: 'done' | 'refused' | 'unknown';
      readonly detail: string;
    }
  | { readonly type: 'safety-loop'; readonly on: boolean }
  /** The car was cleared long ago and nobody saw it pass. */
  | { readonly type: 'cleared-timeout'; readonly passageId: string }
  /** The camera sent the read of this passage again, because it saw no answer. */
  | { readonly type: 'asked-again'; readonly passageId: string };

/** Why an input cannot be carried out now. The state stays as it was. */
export type Refusal =
  | 'no-car'
  | 'plate-empty'
  | 'already-cleared'
  | 'already-inside'
  | 'nothing-due'
  | 'stay-changed'
  | 'amount-differs';

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

/** The passage's picture; evidence of `stay` once there is one. Nothing when the camera sent none. */
export function photoTaken(passage: Passage, stay: Stay | null, world: World): readonly EventDraft[] {
  const { photo } = passage;
  if (!photo) return [];
  const purpose = world.lane.direction === 'in' ? 'entry' : 'exit';
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
      { world, passageId: passage.id, key: stay?.uid ?? null },
    ),
  ];
}

export function waitForPerson(
  state: LaneState,
  passage: Passage,
  attention: NonNullable<Passage['attention']>,
  world: World,
): Step {
  return {
    state: { ...state, phase: 'attention', passage: { ...passage, attention, bill: null, uid: null } },
    events: [
      draft('passage-waiting', { reason: attention, plate: passage.plate }, { world, passageId: passage.id }),
      ...photoTaken(passage, null, world),
    ],
    commands: [],
  };
}

interface Order {
  readonly action: GateCommand['action'];
  readonly origin: 'decision' | 'payment' | 'released' | 'manual' | 'platform';
  readonly reason: string | null;
  readonly photoId: string | null;
  readonly actor: Actor;
}

/** An order to the arm: an event first, a command once that is committed. */
export function order(state: LaneState, what: Order, world: World): Step {
  const commandId = world.newId('cmd');
  const passageId = state.passage?.id ?? null;
  const { action, origin, reason, photoId, actor } = what;
  return {
    state: {
      ...state,
      lastCommand: { id: commandId, passageId, action, outcome: 'pending', at: world.now, detail: '' },
    },
    events: [
      draft(
        'gate-commanded',
        { commandId, action, origin, reason, plate: state.passage?.plate ?? null, photoId },
        { world, passageId, key: state.passage?.uid ?? null, actor },
      ),
    ],
    commands: [{ commandId, action }],
  };
}

/** The car may go: the arm is told to open once this is committed. */
export function openFor(
  state: LaneState,
  passage: Passage,
  origin: 'decision' | 'payment' | 'released',
  reason: string | null,
  world: World,
  actor: Actor = STATION,
): Step {
  const cleared: LaneState = { ...state, phase: 'cleared', passage };
  return order(cleared, { action: 'open', origin, reason, photoId: passage.photo?.id ?? null, actor }, world);
}
