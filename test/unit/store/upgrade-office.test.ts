import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { Accounts } from '../../../electron/station/api/accounts.ts';
import { OutboxHub } from '../../../electron/station/outbox/hub.ts';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import { openDatabase } from '../../../electron/station/store/database.ts';
import { migrate } from '../../../electron/station/store/migrate.ts';
import { migrations } from '../../../electron/station/store/migrations/index.ts';
import { Store } from '../../../electron/station/store/store.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { DELIVERED, REFUSED, ScriptedPlatform } from '../../support/scripted-platform.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { tempDirectory } from '../../support/temp-store.ts';

const NOW = Date.UTC(2026, 2, 2, 4, 0, 0);
/** The schema of the version before configurations, posts and the outbox office. */
const BEFORE = 24;

/** A car park with two people, one of them at work, and an outbox with something in each state. */
function oldDatabase(file: string): void {
  const db = new Database(file);
  migrate(
    db,
    migrations.filter(({ version }) => version <= BEFORE),
  );
  expect(db.pragma('user_version', { simple: true })).toBe(BEFORE);
  db.prepare("INSERT INTO users VALUES ('老陈', 'manager', 'x', 1), ('小王', 'attendant', 'y', 2)").run();
  const sign = db.prepare('INSERT INTO sign_ins VALUES (?, ?, ?)');
  sign.run(createHash('sha256').update('of-wang').digest('hex'), '小王', NOW + 3_600_000);
  const message =
    db.prepare(`INSERT INTO outbox (platform, draft_id, message, key, kind, body, journal_seq, state, attempts,
    maybe_delivered, created_at_ms, done_at_ms, last_error)
    VALUES ('qingdao', @id, 'uploadCarInData', @key, @kind, @body, @seq, @state, @attempts, 0, @at, @done, @error)`);
  const put = (id: string, seq: number, state: number, more: object = {}): void => {
    const [key = ''] = id.split(':');
    const base = { key, kind: 'record', attempts: 0, at: NOW - 60_000, done: null, error: null };
    message.run({ ...base, id, seq, state, body: JSON.stringify({ id }), ...more });
  };
  put('u1:in', 1, 1, { attempts: 1, done: NOW - 50_000 });
  put('u2:in', 2, 2, { attempts: 3, error: 'resultCode 400' });
  put('u2:photo', 3, 0, { kind: 'photo' });
  put('u3:in', 4, 0, { attempts: 2, error: 'timeout' });
  put('u1:out', 5, 0);
  put('u3:out', 6, 0);
  put('u2:out', 7, 0);
  db.prepare("INSERT INTO outbox_cursors VALUES ('qingdao', 7)").run();
  db.close();
}

it('a database of the version before is taken over: whoever was at work is, and what waited leaves in its order', async () => {
  const directory = tempDirectory();
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, 'gatehouse.db');
  oldDatabase(file);

  const clock = new FakeClock(NOW);
  const db = openDatabase(file);
  onTestFinished(() => {
    db.close();
  });
  const store = new Store(db, clock);

  const accounts = new Accounts(store, clock);
  const wang = accounts.resume('of-wang')?.principal;
  expect(wang).toMatchObject({ name: '小王', role: 'attendant', displayName: '', post: null, lockedAt: null });
  expect(wang?.rights.has('cash.collect')).toBe(true);
  expect(wang?.rights.has('settings.change')).toBe(false);
  expect(store.read.users.all().map(({ name, disabled }) => [name, disabled])).toEqual([
    ['老陈', false],
    ['小王', false],
  ]);

  expect(store.read.outboxAttempts.of(2)).toEqual([]);
  expect(store.read.outbox.blockedBy(7)).toMatchObject({ id: 2, last_error: 'resultCode 400' });
  const platform = new ScriptedPlatform();
  const alarms = new Alarms(
    () => clock.now(),
    () => undefined,
  );
  const hub = new OutboxHub({
    ...{ store, clock, entropy: { random: () => 0.5 }, log: memoryLog(), alarms },
    ...{ platforms: [platform], afterCrash: false },
  });
  platform.answer = ({ id }) => (id === 'u2:in' ? REFUSED : DELIVERED);
  await hub.start();
  onTestFinished(() => hub.stop());
  await clock.advance(5_000);
  // The refused one holds back the rest of its stay and of no other.
  expect(platform.sent.map(({ id, attempt }) => [id, attempt])).toEqual([
    ['u3:in', 3],
    ['u1:out', 1],
    ['u3:out', 1],
  ]);
  expect(store.read.outboxAttempts.of(4)).toMatchObject([{ number: 3, outcome: 'delivered' }]);
  platform.answer = () => DELIVERED;
  hub.retry(2, { kind: 'user', name: '老陈' });
  await clock.advance(5_000);
  expect(platform.sent.slice(3).map(({ id }) => id)).toEqual(['u2:in', 'u2:out', 'u2:photo']);
  expect(store.read.outbox.counts('qingdao', 0)).toMatchObject({ waiting: 0, refused: 0, delivered: 7 });
});
