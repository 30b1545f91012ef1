import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newStay } from '../../../electron/station/lanes/new-stay.ts';
import { configure, openDatabase } from '../../../electron/station/store/database.ts';
import { plate } from '../../support/lane-world.ts';
import { A, agreement, card, DAY } from './given.ts';
import { IN1, OUT1, Rig } from './runtime-rig.ts';

/** From the plate to the barrier in a car park that is full, and knows many cars. */

const CARS = 5000;
const CARDS = 20_000;
const ran: string[] = [];
let rig: Rig;

beforeAll(() => {
  rig = new Rig({
    database: (file) => {
      openDatabase(file).close();
      const db = new Database(file, { verbose: (sql) => ran.push(String(sql)) });
      configure(db);
      return db;
    },
  });
  const { store, db, clock } = rig;
  const lane = { id: IN1.id, name: IN1.name, number: 1 };
  const at = clock.now() - 2 * DAY;
  db.transaction(() => {
    for (let index = 0; index < CARS; index++) {
      const text = `鲁U${String(index).padStart(5, '0')}`;
      const known = { uid: `u${index}`, plate: plate(text), vehicleClass: 'small', parkingType: 'temporary' } as const;
      store.read.stays.put(
        newStay({ ...known, entryLane: lane, enteredAt: at + index * 1000, entryRecordId: `p${index}`, areaId: 'a1' }),
      );
    }
    for (let index = 0; index < CARDS; index++)
      store.read.cards.put(
        card({
          id: `c${index}`,
          number: `K${index}`,
          plates: [`鲁V${String(index).padStart(5, '0')}`],
          validTo: clock.now() + DAY,
        }),
      );
    for (let index = 0; index < CARDS; index++)
      store.read.agreements.put(
        agreement({
          id: `agr${index}`,
          plate: `鲁U${String(index).padStart(5, '0')}`,
          limitFen: index === 43 ? null : 0,
        }),
      );
  })();
  db.exec('ANALYZE');
  // What is measured and explained here is what is asked, not the disk.
  db.pragma('synchronous = OFF');
}, 60_000);
afterAll(() => rig.dispose());

/** The statements of one decision, as they ran. */
function statements(what: () => void): string[] {
  ran.length = 0;
  what();
  return ran.splice(0);
}

/** Tables that are read from one end to the other. */
function scans(sql: readonly string[]): string[] {
  const plans = [...new Set(sql)]
    .filter((text) => /^\s*(SELECT|UPDATE|DELETE)/i.test(text))
    // The newest row of the journal is at its end.
    .filter((text) => !/FROM journal ORDER BY seq DESC LIMIT 1$/.test(text))
    .flatMap((text) => rig.db.prepare<[], { readonly detail: string }>(`EXPLAIN QUERY PLAN ${text}`).all())
    .map((row) => row.detail);
  ran.length = 0;
  return plans.filter(
    (detail) => /^SCAN /.test(detail) && !/^SCAN (CONSTANT ROW|inside_counts|space_corrections)/.test(detail),
  );
}

const CASES = [
  { what: 'a stranger that enters', run: () => rig.car(IN1, A), most: 45 },
  { what: 'a card that enters', run: () => rig.car(IN1, '鲁V00777'), most: 45 },
  { what: 'a car that is asked for money', run: () => rig.car(OUT1, '鲁U00042'), most: 45 },
  {
    what: 'a car that pays',
    run: () =>
      rig.lanes.order(OUT1.id, {
        type: 'collect',
        method: 'cash',
        amountFen: rig.passage(OUT1)?.bill?.dueFen ?? 0,
        actor: { kind: 'user', name: 'u' },
      }),
    most: 45,
  },
  { what: 'a car that leaves first and is charged after', run: () => rig.car(OUT1, '鲁U00043'), most: 45 },
  { what: 'a card that leaves', run: () => rig.car(OUT1, '鲁V00777'), most: 45 },
];

it.each(CASES)('$what is decided by few statements, and every one has its index', ({ run, most }) => {
  const sql = statements(run);
  expect(sql.length).toBeLessThanOrEqual(most);
  expect(scans(sql)).toEqual([]);
});

it('whoever leaves first has left', () => {
  expect(rig.store.read.bills.afterDeparture()).toMatchObject([{ arrears: [{ amountFen: expect.any(Number) }] }]);
});

it('a decision costs little besides the disk', { timeout: 60_000 }, async () => {
  await rig.clock.advance(120_000);
  rig.restart();
  rig.db.pragma('synchronous = OFF');
  const ROUNDS = 100;
  const walls: number[] = [];
  const before = process.cpuUsage();
  for (let index = 0; index < ROUNDS; index++) {
    const text = index % 2 === 0 ? `鲁W${String(index).padStart(5, '0')}` : `鲁V${String(index).padStart(5, '0')}`;
    const started = performance.now();
    rig.car(IN1, text);
    walls.push(performance.now() - started);
  }
  const { user, system } = process.cpuUsage(before);
  const cpu = (user + system) / 1000 / ROUNDS;
  const median = walls.sort((a, b) => a - b)[ROUNDS / 2] ?? 0;
  process.stdout.write(
    `an entry with ${CARS} cars inside and ${CARDS} cards: ${cpu.toFixed(2)} ms of CPU, median ${median.toFixed(2)} ms\n`,
  );
  expect(rig.store.read.stays.countInside()).toBeGreaterThan(CARS);
  // Not the figure that is aimed at (2 ms), but one that only a scan would miss.
  expect(cpu).toBeLessThan(20);
});
