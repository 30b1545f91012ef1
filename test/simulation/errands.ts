import { standsAt } from '../../electron/station/lanes/standing.ts';
import { closeStays } from '../../electron/station/registry/stale.ts';
import type { Actor } from '../../shared/domain/events.ts';
import type { LaneDirection } from '../../shared/domain/site.ts';
import type { Stay } from '../../shared/domain/stay.ts';
import type { Car } from './cars.ts';
import { soil } from './cars.ts';
import type { Cashiers } from './cashiers.ts';
import type { Phones } from './phones.ts';
import type { World } from './world.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How many of a hundred cars come in each hour. */
const RUSH = [1, 1, 1, 1, 1, 1, 2, 6, 9, 7, 6, 6, 6, 5, 5, 6, 7, 8, 8, 5, 3, 2, 2, 1];

const MANAGER: Actor = { kind: 'user', name: 'manager' };
/** The platform that has the word at some lanes. */
const CLOUD: Actor = { kind: 'platform', name: 'qingdao' };

/** Where cars go and when, and all that goes wrong in a day besides what goes wrong at a lane. */
export class Errands {
  readonly #world: World;
  readonly #cashiers: readonly Cashiers[];
  readonly #phones: Phones;
  #closed = false;

  constructor(world: World, cashiers: readonly Cashiers[], phones: Phones) {
    this.#world = world;
    this.#cashiers = cashiers;
    this.#phones = phones;
  }

  plan(): void {
    const { chance, timeline, cars, city, layout } = this.#world;
    for (const booth of this.#cashiers) {
      booth.open();
      for (const hour of [8, 16, 23]) timeline.after(hour * HOUR + chance.int(0, 20) * MINUTE, () => booth.handOver());
    }
    for (const car of cars) timeline.after(this.#someTime(), () => this.#comes(car));
    const often = (times: number, task: () => void): void => {
      for (let left = times; left > 0; left -= 1) timeline.after(this.#someTime(), task);
    };
    often(chance.int(1, 8), () => this.#world.crash(chance.pick(['now', 'in-transaction', 'after-commit', 'at-port'])));
    often(chance.int(0, 3), () => this.#setClock());
    often(chance.int(0, 2), () => {
      city.down = true;
      timeline.after(chance.int(5, 90) * MINUTE, () => {
        city.down = false;
      });
    });
    for (const lane of layout.lanes) {
      if (chance.is(0.3)) often(1, () => this.#holdOpen(lane.id));
      if (chance.is(0.3)) often(1, () => this.#blind(lane.id));
    }
    often(chance.int(0, 3), () => this.#turnTide());
    if (layout.lanes.some((lane) => lane.authority)) often(Math.ceil(cars.length / 3), () => this.#fromAfar());
    often(Math.ceil(cars.length / 40), () => this.#changeLists());
    often(Math.ceil(cars.length / 60), () => this.#recharge());
    for (let hour = 1; hour < 36; hour += 1) {
      timeline.after(hour * HOUR + 7 * MINUTE, () => this.#phones.giveBack());
      timeline.after(hour * HOUR + 37 * MINUTE, () => this.#phones.collect());
    }
  }

  /** The traffic ends: whoever is inside leaves now, and every arm and camera is put right. */
  close(): void {
    const { timeline, chance } = this.#world;
    this.#closed = true;
    for (const car of this.#world.cars)
      if (car.where === 'inside') timeline.after(chance.int(1, 120) * MINUTE, () => this.#leaves(car));
  }

  /** 清理滞留车: the manager looks who is really there, and closes what only the records still hold. */
  rest(): void {
    const { watch, stayCar, fail } = this.#world;
    const gone = [...watch.stays.values()]
      .filter((stay) => stay.status === 'inside')
      .filter((stay) => stayCar.get(stay.uid)?.where !== 'inside' || stayCar.get(stay.uid)?.uid !== stay.uid)
      .map((stay) => stay.uid);
    this.#world.ask((park) => {
      const laneOf = (uid: string): string | null =>
        park.lanes.lanes().find((lane) => park.lanes.state(lane.id).passage?.uid === uid)?.name ?? null;
      const deps = {
        store: park.store,
        clock: park.clock,
        site: this.#world.layout.site,
        areas: this.#world.layout.areas,
        spaces: () => park.lanes.spaces(),
        laneOf,
        standsAt: (stay: Stay) => standsAt(park.lanes, stay),
        dueFen: (stay: Stay) => park.lanes.account(stay)?.dueFen ?? 0,
      };
      closeStays(deps, { uids: gone }, '车辆已离场', MANAGER).catch((error: unknown) =>
        fail('no-defect', `stale stays: ${String(error)}`),
      );
    });
  }

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
    const wait = chance.int(from * MINUTE, to * MINUTE);
    if (car.pays === 'phone' || car.pays === 'desk')
      timeline.after(Math.max(SECOND, wait - chance.int(0, 25) * MINUTE), () => this.#phones.prepay(car));
    timeline.after(wait, () => {
      if (!car.inner && chance.is(0.15)) this.#goTo(car, 'inner-in', 'in');
      else this.#leaves(car);
    });
  }

  /** Some come back the same day: for their debts, and for what their cards have left. */
  returns(car: Car): void {
    const { chance, timeline } = this.#world;
    if (chance.is(0.35)) timeline.after(chance.int(1, 240) * MINUTE, () => this.#comes(car));
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
    const { chance } = this.#world;
    if (this.#closed || car.where !== 'outside') return;
    this.#goTo(car, chance.among({ in1: 5, in2: 4, both: 1, alley: 1, tide: this.#tide() === 'in' ? 4 : 0 }), 'in');
  }

  #leaves(car: Car): void {
    const { chance } = this.#world;
    if (car.where !== 'inside') return;
    if (car.inner) this.#goTo(car, 'inner-out', 'out');
    else
      this.#goTo(
        car,
        chance.among({ out1: 5, out2: 4, tide: this.#tide() === 'out' ? 2 : 0, both: 1, alley: 1 }),
        'out',
      );
  }

  #goTo(car: Car, laneId: string, heading: LaneDirection): void {
    if ([...this.#world.floors.values()].some((floor) => floor.queue.includes(car))) return;
    car.heading = heading;
    this.#world.floors.get(laneId)?.arrive(car);
  }

  /** Somebody, or a time server, sets the PC's clock. */
  #setClock(): void {
    const { chance, timeline } = this.#world;
    const byMs = chance.pick([5 * SECOND, -5 * SECOND, 10 * MINUTE, -10 * MINUTE, -HOUR, 3 * HOUR]);
    timeline.jumpWall(byMs);
    for (const car of this.#world.cars)
      if (car.where === 'inside' || this.#world.floors.get('alley')?.queue.includes(car))
        soil(car, 'the clock was set');
  }

  #holdOpen(laneId: string): void {
    const { chance, timeline } = this.#world;
    this.#world.ask((park) => park.lanes.gate(laneId, 'hold', '其他', MANAGER));
    const release = (): void => {
      const asked = this.#world.ask((park) => park.lanes.gate(laneId, 'release-hold', '其他', MANAGER));
      // Until the arm really is free again: its answer may be lost, or its command.
      timeline.after(MINUTE, () => {
        if (asked.how !== 'done' || this.#world.floors.get(laneId)?.held) release();
      });
    };
    timeline.after(chance.int(1, 8) * MINUTE, release);
  }

  #blind(laneId: string): void {
    const { chance, timeline } = this.#world;
    const floor = this.#world.floors.get(laneId);
    const camera = floor?.lane.camera;
    if (!floor || camera === undefined) return;
    floor.cameraDown = true;
    this.#world.ask((park) => park.devices.state(camera, 'offline', '无应答'));
    timeline.after(chance.int(1, 20) * MINUTE, () => {
      floor.cameraDown = false;
      this.#world.ask((park) => park.devices.state(camera, 'online', ''));
    });
  }

  /** The sign over the lane, which everybody sees. */
  #tide(): LaneDirection {
    return this.#world.watch.turned.get('tide') ?? 'out';
  }

  #turnTide(): void {
    const direction = this.#tide() === 'in' ? 'out' : 'in';
    const queue = this.#world.floors.get('tide')?.queue ?? [];
    if (queue.length > 0) return;
    this.#world.ask((park) => park.lanes.order('tide', { type: 'turn', direction, actor: MANAGER }));
  }

  #changeLists(): void {
    const { chance, cars } = this.#world;
    const plate = chance.pick(cars).plate.text;
    if (plate === '') return;
    this.#world.ask(({ registry }) => {
      if (chance.is(0.4)) registry.lists.remove({ list: chance.pick(['black', 'white']), plate }, MANAGER);
      else if (chance.is(0.5)) registry.lists.put({ list: 'white', plate }, MANAGER);
      else registry.lists.put({ list: 'black', plate, strategy: chance.pick(['no-exit', 'warn', 'neither']) }, MANAGER);
    });
  }

  /** A platform opens an arm from afar, or somebody by hand, whatever stands before it: mostly when something does. */
  #fromAfar(tries = 200): void {
    const { chance, floors, layout, timeline } = this.#world;
    const lanes = layout.lanes.filter((lane) => lane.authority);
    const served = lanes.filter((lane) => floors.get(lane.id)?.queue.length);
    const asked = lanes.filter((lane) => this.#world.park()?.lanes.state(lane.id).phase === 'asking');
    // Mostly while somebody is being asked about, which never lasts long.
    if (asked.length === 0 && tries > 0 && chance.is(0.995)) {
      timeline.after(chance.int(1_000, 5_000), () => this.#fromAfar(tries - 1));
      return;
    }
    const { id } = chance.pick(asked.length > 0 ? asked : served.length > 0 ? served : lanes);
    const [head] = floors.get(id)?.queue ?? [];
    const how = chance.among({ whoever: 4, 'this car': 4, 'another car': 1, 'by hand': 2 });
    this.#world.ask((park) => {
      const { phase, passage } = park.lanes.state(id);
      const left = passage !== null && floors.get(id)?.trigger.goneMs(passage.id) != null;
      // What became of it then only people can say.
      if (head && (how === 'by hand' || left || phase === 'attention' || phase === 'idle'))
        soil(head, 'opened from afar');
      if (how === 'by hand') park.lanes.gate(id, 'open', '其他', MANAGER);
      else park.lanes.opens(id, how === 'whoever' ? null : (head?.plate.text ?? '鲁A00000'), '远程开闸', CLOUD);
    });
  }

  #recharge(): void {
    const { chance, watch, till } = this.#world;
    const cards = [...watch.cards.values()].filter((card) => card.type === 'stored-value');
    const [cashier] = this.#cashiers;
    if (cards.length === 0 || !cashier) return;
    const { id } = chance.pick(cards);
    const { actor, shift } = cashier;
    const what = { unit: 'money', amount: 2_000, gift: 500, paidFen: 2_000 } as const;
    const before = watch.taken.get('cash') ?? 0;
    const asked = this.#world.ask((park) =>
      park.registry.recharges.recharge(id, { what, orderNo: null, from: 'now', method: 'cash', shiftId: shift }, actor),
    );
    if (asked.how === 'done' || (asked.how === 'silent' && (watch.taken.get('cash') ?? 0) !== before))
      till.cash(2_000, shift);
  }
}
