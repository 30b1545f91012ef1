import { setTimeout as sleep } from 'node:timers/promises';
import { shanghaiDateTime } from '../../../shared/domain/time.ts';
import { type Death, openMessages } from './checks.ts';
import type { AwayCity, CityState } from './city.ts';
import { LANES, type Lot } from './lot.ts';
import type { Cars, Move, Visit } from './plan.ts';
import { AwayStation } from './station.ts';

/** Somebody needs this long to start the program again. */
const DOWN_MS = 60_000;
const HOUR = 3_600_000;

export interface AwayDeps {
  readonly data: string;
  readonly port: number;
  readonly city: AwayCity;
  readonly cars: Cars;
  readonly startsAt: number;
  readonly print: (line: string) => void;
}

export interface Heard {
  readonly decisions: number[];
  readonly collections: number[];
  /** The longest that the station's thread worked without a turn for a lane. */
  longestTurnMs: number;
}

/** Something that happens to the city or the station at a moment of the day. */
export interface Turn {
  readonly at: number;
  readonly what: CityState | 'station-dies';
}

/** The city and the station through the day, the second as often as it is started. */
export class Away {
  readonly deaths: Death[] = [];
  readonly errors: string[] = [];
  readonly #deps: AwayDeps;
  #station: AwayStation | undefined;
  #now: number;
  #turn = 0;

  constructor(deps: AwayDeps) {
    this.#deps = deps;
    this.#now = deps.startsAt;
  }

  get station(): AwayStation {
    if (!this.#station) throw new Error('the station is not there');
    return this.#station;
  }

  async start(provisionFile: string | null = null): Promise<void> {
    const { data, port, city } = this.#deps;
    await city.clock(this.#now);
    this.#station = await AwayStation.start({ data, port, provisionFile, startsAt: this.#now });
    await city.clock(await this.#station.now());
  }

  /** It is killed, and started again on the same file a minute later. */
  async die(): Promise<void> {
    const { data, city } = this.#deps;
    const died = this.station;
    await died.kill();
    this.errors.push(...died.errors);
    await this.#allArrived();
    const { taken } = await city.book();
    this.deaths.push({ taken: taken.length, open: openMessages(data) });
    this.#now += DOWN_MS;
    await this.start();
    // A start is work of its own.
    await this.station.longestTurn();
  }

  /** What it had just sent is read by the city before anything of the next one is. */
  async #allArrived(): Promise<void> {
    let [known, still] = [-1, 0];
    while (still < 5) {
      const { requests } = await this.#deps.city.counts();
      still = requests === known ? still + 1 : 0;
      known = requests;
      await sleep(30);
    }
  }

  async pass(to: number): Promise<void> {
    this.#now = Math.max(this.#now, to);
    await this.#deps.city.clock(this.#now);
    await this.station.advance(this.#now);
  }

  /** A whole day by the plan, with what happens in between. */
  async live(lot: Lot, moves: readonly Move[], turns: readonly Turn[]): Promise<void> {
    let next = 0;
    let dies = false;
    let hour = 0;
    for (const move of moves) {
      if (Math.floor(move.at / HOUR) > hour) {
        hour = Math.floor(move.at / HOUR);
        this.#deps.print(`${shanghaiDateTime(move.at)}: ${lot.inside.length} inside, ${lot.visits.length} came`);
      }
      // It has left already, in the rush before.
      if (move.way === 'out' && move.visit.leftAt !== null) continue;
      for (let turn = turns[next]; turn && turn.at <= move.at; turn = turns[++next]) {
        await this.pass(turn.at);
        if (turn.what === 'station-dies') dies = true;
        else await this.#deps.city.become(turn.what);
      }
      await this.pass(move.at);
      await lot.move(move, dies ? () => sleep(1).then(() => this.die()) : undefined);
      dies = false;
    }
    for (const turn of turns.slice(next)) {
      await this.pass(turn.at);
      if (turn.what !== 'station-dies') await this.#deps.city.become(turn.what);
    }
  }

  /** Time goes on to the station's next try to reach the city, and runs from there. */
  async reach(): Promise<void> {
    await this.pass(this.#now);
    await this.station.runFromRequest();
  }

  /** Time runs as it does; cars come and go, one every so often, until it is enough. */
  async rush(lot: Lot, everyMs: number, enough: (cars: number) => Promise<boolean>): Promise<Heard> {
    const heard: Heard = { decisions: [], collections: [], longestTurnMs: 0 };
    await this.station.run();
    await this.#deps.city.clock(await this.station.now());
    await this.station.longestTurn();
    for (let cars = 0; !(await enough(cars)); cars += 1) {
      const began = performance.now();
      this.#now = await this.station.now();
      const took = await lot.move(this.#nextMove(lot));
      heard.decisions.push(took.decisionMs);
      heard.longestTurnMs = Math.max(heard.longestTurnMs, await this.station.longestTurn());
      if (took.collectMs !== null) heard.collections.push(took.collectMs);
      await sleep(Math.max(0, everyMs - (performance.now() - began)));
    }
    this.#now = await this.station.now();
    return heard;
  }

  /** One comes, one leaves, and each time at the next lane. */
  #nextMove(lot: Lot): Move {
    const turn = this.#turn++;
    const lane = Math.floor(turn / 2) % LANES;
    const leaving: Visit | undefined = turn % 2 === 1 ? lot.inside[0] : undefined;
    const visit = leaving ?? this.#deps.cars.visit();
    return { at: this.#now, way: leaving ? 'out' : 'in', lane, visit };
  }

  async stop(): Promise<void> {
    const { station } = this;
    await station.stop();
    this.errors.push(...station.errors);
  }

  async close(): Promise<void> {
    await this.#station?.kill();
  }
}
