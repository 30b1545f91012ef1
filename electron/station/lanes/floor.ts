import { STATION } from '../../../shared/domain/events.ts';
import type { Bill } from '../../../shared/domain/money-flow.ts';
import type { Lane } from '../../../shared/domain/site.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { ExternalPrices } from '../payments/external-prices.ts';
import type { BillWatcher } from '../payments/watcher.ts';
import { ConflictError, errorText } from '../runtime/errors.ts';
import type { Cancel, Clock, Log } from '../runtime/ports.ts';
import type { Store, Tx } from '../store/store.ts';
import { Asking } from './asking.ts';
import { awaitsWord } from './authority.ts';
import type { GateAuthority } from './authority-port.ts';
import type { GateKeeper } from './gate-keeper.ts';
import type { Look } from './look.ts';
import { step } from './machine.ts';
import { COMING_MS, goneAt, keepsPlace, lookAgainAt } from './presence.ts';
import { PriceAsking } from './price-asking.ts';
import { type Refusal, refusalText } from './refusals.ts';
import { isReadable } from './rules.ts';
import { EMPTY_LANE, type GateCommand, type LaneState, laneStateSchema } from './state.ts';
import { type LaneInput, nothing, type Step, type World } from './step.ts';

/** After so many cars in a row that may go and never come onto the loop, it is taken for dead. */
const MISSED = 2;
const isDead = ({ missed }: LaneState): boolean => missed >= MISSED;

/** The screen turns neutral again after this time when no loop told that the car passed. */
const CLEARED_MS = 30_000;

export interface LaneFloorDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly lanes: readonly Lane[];
  readonly samePlateSeconds: number;
  readonly gates: GateKeeper;
  /** Who tries to get a bill paid that stands at a lane. */
  readonly watcher: BillWatcher;
  /** The platform that has the word at a lane, by its id; undefined when it is not connected. */
  readonly authority: (platform: string) => GateAuthority | undefined;
  readonly prices?: Pick<ExternalPrices, 'ask'>;
}

/**
 * The states of all lanes, and the one way in which they change: one transaction with everything that was decided, then, and only
 * then, the commands to the arm and the news for everybody else.
 */
export class LaneFloor {
  readonly #deps: LaneFloorDeps;
  readonly #look: Look;
  readonly #asking: Asking;
  readonly #priceAsking: PriceAsking;
  readonly #states = new Map<string, LaneState>();
  readonly #timers = new Map<string, Cancel>();
  /** Where a platform has the word: when a lane looks again at who is there, and the moment that it was worked out from. */
  readonly #presence = new Map<string, { readonly key: string; readonly cancel: Cancel }>();
  readonly #listeners = new Set<() => void>();

  constructor(deps: LaneFloorDeps, look: Look) {
    this.#deps = deps;
    this.#look = look;
    const asking = {
      clock: deps.clock,
      log: deps.log,
      stay: (uid: string) => deps.store.read.stays.get(uid) ?? null,
      tell: (lane: Lane, input: LaneInput) => {
        this.perform(lane, input);
        this.advance(lane);
      },
    };
    this.#asking = new Asking({ ...asking, authority: deps.authority });
    this.#priceAsking = new PriceAsking({ ...asking, prices: deps.prices });
    for (const lane of deps.lanes) this.#states.set(lane.id, this.#load(lane));
  }

  state(laneId: string): LaneState {
    return this.#states.get(laneId) ?? EMPTY_LANE;
  }

  onChanged(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** After a start: what stands at a lane goes on from what was stored. */
  resume(lane: Lane): void {
    if (isDead(this.state(lane.id))) this.#deps.gates.loopSilent(lane, true);
    const { passage } = this.state(lane.id);
    this.#tellStanding(lane);
    // Who had left before the program ended, and is long gone, is asked about no more.
    const gone = goneAt(this.state(lane.id), lane);
    if (gone !== null && gone <= this.#deps.clock.now() && passage)
      this.perform(lane, { type: 'presence-timeout', passageId: passage.id });
    this.#asking.resume(lane, this.state(lane.id));
    this.#priceAsking.follow(lane, this.state(lane.id));
    this.#watchCleared(lane);
    this.#watchPresence(lane);
    this.advance(lane);
  }

  stop(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    for (const { cancel } of this.#presence.values()) cancel();
    this.#presence.clear();
    this.#asking.stop();
    this.#priceAsking.stop();
  }

  /**
   * Feeds one input to a lane's machine and carries out what it says.
   *
   * @throws ConflictError with the machine's refusal; then nothing has happened
   */
  perform(lane: Lane, input: LaneInput, before?: (tx: Tx) => void, freshPhotoId: string | null = null): void {
    const refused = this.attempt(lane, input, before, freshPhotoId);
    if (refused) throw new ConflictError(refused, refusalText(refused));
  }

  /** One transaction: what was decided here, and at another lane where the same car still stood. Returns why nothing was. */
  attempt(lane: Lane, input: LaneInput, before?: (tx: Tx) => void, freshPhotoId: string | null = null): Refusal | null {
    let done: readonly { readonly lane: Lane; readonly from: LaneState; readonly step: Step }[];
    try {
      done = this.#deps.store.write((tx) => {
        before?.(tx);
        const state = this.state(lane.id);
        let world = this.#look.world(lane, state, input, freshPhotoId);
        if (world.unambiguous && this.#standsElsewhere(lane, world.unambiguous))
          world = { ...world, unambiguous: null };
        const moved = this.#leaveOthers(tx, lane, world, input);
        if (moved.length > 0) world = this.#look.world(lane, state, input, freshPhotoId);
        const result = step(state, input, world);
        if ('refused' in result) throw new RefusedStep(result.refused);
        this.#record(tx, lane, state, result);
        return [...moved, { lane, from: state, step: result }];
      });
    } catch (error) {
      if (error instanceof RefusedStep) return error.refusal;
      throw error;
    }
    for (const each of done) this.#states.set(each.lane.id, each.step.state);
    for (const each of done) this.#followUp(each.lane, each.from, each.step);
    for (const { lane: at, from, step: after } of done)
      if (input.type === 'refresh' && billOf(from)?.id === billOf(after.state)?.id) this.#tellStanding(at);
    if (done.some((each) => each.step.state !== each.from)) for (const listener of this.#listeners) listener();
    for (const each of done) {
      if (each.lane.id !== lane.id) this.#atAnother(each.lane, () => this.advance(each.lane));
      this.#refreshOthers(each.lane, each.step.events);
    }
    return null;
  }

  /** What follows at another lane: that it fails is no failure of what was just done here. */
  #atAnother(lane: Lane, what: () => void): void {
    try {
      what();
    } catch (error) {
      this.#deps.log.error('another lane could not go on', { lane: lane.id, error: errorText(error) });
    }
  }

  /** The terms of a car that is asked for money at another lane changed with what happened here: its bill is made anew. */
  #refreshOthers(lane: Lane, events: Step['events']): void {
    for (const event of events) {
      if (event.kind !== 'stay-corrected' || event.body.what !== 'terms') continue;
      const { uid } = event.body.stay;
      const other = this.#deps.lanes.find(
        ({ id }) => id !== lane.id && this.state(id).phase === 'charging' && this.state(id).passage?.uid === uid,
      );
      if (other) this.#atAnother(other, () => this.perform(other, { type: 'refresh', actor: STATION }));
    }
  }

  /** A car whose plate is merely near the one of a car that stands at another lane is not that car. */
  #standsElsewhere(lane: Lane, stay: Stay): boolean {
    return this.#deps.lanes.some(({ id }) => {
      const { passage, phase } = this.state(id);
      return id !== lane.id && phase !== 'cleared' && passage?.uid === stay.uid;
    });
  }

  /** A car cannot stand at two exits: the lane it drove away from lets go of it, and of its bill. */
  #leaveOthers(tx: Tx, lane: Lane, world: World, cause: LaneInput): { lane: Lane; from: LaneState; step: Step }[] {
    const uids = new Set([world.inside?.uid, world.named?.uid]);
    return this.#deps.lanes.flatMap((other) => {
      const from = this.state(other.id);
      if (other.id === lane.id) return [];
      const queue = withoutWaiting(from, cause);
      const uid = queue.passage?.uid;
      const served = (uid && uids.has(uid) && queue.phase !== 'cleared') || isReadHere(queue, cause);
      const input: LaneInput = { type: 'gone-elsewhere', laneName: lane.name };
      const result = served ? step(queue, input, this.#look.world(other, queue, input)) : nothing(queue);
      if ('refused' in result || result.state === from) return [];
      this.#record(tx, other, from, result);
      return [{ lane: other, from, step: result }];
    });
  }

  #record(tx: Tx, lane: Lane, from: LaneState, result: Step): void {
    for (const event of result.events) tx.record(event);
    if (result.state !== from) tx.laneStates.put(lane.id, JSON.stringify(result.state));
  }

  /** What a committed step asks of the world outside: the arm first, then everybody else. */
  #followUp(lane: Lane, from: LaneState, { state, commands, events }: Step): void {
    for (const command of commands) this.#give(lane, command, state.lastCommand);
    if (state.passage?.id !== from.passage?.id || state.phase !== from.phase) this.#watchCleared(lane);
    this.#tellWatcher(lane, billOf(from), billOf(state), state.passage?.uid ?? null, events);
    this.#asking.follow(lane, from, state);
    this.#priceAsking.follow(lane, state);
    this.#watchPresence(lane);
    if (state.missed !== from.missed) this.#atAnother(lane, () => this.#deps.gates.loopSilent(lane, isDead(state)));
  }

  /** A bill that stands there as it stood: whoever may be asked for it by now, and was not, is asked. */
  #tellStanding(lane: Lane): void {
    const { phase, passage } = this.state(lane.id);
    const stay = passage?.uid ? this.#deps.store.read.stays.get(passage.uid) : undefined;
    if (phase === 'charging' && passage?.bill && stay) this.#deps.watcher.opened(passage.bill, stay, lane.id);
  }

  #tellWatcher(lane: Lane, before: Bill | null, after: Bill | null, uid: string | null, events: Step['events']): void {
    const { watcher, store } = this.#deps;
    // What stood at no lane may be being paid all the same: after an exit, or on a phone inside.
    for (const event of events)
      if (event.kind === 'bill-voided' && event.body.bill.id !== before?.id) watcher.over(event.body.bill.id, 'void');
    if (before?.id === after?.id) return;
    const paid = events.some((event) => event.kind === 'bill-paid' && event.body.billId === before?.id);
    if (before) watcher.over(before.id, paid ? 'paid' : 'void');
    const stay = after && uid ? store.read.stays.get(uid) : undefined;
    if (after && stay) watcher.opened(after, stay, lane.id);
  }

  #give(lane: Lane, command: Step['commands'][number], last: GateCommand | null): void {
    const passageId = last?.id === command.commandId ? last.passageId : null;
    const notStored = (error: unknown): void =>
      this.#deps.log.error('the answer of a gate command could not be stored', {
        lane: lane.id,
        error: errorText(error),
      });
    this.#deps.gates
      .give(lane, command.action)
      .then(({ outcome, detail, lost }) => {
        this.perform(lane, { type: 'gate-answered', commandId: command.commandId, outcome, detail });
        lost?.then((why) => this.#lost(lane, command, passageId, why)).catch(notStored);
      })
      .catch(notStored);
  }

  /** A command that counts as done may have been lost: that is written down, and shown where it was the last one. */
  #lost(lane: Lane, { commandId, action }: Step['commands'][number], passageId: string | null, detail: string): void {
    const { gates } = this.#deps;
    const arm = gates.position(lane);
    this.perform(lane, { type: 'gate-lost', commandId, action, passageId, detail, arm });
    const { lastCommand } = this.state(lane.id);
    if (lastCommand?.id === commandId && lastCommand.corrected) gates.lost(lane, detail);
  }

  /** Serves the next waiting car as soon as the one before it is done. */
  advance(lane: Lane): void {
    for (;;) {
      const state = this.state(lane.id);
      const [next, ...waiting] = state.waiting;
      if (!next || (state.phase !== 'idle' && state.phase !== 'cleared')) return;
      if (keepsPlace(state, lane, this.#deps.clock.now())) return;
      this.#states.set(lane.id, { ...state, waiting });
      try {
        this.perform(lane, { type: 'car', as: 'queued', arrival: next });
      } catch (error) {
        this.#states.set(lane.id, state);
        throw error;
      }
    }
  }

  #watchCleared(lane: Lane): void {
    this.#timers.get(lane.id)?.();
    this.#timers.delete(lane.id);
    const { phase, passage } = this.state(lane.id);
    if (phase !== 'cleared' || !passage) return;
    const wait = Math.max(CLEARED_MS, this.#deps.samePlateSeconds * 1000 + 1000);
    this.#timers.set(
      lane.id,
      this.#deps.clock.after(wait, () => {
        try {
          this.perform(lane, { type: 'cleared-timeout', passageId: passage.id });
          this.advance(lane);
          // It stays while the arm is not known to have opened; later it may be.
          if (this.state(lane.id).passage?.id === passage.id) this.#watchCleared(lane);
        } catch (error) {
          // Nobody above a timer catches: a full disk must not end the station. The passage is closed when it can be written.
          this.#deps.log.error('a passage could not be closed', { lane: lane.id, error: errorText(error) });
          this.#watchCleared(lane);
        }
      }),
    );
  }

  /** A car that a platform is asked about is gone after a while off the loop; one that was let through makes room after a while. */
  #watchPresence(lane: Lane): void {
    if (!lane.authority) return;
    const state = this.state(lane.id);
    const at = lookAgainAt(state, lane);
    const key = `${state.passage?.id} ${state.phase} ${at}`;
    if (this.#presence.get(lane.id)?.key === key) return;
    this.#presence.get(lane.id)?.cancel();
    this.#presence.delete(lane.id);
    const passageId = state.passage?.id;
    if (at === null || passageId === undefined) return;
    // However the clock was set meanwhile: nobody is waited for longer than that.
    const wait = Math.min(Math.max(0, at - this.#deps.clock.now()), COMING_MS);
    const cancel = this.#deps.clock.after(wait, () => {
      this.#presence.delete(lane.id);
      this.#atTimer(lane, () => {
        this.perform(lane, { type: 'presence-timeout', passageId });
        this.advance(lane);
      });
    });
    this.#presence.set(lane.id, { key, cancel });
  }

  /** Nobody above a timer catches: a full disk must not end the station. What could not be written is tried again a while later. */
  #atTimer(lane: Lane, what: () => void): void {
    try {
      what();
    } catch (error) {
      this.#deps.log.error('a lane could not look who is there', { lane: lane.id, error: errorText(error) });
      const key = `failed ${this.#deps.clock.now()}`;
      const cancel = this.#deps.clock.after(1000, () => {
        this.#presence.delete(lane.id);
        this.#watchPresence(lane);
      });
      this.#presence.set(lane.id, { key, cancel });
    }
  }

  #load(lane: Lane): LaneState {
    const stored = this.#deps.store.read.laneStates.get(lane.id);
    return stored === undefined ? EMPTY_LANE : laneStateSchema.parse(JSON.parse(stored));
  }
}

/** Who queued at one lane and is read at another one queues no longer. */
function withoutWaiting(state: LaneState, cause: LaneInput): LaneState {
  if (cause.type !== 'car' || !isReadable(cause.arrival.plate)) return state;
  const waiting = state.waiting.filter((each) => each.plate.text !== cause.arrival.plate.text);
  return waiting.length === state.waiting.length ? state : { ...state, waiting };
}

/** Who is asked about has no stay yet, or none is known: its plate tells that it was read at another lane since. */
function isReadHere(state: LaneState, cause: LaneInput): boolean {
  const { passage } = state;
  if (cause.type !== 'car' || !passage || !awaitsWord(state) || !isReadable(passage.plate)) return false;
  return passage.plate.text === cause.arrival.plate.text && passage.seenAt <= cause.arrival.at;
}

/** The bill that stands at a lane. */
const billOf = (state: LaneState): Bill | null => (state.phase === 'charging' ? (state.passage?.bill ?? null) : null);

/** Ends a transaction in which the machine refused: nothing of it happens. */
class RefusedStep extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal);
    this.refusal = refusal;
  }
}
