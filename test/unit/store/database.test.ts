import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { SystemClock } from '../../../electron/station/runtime/clock.ts';
import { DatabaseError } from '../../../electron/station/runtime/errors.ts';
import { openDatabase } from '../../../electron/station/store/database.ts';
import { lockDirectory } from '../../../electron/station/store/lock.ts';
import { type Migration, migrate } from '../../../electron/station/store/migrate.ts';
import { migrations } from '../../../electron/station/store/migrations/index.ts';
import { tempDirectory } from '../../support/temp-store.ts';

const directories: string[] = [];
const directory = (): string => {
  const made = tempDirectory();
  directories.push(made);
  return made;
};
afterEach(() => {
  for (const made of directories.splice(0)) rmSync(made, { recursive: true, force: true });
});

const kindOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof DatabaseError) return error.kind;
    throw error;
  }
  return 'opened';
};

describe('opening the database', () => {
  it('is durable at every open: this SQLite falls back to NORMAL when a WAL file is opened again', () => {
    const file = join(directory(), 'x.db');
    for (let time = 0; time < 3; time += 1) {
      const db = openDatabase(file);
      expect(db.pragma('synchronous', { simple: true })).toBe(2);
      expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
      db.close();
    }
  });

  it('has only STRICT tables', () => {
    const db = openDatabase(join(directory(), 'x.db'));
    const loose = db
      .prepare(
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
      )
      .all();
    const all = db
      .prepare("SELECT count(*) FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND strict = 1")
      .pluck()
      .get();
    expect(loose).toEqual([]);
    expect(all).toBeGreaterThan(10);
    db.close();
  });

  it('refuses a database that a newer version wrote, and leaves it alone', () => {
    const file = join(directory(), 'x.db');
    const db = openDatabase(file);
    db.pragma('user_version = 999990');
    db.close();
    const before = readFileSync(file);
    expect(kindOf(() => openDatabase(file))).toBe('from-the-future');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('reports a file that is no database, and leaves it alone', () => {
    const file = join(directory(), 'x.db');
    const garbage = Buffer.from('this was a database once '.repeat(400));
    writeFileSync(file, garbage);
    expect(kindOf(() => openDatabase(file))).toBe('damaged');
    expect(readFileSync(file).equals(garbage)).toBe(true);
  });

  it('reports pages that were overwritten in the middle', () => {
    const file = join(directory(), 'x.db');
    const db = openDatabase(file);
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 4096, 8192 * 3);
    writeFileSync(file, bytes);
    expect(kindOf(() => openDatabase(file))).toBe('damaged');
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it('says so when the place cannot be written', () => {
    expect(kindOf(() => openDatabase('/dev/null/x.db'))).toBe('unwritable');
  });
});

describe('migrations', () => {
  it('are listed once each, in growing order', () => {
    const versions = migrations.map((migration) => migration.version);
    expect(versions.length).toBeGreaterThan(0);
    expect([...new Set(versions)].sort((a, b) => a - b)).toEqual(versions);
  });

  it('happen whole or not at all', () => {
    const db = new Database(':memory:');
    const good: Migration = { version: 10, name: 'good', sql: 'CREATE TABLE a (x INTEGER) STRICT;' };
    const bad: Migration = {
      version: 20,
      name: 'bad',
      sql: 'CREATE TABLE b (x INTEGER) STRICT; INSERT INTO a VALUES (1); INSERT INTO nowhere VALUES (1);',
    };
    expect(() => migrate(db, [good, bad])).toThrow();
    expect(db.pragma('user_version', { simple: true })).toBe(10);
    expect(db.prepare('SELECT count(*) FROM a').pluck().get()).toBe(0);
    expect(db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'b'").pluck().get()).toBe(0);
    migrate(db, [good, { ...bad, sql: 'CREATE TABLE b (x INTEGER) STRICT;' }]);
    expect(db.pragma('user_version', { simple: true })).toBe(20);
    db.close();
  });
});

describe('the lock', () => {
  it('keeps a second station out, and is gone when the first lets go', async () => {
    const place = directory();
    const clock = new SystemClock();
    const first = await lockDirectory(place, clock, 0);
    await expect(lockDirectory(place, clock, 150)).rejects.toMatchObject({ kind: 'locked' });
    first.release();
    const second = await lockDirectory(place, clock, 0);
    second.release();
  });
});
