import type { Berth, BerthState } from '../../../shared/domain/berth.ts';
import type { JournalEvent } from '../../../shared/domain/events.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import type { Site } from '../../../shared/domain/site.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import type { BerthReading, BerthTold } from '../devices/device.ts';
import { isReadable } from '../lanes/rules.ts';
import type { PhotoRef } from '../lanes/state.ts';
import type { BillWatcher } from '../payments/watcher.ts';
import type { Alarms } from '../runtime/alarms.ts';
import { errorText } from '../runtime/errors.ts';
import type { Clock, Log } from '../runtime/ports.ts';
import type { PhotoVault } from '../store/photo-vault.ts';
import type { Store } from '../store/store.ts';
import { Awaiting } from './awaiting.ts';
import { type Act, BY_DEVICE, carryOut, type Work } from './carry-out.ts';
import { Doubts } from './doubts.ts';
import * as machine from './machine.ts';
import type { SceneDeps } from './place.ts';
import { byCode, observationOf } from './reading.ts';
import { heard, isNews, type Observation } from './words.ts';

export interface BerthRuntimeDeps extends Omit<SceneDeps, 'read'> {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly site: Site;
  readonly photos: PhotoVault;
  readonly alarms: Alarms;
  /** Who looks after the tries to pay a bill. */
  readonly watcher: Pick<BillWatcher, 'over'>;
  /** Whether a device can be reached. Absent: none is known to be. */
  readonly isOnline?: (deviceId: string) => boolean;
}

/** What came of a push: codes that are no berth of this device, and those that could not be stored. */
export interface Heard {
  readonly unknown: readonly string[];
  readonly failed: readonly string[];
}

type Plan = (known: () => machine.Known) => Iterable<machine.Move>;

/** A person's word waits for nothing. */
const AT_ONCE: machine.BerthRules = { settleMs: 0, leaveMs: 0 };
const RETRY_MS = 5_000;
/** A device that tells late has more to tell: for so long after its last word nothing is taken for the end of it. */
const BACKLOG_MS = 3_000;

/**
 * The berths as the rest of the station sees them: observations come in, stays begin and end. Every decision is one transaction with all
 * that follows from it; what is still open after a start goes on from what the store says.
 */
export class BerthRuntime {
  readonly #deps: BerthRuntimeDeps;
  readonly #scenes: SceneDeps;
  /** As in the store, and besides what devices said that changed nothing: their next word is compared with it. */
  readonly #states = new Map<string, BerthState>();
  /** Pictures of cars whose stays have not begun. */
  readonly #pictures = new Map<string, PhotoRef>();
  readonly #outOfUse = new Set<string>();
  /** Until when more may come of what a device tells late. */
  readonly #backlog = new Map<string, EpochMs>();
  readonly #awaiting: Awaiting;
  readonly #doubts: Doubts;
  readonly #listeners = new Set<() => void>();
  readonly #stopListening: () => void;

  constructor(deps: BerthRuntimeDeps) {
    this.#deps = deps;
    this.#scenes = { ...deps, read: deps.store.read };
    this.#doubts = new Doubts(deps.alarms);
    this.#awaiting = new Awaiting(deps.clock, (id) => this.look(id));
    this.#stopListening = deps.store.onCommitted((events) => this.#registerChanged(events));
  }

  /** After a start: who was about to begin or end a stay does so at the moment that the store says, or has done so by now. */
  recover(): void {
    for (const berth of this.#deps.store.read.berths.all()) {
      if (!berth.inUse) this.#outOfUse.add(berth.id);
      this.look(berth.id);
    }
  }

  stop(): void {
    this.#stopListening();
    this.#awaiting.stop();
  }

  onChanged(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  state(berthId: string): BerthState {
    return this.#states.get(berthId) ?? this.#deps.store.read.berthStates.get(berthId);
  }

  /** The stay of the car that is in a berth; null: none is, or its stay was ended in another way. */
  stay({ uid }: Pick<BerthState, 'uid'>): Stay | null {
    const stay = uid === null ? undefined : this.#deps.store.read.stays.get(uid);
    return stay?.status === 'inside' ? stay : null;
  }

  /** A device told of its berths. When this returns, whatever was decided is on disk. */
  told(reading: BerthReading): Heard {
    const unknown: string[] = [];
    const failed: string[] = [];
    for (const [code, words] of byCode(reading.berths)) {
      const berth = this.#deps.store.read.berths.byCode(code);
      if (!berth || ![berth.sensor, berth.camera].includes(reading.deviceId)) {
        unknown.push(code);
        continue;
      }
      const heard = words.map((word) => this.#guarded(berth, () => this.#hear(berth, reading, word)));
      if (heard.includes(false)) failed.push(code);
      this.look(berth.id);
    }
    return { unknown, failed };
  }

  #hear(berth: Berth, reading: BerthReading, word: BerthTold): void {
    const { receivedAt } = reading;
    const seen = observationOf(reading, word, this.#deps.site.rules.kerbside);
    if (seen.timed && seen.at < receivedAt - BACKLOG_MS) this.#backlog.set(berth.id, receivedAt + BACKLOG_MS);
    this.observe(berth, seen, { ...BY_DEVICE, photo: word.photo });
  }

  /** Takes in one observation. What a person says begins or ends a stay at once. */
  observe(berth: Berth, seen: Observation, act: Act): void {
    const before = this.state(berth.id);
    this.#doubts.note(berth, before, seen);
    if (seen.source !== 'person' && isNews(before, seen) === 'old') return;
    const now = this.#deps.clock.now();
    const upTo = Math.min(machine.momentOf({ state: before }, seen), now);
    const rules = this.#rules();
    this.#decide(berth, act, function* (known) {
      yield* everythingDue(known, upTo, rules);
      yield* machine.observed(known(), seen, rules);
      if (seen.source === 'person') yield* everythingDue(known, now, AT_ONCE);
    });
    const after = this.state(berth.id);
    const next = heard(after, seen);
    if (next !== after) this.#states.set(berth.id, next);
  }

  /** A car stands where the stay of the one before was ended by hand, and nobody saw the one go and the other come. */
  replace(berth: Berth, seen: Observation, act: Act): void {
    const now = this.#deps.clock.now();
    this.#decide(berth, act, function* (known) {
      yield machine.taken(known(), seen);
      yield* everythingDue(known, now, AT_ONCE);
    });
    this.look(berth.id);
  }

  /** Which car it is that stands in a berth. */
  identify(berth: Berth, car: { readonly plate: Plate; readonly vehicleClass: VehicleClass | null }, act: Act): void {
    this.#decide(berth, act, () => [{ type: 'identified', ...car }]);
  }

  /** Carries out what time alone has brought about, and sees to it that the next such moment is not missed. */
  look(berthId: string): void {
    const berth = this.#deps.store.read.berths.get(berthId);
    if (!berth) return;
    const now = this.#deps.clock.now();
    const rules = this.#rules();
    const from = this.#backlog.get(berthId) ?? now;
    if (from <= now) this.#backlog.delete(berthId);
    const done = this.#guarded(berth, () => {
      this.#backInUse(berth, now);
      if (from <= now) this.#decide(berth, BY_DEVICE, (known) => everythingDue(known, now, rules));
    });
    const at = machine.dueAt(this.#known(berth, this.state(berthId)), rules);
    // What could not be stored now is tried again, and not in a circle.
    this.#awaiting.until(berthId, at === null ? null : Math.max(at, done ? from : now + RETRY_MS));
  }

  /** Nobody pays for the time in which the berth was out of use. */
  #backInUse(berth: Berth, now: EpochMs): void {
    if (!berth.inUse) this.#outOfUse.add(berth.id);
    else if (this.#outOfUse.delete(berth.id)) this.#decide(berth, BY_DEVICE, (known) => machine.sinceNow(known(), now));
  }

  #known(berth: Berth, state: BerthState): machine.Known {
    // Also where the stay was ended in another way: its car may stand there still.
    const plate = state.uid === null ? undefined : this.#deps.store.read.stays.get(state.uid)?.plate;
    return { state, inUse: berth.inUse, plate: plate && isReadable(plate) ? plate : null };
  }

  #rules(): machine.BerthRules {
    const { settleSeconds, leaveSeconds } = this.#deps.site.rules.kerbside;
    return { settleMs: settleSeconds * 1000, leaveMs: leaveSeconds * 1000 };
  }

  /** All moves of one decision in one transaction; none where there are none, for heartbeats come by the minute. */
  #decide(berth: Berth, act: Act, plan: Plan): void {
    const { store, watcher } = this.#deps;
    const state = this.state(berth.id);
    const [any] = plan(() => this.#known(berth, state));
    if (any === undefined) return;
    const others = { berth: (id: string) => store.read.berths.get(id), state: (id: string) => this.state(id) };
    const deps = { ...this.#deps, scenes: this.#scenes, others };
    const work = store.write((tx): Work => {
      const work: Work = { tx, state, picture: this.#pictures.get(berth.id) ?? null, voided: [], after: [] };
      for (const move of plan(() => this.#known(berth, work.state))) carryOut(deps, work, berth, move, act);
      return work;
    });
    this.#states.set(berth.id, work.state);
    if (work.picture) this.#pictures.set(berth.id, work.picture);
    else this.#pictures.delete(berth.id);
    for (const billId of work.voided) watcher.over(billId, 'void');
    for (const after of work.after) after();
    for (const listener of this.#listeners) listener();
  }

  /** The register changed: what is gone is forgotten, what is there is looked at once whoever is writing has come to an end. */
  #registerChanged(events: readonly JournalEvent[]): void {
    for (const event of events) {
      if (event.kind !== 'berth-changed') continue;
      const { berth, change } = event.body;
      if (change === 'removed') {
        this.#states.delete(berth.id);
        this.#doubts.forget(berth);
        this.#pictures.delete(berth.id);
        this.#outOfUse.delete(berth.id);
      }
      this.#awaiting.until(berth.id, change === 'removed' ? null : this.#deps.clock.now());
    }
  }

  #guarded(berth: Berth, what: () => void): boolean {
    try {
      what();
      return true;
    } catch (error) {
      const fields = { berth: berth.code, error: errorText(error) };
      this.#deps.log.error('what was told of a berth could not be stored', fields);
      return false;
    }
  }
}

function* everythingDue(known: () => machine.Known, upTo: EpochMs, rules: machine.BerthRules) {
  for (let move = machine.due(known(), upTo, rules); move; move = machine.due(known(), upTo, rules)) yield move;
}
