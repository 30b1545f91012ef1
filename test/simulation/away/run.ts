import { rmSync } from 'node:fs';
import { createKeys } from '../../peers/qingdao/index.ts';
import { ACCESS_ID, PARKING_CODE } from '../../support/provision.ts';
import { stablePort, tempDirectory } from '../../support/station-process.ts';
import { Away, type Turn } from './away.ts';
import { bareRate } from './bare.ts';
import {
  faultsInTheCity,
  faultsInTheFile,
  faultsInTheOutbox,
  faultsInTheStays,
  faultsInTheSums,
  openMessages,
} from './checks.ts';
import { AwayCity } from './city.ts';
import { drain } from './drain.ts';
import { type Figures, ratesOf } from './figures.ts';
import { LANES, Lot, writeProvision } from './lot.ts';
import { Cars } from './plan.ts';

const HOUR = 3_600_000;
/** 2026-03-02 05:00 in Shanghai. */
const STARTS_AT = Date.UTC(2026, 2, 1, 21, 0, 0);
const BEFORE_MS = 45 * 60_000;
/** As the platform sends by default. */
const RECORDS_AT_ONCE = 4;
const PHOTOS_AT_ONCE = 2;

export interface AwayOptions {
  readonly cars: number;
  /** For how long the city is away. */
  readonly hours: number;
  readonly seed: number;
  /** Laid over the settings of the platform. */
  readonly settings: object;
  /** While time runs as it does, a car comes to a lane this often. */
  readonly everyMs: number;
  /** So many cars are measured with nothing waiting, and as many with everything. */
  readonly measured: number;
  /** So many messages of a kind are posted for comparison. */
  readonly bare: number;
  /** The city must have everything within this time. */
  readonly drainMs: number;
  /** Told how far the day is. */
  readonly print?: (line: string) => void;
}

/** Away in every way there is, one after the other; the station dies twice in the middle of it. */
function turnsOf(awayAt: number, hours: number): Turn[] {
  const at = (share: number): number => awayAt + Math.round(share * hours * HOUR);
  return [
    { at: at(0), what: 'refusing' },
    { at: at(0.2), what: 'answers-lost' },
    { at: at(0.27), what: 'station-dies' },
    { at: at(0.34), what: 'http-500' },
    { at: at(0.46), what: 'refusing' },
    { at: at(0.58), what: 'code-500' },
    { at: at(0.64), what: 'station-dies' },
    { at: at(0.72), what: 'answers-lost' },
    { at: at(0.84), what: 'refusing' },
    { at: at(1), what: 'refusing' },
  ];
}

/**
 * The city is away for a day, and comes back. The real station, in a process that is killed now and then, with its file and its lanes,
 * against the independent city in another.
 */
export async function runAway(options: AwayOptions): Promise<Figures> {
  const { cars: count, hours, everyMs, measured, print = () => undefined } = options;
  const data = tempDirectory();
  const port = await stablePort();
  const keys = createKeys();
  const cars = new Cars(options.seed);
  const city = await AwayCity.start({ keys, accessId: ACCESS_ID, parkingCode: PARKING_CODE });
  const away = new Away({ data, port, city, cars, startsAt: STARTS_AT, print });
  const lot = new Lot(`http://127.0.0.1:${port}/devices/vzenith-http`, () => away.station);
  try {
    const began = performance.now();
    await away.start(writeProvision(data, { url: city.url, keys, guests: cars.guests, settings: options.settings }));
    const awayAt = STARTS_AT + BEFORE_MS;
    const backAt = awayAt + hours * HOUR;
    const moves = cars.plan({
      ...{ seed: options.seed, before: Math.max(24, Math.round(count * 0.03)), cars: count },
      ...{ startsAt: STARTS_AT + 60_000, awayAt, backAt, lanes: LANES },
    });
    const split = moves.findIndex(({ at }) => at >= awayAt);
    await away.live(lot, moves.slice(0, split), []);
    const before = { rss: await away.station.memory(), held: await away.station.held() };
    const calm = await away.rush(lot, everyMs, async (done) => done >= measured);

    await away.live(lot, moves.slice(split), turnsOf(awayAt, hours));
    const everythingWaits = { rss: await away.station.memory(), held: await away.station.held() };
    const waiting = await away.rush(lot, everyMs, async (done) => done >= measured);
    const backlog = openMessages(data).size;
    const day = (performance.now() - began) / 1000;

    print(`the city is back, ${backlog} messages wait`);
    const { heard: draining, ...drained } = await drain(away, lot, city, options);
    const after = { rss: await away.station.memory(), held: await away.station.held() };
    const outbox = await faultsInTheOutbox(away.station);
    const book = await city.book();
    const days = { from: STARTS_AT, to: await away.station.now() };
    const { faults: wrongSums, sums } = await faultsInTheSums(away.station, book, lot.visits, days);
    await away.stop();
    const bare = {
      records: await bareRate(city.beside, keys, await city.samples('record', options.bare), RECORDS_AT_ONCE),
      photos: await bareRate(city.beside, keys, await city.samples('photo', options.bare), PHOTOS_AT_ONCE),
    };
    const rates = ratesOf(book, drained.from);
    return {
      ...{ cars: count, hours, backlog, sums, calm, waiting, draining },
      faults: [
        ...outbox,
        ...faultsInTheCity(book, away.deaths),
        ...faultsInTheStays(book, lot.visits),
        ...wrongSums,
        ...faultsInTheFile(data, book),
        ...away.errors,
      ],
      repeats: book.taken.filter(({ repeat }) => repeat).length,
      outcomes: book.outcomes,
      records: { ...rates.records, bare: bare.records },
      photos: { ...rates.photos, bare: bare.photos },
      memory: { before, waiting: everythingWaits, peak: drained.peak, after },
      seconds: { day, drain: drained.seconds },
    };
  } finally {
    await lot.close();
    await away.close();
    await city.close();
    rmSync(data, { recursive: true, force: true });
  }
}
