import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../../electron/station/store/database.ts';
import { migrate } from '../../../electron/station/store/migrate.ts';
import { migrations } from '../../../electron/station/store/migrations/index.ts';
import { Store } from '../../../electron/station/store/store.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { type TempStore, tempDirectory, tempStore } from '../../support/temp-store.ts';

const NAME = 'receivePlateNumber';
let clock: FakeClock;
let temp: TempStore;
beforeEach(() => {
  clock = new FakeClock();
  temp = tempStore(clock);
});
afterEach(() => temp.dispose());

const state = (given: 0 | 1 | 2 | 3 | 4) => ({ given });
/** A message with an instant in its body, left in a state. @returns its id */
function put(id: string, body: object, { given } = state(4), message = NAME): number {
  return temp.store.write((tx) => {
    tx.outbox.insert('vanke', { id, message, key: null, kind: 'record', body }, 1, clock.now());
    const row = tx.outbox.ofDraft('vanke', id);
    tx.outbox.setState(row?.id ?? 0, given, given === 0 ? null : clock.now());
    return row?.id ?? 0;
  });
}
const ask = (from: number, to: number, offset = 0, limit = 10, store = temp.store) => {
  const { total, rows } = store.read.outbox.givenUp('vanke', NAME, { from, to, offset, limit });
  return [total, ...rows.map(({ body }) => (body as { readonly id: string }).id)];
};

describe('what a platform fetches by its own query', () => {
  it('is told in the order of the instant in it and then of its making, bounds included', () => {
    put('late', { id: 'late', at: 3000 });
    put('first', { id: 'first', at: 1000 });
    put('twin-a', { id: 'twin-a', at: 2000 });
    put('twin-b', { id: 'twin-b', at: 2000 });
    expect(ask(1000, 3000)).toEqual([4, 'first', 'twin-a', 'twin-b', 'late']);
    expect(ask(1001, 2999)).toEqual([2, 'twin-a', 'twin-b']);
    expect(ask(2000, 2000)).toEqual([2, 'twin-a', 'twin-b']);
    expect(ask(3001, 9000)).toEqual([0]);
    expect(ask(3000, 1000)).toEqual([0]);
    expect(temp.store.read.outbox.givenUp('vanke', NAME, { from: 0, to: 1000, offset: 0, limit: 1 })).toEqual({
      total: 1,
      rows: [{ at: 1000, body: { id: 'first', at: 1000 } }],
    });
  });

  it('comes a page at a time, with how many there are', () => {
    for (let each = 0; each < 25; each += 1) put(`m${each}`, { id: `m${each}`, at: 1000 + each });
    expect(ask(0, 9999, 10, 10)).toEqual([25, ...Array.from({ length: 10 }, (_, index) => `m${index + 10}`)]);
    expect(ask(0, 9999, 20, 10)).toHaveLength(6);
    expect(ask(0, 9999, 30, 10)).toEqual([25]);
  });

  it('is only what was given up, of that name and platform, with an instant in it', () => {
    for (const given of [0, 1, 2, 3] as const) put(`s${given}`, { id: `s${given}`, at: 1000 }, state(given));
    put('other', { id: 'other', at: 1000 }, state(4), 'receiveCrossGate');
    put('none', { id: 'none' });
    put('text', { id: 'text', at: '1000' });
    put('good', { id: 'good', at: 1000 });
    expect(ask(0, 9999)).toEqual([1, 'good']);
    expect(temp.store.read.outbox.givenUp('cmb', NAME, { from: 0, to: 9999, offset: 0, limit: 9 }).total).toBe(0);
  });

  it('is gone from there once a person pushes it again', () => {
    const id = put('again', { id: 'again', at: 1000 });
    temp.store.write((tx) => tx.outbox.setState(id, 0, null));
    expect(ask(0, 9999)).toEqual([0]);
  });
});

const fill = (rows: number): void => {
  for (let each = 0; each < rows; each += 1) put(`d${each}`, { id: `d${each}`, at: (each * 7) % rows });
};

/** How SQLite goes about what a store asks it. */
function planOf(asked: (store: Store) => unknown): string[] {
  const statements: string[] = [];
  const spy = new Database(temp.file, { readonly: true, verbose: (sql) => void statements.push(String(sql)) });
  try {
    asked(new Store(spy, clock));
    return statements.flatMap((sql) =>
      spy
        .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map(({ detail }) => detail),
    );
  } finally {
    spy.close();
  }
}

it('is found in a part of the index of the instants, and only one page of it is ever read or sorted', () => {
  fill(50);
  const details = planOf((store) => ask(10, 40, 5, 5, store));
  const walks = details.filter((detail) => detail.includes('outbox_given_up '));
  expect(walks).toHaveLength(2);
  for (const walk of walks) expect(walk).toMatch(/platform=\? AND message=\? AND <expr>>\? AND <expr><\?/);
  expect(details.filter((detail) => detail.startsWith('SCAN outbox'))).toEqual([]);
  // Of the page, whose bodies are fetched by their ids.
  expect(details.filter((detail) => detail.startsWith('USE TEMP B-TREE'))).toHaveLength(1);
});

describe('the indexes of what was given up', () => {
  it('hold nothing of a message that waits, was delivered, refused or discarded', () => {
    const pages = (): number =>
      Number(temp.db.prepare("SELECT sum(ncell) FROM dbstat WHERE name LIKE 'outbox_given_up%'").pluck().get());
    for (const given of [0, 1, 2, 3] as const) put(`s${given}`, { id: `s${given}`, at: 1000 }, state(given));
    expect(pages()).toBe(0);
    put('good', { id: 'good', at: 1000 });
    expect(pages()).toBe(3);
  });

  it('come to a database of the version before, which then gives up and tells as any other', () => {
    const directory = tempDirectory();
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    const file = join(directory, 'gatehouse.db');
    const old = new Database(file);
    migrate(
      old,
      migrations.filter(({ version }) => version < 37),
    );
    old
      .prepare(`INSERT INTO outbox (platform, draft_id, message, kind, body, journal_seq, created_at_ms)
        VALUES ('vanke', 'old', '${NAME}', 'record', '{"id":"old","at":1000}', 1, 1)`)
      .run();
    old.close();
    const db = openDatabase(file);
    onTestFinished(() => {
      db.close();
    });
    const store = new Store(db, clock);
    const id = store.read.outbox.ofDraft('vanke', 'old')?.id ?? 0;
    store.write((tx) =>
      tx.outbox.markFailed(id, { error: 'timeout', state: 4, maybeDelivered: true, at: clock.now() }),
    );
    expect(store.read.outbox.get(id)).toMatchObject({ state: 4, attempts: 1, done_at_ms: clock.now() });
    expect(ask(0, 2000, 0, 10, store)).toEqual([1, 'old']);
  });
});
