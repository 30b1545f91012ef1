import Database from 'better-sqlite3';
import { configure } from '../../electron/station/store/database.ts';
import { migrate } from '../../electron/station/store/migrate.ts';
import { migrations } from '../../electron/station/store/migrations/index.ts';
import type { JournalEvent } from '../../shared/domain/events.ts';
import type { Lane } from '../../shared/domain/site.ts';
import { Attendant } from './attendant.ts';
import { Bank, type Notice } from './bank.ts';
import { type Car, makeCars, soil } from './cars.ts';
import { Cashiers } from './cashiers.ts';
import { Chance } from './chance.ts';
import { finalChecks, hourlyChecks } from './checks.ts';
import { VirtualCity } from './city.ts';
import { Errands } from './errands.ts';
import { checkBalance, checkEvidence } from './evidence.ts';
import { Floor } from './floor.ts';
import { register } from './households.ts';
import { compareLanes, laneText, storedLanes } from './lanes.ts';
import { makeLayout } from './layout.ts';
import { Crash, type CrashPoint, Life, SimulatedIds } from './life.ts';
import { openPark, type Park } from './park.ts';
import { Phones } from './phones.ts';
import { Till } from './till.ts';
import { Timeline } from './timeline.ts';
import { type About, Watch } from './watch.ts';
import type { Asked, World } from './world.ts';

/** Of so many days one is verified as evidence. */
const EVIDENCE_EVERY = 8;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** 2026-03-02 00:00 in Shanghai. */
const MIDNIGHT = Date.UTC(2026, 2, 1, 16, 0, 0);

export interface DayOptions {
  readonly seed: number;
  readonly cars: number;
  readonly verbose?: (line: string) => void;
}

export interface Broken {
  readonly invariant: string;
  readonly detail: string;
  readonly step: number;
  /** The last events concerned, oldest first. */
  readonly events: readonly string[];
}

export interface DayResult {
  readonly seed: number;
  readonly steps: number;
  readonly rows: number;
  readonly crashes: number;
  readonly passed: number;
  readonly broken: Broken | null;
  /** How often what happened. */
  readonly tally: Readonly<Record<string, number>>;
  /** The chain's last digest: equal for equal runs. */
  readonly digest: string;
}

/** What is already resolved runs its callbacks, and what was put off to the next turn of the loop runs. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A whole day in a made-up car park, decided by a seed alone. */
export async function simulateDay(options: DayOptions): Promise<DayResult> {
  return await new Day(options).run();
}

class Day implements World {
  readonly chance: Chance;
  readonly timeline = new Timeline(MIDNIGHT);
  readonly layout;
  readonly watch: Watch;
  readonly till = new Till();
  readonly city = new VirtualCity();
  readonly cars: readonly Car[];
  readonly banks: ReadonlyMap<string, Bank>;
  readonly floors: ReadonlyMap<string, Floor>;
  readonly passageCar = new Map<string, Car>();
  readonly stayCar = new Map<string, Car>();
  readonly cashiers: readonly Cashiers[];
  readonly attendants: ReadonlyMap<string, Attendant>;
  readonly errands: Errands;
  readonly phones: Phones;
  readonly #options: DayOptions;
  readonly #db = new Database(':memory:');
  readonly #ids = new SimulatedIds(this.timeline);
  readonly #barriers = new Map<string, Floor>();
  #life = new Life();
  #park: Park | null = null;
  #reading: Car | null = null;
  #calm = false;
  #steps = 0;
  #crashes = 0;
  #passed = 0;
  #broken: Broken | null = null;

  constructor(options: DayOptions) {
    this.#options = options;
    this.chance = new Chance(options.seed);
    this.layout = makeLayout(this.chance, MIDNIGHT, options.cars);
    this.watch = new Watch(this.fail);
    this.cars = makeCars(options.cars, this.chance);
    const bank = (kind: Bank['kind'], id: string): [string, Bank] => {
      const deps = {
        timeline: this.timeline,
        chance: this.chance,
        life: () => this.#life,
        calm: this.calm,
        notify: (notice: Notice) => this.phones.notice(notice),
      };
      return [id, new Bank(kind, id, deps)];
    };
    this.banks = new Map([bank('agreement', 'autopay'), bank('qr', 'qrpay'), bank('scan', 'scanpay')]);
    this.floors = new Map(this.layout.lanes.map((lane) => [lane.id, new Floor(lane, this)]));
    for (const floor of this.floors.values()) this.#barriers.set(floor.lane.barrier ?? '', floor);
    const booth1 = new Cashiers('1', this);
    this.cashiers = [booth1, new Cashiers('2', this)];
    this.attendants = new Map(
      this.cashiers.map((each) => [
        each.booth,
        new Attendant(this, { actor: () => each.actor, shift: () => each.shift }),
      ]),
    );
    this.phones = new Phones(this, booth1);
    this.errands = new Errands(this, this.cashiers, this.phones);
    configure(this.#db);
    migrate(this.#db, migrations);
  }

  readonly calm = (): boolean => this.#calm;
  park(): Park | null {
    return this.#life.dead ? null : this.#park;
  }

  readonly fail = (invariant: string, detail: string, about: About = {}): void => {
    if (this.#broken) return;
    const rows = this.#db
      .prepare<
        [object],
        { seq: number; at_ms: number; kind: string; passage_id: string; lane_id: string; body: string }
      >(
        `SELECT * FROM journal WHERE (@key IS NULL AND @passageId IS NULL AND @laneId IS NULL) OR key = @key
          OR passage_id = @passageId OR (@key IS NULL AND @passageId IS NULL AND lane_id = @laneId) ORDER BY seq DESC LIMIT 30`,
      )
      .all({ key: about.key ?? null, passageId: about.passageId ?? null, laneId: about.laneId ?? null });
    const events = rows.map(
      (row) =>
        `${row.seq} ${new Date(row.at_ms + 8 * HOUR).toISOString().slice(11, 23)} ${row.lane_id ?? '-'} ${row.kind} ${row.passage_id ?? ''} ${row.body.slice(0, 400)}`,
    );
    this.#broken = { invariant, detail, step: this.#steps, events: events.reverse() };
  };

  ask<T>(work: (park: Park) => T): Asked<T> {
    const park = this.park();
    if (!park) return { how: 'silent' };
    try {
      const value = work(park);
      return this.#life.dead ? { how: 'silent' } : { how: 'done', value };
    } catch (error) {
      if (this.#life.dead || error instanceof Crash) return { how: 'silent' };
      if (error instanceof Error && (error.name === 'ConflictError' || error.name === 'NotFoundError'))
        return { how: 'refused', reason: error.message };
      this.fail('no-defect', error instanceof Error ? (error.stack ?? error.message) : String(error));
      return { how: 'silent' };
    }
  }

  reading(car: Car, work: () => void): void {
    this.#reading = car;
    work();
    this.#reading = null;
  }

  crossed(car: Car, lane: Lane): void {
    this.#passed += 1;
    if (lane.area === 'a2') {
      car.inner = car.heading === 'in';
      this.errands.wander(car);
      return;
    }
    car.where = car.heading === 'in' ? 'inside' : 'outside';
    this.#compare(car, lane);
    if (car.heading === 'in') this.errands.wander(car);
    else this.errands.returns(car);
  }

  backedOut(car: Car, lane: Lane): void {
    soil(car, 'backed out');
    this.attendants.get(lane.booth ?? '1')?.takeBack(this.#floor(lane.id), car);
    if (car.where === 'inside') this.errands.wander(car);
  }

  /** A car to which nothing happened that the station could not see is where the station says it is. */
  #compare(car: Car, lane: Lane): void {
    if (!car.clean) return;
    const stay = car.uid === null ? undefined : this.watch.stays.get(car.uid);
    const expected = car.where === 'inside' ? 'inside' : 'left';
    if (stay?.status !== expected)
      this.fail(
        'inside-is-inside',
        `${car.plate.text} drove ${car.heading} at ${lane.id}; its stay ${car.uid} is ${stay?.status}`,
        {
          key: car.uid,
          laneId: lane.id,
        },
      );
  }

  #floor(id: string): Floor {
    const floor = this.floors.get(id);
    if (!floor) throw new Error(`no floor ${id}`);
    return floor;
  }

  async run(): Promise<DayResult> {
    this.#start();
    const morning = this.park();
    if (!morning) throw new Error('the station does not start');
    register(morning, this.cars, this.chance, this.timeline.wall);
    this.errands.plan();
    for (let hour = 1; hour <= 24; hour += 1) this.timeline.after(hour * HOUR - 1, () => this.#hourly());
    await this.#until(DAY + 6 * HOUR);
    // Everything heals, and what is under way comes to its end.
    this.#calm = true;
    this.city.down = false;
    this.errands.close();
    await this.#until(DAY + 12 * HOUR);
    this.errands.rest();
    await this.#until(DAY + 24 * HOUR);
    if (!this.#broken) finalChecks(this, this.phones.transfers, this.#db);
    const evening = this.park();
    if (!this.#broken && evening) await checkBalance(evening, ['2026-03-02', '2026-03-03'], this.fail);
    // Playing the journal again takes as long as the day itself.
    if (!this.#broken && this.#options.seed % EVIDENCE_EVERY === 0) await checkEvidence(this.#db, this.fail);
    const last = this.#db
      .prepare<[], { seq: number; hash: string }>('SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1')
      .get();
    this.#db.close();
    return {
      seed: this.#options.seed,
      steps: this.#steps,
      rows: last?.seq ?? 0,
      crashes: this.#crashes,
      passed: this.#passed,
      broken: this.#broken,
      tally: Object.fromEntries([...this.watch.tally].sort(([a], [b]) => (a < b ? -1 : 1))),
      digest: last?.hash ?? '',
    };
  }

  async #until(moment: number): Promise<void> {
    while (!this.#broken && this.timeline.next(moment)) {
      this.#steps += 1;
      await settle();
      if (this.#life.dead) this.#goDown();
      else this.#look();
    }
  }

  /** After each step: the lanes as they are, and whoever has to look at them. */
  #look(): void {
    const park = this.park();
    if (!park) return;
    for (const floor of this.floors.values()) {
      const state = park.lanes.state(floor.lane.id);
      this.watch.lane(floor.lane.id, state);
      if (floor.head || (state.phase !== 'idle' && state.phase !== 'cleared'))
        this.attendants.get(floor.lane.booth ?? '1')?.notice(floor);
    }
  }

  #hourly(): void {
    if (this.park()) hourlyChecks(this, this.#db);
    this.#options.verbose?.(
      `${new Date(this.timeline.wall + 8 * HOUR).toISOString()} steps ${this.#steps} rows ${this.watch.seq} passed ${this.#passed} inside ${this.cars.filter((car) => car.where === 'inside').length}`,
    );
  }

  crash(at: CrashPoint | 'now'): void {
    if (this.#calm || !this.park()) return;
    if (at === 'now') this.#life.end();
    else this.#life.plan(at);
  }

  /** The program is dead. What the lanes had in mind must be what is stored; then somebody starts it again. */
  #goDown(): void {
    const dead = this.#park;
    if (!dead) return;
    this.#park = null;
    this.#crashes += 1;
    this.watch.forgetOrders();
    // What was committed in its last instant is newer than what the program had in mind.
    if (!this.#life.aheadOfMind)
      for (const { id } of this.layout.lanes) {
        const row = dead.store.read.laneStates.get(id);
        const stored = row === undefined ? undefined : laneText(JSON.parse(row));
        const minded = laneText(dead.lanes.state(id));
        if (stored !== undefined && stored !== minded)
          this.fail('lanes-are-stored', `${id} had ${minded} in mind, stored is ${stored}`, { laneId: id });
      }
    this.timeline.after(this.chance.int(500, 90_000), () => this.#start());
  }

  #start(): void {
    this.#life = new Life();
    const life = this.#life;
    // A crash may also strike while it starts.
    if (!this.#calm && this.#crashes > 0 && this.chance.is(0.1))
      life.plan(this.chance.pick(['in-transaction', 'after-commit', 'at-port']));
    const stood = storedLanes(this.#db);
    try {
      this.#park = openPark({
        db: this.#db,
        layout: this.layout,
        tariffs: this.layout.tariffs,
        timeline: this.timeline,
        chance: this.chance,
        ids: this.#ids,
        life,
        iron: {
          commanded: (barrier, action) => {
            const floor = this.#barriers.get(barrier);
            if (!floor) return;
            this.watch.commanded(floor.lane.id, action);
            const passage = this.#park?.lanes.state(floor.lane.id).passage;
            floor.ordered(passage ? this.passageCar.get(passage.id) : undefined);
            if (action === 'open') this.#forWhom(floor);
          },
          asked: (laneId, passageId) => this.#askedAbout(this.#floor(laneId), passageId),
          moved: (barrier, action) => this.#barriers.get(barrier)?.moved(action),
          pictured: (camera) => this.ask((park) => park.devices.snapshot(camera, new Uint8Array([0xff, 0xd8]))),
        },
        channels: [...this.banks.values()],
        city: this.city,
        calm: this.calm,
        committed: (events) => this.#committed(events),
        defect: (message) => this.fail('no-defect', message),
      });
      void this.#park.hub.start();
      compareLanes(stood, this.#park, this.fail);
    } catch (error) {
      if (!life.dead) throw error;
      this.#crashes += 1;
      this.watch.forgetOrders();
      this.timeline.after(5_000, () => this.#start());
    }
  }

  /** By the word of a platform, or because it is silent, no arm goes up for a car of which the station knows that it left. */
  #forWhom(floor: Floor): void {
    const order = this.watch.lastOrder.get(floor.lane.id);
    const passageId = order?.passageId;
    if (!order || !passageId || order.actor.kind === 'user' || this.watch.billed.has(passageId)) return;
    // Under the arm it is there, although it left the loop before it: it must not come down on it.
    const isUnder = floor.under !== undefined && this.passageCar.get(passageId) === floor.under;
    if (floor.trigger.goneMs(passageId) !== null && !isUnder)
      this.fail('nobody-left-is-opened-for', `${passageId} had left the loop at ${floor.lane.id}`, order);
  }

  /** Nobody is asked about who left, or who was opened for. */
  #askedAbout(floor: Floor, passageId: string): void {
    const about = { laneId: floor.lane.id, passageId };
    if (this.watch.opened.has(passageId))
      this.fail('asking-ends', `${passageId} is asked about after it was opened for`, about);
    const gone = floor.trigger.goneMs(passageId);
    if (gone !== null && gone > 2_500)
      this.fail('asking-ends', `${passageId} is asked about ${gone} ms after it left`, about);
  }

  #committed(events: readonly JournalEvent[]): void {
    for (const event of events) {
      this.watch.take(event);
      const { passageId } = event;
      if (event.kind === 'plate-read' && passageId !== null && this.#reading)
        this.passageCar.set(passageId, this.#reading);
      const car = passageId === null ? undefined : this.passageCar.get(passageId);
      if (!car || !('stay' in event.body) || !event.body.stay) continue;
      const { uid } = event.body.stay;
      const owner = this.stayCar.get(uid);
      if (event.kind === 'vehicle-entered') {
        this.stayCar.set(uid, car);
        car.uid = uid;
      } else if (owner && owner !== car) {
        soil(owner, `its stay was touched by another car (${event.kind})`);
        soil(car, `it was taken for another car (${event.kind})`);
      }
    }
  }
}
