import { type Actor, type EventDraft, STATION } from '../../../shared/domain/events.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import type { Lane, Site, Spaces } from '../../../shared/domain/site.ts';
import { type EpochMs, shanghaiCompact } from '../../../shared/domain/time.ts';
import type { PlateRead } from '../devices/device.ts';
import type { Pricing } from '../payments/pricing.ts';
import { ConflictError, errorText, NotFoundError } from '../runtime/errors.ts';
import type { Cancel, Clock, Ids, Log } from '../runtime/ports.ts';
import type { PhotoVault } from '../store/photo-vault.ts';
import type { Store, Tx } from '../store/store.ts';
import type { GateKeeper } from './gate-keeper.ts';
import { step } from './machine.ts';
import { refusalText } from './refusals.ts';
import { EMPTY_LANE, type GateCommand, type LaneState, laneStateSchema, type PhotoRef } from './state.ts';
import type { LaneInput, Step, World } from './step.ts';

/** The screen turns neutral again after this time when no loop told that the car passed. */
const CLEARED_MS = 30_000;

export interface LaneRuntimeDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly site: Site;
  readonly lanes: readonly Lane[];
  readonly pricing: Pricing;
  readonly photos: PhotoVault;
  readonly gates: GateKeeper;
}

/**
 * Feeds the lane machine and carries out what it says: one transaction with everything that was decided, then, and only
 * then, the commands to the arm.
 */
export class LaneRuntime {
  readonly #deps: LaneRuntimeDeps;
  readonly #states = new Map<string, LaneState>();
  readonly #timers = new Map<string, Cancel>();
  readonly #listeners = new Set<() => void>();

  constructor(deps: LaneRuntimeDeps) {
    this.#deps = deps;
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
      this.#watchCleared(lane);
      this.#advance(lane);
    }
  }

  /** A device came back after it was away: an arm that is held open is told so again, since it may have forgotten. */
  deviceBack(deviceId: string): void {
    for (const lane of this.#deps.lanes)
      if ((lane.camera === deviceId || lane.barrier === deviceId) && this.state(lane.id).held)
        this.#perform(lane, {
          type: 'gate',
          action: 'hold',
          reason: '设备恢复后重新常抬',
          photoId: null,
          actor: STATION,
        });
  }

  stop(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
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
    const { site, store } = this.#deps;
    const inside = store.read.stays.countInside();
    return { total: site.totalSpaces, open: site.openSpaces, free: Math.max(0, site.openSpaces - inside), inside };
  }

  /**
   * A camera saw a car. When this returns, whatever was decided is on disk, and the arm was told if it is to open.
   * The same read again (same serial number and plate id) is the same car; a stored one never opens anything.
   */
  plate(read: PlateRead): void {
    const lane = this.#deps.lanes.find((candidate) => candidate.camera === read.deviceId);
    if (!lane) return;
    const known = this.#knownRead(read);
    if (known) {
      if (known.passageId && !read.stored) this.#perform(lane, { type: 'asked-again', passageId: known.passageId });
      return;
    }
    const passageId = this.#deps.ids.next('pass');
    const photo = read.photo && this.#deps.photos.put(this.#deps.ids.next('photo'), read.receivedAt, read.photo);
    const before = (tx: Tx): void => {
      tx.record({
        kind: 'plate-read',
        key: null,
        laneId: lane.id,
        passageId,
        actor: STATION,
        body: readBody(read, lane),
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
        arrival: { passageId, at: read.receivedAt, plate: read.plate, confidence: read.confidence, photo },
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
    this.#perform(lane, input);
    this.#advance(lane);
  }

  /** 手动开闸、落闸、常抬: with the photo of the car that stands there as evidence, or a fresh one. */
  gate(laneId: string, action: GateCommand['action'], reason: string | null, actor: Actor): void {
    const lane = this.lane(laneId);
    const { phase, passage } = this.state(laneId);
    // A car that was let through is on its way out of the picture: its photo is no evidence of what happens now.
    const standing = phase === 'cleared' ? undefined : passage?.photo?.id;
    const photoId = standing ?? this.#deps.gates.snapshot(lane) ?? passage?.photo?.id ?? null;
    this.order(laneId, { type: 'gate', action, reason, photoId, actor });
  }

  safetyLoop(laneId: string, on: boolean): void {
    const lane = this.lane(laneId);
    this.#perform(lane, { type: 'safety-loop', on });
    this.#advance(lane);
  }

  #perform(lane: Lane, input: LaneInput, before?: (tx: Tx) => void): void {
    const { store } = this.#deps;
    const state = this.state(lane.id);
    const done = store.write((tx): Step => {
      before?.(tx);
      const result = step(state, input, this.#world(lane, state, input));
      if ('refused' in result) throw new ConflictError(result.refused, refusalText(result.refused));
      for (const event of result.events) tx.record(event);
      if (result.state !== state) tx.laneStates.put(lane.id, JSON.stringify(result.state));
      return result;
    });
    this.#states.set(lane.id, done.state);
    for (const command of done.commands) this.#give(lane, command);
    if (done.state.passage?.id !== state.passage?.id || done.state.phase !== state.phase) this.#watchCleared(lane);
    if (done.state !== state) for (const listener of this.#listeners) listener();
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
        } catch (error) {
          // Nobody above a timer catches: a full disk must not end the station. The passage is closed when it can be written.
          this.#deps.log.error('a passage could not be closed', { lane: lane.id, error: errorText(error) });
          this.#watchCleared(lane);
        }
      }),
    );
  }

  #world(lane: Lane, state: LaneState, input: LaneInput): World {
    const { store, clock, ids, site, pricing } = this.#deps;
    const now = clock.now();
    const plate: Plate | undefined =
      input.type === 'car' ? input.arrival.plate : input.type === 'correct-plate' ? input.plate : state.passage?.plate;
    const inside = plate ? (store.read.stays.inside(plate.text) ?? null) : null;
    const uid = state.passage?.uid;
    const enteredAt = input.type === 'car' ? input.arrival.at : (state.passage?.startedAt ?? now);
    return {
      now,
      lane,
      samePlateMs: site.samePlateSeconds * 1000,
      listed: plate ? store.read.lists.listed(plate.text, now) : null,
      inside,
      current: uid ? (store.read.stays.get(uid) ?? null) : null,
      fee:
        inside && lane.direction === 'out'
          ? pricing.fee(inside, input.type === 'car' ? input.arrival.at : now, lane.tariff)
          : null,
      vehicleClass: plate ? pricing.vehicleClassOf(plate) : site.defaultVehicleClass,
      spaces: this.spaces(),
      newUid: this.newUid(lane, enteredAt),
      newId: (prefix) => ids.next(prefix),
    };
  }

  /** Site code + entrance number + time to the millisecond; moved on until nobody has it (Qingdao D18). */
  newUid(lane: Lane, at: EpochMs): string {
    for (let moment = at; ; moment += 1) {
      const uid = `${this.#deps.site.code}${lane.number}${shanghaiCompact(moment)}`;
      if (!this.#deps.store.read.stays.get(uid)) return uid;
    }
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

/** Two reads with one counter value are one car when their captures lie no further apart than this. */
const REPEAT_WINDOW_MS = 10 * 60_000;

const readBody = (read: PlateRead, lane: Lane): Extract<EventDraft, { kind: 'plate-read' }>['body'] => ({
  deviceId: read.deviceId,
  serialNo: read.serialNo,
  plateId: read.plateId,
  plate: read.plate,
  confidence: read.confidence,
  trigger: read.trigger,
  capturedAt: read.capturedAt,
  stored: read.stored,
  direction: lane.direction,
});

const storedPhoto = (photo: PhotoRef, lane: Lane, passageId: string): EventDraft => ({
  kind: 'photo-taken',
  key: null,
  laneId: lane.id,
  passageId,
  actor: STATION,
  body: {
    photoId: photo.id,
    purpose: 'stored',
    stay: null,
    takenAt: photo.takenAt,
    name: photo.name,
    bytes: photo.bytes,
    sha256: photo.sha256,
  },
});
