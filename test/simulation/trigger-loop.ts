import type { Lane } from '../../shared/domain/site.ts';
import type { Car } from './cars.ts';
import type { World } from './world.ts';

/** The loop before an arm (触发地感), and what the station has heard of it. */
export class TriggerLoop {
  readonly #lane: Lane;
  readonly #world: World;
  readonly #works: boolean;
  #under: Car | undefined;
  #heard = false;
  /** Cars that the station was told to have come and gone, and when they went. */
  readonly #left = new Map<Car, number>();

  constructor(lane: Lane, world: World) {
    this.#lane = lane;
    this.#world = world;
    this.#works = lane.authority !== undefined && world.chance.is(0.8);
  }

  /** It is on its way here, once more perhaps. */
  awaits(car: Car): void {
    this.#left.delete(car);
  }

  press(car: Car): void {
    if (!this.#works || this.#under === car) return;
    this.#under = car;
    this.#heard = this.#tell(true);
    if (this.#heard) this.#left.delete(car);
  }

  /** The car that stands on it goes, whichever way. */
  release(car: Car): void {
    if (this.#under !== car) return;
    this.#under = undefined;
    if (this.#tell(false) && this.#heard) this.#left.set(car, this.#world.timeline.mono);
  }

  /** For how long the station has known that this car is gone; null: it may be there for all it knows. */
  goneMs(car: Car): number | null {
    const since = this.#left.get(car);
    return since === undefined ? null : this.#world.timeline.mono - since;
  }

  #tell(on: boolean): boolean {
    const device = this.#lane.barrier ?? '';
    return this.#world.ask((park) => park.devices.input(device, 'trigger-loop', on)).how === 'done';
  }
}
