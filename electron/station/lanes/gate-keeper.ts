import type { Actor } from '../../../shared/domain/events.ts';
import type { Lane, LaneDirection } from '../../../shared/domain/site.ts';
import type {
  ArmPosition,
  Barrier,
  Camera,
  CommandOutcome,
  Device,
  GateAction,
  InputBoard,
} from '../devices/device.ts';
import { isBarrier, isCamera, isInputBoard } from '../devices/narrow.ts';
import type { Alarms } from '../runtime/alarms.ts';
import { errorText } from '../runtime/errors.ts';
import type { Cancel, Clock, Ids, Log } from '../runtime/ports.ts';
import { DeferredClose, type Ended } from './deferred-close.ts';

/** A picture that was asked for is expected within this time. */
const SNAPSHOT_MS = 15_000;

/** The car that a new picture is wanted of (重拍), and who wants it. */
export interface Retake {
  readonly passageId: string;
  readonly actor: Actor;
}

interface Expected {
  readonly photoId: string;
  readonly lane: Lane;
  readonly retake: Retake | null;
  readonly cancel: Cancel;
  /** Told once the picture is kept, or why it will not come. */
  readonly ended: (why: string | null) => void;
}

/** An arriving picture that was asked for. `ended` is to be called with null once it is kept, else with why it is not. */
export type Claimed = Omit<Expected, 'cancel'>;

/** A picture that was asked for: where it is kept, or why there is none. */
type Photographed = { readonly photoId: string } | { readonly why: string };

/** Between the lanes and the iron: finds the arm of a lane, gives it commands, raises what went wrong, asks for pictures. */
export class GateKeeper {
  readonly #find: (id: string) => Device | undefined;
  readonly #alarms: Alarms;
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #log: Log;
  readonly #expected = new Map<string, Expected[]>();
  readonly #deferred: DeferredClose;

  constructor(deps: {
    readonly find: (id: string) => Device | undefined;
    readonly alarms: Alarms;
    readonly clock: Clock;
    readonly ids: Ids;
    readonly log: Log;
  }) {
    this.#find = deps.find;
    this.#alarms = deps.alarms;
    this.#clock = deps.clock;
    this.#ids = deps.ids;
    this.#log = deps.log;
    this.#deferred = new DeferredClose({ ...deps, look: (lane) => this.#looker(lane) });
  }

  /** A device told of a safety loop (防砸地感) of the lane: nothing falls onto it. */
  safetyLoop(lane: Lane, deviceId: string, on: boolean): void {
    this.#deferred.safetyLoop(lane, deviceId, on);
  }

  /** The arm is to come down as soon as nothing stands under it. */
  waits(lane: Lane): boolean {
    return this.#deferred.waits(lane);
  }

  stop(): void {
    this.#deferred.stop();
  }

  /** Gives a command to the arm: to close, and to end a hold, once nothing stands under it; everything else at once. Does not reject. */
  give(lane: Lane, action: GateAction): Promise<CommandOutcome> {
    const turn = this.#deferred.turnOf(lane, action);
    return turn === 'now' ? this.#give(lane, action) : turn.then((ended) => this.#ended(lane, action, ended));
  }

  #ended(lane: Lane, action: GateAction, ended: Ended): Promise<CommandOutcome> | CommandOutcome {
    if (ended === 'now') return this.#give(lane, action);
    if (!('unseen' in ended)) return ended;
    this.lost(lane, ended.unseen);
    return { outcome: 'refused', detail: ended.unseen };
  }

  async #give(lane: Lane, action: GateAction): Promise<CommandOutcome> {
    const outcome = await this.#attempt(lane, action);
    if (outcome.outcome === 'done') this.#alarms.clear('gate-command-lost', lane.id);
    else this.lost(lane, outcome.detail);
    return outcome;
  }

  /** Whether the last command moved the arm is not known, or it surely did not. @param why a sentence in Chinese */
  lost(lane: Lane, why: string): void {
    this.#alarms.raise({
      code: 'gate-command-lost',
      subject: lane.id,
      detail: `${lane.name}：${why}`,
      figures: { lane: lane.name },
      severity: 'alarm',
    });
  }

  async #attempt(lane: Lane, action: GateAction): Promise<CommandOutcome> {
    const arm = this.arm(lane);
    if (!arm) return { outcome: 'refused', detail: '车道没有配置道闸' };
    try {
      return await arm.gate(action);
    } catch (error) {
      this.#log.error('a gate driver failed', { lane: lane.id, action, error: errorText(error) });
      return { outcome: 'unknown', detail: '道闸驱动异常' };
    }
  }

  /** The barrier of a lane, or the camera when nothing else moves the arm. */
  arm(lane: Lane): Barrier | Camera | undefined {
    const barrier = lane.barrier === undefined ? undefined : this.#find(lane.barrier);
    if (barrier && isBarrier(barrier)) return barrier;
    return lane.barrier === undefined ? this.camera(lane) : undefined;
  }

  /** What the arm of the lane does, where it, or the board with its limit switches, can tell. */
  position(lane: Lane): ArmPosition {
    const told = this.arm(lane)?.arm?.() ?? 'unknown';
    return told === 'unknown' ? (this.#inputs(lane)?.arm() ?? 'unknown') : told;
  }

  /** The board with the loops of the lane, which moves no arm. */
  #inputs({ io }: Lane): InputBoard | undefined {
    const board = io === undefined ? undefined : this.#find(io);
    return board && isInputBoard(board) ? board : undefined;
  }

  /** An arm that reads its safety loop itself does so right before it falls; for others it is done here. */
  #looker(lane: Lane): (() => ReturnType<InputBoard['lookUnder']>) | null {
    const board = this.#inputs(lane);
    return board?.hasSafetyLoop ? () => board.lookUnder() : null;
  }

  /** The arm of the lane takes no order to close. */
  closesItself(lane: Lane): boolean {
    const arm = this.arm(lane);
    return arm?.kind === 'barrier' && arm.closesItself === true;
  }

  camera(lane: Lane): Camera | undefined {
    const camera = lane.camera === undefined ? undefined : this.#find(lane.camera);
    return camera && isCamera(camera) ? camera : undefined;
  }

  /** Whether the arm of the lane is moved by this camera, so that a camera that asks again was not told to move it. */
  hangsOn(lane: Lane, cameraId: string): boolean {
    const arm = this.arm(lane);
    return arm?.id === cameraId || arm?.facts?.().via === cameraId;
  }

  /** Whether a device of the lane reports the trigger loop (触发地感). */
  hasTriggerLoop({ camera, exitCamera, barrier, io }: Lane): boolean {
    return [camera, exitCamera, barrier, io].some((id) =>
      (id === undefined ? undefined : this.#find(id))?.facts?.().inputs?.includes('trigger-loop'),
    );
  }

  /** Cars that may go do not come onto the loop that they must be on: nothing opens for anybody until it is mended. */
  loopSilent(lane: Lane, silent: boolean): void {
    if (!silent) this.#alarms.clear('loop-silent', lane.id);
    else
      this.#alarms.raise({
        code: 'loop-silent',
        subject: lane.id,
        detail: `${lane.name}：地感可能失效：已放行的车没有压到地感`,
        figures: { lane: lane.name },
        severity: 'alarm',
      });
  }

  /** The platform that was given the word at a lane is not there to speak. */
  authorityMissing(lane: Lane, platform: string): void {
    this.#alarms.raise({
      code: 'gate-authority-missing',
      subject: lane.id,
      detail: `${lane.name}：平台 ${platform} 未启用，车道按本地规则放行`,
      figures: { lane: lane.name, platform },
      severity: 'alarm',
    });
  }

  /** Asks the lane's camera for a picture and returns the id under which it will be found; null where none can be asked. */
  snapshot(lane: Lane): string | null {
    const camera = this.camera(lane);
    if (!camera || camera.takesPictures === false) return null;
    const { photoId } = this.#expect(lane, camera, null);
    camera
      .snapshot()
      .catch((error: unknown) =>
        this.#log.warn('no picture could be asked for', { lane: lane.id, error: errorText(error) }),
      );
    return photoId;
  }

  /** The camera that looks at a car which goes this way. */
  #lookingAt(lane: Lane, way: LaneDirection): Camera | undefined {
    const looking = way === 'out' && lane.exitCamera !== undefined ? this.#find(lane.exitCamera) : undefined;
    return looking && isCamera(looking) ? looking : this.camera(lane);
  }

  /**
   * As {@link snapshot}, and tells when the picture is there. One that comes after that time is kept all the same, with nobody waiting for it.
   * Does not reject.
   */
  async photograph(lane: Lane, way: LaneDirection, withinMs: number): Promise<Photographed> {
    const camera = this.#lookingAt(lane, way);
    if (!camera) return { why: '车道没有配置相机' };
    let tell: (end: Photographed) => void = () => undefined;
    const end = new Promise<Photographed>((resolve) => {
      tell = resolve;
    });
    const expected = this.#expect(lane, camera, null, (why) => tell(why === null ? { photoId } : { why }));
    const { photoId } = expected;
    const late = this.#clock.after(withinMs, () => tell({ why: '相机没有按时送来图片' }));
    this.#asked(camera, expected)
      .then(({ outcome, detail }) => (outcome === 'done' ? undefined : tell({ why: `相机没有拍照：${detail}` })))
      .catch((error: unknown) => tell({ why: errorText(error) }));
    return end.finally(late);
  }

  /** 重拍: asks for a picture that takes the place of the one of the car that stands there. Tells whether it could be asked for. */
  async retake(lane: Lane, way: LaneDirection, wanted: Retake): Promise<CommandOutcome> {
    const camera = this.#lookingAt(lane, way);
    if (!camera) return { outcome: 'refused', detail: '车道没有配置相机' };
    return this.#asked(camera, this.#expect(lane, camera, wanted));
  }

  /** Asks for the picture that is expected. What could not be asked for is expected no longer. */
  async #asked(camera: Camera, expected: Expected): Promise<CommandOutcome> {
    try {
      const asked = await camera.snapshot();
      if (asked.outcome !== 'done') this.#forget(camera.id, expected);
      return asked;
    } catch (error) {
      this.#forget(camera.id, expected);
      this.#log.warn('no picture could be asked for', { lane: expected.lane.id, error: errorText(error) });
      return { outcome: 'unknown', detail: '相机驱动异常' };
    }
  }

  #expect(lane: Lane, camera: Camera, retake: Retake | null, ended: Expected['ended'] = () => undefined): Expected {
    const photoId = this.#ids.next('photo');
    const expected: Expected = {
      photoId,
      lane,
      retake,
      ended,
      cancel: this.#clock.after(SNAPSHOT_MS, () => {
        this.#forget(camera.id, expected);
        ended('相机没有送来图片');
        this.#log.warn('the camera sent no picture', { lane: lane.id, camera: camera.id, photoId });
      }),
    };
    this.#expected.set(camera.id, [...(this.#expected.get(camera.id) ?? []), expected]);
    return expected;
  }

  #forget(cameraId: string, expected: Expected): void {
    expected.cancel();
    this.#expected.set(
      cameraId,
      (this.#expected.get(cameraId) ?? []).filter((other) => other !== expected),
    );
  }

  /** Whom an arriving picture belongs to, if it was asked for. */
  claimSnapshot(cameraId: string): Claimed | undefined {
    const [first, ...rest] = this.#expected.get(cameraId) ?? [];
    if (!first) return undefined;
    this.#expected.set(cameraId, rest);
    first.cancel();
    return first;
  }
}
