import { type Actor, STATION } from '../../../shared/domain/events.ts';
import type { Bill } from '../../../shared/domain/money-flow.ts';
import type { Area, Lane, LaneDirection, Site, Spaces } from '../../../shared/domain/site.ts';
import type { Doubt, Stay } from '../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { PlateRead } from '../devices/device.ts';
import type { Account } from '../payments/bills.ts';
import type { Pricing } from '../payments/pricing.ts';
import type { BillWatcher, Payment } from '../payments/watcher.ts';
import { ConflictError, errorText, NotFoundError } from '../runtime/errors.ts';
import type { Cancel, Clock, Ids, Log } from '../runtime/ports.ts';
import type { PhotoVault } from '../store/photo-vault.ts';
import type { Store, Tx } from '../store/store.ts';
import { Asking } from './asking.ts';
import type { GateAuthority } from './authority-port.ts';
import { cameraAway, cameraBack, openedUnseen } from './gaps.ts';
import type { GateKeeper } from './gate-keeper.ts';
import { Look } from './look.ts';
import { step } from './machine.ts';
import { readBody, storedPhoto } from './read-events.ts';
import { refusalText } from './refusals.ts';
import { isReadable } from './rules.ts';
import { EMPTY_LANE, type GateCommand, type LaneState, laneStateSchema } from './state.ts';
import { type LaneInput, nothing, type Refusal, type Step, type World } from './step.ts';

/** The screen turns neutral again after this time when no loop told that the car passed. */
const CLEARED_MS = 30_000;

/** Orders that let a car go, or say which car it is, by a person's word. */
const PHOTOGRAPHED: ReadonlySet<LaneInput['type']> = new Set([
  'release',
  'owe',
  'approve',
  'pick-stay',
  'back-fill',
  'fixed-fee',
]);

/** Two reads with one counter value are one car when their captures lie no further apart than this. */
const REPEAT_WINDOW_MS = 10 * 60_000;

export interface LaneRuntimeDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly site: Site;
  readonly areas: readonly Area[];
  readonly lanes: readonly Lane[];
  readonly pricing: Pricing;
  readonly photos: PhotoVault;
  readonly gates: GateKeeper;
  /** Who tries to get a bill paid that stands at a lane. */
  readonly watcher: BillWatcher;
  /** The platform that has the word at a lane, by its id; undefined when it is not connected. */
  readonly authority: (platform: string) => GateAuthority | undefined;
}

/**
 * Feeds the lane machine and carries out what it says: one transaction with everything that was decided, then, and only
 * then, the commands to the arm.
 */
export class LaneRuntime {
  readonly #deps: LaneRuntimeDeps;
  readonly #look: Look;
  readonly #asking: Asking;
  readonly #states = new Map<string, LaneState>();
  readonly #timers = new Map<string, Cancel>();
  readonly #listeners = new Set<() => void>();

  constructor(deps: LaneRuntimeDeps) {
    this.#deps = deps;
    this.#look = new Look({ ...deps, read: deps.store.read });
    this.#asking = new Asking({
      clock: deps.clock,
      log: deps.log,
      authority: deps.authority,
      stay: (uid) => deps.store.read.stays.get(uid) ?? null,
      tell: (lane, input) => {
        this.#perform(lane, input);
        this.#advance(lane);
      },
    });
    for (const lane of deps.lanes) this.#states.set(lane.id, this.#load(lane));
  }

  /**
   * After a start: a command whose answer was never written down ended nobody knows how, and is shown as such; an arm that was
   * held open is held again; a cleared car gets its time anew.
   */
  recover(): void {
    for (const lane of this.#deps.lanes) {
      const state = this.state(lane.id);
      if (state.lastCommand?.outcome === 'pending')
        this.#perform(lane, {
          type: 'gate-answered',
          commandId: state.lastCommand.id,
          outcome: 'unknown',
          detail: '岗亭程序重启，指令结果未知',
        });
      if (state.held)
        this.#perform(lane, { type: 'gate', action: 'hold', reason: '重启后恢复常抬', photoId: null, actor: STATION });
      const { phase, passage } = this.state(lane.id);
      const stay = passage?.uid ? this.#deps.store.read.stays.get(passage.uid) : undefined;
      if (phase === 'charging' && passage?.bill && stay) this.#deps.watcher.opened(passage.bill, stay, lane.id);
      this.#asking.resume(lane, this.state(lane.id));
      this.#watchCleared(lane);
      this.#advance(lane);
    }
  }

  /** A device came back after it was away: an arm that is held open is told so again, since it may have forgotten. */
  deviceBack(deviceId: string): void {
    for (const lane of this.#deps.lanes) {
      if (lane.camera === deviceId || lane.exitCamera === deviceId) cameraBack(this.#deps, lane);
      if ((lane.camera === deviceId || lane.barrier === deviceId) && this.state(lane.id).held)
        this.#perform(lane, {
          type: 'gate',
          action: 'hold',
          reason: '设备恢复后重新常抬',
          photoId: null,
          actor: STATION,
        });
    }
  }

  /** A device went away. Behind a blind camera cars can leave unseen as soon as somebody opens by hand. */
  deviceAway(deviceId: string): void {
    for (const lane of this.#deps.lanes)
      if (lane.camera === deviceId || lane.exitCamera === deviceId)
        cameraAway(this.#deps, lane, this.#blindDirection(lane, deviceId));
  }

  /** The way that nobody sees now. With one camera for both ways cars may leave unseen. */
  #blindDirection(lane: Lane, cameraId: string): LaneDirection {
    if (lane.direction !== 'both' || this.state(lane.id).turned) return this.directionOf(lane);
    return lane.exitCamera === undefined || lane.exitCamera === cameraId ? 'out' : 'in';
  }

  stop(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    this.#asking.stop();
  }

  onChanged(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  lanes(): readonly Lane[] {
    return this.#deps.lanes;
  }

  lane(id: string): Lane {
    const lane = this.#deps.lanes.find((candidate) => candidate.id === id);
    if (!lane) throw new NotFoundError(`没有车道 ${id}`);
    return lane;
  }

  state(laneId: string): LaneState {
    return this.#states.get(laneId) ?? EMPTY_LANE;
  }

  spaces(): Spaces {
    return this.#look.spaces();
  }

  /** The way a lane serves now: with the car that stands there, or as it is set. */
  directionOf(lane: Lane): LaneDirection {
    const state = this.state(lane.id);
    return state.passage?.direction ?? state.turned ?? (lane.direction === 'both' ? 'in' : lane.direction);
  }

  doubts(stay: Stay): readonly Doubt[] {
    return this.#look.doubts(stay, this.#deps.clock.now());
  }

  /** What a stay comes to now, priced as the exit will. */
  account(stay: Stay): Account | null {
    return this.#look.account(stay, this.#deps.clock.now(), this.#exitTariff());
  }

  /** A tariff that every exit names is the one the driver will meet; where they differ nobody can know, and the park's counts. */
  #exitTariff(): string | undefined {
    const named = new Set(this.#deps.lanes.filter((lane) => lane.direction !== 'in').map((lane) => lane.tariff));
    return named.size === 1 ? [...named][0] : undefined;
  }

  /**
   * A camera saw a car. When this returns, whatever was decided is on disk, and the arm was told if it is to open.
   * The same read again (same serial number and plate id) is the same car; a stored one never opens anything.
   */
  plate(read: PlateRead): void {
    const lane = this.#deps.lanes.find(
      (candidate) => candidate.camera === read.deviceId || candidate.exitCamera === read.deviceId,
    );
    if (!lane) return;
    const known = this.#knownRead(read);
    if (known) {
      if (known.passageId && !read.stored) this.#perform(lane, { type: 'asked-again', passageId: known.passageId });
      return;
    }
    const passageId = this.#deps.ids.next('pass');
    const direction = this.#look.direction(lane, this.state(lane.id), read.plate, read.deviceId);
    const photo = read.photo && this.#deps.photos.put(this.#deps.ids.next('photo'), read.receivedAt, read.photo);
    const before = (tx: Tx): void => {
      tx.record({
        kind: 'plate-read',
        key: null,
        laneId: lane.id,
        passageId,
        actor: STATION,
        body: readBody(read, direction),
      });
      if (read.plateId !== null)
        tx.reads.put({
          serialNo: read.serialNo,
          plateId: read.plateId,
          capturedAt: read.capturedAt,
          receivedAt: read.receivedAt,
          laneId: lane.id,
          passageId: read.stored ? null : passageId,
        });
    };
    if (read.stored) {
      this.#deps.store.write((tx) => {
        before(tx);
        if (photo) tx.record(storedPhoto(photo, lane, passageId));
      });
      return;
    }
    this.#perform(
      lane,
      {
        type: 'car',
        arrival: {
          passageId,
          at: read.receivedAt,
          plate: read.plate,
          confidence: read.confidence,
          photo,
          direction,
        },
      },
      before,
    );
    this.#advance(lane);
  }

  /** Something a person or a platform asks of the car at the lane. `passageId` names the car they saw. */
  order(laneId: string, input: LaneInput, passageId?: string): void {
    const lane = this.lane(laneId);
    const present = this.state(laneId).passage?.id;
    if (passageId !== undefined && passageId !== present)
      throw new ConflictError('other-car', '车道上已经是另一辆车，请核对后重试');
    const { passage } = this.state(laneId);
    // What a person decides about a car is evidence only with a picture of it; where the camera sent none, one is asked for.
    const fresh = passage?.photo === null && PHOTOGRAPHED.has(input.type) ? this.#deps.gates.snapshot(lane) : null;
    this.#perform(lane, input, undefined, fresh);
    this.#advance(lane);
  }

  /**
   * A car without a plate says at a lane who it is (无牌车扫码). Where no camera saw a car, the scan is its arrival.
   */
  identify(laneId: string, identity: string, actor: Actor, passageId?: string): void {
    const lane = this.lane(laneId);
    const state = this.state(laneId);
    if (passageId !== undefined && passageId !== state.passage?.id)
      throw new ConflictError('other-car', '车道上已经是另一辆车，请核对后重试');
    const nobody = state.phase === 'idle' || state.phase === 'cleared';
    // An id that nobody inside has brings no car before the exit.
    if (nobody && this.#identityDirection(lane, state, identity) === 'out' && !this.#isInside(identity))
      throw new ConflictError('not-inside', refusalText('not-inside'));
    if (nobody)
      this.#perform(lane, {
        type: 'car',
        arrival: {
          passageId: this.#deps.ids.next('pass'),
          at: this.#deps.clock.now(),
          plate: { text: '', color: 'unknown', kind: 'unread' },
          confidence: null,
          photo: null,
          direction: this.#identityDirection(lane, state, identity),
        },
      });
    this.order(laneId, { type: 'identify', identity, actor });
  }

  #isInside(identity: string): boolean {
    return this.#deps.store.read.stays.insideIdentity(identity) !== undefined;
  }

  #identityDirection(lane: Lane, state: LaneState, identity: string): LaneDirection {
    if (lane.direction !== 'both' || state.turned) return this.directionOf(lane);
    return this.#isInside(identity) ? 'out' : 'in';
  }

  /** Money came in for a bill that stands at a lane: see `PayAtLane`. */
  pay(laneId: string, billId: string, payment: Payment, actor: Actor = STATION): 'settled' | 'not-wanted' {
    const lane = this.lane(laneId);
    const refused = this.#attempt(lane, { type: 'paid', billId, payment, actor });
    if (refused === 'not-wanted' || refused === 'amount-differs') return 'not-wanted';
    if (refused) throw new ConflictError(refused, refusalText(refused));
    this.#advance(lane);
    return 'settled';
  }

  /** 手动开闸、落闸、常抬: with the photo of the car that stands there as evidence, or a fresh one. */
  gate(laneId: string, action: GateCommand['action'], reason: string | null, actor: Actor): void {
    const lane = this.lane(laneId);
    const { phase, passage } = this.state(laneId);
    // A car that was let through is on its way out of the picture: its photo is no evidence of what happens now.
    const standing = phase === 'cleared' ? undefined : passage?.photo?.id;
    const photoId = standing ?? this.#deps.gates.snapshot(lane) ?? passage?.photo?.id ?? null;
    this.#perform(lane, { type: 'gate', action, reason, photoId, actor }, (tx) => {
      // Nobody was seen there: whoever goes through goes unseen.
      if (action === 'open' && !passage) openedUnseen(tx, lane);
    });
    this.#advance(lane);
  }

  safetyLoop(laneId: string, on: boolean): void {
    const lane = this.lane(laneId);
    this.#perform(lane, { type: 'safety-loop', on });
    this.#advance(lane);
  }

  #perform(lane: Lane, input: LaneInput, before?: (tx: Tx) => void, freshPhotoId: string | null = null): void {
    const refused = this.#attempt(lane, input, before, freshPhotoId);
    if (refused) throw new ConflictError(refused, refusalText(refused));
  }

  /** One transaction: what was decided here, and at another lane where the same car still stood. Returns why nothing was. */
  #attempt(
    lane: Lane,
    input: LaneInput,
    before?: (tx: Tx) => void,
    freshPhotoId: string | null = null,
  ): Refusal | null {
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
    if (done.some((each) => each.step.state !== each.from)) for (const listener of this.#listeners) listener();
    for (const each of done) {
      if (each.lane.id !== lane.id) this.#atAnother(each.lane, () => this.#advance(each.lane));
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
      if (other) this.#atAnother(other, () => this.#perform(other, { type: 'refresh', actor: STATION }));
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
      const served = uid && uids.has(uid) && queue.phase !== 'cleared';
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
    for (const command of commands) this.#give(lane, command);
    if (state.passage?.id !== from.passage?.id || state.phase !== from.phase) this.#watchCleared(lane);
    this.#tellWatcher(lane, billOf(from), billOf(state), state.passage?.uid ?? null, events);
    this.#asking.follow(lane, from, state);
  }

  #tellWatcher(lane: Lane, before: Bill | null, after: Bill | null, uid: string | null, events: Step['events']): void {
    if (before?.id === after?.id) return;
    const { watcher, store } = this.#deps;
    const paid = events.some((event) => event.kind === 'bill-paid' && event.body.billId === before?.id);
    if (before) watcher.over(before.id, paid ? 'paid' : 'void');
    const stay = after && uid ? store.read.stays.get(uid) : undefined;
    if (after && stay) watcher.opened(after, stay, lane.id);
  }

  #give(lane: Lane, command: { readonly commandId: string; readonly action: GateCommand['action'] }): void {
    this.#deps.gates
      .give(lane, command.action)
      .then(({ outcome, detail }) =>
        this.#perform(lane, { type: 'gate-answered', commandId: command.commandId, outcome, detail }),
      )
      .catch((error: unknown) =>
        this.#deps.log.error('the answer of a gate command could not be stored', {
          lane: lane.id,
          error: errorText(error),
        }),
      );
  }

  /** Serves the next waiting car as soon as the one before it is done. */
  #advance(lane: Lane): void {
    for (;;) {
      const state = this.state(lane.id);
      const [next, ...waiting] = state.waiting;
      if (!next || (state.phase !== 'idle' && state.phase !== 'cleared')) return;
      this.#states.set(lane.id, { ...state, waiting });
      try {
        this.#perform(lane, { type: 'car', arrival: next });
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
    const wait = Math.max(CLEARED_MS, this.#deps.site.samePlateSeconds * 1000 + 1000);
    this.#timers.set(
      lane.id,
      this.#deps.clock.after(wait, () => {
        try {
          this.#perform(lane, { type: 'cleared-timeout', passageId: passage.id });
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

  /** Site code + entrance number + time to the millisecond; moved on until nobody has it (Qingdao D18). */
  newUid(lane: Lane, at: EpochMs): string {
    return this.#look.newUid(lane, at);
  }

  #knownRead(read: PlateRead): { readonly passageId: string | null } | undefined {
    if (read.plateId === null) return undefined;
    const known = this.#deps.store.read.reads.get(read.serialNo, read.plateId);
    if (!known) return undefined;
    // The counter of a camera starts again when it is replaced or reset: an equal number from another hour is another car.
    const apart =
      read.capturedAt !== null && known.capturedAt !== null
        ? Math.abs(read.capturedAt - known.capturedAt)
        : Math.abs(read.receivedAt - known.receivedAt);
    return apart <= REPEAT_WINDOW_MS ? known : undefined;
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
