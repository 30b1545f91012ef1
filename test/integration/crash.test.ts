import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { SystemClock } from '../../electron/station/runtime/clock.ts';
import { openDatabase } from '../../electron/station/store/database.ts';
import { Store } from '../../electron/station/store/store.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import type { PushResult } from '../peers/vzenith/index.ts';
import { CarPark, type CarParkOptions } from '../support/car-park.ts';
import { seeded } from '../support/random.ts';

const ROUNDS = Number(process.env['CRASH_ROUNDS'] ?? 6);
const SEED = Number(process.env['CRASH_SEED'] ?? 20261122);
/** Half-hours are begun ones: 90 minutes cost the first hour and one of them. */
const FEE = 700;

async function openCarPark(options: CarParkOptions): Promise<CarPark> {
  const park = await CarPark.open(options);
  onTestFinished(() => park.close());
  return park;
}

interface Car {
  readonly plate: string;
  readonly photo: Buffer;
  readonly push: PushResult;
}

/** What cars and an attendant do until the station dies, and what must hold ever after. */
class Traffic {
  readonly entered: Car[] = [];
  readonly leavers: string[] = [];
  /** Those whose payment was confirmed to the attendant. */
  readonly paid = new Set<string>();
  readonly #park: CarPark;
  readonly #random: () => number;
  #count = 0;
  #running = false;

  constructor(park: CarPark, random: () => number) {
    this.#park = park;
    this.#random = random;
  }

  #plate = (letter: string): string => `鲁${letter}${String(++this.#count).padStart(5, '0')}`;
  #picture = (): Buffer => jpegOfSize(5_000 + Math.floor(this.#random() * 150_000));

  /** Runs until {@link halt}; resolves when every camera has got an answer. `onAnswer` hears of each car that went in. */
  async run(onAnswer: () => void): Promise<void> {
    this.#running = true;
    await Promise.all([this.#enter(onAnswer), this.#leave()]);
  }

  halt(): void {
    this.#running = false;
  }

  async #enter(onAnswer: () => void): Promise<void> {
    while (this.#running) {
      const car = { plate: this.#plate('C'), photo: this.#picture() };
      const push = await this.#park.entry.push(car.plate, { image: car.photo });
      onAnswer();
      this.entered.push({ ...car, push });
      await new Promise((resolve) => setTimeout(resolve, this.#random() * 40));
    }
  }

  async #leave(): Promise<void> {
    while (this.#running) {
      const plate = this.#plate('D');
      try {
        await this.#park.register(plate, 90);
        this.leavers.push(plate);
        await this.#park.exit.push(plate, { image: this.#picture() });
        await this.settleExit();
      } catch (error) {
        // The station may die under any of these calls, and only then may they fail.
        if (this.#running) throw error;
      }
    }
  }

  /** The attendant takes what is due from the car at the exit, if there is one. */
  async settleExit(): Promise<void> {
    const { phase, passage } = await this.#park.lane('out1');
    if (phase !== 'charging' || !passage?.bill) return;
    await this.#park.collect(passage.bill.dueFen, passage.id);
    this.paid.add(passage.plate.text);
  }
}

test(`killed ${ROUNDS} times in the middle of traffic: nothing answered is missing, nothing is there twice`, {
  timeout: 60_000 + ROUNDS * 15_000,
}, async () => {
  const random = seeded(SEED);
  const patient = { resends: 200, resendPauseMs: 50, timeoutMs: 3_000, autoOffline: false };
  const park = await openCarPark({ city: {}, camera: patient });
  const { city, entry, exit } = park;
  const traffic = new Traffic(park, random);

  for (let round = 0; round < ROUNDS; round++) {
    // In turn: at any moment, and in the very moment in which a camera got its answer.
    let answers = 2 + Math.floor(random() * 6);
    const answered = Promise.withResolvers<void>();
    const moment = new Promise<void>((resolve) => setTimeout(resolve, 100 + random() * 700));
    const running = traffic.run(() => {
      if (--answers === 0) answered.resolve();
    });
    await (round % 2 === 0 ? moment : answered.promise);
    traffic.halt();
    await park.station.kill9();
    await park.restart();
    await running;
    await traffic.settleExit();
  }

  expect(traffic.entered.length).toBeGreaterThan(ROUNDS * 2);
  expect(traffic.leavers.length).toBeGreaterThan(ROUNDS);
  for (const { plate, photo, push } of traffic.entered) {
    expect([plate, push.outcome]).toEqual([plate, 'answered']);
    const { uid, status } = await park.stayOf(plate);
    expect([plate, status]).toEqual([plate, 'inside']);
    const { photos } = await park.stay(uid);
    expect(photos, plate).toMatchObject([{ purpose: 'entry', bytes: photo.length }]);
    expect((await park.photo(photos[0]?.id ?? '')).equals(photo), `photo of ${plate}`).toBe(true);
    const openings = entry.arm.openings.filter(
      ({ cause }) => cause.kind === 'plate-reply' && cause.plateId === push.plateId,
    );
    expect([plate, openings.length]).toEqual([plate, 1]);
  }
  for (const plate of traffic.leavers) {
    const { uid, status } = await park.stayOf(plate);
    if (traffic.paid.has(plate)) expect([plate, status]).toEqual([plate, 'left']);
    const { payments, paidFen } = await park.stay(uid);
    expect([plate, payments.length, paidFen]).toEqual(status === 'left' ? [plate, 1, FEE] : [plate, 0, 0]);
  }

  await park.outboxEmpty(20_000);
  expect((await park.outbox('&status=refused')).total).toBe(0);
  expect(city.violations).toEqual([]);
  expect(city.repeats.flatMap(({ changed }) => changed)).toEqual([]);
  for (const { plate } of [...traffic.entered, ...traffic.leavers.map((plate) => ({ plate }))]) {
    const { uid, status } = await park.stayOf(plate);
    const left = status === 'left';
    expect(city.books.stay(uid).entry?.['plateNo']).toBe(plate);
    expect([plate, city.books.stay(uid).exit !== undefined]).toEqual([plate, left]);
    expect([plate, city.books.money(uid).payments]).toEqual([plate, left ? 1 : 0]);
  }
  expect([...entry.protocolFaults, ...exit.protocolFaults]).toEqual([]);

  expect(await park.station.sigterm()).toBe(0);
  const db = openDatabase(join(park.station.data, 'gatehouse.db'));
  try {
    const { journal } = new Store(db, new SystemClock()).read;
    expect(journal.verifyTail(journal.last().seq)).toBeUndefined();
    const starts = journal.list({ kind: 'station-started', limit: 500 }).map(({ body }) => body);
    expect(starts.filter((body) => 'previous' in body && body.previous === 'crashed')).toHaveLength(ROUNDS);
  } finally {
    db.close();
  }
});

test('a car that was being charged, and one that waited for a person, are still there after the crash', async () => {
  const park = await openCarPark({});
  const { entry, exit } = park;
  const { uid } = await park.register('鲁B60001', 90);
  await exit.push('鲁B60001', { image: jpegOfSize(9_000) });
  await entry.push('_无_', { image: jpegOfSize(8_000) });
  const before = { in1: await park.lane('in1'), out1: await park.lane('out1') };
  expect(before.out1).toMatchObject({ phase: 'charging', passage: { bill: { dueFen: FEE } } });

  await park.station.kill9();
  await park.restart();
  const after = { in1: await park.lane('in1'), out1: await park.lane('out1') };
  expect(after.out1).toMatchObject({ phase: 'charging', passage: before.out1.passage });
  expect(after.in1).toMatchObject({ phase: 'attention', passage: before.in1.passage });
  expect([...entry.arm.pulses, ...exit.arm.pulses]).toEqual([]);

  await park.collect(FEE, after.out1.passage?.id);
  await exit.waitFor(() => exit.arm.state === 'open', 'open arm');
  await park.order('in1', 'correct-plate', { plate: '鲁B60002', passageId: after.in1.passage?.id });
  await entry.waitFor(() => entry.arm.state === 'open', 'open arm');
  expect((await park.stay(uid)).payments).toHaveLength(1);
  expect((await park.stayOf('鲁B60002')).status).toBe('inside');
});

test('an arm that was held open is told so again after the crash, until it is released', async () => {
  const park = await openCarPark({});
  const { entry, exit } = park;
  await park.order('in1', 'hold', { on: true, reason: '早高峰' });
  await entry.waitFor(() => entry.arm.held, 'held arm');

  await park.station.kill9();
  // The same power cut: relays fall back.
  entry.arm.held = false;
  const orders = entry.arm.pulses.length;
  await park.restart();
  await entry.waitFor(() => entry.arm.held, 'arm held again');
  expect(entry.arm.pulses.slice(orders)).toMatchObject([{ relay: 0, ms: null, cause: { kind: 'comet' } }]);
  expect((await park.lane('in1')).barrier.held).toBe(true);
  expect(exit.arm.pulses).toEqual([]);

  await park.order('in1', 'hold', { on: false, reason: '高峰结束' });
  await entry.waitFor(() => !entry.arm.held, 'released arm');
  await park.station.kill9();
  const released = entry.arm.pulses.length;
  await park.restart();
  const { polls } = entry.comet;
  await entry.push('鲁B60003');
  await entry.waitFor(() => entry.comet.polls >= polls, 'poll');
  expect(entry.arm.pulses.slice(released)).toMatchObject([{ cause: { kind: 'plate-reply' } }]);
  expect(entry.arm.held).toBe(false);
});
