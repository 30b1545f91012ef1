import type { Notice } from './bank.ts';
import { type Car, soil } from './cars.ts';
import type { Cashiers } from './cashiers.ts';
import type { Floor } from './floor.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How many of a hundred cars come in each hour. */
const RUSH = [1, 1, 1, 1, 1, 1, 2, 6, 9, 7, 6, 6, 6, 5, 5, 6, 7, 8, 8, 5, 3, 2, 2, 1];

/** Everything that happens in a day besides what happens at a lane. */
export class Errands {
  readonly #world: World;
  readonly #cashiers: readonly Cashiers[];
  #closed = false;

  constructor(world: World, cashiers: readonly Cashiers[]) {
    this.#world = world;
    this.#cashiers = cashiers;
  }

  plan(cars: number): void {
    const { chance, timeline } = this.#world;
    for (const booth of this.#cashiers) {
      booth.open();
      for (const hour of [8, 16, 23]) timeline.after(hour * HOUR + chance.int(0, 20) * MINUTE, () => booth.handOver());
    }
    for (const car of this.#world.cars) timeline.after(this.#someTime(), () => this.#comes(car));
    void cars;
  }

  /** The traffic ends: whoever is inside leaves now. */
  close(): void {
    this.#closed = true;
    for (const car of this.#world.cars)
      if (car.where === 'inside') this.#world.timeline.after(this.#world.chance.int(1, 120) * MINUTE, () => this.#leaves(car));
  }

  /** Nothing more is begun. */
  rest(): void {}

  /** A car inside: it stays for a while, drives into the area within or out of it again, and leaves. */
  wander(car: Car): void {
    const { chance, timeline } = this.#world;
    if (this.#closed) {
      timeline.after(chance.int(1, 10) * MINUTE, () => this.#leaves(car));
      return;
    }
    const stays = chance.among({ short: 15, medium: 60, long: 20, night: 5 });
    const minutes = { short: [1, 14], medium: [15, 180], long: [180, 540], night: [600, 1_200] } as const;
    const [from, to] = minutes[stays];
    timeline.after(chance.int(from * MINUTE, to * MINUTE), () => {
      if (!car.inner && chance.is(0.15)) this.#goTo(car, 'inner-in', 'in');
      else this.#leaves(car);
    });
  }

  notice({ order, via, method }: Notice): void {
    const asked = this.#world.ask((park) =>
      park.payments.notices.notify({
        attemptId: order.attemptId,
        reference: order.reference,
        amountFen: order.amountFen,
        method,
        via,
        paidAt: order.paidAt,
      }),
    );
    if (asked.how === 'silent') this.#world.timeline.after(30_000, () => this.notice({ order, via, method }));
  }

  #someTime(): number {
    const { chance } = this.#world;
    let left = chance.random() * RUSH.reduce((sum, each) => sum + each, 0);
    const hour = RUSH.findIndex((each) => {
      left -= each;
      return left < 0;
    });
    return Math.max(0, hour) * HOUR + chance.int(0, HOUR);
  }

  #comes(car: Car): void {
    if (this.#closed || car.where !== 'outside') return;
    const lane = this.#world.chance.among({ in1: 5, in2: 4, both: 1, alley: 1 });
    this.#goTo(car, lane, 'in');
  }

  #leaves(car: Car): void {
    if (car.where !== 'inside') return;
    if (car.inner) this.#goTo(car, 'inner-out', 'out');
    else this.#goTo(car, this.#world.chance.among({ out1: 5, out2: 4, tide: 2, both: 1, alley: 1 }), 'out');
  }

  #goTo(car: Car, laneId: string, heading: Car['heading']): void {
    if ([...this.#world.floors.values()].some((floor) => floor.queue.includes(car))) return;
    const floor = this.#world.floors.get(laneId);
    if (!floor) return;
    car.heading = heading;
    floor.arrive(car);
  }
}
export type { Floor };
export { DAY, soil };
