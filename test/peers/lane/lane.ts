import { type PeerClock, realClock } from '../clock.ts';
import { Arm } from './arm.ts';
import { Contacts } from './contacts.ts';
import { Controller, type ControllerOptions } from './controller.ts';
import { Detectors, type LoopFault } from './detectors.ts';
import type { ArmState, Collision, Contact, ContactMove, LaneIron, LoopName } from './ports.ts';
import { type DriveOptions, type FollowOptions, ROOF, Traffic } from './traffic.ts';

export interface LaneOptions extends ControllerOptions {
  /** From shut to upright, and back. Default: 50. */
  readonly travelMs?: number;
  /** What a car takes through the open arm. Default: 40. */
  readonly passMs?: number;
  readonly clock?: PeerClock;
}

/**
 * One lane of iron, with cars in it. Its barrier has the logic that real controllers have, unless it is `rude`; every fault can
 * come and go at any moment. It lives on its clock's timers, so `stop` must end it.
 */
export class Lane implements LaneIron {
  readonly collisions: Collision[] = [];
  readonly #clock: PeerClock;
  readonly #timers = new Set<() => void>();
  readonly #arm: Arm;
  readonly #contacts: Contacts;
  readonly #loops: Detectors;
  readonly #controller: Controller;
  readonly #traffic: Traffic;
  readonly #loopListeners = new Set<(name: LoopName, on: boolean) => void>();
  readonly #armListeners = new Set<(arm: ArmState) => void>();
  /** The arm lies on a car. */
  #resting = false;
  #stopped = false;
  #cancelFall: () => void = () => undefined;

  constructor(options: LaneOptions = {}) {
    const clock = this.#mortal(options.clock ?? realClock);
    this.#clock = clock;
    const arm = new Arm(clock, options.travelMs ?? 50, () => this.#armMoved());
    const loops = new Detectors(clock, {
      says: (name, on) => {
        for (const listener of [...this.#loopListeners]) listener(name, on);
      },
      feels: (name, on) => {
        if (name === 'safety') this.#controller.safety(on);
      },
    });
    this.#arm = arm;
    this.#loops = loops;
    this.#controller = new Controller({ clock, arm, occupied: () => loops.feels('safety') }, options);
    this.#contacts = new Contacts(clock, {
      closed: (contact, closed) => this.#controller.contact(contact, closed),
      kept: (contact, kept) => {
        if (contact === 'open') this.#controller.hold(kept);
      },
    });
    this.#traffic = new Traffic({
      ...{ clock, arm, loops, passMs: options.passMs ?? 40 },
      collided: (plate, what) => this.collisions.push({ at: clock.now(), plate, what }),
      left: (loop) => this.#left(loop),
    });
  }

  get arm(): ArmState {
    return this.#arm.state;
  }

  get height(): number {
    return this.#arm.height;
  }

  get risings(): number {
    return this.#arm.risings;
  }

  get moves(): readonly ContactMove[] {
    return this.#contacts.moves;
  }

  get through(): readonly string[] {
    return this.#traffic.through;
  }

  contact(contact: Contact, on: boolean, cause: string): void {
    if (!this.#stopped) this.#contacts.keep(contact, on, cause);
  }

  pulse(contact: Contact, ms: number, cause: string): void {
    if (!this.#stopped) this.#contacts.pulse(contact, ms, cause);
  }

  loop(name: LoopName): boolean {
    return this.#loops.says(name);
  }

  onLoop(listener: (name: LoopName, on: boolean) => void): () => void {
    this.#loopListeners.add(listener);
    return () => this.#loopListeners.delete(listener);
  }

  onArm(listener: (arm: ArmState) => void): () => void {
    this.#armListeners.add(listener);
    return () => this.#armListeners.delete(listener);
  }

  /** A car comes onto the trigger loop and stands there. Does nothing when it is there already. */
  arrive(plate: string): void {
    if (!this.#stopped) this.#traffic.arrive(plate);
  }

  /**
   * The car arrives, waits until the arm is upright, and drives through: trigger on, safety on, trigger off, safety off. It
   * brakes when the arm falls before it is beneath; with `ram` it waits for nothing, and then counts as through all the same.
   * @returns whether it got through; false when it backed off, or the lane stopped
   */
  drive(plate: string, options: DriveOptions = {}): Promise<boolean> {
    return this.#traffic.drive(plate, options);
  }

  /** As `drive`, but it stays beneath the arm, on the safety loop, until it drives or backs off. @returns whether it stands there */
  standUnder(plate: string, options: DriveOptions = {}): Promise<boolean> {
    return this.#traffic.standUnder(plate, options);
  }

  /**
   * Drives behind the car that came last (跟车), without waiting for an opening of its own: call it while that one is in the lane. It brakes only
   * when the arm is already lower than its roof, and then waits like any other.
   */
  follow(plate: string, options: FollowOptions = {}): Promise<boolean> {
    return this.#traffic.follow(plate, options);
  }

  /** Comes from the far side through an open arm (逆行): safety on, trigger on, safety off, trigger off. Not one of `through`. */
  wrongWay(plate: string, options: DriveOptions = {}): Promise<boolean> {
    return this.#traffic.wrongWay(plate, options);
  }

  /** The car turns back: off the trigger loop at once, from beneath the arm over the trigger loop. */
  backOff(plate: string, options: DriveOptions = {}): Promise<void> {
    return this.#traffic.backOff(plate, options);
  }

  /** Fault: the arm stands where it is and obeys nothing. What it was told meanwhile is forgotten, save a contact that is kept on. */
  jam(on: boolean): void {
    this.#arm.jam(on);
    if (!on) this.#controller.freed();
  }

  /** Fault: the arm takes `times` as long as it should; 1 mends it. */
  tooSlow(times = 20): void {
    this.#arm.slow(times);
  }

  /** Fault: the detector says the same whatever stands on its loop, to the barrier's controller too; `null` mends it. */
  breakLoop(name: LoopName, fault: LoopFault | null): void {
    this.#loops.break(name, fault);
  }

  /** Fault: the contact of the detector bounces, on its way to the device. The barrier's controller has one of its own. */
  flicker(name: LoopName, times = 6, everyMs = 3): void {
    this.#loops.bounce(name, times, everyMs);
  }

  /** Fault: the wire from the relay to the contact is cut, or mended. */
  cutWire(contact: Contact, cut = true): void {
    this.#contacts.cut(contact, cut);
  }

  /** Everything stands still; whoever waits is told that it did not work. */
  stop(): void {
    this.#stopped = true;
    this.#traffic.end();
    for (const cancel of [...this.#timers]) cancel();
    this.#loopListeners.clear();
    this.#armListeners.clear();
  }

  #armMoved(): void {
    this.#cancelFall();
    if (this.arm !== 'stopped') this.#resting = false;
    const ms = this.#arm.fallsTo(ROOF);
    if (ms !== null) this.#cancelFall = this.#clock.after(ms, () => this.#reachRoofs());
    for (const listener of [...this.#armListeners]) listener(this.arm);
    this.#traffic.look();
  }

  /** The falling arm is as low as the roofs of cars: it comes to lie on what stands there. */
  #reachRoofs(): void {
    const [plate] = this.#loops.cars('safety');
    if (plate === undefined) return;
    this.collisions.push({ at: this.#clock.now(), plate, what: 'arm-onto-car' });
    this.#resting = true;
    this.#arm.halt(ROOF);
  }

  #left(loop: LoopName): void {
    if (loop !== 'safety' || !this.#resting || this.#loops.cars('safety').size > 0) return;
    this.#resting = false;
    this.#arm.move(0);
  }

  /** Timers that end with the lane. */
  #mortal(clock: PeerClock): PeerClock {
    return {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      after: (ms, task) => {
        if (this.#stopped) return () => undefined;
        const cancel = clock.after(ms, () => {
          this.#timers.delete(end);
          task();
        });
        const end = (): void => {
          cancel();
          this.#timers.delete(end);
        };
        this.#timers.add(end);
        return end;
      },
    };
  }
}
