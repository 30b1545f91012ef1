import { type Actor, STATION } from '../../../shared/domain/events.ts';
import type { Area, Lane, LaneDirection, Site, Spaces } from '../../../shared/domain/site.ts';
import type { Doubt, Stay } from '../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { PlateRead } from '../devices/device.ts';
import type { Account } from '../payments/bills.ts';
import type { ChangeDesk } from '../payments/change-order.ts';
import type { Collector } from '../payments/departure-pay.ts';
import type { ExternalPrices } from '../payments/external-prices.ts';
import type { Pricing } from '../payments/pricing.ts';
import type { Payment } from '../payments/watcher.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Ids } from '../runtime/ports.ts';
import type { PhotoVault } from '../store/photo-vault.ts';
import { LaneFloor, type LaneFloorDeps } from './floor.ts';
import { cameraAway, cameraBack, openedUnseen } from './gaps.ts';
import { standingCar } from './gate.ts';
import type { Retake } from './gate-keeper.ts';
import { Look } from './look.ts';
import { Loops } from './loops.ts';
import { nextCar } from './next-car.ts';
import { PlateReads } from './plate-reads.ts';
import { whyNotOpened } from './platform-opens.ts';
import { refusalText } from './refusals.ts';
import { decidedHere, isLong } from './restarted.ts';
import type { GateCommand, LaneState, PhotoRef } from './state.ts';
import type { LaneInput } from './step.ts';

/** Orders that let a car go, or say which car it is, by a person's word. */
const PHOTOGRAPHED: ReadonlySet<LaneInput['type']> = new Set([
  'release',
  'owe',
  'approve',
  'pick-stay',
  'back-fill',
  'fixed-fee',
]);

export interface LaneRuntimeDeps extends Omit<LaneFloorDeps, 'samePlateSeconds'> {
  readonly ids: Ids;
  readonly site: Site;
  readonly areas: readonly Area[];
  readonly pricing: Pricing;
  /** Who prices every stay in place of our tariffs, if somebody does. */
  readonly prices?: ExternalPrices;
  readonly photos: PhotoVault;
  /** The channels by which is collected here, in the manager's order: an exit lets cars go that a platform charges later. */
  readonly collectors: () => readonly Collector[];
  /** Where change is paid out; absent: nowhere. */
  readonly change?: ChangeDesk | undefined;
}

/** The lanes as the rest of the station sees them: reads come in, orders are given, states are looked at. */
export class LaneRuntime {
  readonly #deps: LaneRuntimeDeps;
  readonly #look: Look;
  readonly #floor: LaneFloor;
  readonly #loops: Loops;
  readonly #reads: PlateReads;

  constructor(deps: LaneRuntimeDeps) {
    this.#deps = deps;
    this.#look = new Look({ ...deps, read: deps.store.read });
    this.#floor = new LaneFloor({ ...deps, samePlateSeconds: deps.site.samePlateSeconds }, this.#look);
    this.#loops = new Loops({
      ...{ clock: deps.clock, log: deps.log, site: deps.site, gates: deps.gates, state: (id) => this.state(id) },
      turnedBack: (lane, passageId, sure) => this.#told(lane, { type: 'turned-back', passageId, sure }),
    });
    this.#reads = new PlateReads({ ...deps, look: this.#look, floor: this.#floor, loops: this.#loops });
  }

  /**
   * After a start: a command whose answer was never written down ended nobody knows how, and is shown as such; an arm that was
   * held open is held again; a cleared car gets its time anew. `downMs`: for how long the station was not there, null where nobody knows.
   */
  recover(downMs: number | null = 0): void {
    for (const configured of this.#deps.lanes) {
      const lane = this.#decided(configured);
      if (configured.authority && !lane.authority)
        this.#deps.gates.authorityMissing(configured, configured.authority.platform);
      const state = this.state(lane.id);
      const commands = [state.lastCommand, state.hold].filter((command) => command?.outcome === 'pending');
      for (const commandId of new Set(commands.flatMap((command) => command?.id ?? [])))
        this.#floor.perform(lane, {
          ...{ type: 'gate-answered', commandId, outcome: 'unknown' },
          detail: '岗亭程序重启，指令结果未知',
        });
      if (state.held)
        this.#floor.perform(lane, {
          type: 'gate',
          action: 'hold',
          reason: '重启后恢复常抬',
          photoId: null,
          actor: STATION,
        });
      const deaf = !this.#deps.gates.hasTriggerLoop(lane);
      if (state.loop || state.passage) this.#floor.perform(lane, { type: 'restarted', deaf, long: isLong(downMs) });
      this.#floor.resume(lane);
    }
  }

  /** As it decides now: a platform that does not run has no word. */
  #decided(lane: Lane): Lane {
    return decidedHere(lane, this.#deps.authority);
  }

  /** A device came back after it was away: an arm that is held open is told so again, since it may have forgotten. */
  deviceBack(deviceId: string): void {
    for (const lane of this.lanes()) {
      if (lane.camera === deviceId || lane.exitCamera === deviceId) cameraBack(this.#deps, lane);
      if (lane.camera === deviceId || lane.barrier === deviceId || this.#deps.gates.hangsOn(lane, deviceId))
        this.#holdAgain(lane);
    }
  }

  /** A device is there for the first time since the start: an arm that could not be held by it before is held now. */
  deviceThere(deviceId: string): void {
    for (const lane of this.lanes())
      if (this.#deps.gates.hangsOn(lane, deviceId) && this.state(lane.id).hold?.outcome !== 'done')
        this.#holdAgain(lane);
  }

  #holdAgain(lane: Lane): void {
    if (!this.state(lane.id).held) return;
    const reason = '设备恢复后重新常抬';
    this.#floor.perform(lane, { type: 'gate', action: 'hold', reason, photoId: null, actor: STATION });
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
    this.#floor.stop();
    this.#loops.stop();
    this.#deps.gates.stop();
  }

  onChanged(listener: () => void): () => void {
    return this.#floor.onChanged(listener);
  }

  lanes(): readonly Lane[] {
    return this.#deps.lanes.map((lane) => this.#decided(lane));
  }

  lane(id: string): Lane {
    const lane = this.#deps.lanes.find((candidate) => candidate.id === id);
    if (!lane) throw new NotFoundError(`没有车道 ${id}`);
    return this.#decided(lane);
  }

  state(laneId: string): LaneState {
    return this.#floor.state(laneId);
  }

  /** The car that stands at a lane; one that was let through a while ago has driven off. */
  standing(laneId: string): LaneState['passage'] {
    return standingCar(this.state(laneId), this.#deps.clock.now());
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

  /** What a stay comes to, now or at an earlier moment, priced as the exit will; null: nobody prices it, or was not asked just now. */
  account(stay: Stay, at: EpochMs = this.#deps.clock.now()): Account | null {
    return this.#look.accountInside(stay, at);
  }

  /**
   * A camera saw a car. When this returns, whatever was decided is on disk, and the arm was told if it is to open.
   * The same read again (same serial number and plate id) is the same car; a stored one never opens anything.
   *
   * @returns false for a read that was known
   */
  plate(read: PlateRead): boolean {
    const lane = this.lanes().find(({ camera, exitCamera }) => [camera, exitCamera].includes(read.deviceId));
    return lane === undefined || this.#reads.take(lane, read);
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
    this.#floor.perform(lane, input, undefined, fresh);
    this.#floor.advance(lane);
  }

  /**
   * A car without a plate says at a lane who it is (无牌车扫码). Where no camera saw a car, the scan is its arrival.
   */
  identify(laneId: string, identity: string, actor: Actor, passageId?: string): void {
    const lane = this.lane(laneId);
    const state = this.state(laneId);
    // Somebody who is inside already is not the driver behind.
    const next = this.#isInside(identity) ? undefined : nextCar(state, identity);
    if (passageId !== undefined && passageId !== (next?.passageId ?? state.passage?.id))
      throw new ConflictError('other-car', '车道上已经是另一辆车，请核对后重试');
    const nobody = state.phase === 'idle' || state.phase === 'cleared';
    // An id that nobody inside has brings no car before the exit.
    if (nobody && this.#identityDirection(lane, state, identity) === 'out' && !this.#isInside(identity))
      throw new ConflictError('not-inside', refusalText('not-inside'));
    if (nobody)
      this.#floor.perform(lane, {
        type: 'car',
        as: next ? 'next-car' : 'scan',
        arrival: next ?? {
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
    const refused = this.#floor.attempt(lane, { type: 'paid', billId, payment, actor });
    if (refused === 'not-wanted' || refused === 'amount-differs') return 'not-wanted';
    if (refused) throw new ConflictError(refused, refusalText(refused));
    this.#floor.advance(lane);
    return 'settled';
  }

  /**
   * Who was asked for a bill that stands here said no: the car goes if a platform charges it after it has left, or for whatever reason
   * needs no bill any more; else everything stays as it is. @returns whether it went
   */
  letGo(laneId: string, billId: string): boolean {
    const lane = this.lane(laneId);
    const refused = this.#floor.attempt(lane, { type: 'let-go', billId });
    if (refused !== null || this.state(laneId).phase !== 'cleared') return false;
    this.#floor.advance(lane);
    return true;
  }

  /** 手动开闸、落闸、常抬: with the photo of the car that stands there as evidence, or a fresh one. */
  gate(
    laneId: string,
    action: GateCommand['action'],
    reason: string | null,
    actor: Actor,
    place?: 'device-page',
  ): void {
    const lane = this.lane(laneId);
    const passage = this.standing(laneId);
    const photoId = this.#evidence(lane);
    this.#floor.perform(lane, { type: 'gate', action, reason, photoId, actor, place }, (tx) => {
      // Nobody was seen there: whoever goes through goes unseen.
      if (action === 'open' && !passage) openedUnseen(tx, lane);
    });
    this.#floor.advance(lane);
  }

  /** The picture of the car that stands there, or a fresh one. */
  #evidence(lane: Lane): string | null {
    const passage = this.standing(lane.id);
    // A car that was let through is on its way out of the picture: its photo is no evidence of what happens now.
    const standing = this.state(lane.id).phase === 'cleared' ? undefined : passage?.photo?.id;
    return standing ?? this.#deps.gates.snapshot(lane) ?? passage?.photo?.id ?? null;
  }

  /**
   * A platform that has the word opens (远程开闸). A car that stands there and was not let through yet enters or leaves with it, whatever our
   * own rules say; without one only the arm moves. `plate`: only for the car with this plate; null: whoever stands there, or nobody.
   *
   * @returns the id of the command, whose end {@link state} tells as `lastCommand`; null where nothing had to move: a held arm is up
   * @throws ConflictError `no-car`, `other-car`
   */
  opens(laneId: string, plate: string | null, reason: string, actor: Actor): string | null {
    const lane = this.lane(laneId);
    const before = this.state(laneId).lastCommand?.id ?? null;
    const photoId = this.#evidence(lane);
    const unseen = this.standing(laneId) === null;
    const refused = this.#floor.attempt(lane, { type: 'platform-opens', plate, reason, photoId, actor }, (tx) => {
      if (unseen) openedUnseen(tx, lane);
    });
    if (refused) throw new ConflictError(refused, whyNotOpened(refused, this.state(laneId)));
    const commanded = this.state(laneId).lastCommand?.id ?? null;
    this.#floor.advance(lane);
    return commanded === before ? null : commanded;
  }

  /**
   * 重拍: asks for a new picture of the car that stands there.
   *
   * @throws ConflictError `other-car`, `no-car`, `no-picture` with why the camera could not be asked
   */
  async retake(laneId: string, actor: Actor, passageId?: string): Promise<void> {
    const lane = this.lane(laneId);
    const { passage } = this.state(laneId);
    if (passageId !== undefined && passageId !== passage?.id)
      throw new ConflictError('other-car', '车道上已经是另一辆车，请核对后重试');
    if (!passage) throw new ConflictError('no-car', refusalText('no-car'));
    const wanted = { passageId: passage.id, actor };
    const asked = await this.#deps.gates.retake(lane, this.directionOf(lane), wanted);
    if (asked.outcome !== 'done') throw new ConflictError('no-picture', `没有拍到新照片：${asked.detail}`);
  }

  /** The new picture of the car that stands there came. False when that car is gone: then it is nobody's. */
  retaken(lane: Lane, { passageId, actor }: Retake, photo: PhotoRef): boolean {
    if (this.state(lane.id).passage?.id !== passageId) return false;
    this.#floor.perform(lane, { type: 'pictured', photo, actor });
    return true;
  }

  safetyLoop(laneId: string, on: boolean): void {
    const lane = this.lane(laneId);
    if (on) this.#loops.safety(lane);
    this.#told(lane, { type: 'safety-loop', on });
  }

  /** 触发地感: whether a car stands before the arm. Written down only where a platform has the word, else kept in memory. */
  triggerLoop(laneId: string, on: boolean): void {
    const lane = this.lane(laneId);
    if (lane.authority) this.#told(lane, { type: 'trigger-loop', on });
    else this.#loops.trigger(lane, on);
  }

  #told(lane: Lane, input: LaneInput): void {
    this.#floor.perform(lane, input);
    this.#floor.advance(lane);
  }

  /** Site code + entrance number + time to the millisecond; moved on until nobody has it (Qingdao D18). */
  newUid(lane: Lane, at: EpochMs): string {
    return this.#look.newUid(lane, at);
  }
}
