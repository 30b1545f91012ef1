import type { Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { preparedLater } from '../../../electron/station/store/prepared-later.ts';
import { answerer } from '../../../electron/station/store/reader/answer.ts';
import { Store } from '../../../electron/station/store/store.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';

const clock = new FakeClock();
let temp: TempStore;
beforeEach(() => {
  temp = tempStore(clock);
});
afterEach(() => temp.dispose());

/** The connection, and what was prepared on it so far. */
function watched(): { readonly db: Database; readonly prepared: string[] } {
  const prepared: string[] = [];
  const prepare = (sql: string): unknown => {
    prepared.push(sql);
    return temp.db.prepare(sql);
  };
  const db = new Proxy(temp.db, {
    get: (target, name): unknown => (name === 'prepare' ? prepare : Reflect.get(target, name)),
  });
  return { db, prepared };
}

describe('statements that are prepared later', () => {
  it('are prepared when they are first executed, once, and give what they would have given', () => {
    const { db, prepared } = watched();
    const { read } = new Store(db, clock);
    expect(prepared).toEqual([]);
    read.meta.put('greeting', '你好');
    expect(read.meta.get('greeting')).toBe('你好');
    expect(read.meta.get('nothing')).toBeUndefined();
    expect(prepared).toEqual([expect.stringContaining('INSERT INTO meta'), expect.stringContaining('FROM meta')]);
  });

  it('give one column, all rows, one row after the other, and what a change changed', () => {
    const db = preparedLater(temp.db);
    const numbers = 'SELECT value FROM (SELECT 1 AS value UNION SELECT 2) WHERE value > ? ORDER BY value';
    expect(db.prepare(numbers).all(0)).toEqual([{ value: 1 }, { value: 2 }]);
    expect([...db.prepare(numbers).pluck().iterate(0)]).toEqual([1, 2]);
    expect(db.prepare(numbers).pluck().get(1)).toBe(2);
    expect(db.prepare("INSERT INTO meta (key, value) VALUES ('a', 'b')").run().changes).toBe(1);
  });

  it('say what is wrong with them when they are first executed', () => {
    const wrong = preparedLater(temp.db).prepare('SELECT value FROM nowhere');
    expect(() => wrong.get()).toThrow('no such table: nowhere');
  });

  it('fit the tables, each of them: of the repositories and of the searches', () => {
    const store = watched();
    new Store(store.db, clock, (connection) => connection);
    expect(store.prepared.length).toBeGreaterThan(200);
    const searches = watched();
    answerer(searches.db);
    expect(searches.prepared.length).toBeGreaterThan(20);
  });
});
