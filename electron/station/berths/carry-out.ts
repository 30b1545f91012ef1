import type { Berth, BerthState } from '../../../shared/domain/berth.ts';
import { type Actor, type EventDraft, STATION } from '../../../shared/domain/events.ts';
import { UNREAD_PLATE } from '../../../shared/domain/plate.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { isReadable } from '../lanes/rules.ts';
import type { PhotoRef } from '../lanes/state.ts';
import { openCase } from '../payments/cases.ts';
import type { ExternalPrices } from '../payments/external-prices.ts';
import type { Alarms } from '../runtime/alarms.ts';
import type { Clock, Ids } from '../runtime/ports.ts';
import type { PhotoVault } from '../store/photo-vault.ts';
import type { Tx } from '../store/store.ts';
import { arrive, identify } from './arrive.ts';
import { depart } from './depart.ts';
import { type OtherBerths, standsElsewhere } from './elsewhere.ts';
import type { Move } from './machine.ts';
import { giveBack } from './paid-after.ts';
import { type Car, type Scene, type SceneDeps, sceneOf } from './place.ts';

/** What was told at a berth, besides what it means: by whom, why, and with which picture. */
export interface Act {
  readonly actor: Actor;
  readonly photo: Uint8Array | null;
  readonly reason: string | null;
}

export const BY_DEVICE: Act = { actor: STATION, photo: null, reason: null };

/** A transaction under way, and what it leaves. */
export interface Work {
  readonly tx: Tx;
  state: BerthState;
  /** Of the car that stands there and whose stay has not begun. */
  picture: PhotoRef | null;
  /** Bills that nobody is asked for any more. */
  readonly voided: string[];
  /** Told once it is on disk. */
  readonly after: (() => void)[];
}

export interface CarryOutDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly photos: PhotoVault;
  readonly alarms: Alarms;
  readonly scenes: SceneDeps;
  readonly others: OtherBerths;
  /** Whether a device can be reached. Absent: none is known to be. */
  readonly isOnline?: (deviceId: string) => boolean;
  readonly prices?: Pick<ExternalPrices, 'known'> | undefined;
}

/** Writes down one move of the machine with all that follows from it. */
export function carryOut(deps: CarryOutDeps, work: Work, berth: Berth, move: Move, act: Act): void {
  switch (move.type) {
    case 'read':
      work.state = move.state;
      picture(deps, work, berth, act);
      return;
    case 'changed':
      work.picture = null;
      record(work, berth, move.state, move.at, act.actor);
      if (move.state.occupied && move.state.uid === null) picture(deps, work, berth, act);
      else photoTaken(deps, work, berth, act, move.state.occupied ? 'entry' : 'exit');
      return;
    case 'begin':
      begin(deps, work, berth, act);
      return;
    case 'end':
      end(deps, work, berth, move, act);
      return;
    case 'identified':
      identified(deps, work, berth, move, act);
  }
}

function begin(deps: CarryOutDeps, work: Work, berth: Berth, act: Act): void {
  const { seen, ...rest } = work.state;
  const at = rest.since ?? deps.clock.now();
  const plate = seen?.plate ?? UNREAD_PLATE;
  const car = { at, plate, direction: 'in', uid: null, photo: work.picture } as const;
  const read = sceneAt(deps, berth, act, car);
  const other = read.world.inside && standsElsewhere(read.world.inside, berth, deps);
  const scene = other === null ? read : sceneAt(deps, berth, act, { ...car, plate: UNREAD_PLATE });
  const { stay, events } = arrive(scene, seen?.vehicleClass ?? null);
  recordAll(work, events);
  if (other !== null) atTwoBerths(deps, work, berth, { uid: stay.uid, plate: plate.text, other });
  record(work, berth, { ...rest, uid: stay.uid }, at, act.actor);
  work.picture = null;
  watchListed(deps, work, scene, stay);
}

function end(deps: CarryOutDeps, work: Work, berth: Berth, move: Extract<Move, { type: 'end' }>, act: Act): void {
  const { uid } = move;
  const stay = work.tx.stays.get(uid);
  // It may have been ended by hand, or at a gate, while the car still stood here.
  if (stay?.status === 'inside') {
    const at = Math.max(move.at, stay.enteredAt);
    const scene = sceneAt(deps, berth, act, { at, plate: stay.plate, direction: 'out', uid, photo: null });
    const { events, surplus = [] } = depart(scene, stay, deps.prices?.known(stay) ?? null);
    recordAll(work, events);
    const context = { now: deps.clock.now(), newId: () => deps.ids.next('refund') };
    giveBack(work.tx, uid, surplus, context, STATION);
  }
  record(work, berth, { ...work.state, uid: null }, move.at, act.actor);
  work.after.push(() => deps.alarms.clear('kerb-listed', berth.code));
}

function identified(
  deps: CarryOutDeps,
  work: Work,
  berth: Berth,
  { plate, vehicleClass }: Extract<Move, { type: 'identified' }>,
  act: Act,
): void {
  const { uid } = work.state;
  const before = uid === null ? undefined : work.tx.stays.get(uid);
  if (before?.status !== 'inside') return;
  const inside = work.tx.stays.inside(plate.text);
  const other = act.actor.kind === 'station' && inside ? standsElsewhere(inside, berth, deps) : null;
  if (other !== null) {
    atTwoBerths(deps, work, berth, { uid: before.uid, plate: plate.text, other });
    return;
  }
  const photo = stored(deps, act);
  const scene = sceneAt(deps, berth, act, { at: before.enteredAt, plate, direction: 'in', uid, photo });
  const { stay, events } = identify(scene, before, { plate, vehicleClass, reason: act.reason ?? why(act, before) });
  recordAll(work, events);
  watchListed(deps, work, scene, stay);
}

/** One plate, two cars: which of them has it, a person must find out. Read again, it is the same case. */
function atTwoBerths(
  { clock }: CarryOutDeps,
  { tx }: Work,
  berth: Berth,
  { uid, plate, other }: { readonly uid: string; readonly plate: string; readonly other: string },
): void {
  const detail = `泊位 ${berth.code} 识别到 ${plate}，该车牌停在泊位 ${other}，那里的设备仍报有车：本泊位记录未挂车牌，请核实`;
  const facts = { kind: 'entered-twice', uid, laneId: berth.id, passageId: null, plate, amountFen: 0, detail } as const;
  openCase(tx, { ...facts, subject: `${uid}-${plate}` }, STATION, { now: clock.now(), id: '' });
}

function why({ actor }: Act, before: Stay): string {
  if (actor.kind === 'station') return '设备识别补录车牌';
  return isReadable(before.plate) ? '更正车牌' : '人工录入车牌';
}

const sceneAt = (deps: CarryOutDeps, berth: Berth, { actor }: Act, car: Omit<Car, 'passageId'>): Scene =>
  sceneOf(deps.scenes, berth, { ...car, passageId: deps.ids.next('pass') }, actor);

function recordAll(work: Work, events: readonly EventDraft[]): void {
  for (const event of events) {
    work.tx.record(event);
    if (event.kind === 'bill-voided') work.voided.push(event.body.bill.id);
  }
}

function record(work: Work, { id, code }: Berth, state: BerthState, at: EpochMs, actor: Actor): void {
  const body = { berth: { id, code }, before: work.state, state, at };
  work.tx.record({ kind: 'berth-observed', key: state.uid, laneId: id, passageId: null, actor, body });
  work.state = state;
}

const stored = ({ photos, ids, clock }: CarryOutDeps, { photo }: Act): PhotoRef | null =>
  photo && photos.put(ids.next('photo'), clock.now(), photo);

/** Evidence of a car before anybody knows whether it stays. */
function picture(deps: CarryOutDeps, work: Work, berth: Berth, act: Act): void {
  work.picture = photoTaken(deps, work, berth, act, 'entry') ?? work.picture;
}

function photoTaken(
  deps: CarryOutDeps,
  { tx, state: { uid } }: Work,
  berth: Berth,
  act: Act,
  purpose: 'entry' | 'exit',
): PhotoRef | null {
  const photo = stored(deps, act);
  if (!photo) return null;
  const { id: photoId, takenAt, name, bytes, sha256 } = photo;
  const stay = uid === null ? null : (tx.stays.get(uid) ?? null);
  const about = { key: uid, laneId: berth.id, passageId: null, actor: act.actor };
  tx.record({ kind: 'photo-taken', ...about, body: { photoId, purpose, stay, takenAt, name, bytes, sha256 } });
  return photo;
}

/** Nothing stops a listed car at the kerb: somebody is told. What the list lets park free is no trouble. */
function watchListed({ alarms }: CarryOutDeps, work: Work, { berth, world }: Scene, stay: Stay): void {
  const { black } = world.registry;
  const plate = stay.plate.text;
  work.after.push(() => {
    if (black === null || black.strategy === 'free') alarms.clear('kerb-listed', berth.code);
    else
      alarms.raise({
        ...{ code: 'kerb-listed', subject: berth.code, severity: 'warning', figures: { plate, berth: berth.code } },
        detail: `黑名单车辆 ${plate} 停在泊位 ${berth.code}`,
      });
  });
}
