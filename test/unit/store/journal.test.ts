import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entered } from '../../support/events.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';

let clock: FakeClock;
let temp: TempStore;
beforeEach(() => {
  clock = new FakeClock();
  temp = tempStore(clock);
});
afterEach(() => temp.dispose());

const record = (uid: string): void => {
  temp.store.write((tx) => tx.record(entered(uid)));
};

/** What somebody with the file and a tool could do: take the guard away, then edit. */
const tamper = (sql: string): void => {
  temp.db.exec(`DROP TRIGGER journal_is_append_only_u; DROP TRIGGER journal_is_append_only_d; ${sql}`);
};

describe('the journal', () => {
  it('numbers its rows without gaps, also after a transaction that failed', () => {
    record('u1');
    expect(() =>
      temp.store.write((tx) => {
        tx.record(entered('u2'));
        throw new Error('power cut');
      }),
    ).toThrow('power cut');
    record('u3');
    expect(temp.store.read.journal.after(0, 10).map((event) => [event.seq, event.key])).toEqual([
      [1, 'u1'],
      [2, 'u3'],
    ]);
    expect(temp.store.read.stays.get('u2')).toBeUndefined();
  });

  it('cannot be edited or shortened through the database', () => {
    record('u1');
    expect(() => temp.db.exec("UPDATE journal SET actor_name = 'somebody else'")).toThrow('append-only');
    expect(() => temp.db.exec('DELETE FROM journal')).toThrow('append-only');
  });

  it.each([
    ['an edited row', "UPDATE journal SET actor_name = 'nobody' WHERE seq = 3", 3],
    ['a changed time', 'UPDATE journal SET at_ms = at_ms + 1 WHERE seq = 2', 2],
    ['a removed row', 'DELETE FROM journal WHERE seq = 3', 4],
    ['a replaced body', `UPDATE journal SET body = replace(body, '鲁B12345', '鲁B54321') WHERE seq = 4`, 4],
  ])('shows %s', (_what, sql, brokenAt) => {
    for (const uid of ['u1', 'u2', 'u3', 'u4', 'u5']) record(uid);
    expect(temp.store.read.journal.verifyTail(100)).toBeUndefined();
    expect(temp.store.read.journal.verifyTail(2)).toBeUndefined();
    tamper(sql);
    expect(temp.store.read.journal.verifyTail(100)).toBe(brokenAt);
  });

  it('tells listeners only what was committed, after the commit', () => {
    const heard: string[] = [];
    temp.store.onCommitted((events) => {
      expect(temp.db.inTransaction).toBe(false);
      heard.push(...events.map((event) => String(event.key)));
    });
    record('u1');
    expect(() =>
      temp.store.write((tx) => {
        tx.record(entered('u2'));
        throw new Error('no');
      }),
    ).toThrow();
    expect(heard).toEqual(['u1']);
  });

  it('keeps its order whatever the wall clock does', () => {
    record('u1');
    clock.jumpWall(-86_400_000);
    record('u2');
    expect(temp.store.read.journal.after(0, 10).map((event) => event.key)).toEqual(['u1', 'u2']);
    expect(temp.store.read.journal.verifyTail(10)).toBeUndefined();
  });
});
