import type { GateAction, PlateRead } from '../../electron/station/devices/device.ts';
import type { Lane } from '../../shared/domain/site.ts';
import { type Car, readingOf, soil } from './cars.ts';
import { TriggerLoop } from './trigger-loop.ts';
import type { World } from './world.ts';

/** Longer than this a camera keeps a read that nobody took, and hands it over as an old one. */
const STORED_AFTER_MS = 10_000;
/** Who was not served for so long drives up a little, and the camera sees the car again. */
const IMPATIENT_MS = 25_000;

/** The concrete, loops and steel of one lane: cars in a row, an arm, and a camera that mostly sees the first of them. */
export class Floor {
  readonly lane: Lane;
  readonly queue: Car[] = [];
  armUp = false;
  /** The car on the safety loop, where the station heard of it. */
  under: Car | undefined = undefined;
  held = false;
  cameraDown = false;
  headSince = 0;
  readonly trigger: TriggerLoop;
  /** Some lanes have no loop under the arm, or a broken one. */
  readonly #loop: boolean;
  readonly #world: World;
  #driving = false;
  /** The camera numbers what it sees. */
  #reads = 0;
  /** Whom the arm went up for: whoever else goes under it goes undecided. */
  #raisedFor: Car | undefined;
  #orderedFor: Car | undefined;

  constructor(lane: Lane, world: World) {
    this.lane = lane;
    this.#world = world;
    this.#loop = world.chance.is(0.85);
    this.trigger = new TriggerLoop(lane, world);
  }

  get head(): Car | undefined {
    return this.queue[0];
  }

  arrive(car: Car): void {
    car.standsSince = this.#world.timeline.mono;
    this.queue.push(car);
    if (this.queue.length === 1) this.#stepUp();
    else if (this.#world.chance.is(0.05)) this.#after(800, () => this.#see(car));
  }

  /** The station told the arm to move; the car is the one of the passage that it had in mind. */
  ordered(car: Car | undefined): void {
    this.#orderedFor = car;
  }

  /** The arm really moved. */
  moved(action: GateAction): void {
    if (action === 'hold') {
      this.held = true;
      this.armUp = true;
    }
    if (action === 'release-hold') this.held = false;
    if (action === 'open') {
      this.armUp = true;
      this.#raisedFor = this.#orderedFor;
    }
    if (action === 'close' && !this.held) this.armUp = false;
    if (!this.armUp) return;
    if (!this.held) this.#after(20_000, () => this.#fall());
    this.#drive();
  }

  /** The camera sees the first car, once more. */
  seeAgain(): void {
    const { head } = this;
    if (head) this.#see(head);
  }

  /** The first car backs out. */
  backOut(): void {
    if (this.#driving) return;
    const car = this.queue.shift();
    if (!car) return;
    this.trigger.release(car);
    this.#world.backedOut(car, this.lane);
    this.#stepUp();
  }

  #after(ms: number, task: () => void): void {
    this.#world.timeline.after(ms, task);
  }

  #fall(): void {
    if (!this.held && !this.#driving) this.armUp = false;
  }

  #stepUp(): void {
    const { head } = this;
    if (!head) return;
    const { chance, timeline } = this.#world;
    this.headSince = timeline.mono;
    this.#after(chance.int(800, 2_500), () => {
      if (this.head !== head) return;
      this.#see(head);
      if (chance.is(0.04)) this.#after(chance.int(1_000, 6_000), () => this.head === head && this.#see(head));
    });
    if (this.lane.authority) this.#rollOn(head);
    if (this.armUp) this.#drive();
    this.#waitOn(head);
  }

  /** Onto the loop before the arm, before or after the camera saw it; now and then it thinks better of it, or the loop flickers. */
  #rollOn(car: Car): void {
    const { chance } = this.#world;
    const here = (): boolean => this.head === car && !this.#driving;
    this.#after(chance.int(200, 3_500), () => here() && this.trigger.press(car));
    if (chance.is(0.06)) this.#after(chance.int(500, 12_000), () => here() && this.backOut());
    if (chance.is(0.06))
      this.#after(chance.int(3_500, 9_000), () => {
        if (!here()) return;
        this.trigger.release(car);
        this.#after(chance.int(100, 1_800), () => here() && this.trigger.press(car));
      });
  }

  #waitOn(car: Car): void {
    this.#after(IMPATIENT_MS, () => {
      if (this.head !== car) return;
      if (!this.#driving && this.#world.chance.is(0.4)) this.#see(car);
      this.#waitOn(car);
    });
  }

  #see(car: Car): void {
    if (this.cameraDown) {
      soil(car, 'camera down');
      return;
    }
    const { chance, timeline } = this.#world;
    const plate = readingOf(car, chance);
    if (plate.text !== car.plate.text) soil(car, `read as ${plate.text || plate.kind}`);
    // One camera for both ways: a car that could not go in and is seen again much later looks like one that goes out.
    const late = timeline.mono - this.headSince > 1000 * this.#world.layout.site.samePlateSeconds;
    if (late && this.lane.direction === 'both' && this.lane.exitCamera === undefined)
      soil(car, 'one camera for both ways');
    this.#reads += 1;
    const camera = car.heading === 'out' && this.lane.exitCamera ? this.lane.exitCamera : (this.lane.camera ?? '');
    const read: PlateRead = {
      deviceId: camera,
      serialNo: `SN-${camera}`,
      plateId: String(this.#reads),
      plate,
      confidence: 95,
      trigger: 'auto',
      capturedAt: timeline.wall,
      receivedAt: timeline.wall,
      stored: false,
      photo: chance.is(0.5) ? PICTURE : null,
      again: 'may-open',
    };
    this.#deliver(car, read, timeline.mono);
    if (chance.is(0.04))
      this.#after(chance.int(500, 5_000), () =>
        this.#deliver(car, { ...read, photo: PICTURE, receivedAt: timeline.wall }, timeline.mono),
      );
  }

  /** A read that nobody took is sent again, in the end as an old one. */
  #deliver(car: Car, read: PlateRead, seenAt: number): void {
    const { timeline, chance } = this.#world;
    let taken = false;
    this.#world.reading(car, () => {
      taken = this.#world.ask((park) => park.devices.plate(read)).how !== 'silent';
    });
    if (taken) return;
    this.#after(chance.int(2_000, 15_000), () =>
      this.#deliver(
        car,
        { ...read, receivedAt: timeline.wall, stored: timeline.mono - seenAt > STORED_AFTER_MS },
        seenAt,
      ),
    );
  }

  #drive(): void {
    const car = this.head;
    if (!car || this.#driving || !this.armUp) return;
    const { chance } = this.#world;
    this.#driving = true;
    this.#after(chance.int(1_000, 4_000), () => {
      this.#driving = false;
      if (!this.armUp || this.head !== car) return;
      if (chance.is(0.006)) {
        this.backOut();
        return;
      }
      // Nobody waits for a decision before an arm that is up.
      if (this.held || this.#raisedFor !== car) soil(car, 'drove through an arm that was up');
      this.#driving = true;
      this.#goUnder(car, 2_000);
    });
  }

  #goUnder(car: Car, ms: number): void {
    if (this.#safetyLoop(true)) this.under = car;
    this.#after(ms / 3, () => this.trigger.release(car));
    this.#after(ms, () => {
      this.trigger.release(car);
      this.under = undefined;
      this.#safetyLoop(false);
      this.queue.shift();
      this.#world.crossed(car, this.lane);
      const next = this.head;
      if (next && !this.held && this.#world.chance.is(0.08)) {
        // Right behind the one before, while the arm is still up.
        soil(next, 'followed through');
        this.trigger.press(next);
        this.#after(600, () => this.#goUnder(next, 1_200));
        return;
      }
      this.#driving = false;
      if (!this.held) this.armUp = false;
      this.#stepUp();
    });
  }

  /** @returns whether the station heard of it */
  #safetyLoop(on: boolean): boolean {
    const device = this.lane.barrier;
    if (!this.#loop || device === undefined || this.#world.chance.is(0.005)) return false;
    const { watch } = this.#world;
    const told = watch.tally.get('gate-crossed') ?? 0;
    const again = this.#world.park()?.lanes.state(this.lane.id).passage?.crossed === true;
    const asked = this.#world.ask((park) => park.devices.input(device, 'safety-loop', on));
    const more = (watch.tally.get('gate-crossed') ?? 0) - told;
    const expected = on && this.lane.authority ? 1 : 0;
    // A loop of which an end was lost is pressed by the next car as by the one before.
    if (asked.how === 'done' && more !== expected && !(again && more === 0))
      this.#world.fail('crossings-are-told', `${this.lane.id}: ${more} crossings told, not ${expected}`, {
        laneId: this.lane.id,
      });
    return asked.how === 'done';
  }
}

const PICTURE = new Uint8Array([0xff, 0xd8, 0xff, 0xd9]);
