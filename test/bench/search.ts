import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemClock } from '../../electron/station/runtime/clock.ts';
import { openDatabase } from '../../electron/station/store/database.ts';
import { migrations } from '../../electron/station/store/migrations/index.ts';
import { Reader } from '../../electron/station/store/reader/reader.ts';
import { Store } from '../../electron/station/store/store.ts';
import { nearMatches } from '../../shared/domain/plate-match.ts';
import { PROVINCES, toPlate } from '../../shared/domain/plates.ts';
import { entered } from '../support/events.ts';
import { insertStays, type PastStay, pastStays } from '../support/history.ts';
import { seeded } from '../support/random.ts';
import { memoryLog } from '../support/silent-log.ts';
import { tempDirectory } from '../support/temp-store.ts';
import { percentile, report } from './report.ts';

/**
 * Searches over a million stays, through the thread that answers them, as ratios to one lookup by primary key in the same run; and
 * what a lane's commit notices of searches that run all the time. The filled database is kept in the temporary folder for the next run,
 * by schema.
 *
 * Usage: npm run bench -- search, or node test/bench/search.ts [stays]
 */
const count = Number(process.argv[2] ?? 1_000_000);
const plates = Math.ceil(count * 0.3);
const clock = new SystemClock();
const directory = tempDirectory();
const file = join(directory, 'gatehouse.db');
copyFileSync(filled(), file);
const db = openDatabase(file);
const store = new Store(db, clock);
const reader = new Reader({ file, clock, log: memoryLog() });
const random = seeded(count);
const samples = sampleOf(20_000);
const sample = (): PastStay => samples[Math.floor(random() * samples.length)] ?? missing();

const lookups: number[] = [];
for (let round = 0; round < 5_000; round += 1) {
  const { uid } = sample();
  const start = performance.now();
  store.read.stays.get(uid);
  lookups.push(performance.now() - start);
}
const lookup = percentile(lookups, 0.5);
process.stdout.write(`${count} stays, ${plates} plates; one lookup by primary key ${(lookup * 1000).toFixed(1)} us\n`);
report('primary key lookup', lookup * 1000, 'us');

const inside = Array.from({ length: 5_000 }, (_, index) => {
  const number = 10_000 + ((index * 7_919) % 90_000);
  return toPlate(`${PROVINCES.charAt(index % PROVINCES.length)}${index % 3 === 0 ? 'BD' : 'B'}${number}`, 'blue');
});
const misread = toPlate('鲁BD1O345', 'blue');
const nears = Array.from({ length: 200 }, () => {
  const start = performance.now();
  nearMatches(misread, inside, (car) => car);
  return performance.now() - start;
});
report('near plates, 5,000 inside', percentile(nears, 0.5), 'ms');

const page = { offset: 0, limit: 50 };
const part = (length: number): string => {
  const { plate } = sample();
  const start = 1 + Math.floor(random() * Math.max(1, plate.length - length));
  return plate.slice(start, start + length) || '7';
};
const day = 86_400_000;
const searches: Readonly<Record<string, () => Promise<unknown>>> = {
  'exact plate': () => reader.stays({ ...page, plate: sample().plate || '7' }),
  '1 character': () => reader.stays({ ...page, plate: part(1) }),
  '2 characters': () => reader.stays({ ...page, plate: part(2) }),
  '3 characters': () => reader.stays({ ...page, plate: part(3) }),
  '5 characters': () => reader.stays({ ...page, plate: part(5) }),
  '3 characters, monthly, within a month': () => {
    const { enteredAt } = sample();
    return reader.stays({
      ...page,
      plate: part(3),
      parkingType: 'monthly',
      enteredFrom: enteredAt,
      enteredTo: enteredAt + 30 * day,
    });
  },
  'left on one day': () => {
    const { enteredAt } = sample();
    return reader.stays({ ...page, exitedFrom: enteredAt, exitedTo: enteredAt + day });
  },
  'newest page': () => reader.stays(page),
  'count of large cars': () => reader.stays({ offset: 0, limit: 1, vehicleClass: 'large' }),
  'stale stays': () => reader.stale(samples.at(-1)?.enteredAt ?? 0, page),
};
for (const [name, search] of Object.entries(searches)) {
  for (let warm = 0; warm < 5; warm += 1) await search();
  const times: number[] = [];
  for (let round = 0; round < 100; round += 1) {
    const start = performance.now();
    await search();
    times.push(performance.now() - start);
  }
  const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
  process.stdout.write(`${name}: p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms\n`);
  report(`${name}, p50`, p50 / lookup, 'x one lookup');
  report(`${name}, p99`, p99 / lookup, 'x one lookup');
}

// In turn, so that whatever else the machine does hits both alike.
const quiet: number[] = [];
const searching: number[] = [];
for (let block = 0; block < 16; block += 1) {
  const busy = block % 2 === 1;
  let going = busy;
  const loop = (async () => {
    while (going) await reader.stays({ ...page, plate: part(3) });
  })();
  for (let car = 0; car < 150; car += 1) {
    const { plate } = sample();
    const over = { plate: { text: plate, color: 'blue', kind: 'ordinary' }, enteredAt: Date.now() } as const;
    const start = performance.now();
    store.write((tx) => tx.record(entered(`bench-${block}-${car}`, over)));
    (busy ? searching : quiet).push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
  going = false;
  await loop;
}
for (const share of [0.5, 0.99]) {
  const [without, during] = [percentile(quiet, share), percentile(searching, share)];
  const name = `lane's commit during searches, p${share * 100}`;
  process.stdout.write(`${name}: ${during.toFixed(2)} ms, without ${without.toFixed(2)} ms\n`);
  report(name, during / without, 'x without searches');
}
await reader.stop();
db.close();
rmSync(directory, { recursive: true, force: true });

/** The filled database, made when this schema has none yet. */
function filled(): string {
  const schema = createHash('sha256')
    .update(migrations.map(({ sql }) => sql).join())
    .digest('hex')
    .slice(0, 8);
  const version = `${migrations.at(-1)?.version ?? 0}-${schema}`;
  const kept = join(tmpdir(), `gatehouse-bench-${count}-schema-${version}.db`);
  if (existsSync(kept)) return kept;
  const making = `${kept}.${process.pid}`;
  const start = performance.now();
  const fresh = openDatabase(making);
  // Nobody needs these rows after a power cut.
  fresh.pragma('synchronous = OFF');
  fresh.pragma('cache_size = -400000');
  const stays = pastStays(count, plates);
  for (let chunk = 0; chunk < count; chunk += 50_000) insertStays(fresh, take(stays, 50_000));
  fresh.pragma('wal_checkpoint(TRUNCATE)');
  fresh.close();
  renameSync(making, kept);
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  process.stdout.write(`${kept}: ${count} stays, ${(statSync(kept).size / 1e6).toFixed(0)} MB, made in ${seconds} s\n`);
  return kept;
}

function* take<T>(from: Iterator<T>, most: number): Generator<T> {
  for (let taken = 0; taken < most; taken += 1) {
    const next = from.next();
    if (next.done) return;
    yield next.value;
  }
}

/** Stays spread over the whole history. */
function sampleOf(most: number): PastStay[] {
  const step = Math.max(1, Math.floor(count / most));
  return [...pastStays(count, plates)].filter((_, index) => index % step === 0);
}

function missing(): never {
  throw new Error('no stays');
}
