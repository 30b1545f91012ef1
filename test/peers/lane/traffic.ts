import type { PeerClock } from '../clock.ts';
import type { Arm } from './arm.ts';
import type { Detectors } from './detectors.ts';
import type { Collision, LoopName } from './ports.ts';

/** Below this height the arm touches a car. */
export const ROOF = 0.4;

export interface DriveOptions {
  /** From starting at the open arm to having left the safety loop. */
  readonly passMs?: number;
  /** Does not wait for the arm. */
  readonly ram?: boolean;
}

export interface FollowOptions extends DriveOptions {
  /** From the tail of the car before leaving a loop to this one's nose on it. 0: the loop never clears between them. */
  readonly gapMs?: number;
}

interface Car {
  readonly plate: string;
  /** Ends what it is about. */
  readonly turned: AbortController;
  /** Calls just before it leaves a loop; `away`: it turned back. */
  readonly watchers: Set<(left: LoopName | 'away') => void>;
}

interface Road {
  readonly clock: PeerClock;
  readonly arm: Arm;
  readonly loops: Detectors;
  readonly passMs: number;
  readonly collided: (plate: string, what: Collision['what']) => void;
  readonly left: (loop: LoopName) => void;
}

/** The cars of one lane, and what their drivers do. */
export class Traffic {
  readonly through: string[] = [];
  readonly #road: Road;
  readonly #cars = new Map<string, Car>();
  readonly #waiting = new Set<() => void>();
  #ended = false;

  constructor(road: Road) {
    this.#road = road;
  }

  arrive(plate: string): Car {
    const car = this.#enter(plate);
    this.#road.loops.put('trigger', plate);
    return car;
  }

  async drive(plate: string, options: DriveOptions): Promise<boolean> {
    const car = this.#onward(plate);
    return (await this.#comeUnder(car, options)) && this.#getOut(car, options);
  }

  async standUnder(plate: string, options: DriveOptions): Promise<boolean> {
    const car = this.#onward(plate);
    return (await this.#comeUnder(car, options)) && this.#pass(car, options, 'trigger');
  }

  async follow(plate: string, options: FollowOptions): Promise<boolean> {
    const ahead = [...this.#cars.values()].at(-1);
    if (!ahead || ahead.plate === plate) return this.drive(plate, options);
    const car = this.#enter(plate);
    const gapMs = options.gapMs ?? 0;
    const onTrigger = this.#behind(car, ahead, 'trigger', gapMs);
    const onSafety = this.#behind(car, ahead, 'safety', gapMs);
    await onTrigger;
    if (await onSafety) return this.#getOut(car, options);
    return car.turned.signal.aborted ? false : this.drive(plate, options);
  }

  async wrongWay(plate: string, options: DriveOptions): Promise<boolean> {
    const car = this.#enter(plate);
    if (!options.ram && !(await this.#way(car))) return false;
    this.#hit(car);
    this.#road.loops.put('safety', plate);
    if (!(await this.#pause(car, options, 4))) return false;
    this.#road.loops.put('trigger', plate);
    if (!(await this.#pass(car, options, 'safety')) || !(await this.#pause(car, options, 4))) return false;
    this.#leave(car, 'trigger');
    this.#cars.delete(plate);
    return true;
  }

  async backOff(plate: string, options: DriveOptions): Promise<void> {
    const { loops } = this.#road;
    this.#cars.get(plate)?.turned.abort();
    const car = this.#renew(plate);
    for (const told of [...car.watchers]) told('away');
    if (loops.cars('safety').has(plate)) {
      loops.put('trigger', plate);
      await this.#pass(car, options, 'safety');
      await this.#pause(car, options, 4);
    }
    loops.take('trigger', plate);
    this.#cars.delete(plate);
  }

  /** The arm moved: who waits for it looks again. */
  look(): void {
    for (const look of [...this.#waiting]) look();
  }

  end(): void {
    this.#ended = true;
    for (const car of this.#cars.values()) car.turned.abort();
  }

  #enter(plate: string): Car {
    return this.#cars.get(plate) ?? this.#renew(plate);
  }

  /** On the trigger loop, or already under the arm. */
  #onward(plate: string): Car {
    return this.#road.loops.cars('safety').has(plate) ? this.#enter(plate) : this.arrive(plate);
  }

  #renew(plate: string): Car {
    const watchers: Car['watchers'] = this.#cars.get(plate)?.watchers ?? new Set();
    const car = { plate, turned: new AbortController(), watchers };
    if (this.#ended) car.turned.abort();
    this.#cars.set(plate, car);
    return car;
  }

  /** Waits for the arm and drives up to the safety loop; brakes when the arm falls meanwhile. */
  async #comeUnder(car: Car, options: DriveOptions): Promise<boolean> {
    if (this.#road.loops.cars('safety').has(car.plate)) return true;
    do {
      if (!options.ram && !(await this.#way(car))) return false;
      if (!(await this.#pause(car, options, 4))) return false;
    } while (!options.ram && this.#road.arm.state !== 'open');
    this.#hit(car);
    this.#road.loops.put('safety', car.plate);
    return true;
  }

  /** From having its nose on the safety loop. */
  async #getOut(car: Car, options: DriveOptions): Promise<boolean> {
    if (this.#road.loops.cars('trigger').has(car.plate) && !(await this.#pass(car, options, 'trigger'))) return false;
    if (!(await this.#pause(car, options, 4))) return false;
    if (!(await this.#pass(car, options, 'safety'))) return false;
    this.#cars.delete(car.plate);
    return true;
  }

  /** A quarter of the way on, its tail leaves the loop. */
  async #pass(car: Car, options: DriveOptions, loop: LoopName): Promise<boolean> {
    if (!(await this.#pause(car, options, 4))) return false;
    this.#leave(car, loop);
    return true;
  }

  #leave(car: Car, loop: LoopName): void {
    for (const told of [...car.watchers]) told(loop);
    const inside = loop === 'safety' && !this.#road.loops.cars('trigger').has(car.plate);
    if (inside) this.through.push(car.plate);
    this.#road.loops.take(loop, car.plate);
    this.#road.left(loop);
  }

  /** Comes onto the loop behind another car. False: it had to brake, or one of them turned back. */
  #behind(car: Car, ahead: Car, loop: LoopName, gapMs: number): Promise<boolean> {
    const { arm, loops, clock } = this.#road;
    return this.#unlessTurned(car, (done) => {
      const come = (): void => {
        const free = loop === 'trigger' || arm.height >= ROOF;
        if (free) loops.put(loop, car.plate);
        done(free);
      };
      let cancel: () => void = () => undefined;
      const told = (left: LoopName | 'away'): void => {
        if (left === 'away') done(false);
        else if (left === loop && gapMs === 0) come();
        else if (left === loop) cancel = clock.after(gapMs, come);
      };
      ahead.watchers.add(told);
      // Already past it: there is nothing to wait for.
      if (loop === 'trigger' && !loops.cars('trigger').has(ahead.plate)) come();
      return () => {
        ahead.watchers.delete(told);
        cancel();
      };
    });
  }

  #way(car: Car): Promise<boolean> {
    return this.#unlessTurned(car, (done) => {
      const look = (): void => {
        if (this.#road.arm.state === 'open') done(true);
      };
      this.#waiting.add(look);
      look();
      return () => this.#waiting.delete(look);
    });
  }

  #pause(car: Car, options: DriveOptions, part: number): Promise<boolean> {
    const ms = (options.passMs ?? this.#road.passMs) / part;
    return this.#unlessTurned(car, (done) => this.#road.clock.after(ms, () => done(true)));
  }

  /** What `begin` is done with; false when the car turns back before. What `begin` returns is called at the end. */
  #unlessTurned(car: Car, begin: (done: (well: boolean) => void) => () => void): Promise<boolean> {
    const { signal } = car.turned;
    if (signal.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      let over = false;
      let end: () => void = () => undefined;
      const done = (well: boolean): void => {
        over = true;
        signal.removeEventListener('abort', turned);
        end();
        resolve(well);
      };
      const turned = (): void => done(false);
      signal.addEventListener('abort', turned);
      end = begin(done);
      if (over) end();
    });
  }

  #hit(car: Car): void {
    if (this.#road.arm.height < ROOF) this.#road.collided(car.plate, 'car-into-arm');
  }
}
