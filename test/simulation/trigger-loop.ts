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
  /** Passages whose car the station was told to have come and gone, and when it went. */
  readonly #left = new Map<string, number>();

  constructor(lane: Lane, world: World) {
    this.#lane = lane;
    this.#world = world;
    this.#works = lane.authority !== undefined && world.chance.is(0.8);
  }

  press(car: Car): void {
    if (!this.#works || this.#under === car) return;
    this.#under = car;
    // The arm may go up in the very moment that the loop is pressed.
    const passageId = this.#served(car);
    const left = passageId === null ? undefined : this.#left.get(passageId);
    if (passageId !== null) this.#left.delete(passageId);
    this.#heard = this.#tell(true);
    if (!this.#heard && passageId !== null && left !== undefined) this.#left.set(passageId, left);
  }

  /** The car that stands on it goes, whichever way. */
  release(car: Car): void {
    if (this.#under !== car) return;
    this.#under = undefined;
    const passageId = this.#served(car);
    if (this.#tell(false) && this.#heard && passageId !== null) this.#left.set(passageId, this.#world.timeline.mono);
  }

  /** For how long the station has known that the car of a passage is gone; null: it may be there for all it knows. */
  goneMs(passageId: string): number | null {
    const since = this.#left.get(passageId);
    return since === undefined ? null : this.#world.timeline.mono - since;
  }

  /** Its passage, if it is the one that is served: of a car whose turn has not come nobody can tell that it was on the loop. */
  #served(car: Car): string | null {
    const passage = this.#world.park()?.lanes.state(this.#lane.id).passage;
    return passage != null && this.#world.passageCar.get(passage.id) === car ? passage.id : null;
  }

  #tell(on: boolean): boolean {
    const device = this.#lane.barrier ?? '';
    return this.#world.ask((park) => park.devices.input(device, 'trigger-loop', on)).how === 'done';
  }
}
