import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planOnce } from '../../../electron/station/store/plan-once.ts';

const db = new Database(':memory:');
beforeAll(() => {
  db.exec(`CREATE TABLE cars (id INTEGER PRIMARY KEY, plate TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
    CREATE INDEX cars_by_plate ON cars (plate, at);
    INSERT INTO cars (plate, at) VALUES ('5', 1), ('5', 2), ('5', 3), ('6', 4);`);
});
afterAll(() => {
  db.close();
});

const SQL = 'SELECT at FROM cars WHERE plate = ? AND at >= ? ORDER BY at DESC LIMIT ?';

describe('a statement that is planned once', () => {
  it('finds what it found, by the same index', () => {
    const ask = (sql: string): unknown[] => db.prepare(sql).pluck().all('5', 2, 1);
    expect(ask(planOnce(SQL))).toEqual(ask(SQL));
    expect(ask(planOnce(SQL))).toEqual([3]);
    const plan = (sql: string): unknown[] =>
      db
        .prepare<[string, number, number], { readonly detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all('5', 2, 1)
        .map(({ detail }) => detail);
    expect(plan(planOnce(SQL))).toEqual(plan(SQL));
  });

  it('takes names as well, and leaves alone what compares nothing', () => {
    const named = 'SELECT at FROM cars WHERE plate = @plate AND at BETWEEN @from AND @to ORDER BY at LIMIT @limit';
    expect(db.prepare(planOnce(named)).pluck().all({ plate: '5', from: 1, to: 2, limit: 9 })).toEqual([1, 2]);
    const insert = "INSERT INTO cars (plate, at) VALUES (?, '= ')";
    expect(planOnce(insert)).toBe(insert);
  });

  it('is not planned again by the next question', () => {
    // Nothing tells of a plan but its cost: planned anew each time, a search in an empty table costs many times as much.
    const cost = (sql: string): number => {
      const statement = db.prepare(sql);
      let least = Number.POSITIVE_INFINITY;
      for (let round = 0; round < 30; round += 1) {
        const from = process.hrtime.bigint();
        for (let time = 0; time < 200; time += 1) statement.all('none', 0, 1);
        least = Math.min(least, Number(process.hrtime.bigint() - from));
      }
      return least;
    };
    expect(cost(planOnce(SQL))).toBeLessThan(cost(SQL) / 2);
  });
});
