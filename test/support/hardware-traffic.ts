import { pause } from '../peers/timers.ts';
import type { HardwareLane } from './hardware-lane.ts';
import { FEE, type HardwareSite } from './hardware-site.ts';
import { until } from './until.ts';

/**
 * none · lost: the opening is carried out, its answer lost · again: the camera tells the same read twice, at once and when the car has
 * gone · history: reads of a time without network come before the car, beside it and after it · torn: bytes split and late · cable: out
 * for a moment before the car · dark: the display lost its power before the car · paper: the printer has none.
 */
export type Trouble = 'none' | 'lost' | 'again' | 'history' | 'torn' | 'cable' | 'dark' | 'paper';

export interface Car {
  readonly plate: string;
  readonly hasCard: boolean;
  readonly trouble: Trouble;
}

/** What this lane can be put through besides driving. */
export function troublesOf(lane: HardwareLane): Trouble[] {
  const { loseAnswer, history, tear, unplugged, led } = lane;
  return [
    'again',
    ...(loseAnswer ? (['lost'] as const) : []),
    ...(history ? (['history'] as const) : []),
    ...(tear ? (['torn'] as const) : []),
    ...(unplugged ? (['cable'] as const) : []),
    ...(led ? (['dark'] as const) : []),
  ];
}

/** The same in another order for another seed. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

const DRIVER_GOES_MS = 10_000;
/** What every driver is told, and nothing but this; what is told of trouble with the arm comes on top. */
export const TROUBLE_SPEECH = '请稍候,岗亭处理中';

/** What the driver of this car is to hear, in this order. */
export function speechFor(way: 'in' | 'out', { plate, hasCard }: Car): string[] {
  if (way === 'in') return [hasCard ? `${plate},月租车,欢迎光临` : `${plate},欢迎光临`];
  if (hasCard) return [`${plate},月租车,一路平安`];
  return [`${plate},停车1分钟,请缴费${FEE / 100}元`, `${plate},一路平安`];
}

export interface Hooks {
  readonly before?: (car: Car) => void;
  readonly paid?: (car: Car) => Promise<unknown>;
}

/** Cars at one lane, one after the other. */
export class LaneTraffic {
  readonly lane: HardwareLane;
  /** Let through, in order. */
  readonly cars: Car[] = [];
  /** Plates that only ever came as a read of an earlier time. */
  readonly ghosts: string[] = [];
  /** What had happened at the lane before. */
  readonly before: Readonly<Record<'risings' | 'moves' | 'through' | 'spoken', number>>;
  readonly #site: HardwareSite;
  readonly #plates: () => string;

  constructor(site: HardwareSite, lane: HardwareLane, plates: () => string) {
    this.#site = site;
    this.lane = lane;
    const { risings, moves, through } = lane.iron;
    const spoken = lane.led?.spoken.length ?? 0;
    this.before = { risings, moves: moves.length, through: through.length, spoken };
    this.#plates = plates;
  }

  async run(cars: readonly Car[], { before, paid }: Hooks = {}): Promise<void> {
    for (const car of cars) {
      before?.(car);
      await this.#drive(car, paid).catch((error: unknown) => {
        throw new Error(`${this.lane.id}, ${car.plate} (${car.trouble}): ${String(error)}`, { cause: error });
      });
    }
  }

  async #drive(car: Car, paid: Hooks['paid']): Promise<void> {
    const { lane } = this;
    const { iron } = lane;
    await this.#before(car.trouble);
    const [risings, moves] = [iron.risings, iron.moves.length];
    iron.arrive(car.plate);
    await lane.see(car.plate);
    if (car.trouble === 'again') await lane.again();
    if (car.trouble === 'history') await this.#haunt();
    if (lane.way === 'out' && !car.hasCard) {
      await this.#pays(car, moves);
      await paid?.(car);
    }
    await this.#hears(car);
    const drives = this.#site.passes(lane, car.plate);
    const gaveUp = pause(DRIVER_GOES_MS).then(() => 'the arm stayed down' as const);
    const through = await Promise.race([drives, gaveUp]);
    if (through !== true) throw new Error(String(through));
    this.cars.push(car);
    await until('the arm is shut', () => iron.arm === 'closed');
    if (car.trouble === 'again') await lane.again();
    if (car.trouble === 'history') await this.#haunt();
    // Torn bytes take their time: its picture may still be on its way, and must not be cut off by what comes next.
    if (car.trouble === 'torn') await this.#site.pictured(car.plate, lane.way);
    lane.tear?.(false);
    await this.#settled(car);
    if (iron.risings !== risings + 1) throw new Error(`${iron.risings - risings} risings for one car`);
  }

  async #before(trouble: Trouble): Promise<void> {
    const { lane } = this;
    if (trouble === 'cable') await lane.unplugged?.();
    if (trouble === 'torn') lane.tear?.(true);
    if (trouble === 'lost') lane.loseAnswer?.();
    if (trouble === 'dark') await this.#darkens();
    if (trouble === 'history') await this.#haunt();
  }

  /** What hangs on a line of its own is greeted when it is back; behind a camera nobody notices. */
  async #darkens(): Promise<void> {
    const { led, ledAlone } = this.lane;
    if (!led) return;
    const before = led.received.length;
    led.powerLoss();
    if (ledAlone) await until('the display was greeted', () => led.received.length > before);
  }

  /** A read of an earlier time, of a car that nobody ever saw; the arm must not care. */
  async #haunt(): Promise<void> {
    const ghost = this.#plates();
    this.ghosts.push(ghost);
    await this.lane.history?.(ghost);
  }

  async #pays(car: Car, moves: number): Promise<void> {
    const { lane } = this;
    const charging = await this.#site.laneWhen(
      lane.id,
      `${car.plate} is asked for money`,
      ({ phase, plate }) => phase === 'charging' && plate?.text === car.plate,
    );
    const [due] = speechFor('out', car);
    if (lane.led)
      await until(`${car.plate} hears what is due`, () => lane.led?.spoken.some(({ text }) => text === due));
    if (lane.iron.moves.length !== moves) throw new Error('the arm was told to move before the money was there');
    const paid = { method: 'cash', amountFen: FEE, receivedFen: FEE, passageId: charging.passage?.id };
    await this.#site.order(lane.id, 'collect', paid);
  }

  /** Its text stands there while it stands there, and it is spoken to. */
  async #hears(car: Car): Promise<void> {
    const { led, way } = this.lane;
    if (!led) return;
    const last = speechFor(way, car).at(-1);
    const said = () =>
      led.spoken.some(({ text }) => text === last || (car.trouble === 'lost' && text === TROUBLE_SPEECH));
    await until(
      `${car.plate} is spoken to; ${led.spoken
        .slice(-3)
        .map(({ text }) => text)
        .join('|')}`,
      said,
    );
    await until(`${car.plate} stands on the display: ${led.screen.join('|')}`, () => led.screen[0] === car.plate);
  }

  /** The command has ended, and the lane has nobody before it any more as far as its devices tell. */
  async #settled(car: Car): Promise<void> {
    const { id } = this.lane;
    await this.#site.laneWhen(id, `the command for ${car.plate} has ended`, ({ barrier }) => {
      const last = barrier.lastCommand;
      return last?.plate?.text === car.plate && last.outcome !== 'pending';
    });
    await this.#site.laneWhen(id, `${car.plate} has gone`, ({ phase, loop }) => loop === null || phase === 'idle');
  }
}
