import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Backups } from '../../electron/station/backup/backups.ts';
import { completeRestore } from '../../electron/station/backup/restore.ts';
import { Alarms } from '../../electron/station/runtime/alarms.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { memoryLog } from '../support/silent-log.ts';
import { type TempStore, tempDirectory, tempStore } from '../support/temp-store.ts';
import { until } from '../support/until.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

let clock: FakeClock;
let temp: TempStore;
let backups: Backups;
let alarms: Alarms;
beforeEach(() => {
  // 08:05:09 in Shanghai.
  clock = new FakeClock();
  temp = tempStore(clock);
  alarms = new Alarms(
    () => clock.now(),
    () => undefined,
  );
  backups = new Backups({
    ...{ store: temp.store, clock, alarms, log: memoryLog(), version: '1.0.0', configured: true },
    ...{ dataDirectory: temp.directory, reopen: () => undefined },
  });
});
afterEach(async () => {
  await backups.stop();
  temp.dispose();
});

const ids = async (): Promise<string[]> => (await backups.overview()).items.map(({ id }) => id);

/** Minute after minute, until there are so many. */
const made = (count: number) =>
  until(`${count} backups`, async () => {
    await clock.advance(MINUTE);
    const { busy, items } = await backups.overview();
    return (busy === null && items.length === count) || undefined;
  });
/** Time in which nothing is to happen. */
const quiet = async (): Promise<void> => {
  for (let minute = 0; minute < 5; minute += 1) {
    await clock.advance(MINUTE);
    await ids();
  }
};

test('a daily backup is made at its time, once a day; one that was missed is made up for; old ones go, the newest stays', async () => {
  backups.configure({ directory: '', dailyAt: '03:40', keepDays: 2, photos: false, warnBelowMb: 0 }, boss);
  backups.start();
  await quiet();
  clock.jumpWall(19 * HOUR + 20 * MINUTE);
  await quiet();
  expect(await ids()).toEqual([]);
  clock.jumpWall(10 * MINUTE);
  await made(1);
  await quiet();
  expect(await ids()).toEqual([expect.stringMatching(/^20260303-034\d/)]);
  clock.jumpWall(24 * HOUR);
  await made(2);
  // The PC was off for days.
  clock.jumpWall(5 * 24 * HOUR);
  await made(1);
  // A file is gone from the directory a moment before its row is written.
  const removed = () =>
    temp.store.read.journal.list({ limit: 20 }).filter(({ kind }) => kind === 'backup-removed').length;
  await until('both old ones are told of', () => removed() >= 2);
  expect(removed()).toBe(2);
});

const boss = { kind: 'user', name: '店长' } as const;

test('only one thing at a time', async () => {
  const first = backups.make('by-hand', boss);
  await expect(backups.make('by-hand', boss)).rejects.toMatchObject({ reason: 'busy' });
  await first;
  await expect(backups.restore('20200101-000000', boss)).rejects.toThrow('没有这个备份');
});

test('a directory that is no whole path is refused', () => {
  const settings = { directory: 'backups', dailyAt: '', keepDays: 1, photos: false, warnBelowMb: 0 };
  expect(() => backups.configure(settings, boss)).toThrow(/完整的目录/);
});

test('little space on the disk is said, and no more once there is enough', async () => {
  backups.configure({ directory: '', dailyAt: '', keepDays: 1, photos: false, warnBelowMb: 1_000_000 }, boss);
  backups.start();
  await clock.advance(10_000);
  await until('an alarm', () => alarms.list().some(({ code }) => code === 'disk-low') || undefined);
  backups.configure({ directory: '', dailyAt: '', keepDays: 1, photos: false, warnBelowMb: 0 }, boss);
  await clock.advance(5 * MINUTE);
  await until('no alarm', () => alarms.list().length === 0 || undefined);
});

test.each(['nothing', 'the database', 'the database and its log'])(
  'an interrupted restore that had moved %s aside goes on from there',
  (done) => {
    const directory = tempDirectory();
    try {
      mkdirSync(join(directory, 'restore'));
      writeFileSync(join(directory, 'restore', 'gatehouse.db'), 'new');
      const aside = join(directory, 'before-restore-20260302-080509');
      mkdirSync(aside);
      for (const [part, moved] of [
        ['', done !== 'nothing'],
        ['-wal', done === 'the database and its log'],
      ] as const)
        writeFileSync(join(moved ? aside : directory, `gatehouse.db${part}`), 'old');
      const order = {
        id: 'x',
        madeAt: 1,
        keptAs: 'before-restore-20260302-080509',
        lostRows: 3,
        actor: boss,
        settings: null,
      };
      writeFileSync(join(directory, 'restore.json'), JSON.stringify(order));
      expect(completeRestore(directory)).toEqual(order);
      expect(readdirSync(aside).sort()).toEqual(['gatehouse.db', 'gatehouse.db-wal']);
      expect(existsSync(join(directory, 'gatehouse.db'))).toBe(true);
      expect(existsSync(join(directory, 'gatehouse.db-wal'))).toBe(false);
      // Started once more before it was written down: nothing is moved again.
      expect(completeRestore(directory)).toEqual(order);
      rmSync(join(directory, 'gatehouse.db'));
      expect(() => completeRestore(directory)).toThrow(/interrupted/);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
);
