import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import { UnfitError } from '../../../electron/station/runtime/errors.ts';
import { watchUnreadable } from '../../../electron/station/standing-alarms.ts';
import { MAX_FEN } from '../../../shared/domain/money.ts';
import { type Attempt, attemptSchema } from '../../../shared/domain/money-flow.ts';
import { damagedRow } from '../../support/damage.ts';
import { entered } from '../../support/events.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';
import { agreement } from '../lanes/given.ts';

let clock: FakeClock;
let temp: TempStore;
beforeEach(() => {
  clock = new FakeClock();
  temp = tempStore(clock);
});
afterEach(() => temp.dispose());

const enter = (uid: string): void => {
  temp.store.write((tx) => tx.record(entered(uid)));
};
const attempt = (id: string): Attempt =>
  attemptSchema.parse({
    ...{ id, billId: `bill-${id}`, uid: 'u1', laneId: null, channel: 'city', kind: 'agreement', method: 'platform' },
    ...{ amountFen: 1000, state: 'sent', reference: null, detail: '', createdAt: 1, updatedAt: 1 },
  });
/** Makes the amount of a stored document one that cannot be. */
const damage = (table: 'agreements' | 'attempts', field: string, id: string): void => {
  temp.db.prepare(`UPDATE ${table} SET body = json_set(body, '$.${field}', ${MAX_FEN + 1}) WHERE id = ?`).run(id);
};

describe('what nobody could read again', () => {
  it('is not written, and nothing else of its transaction', () => {
    const tooMuch = agreement({ id: 'a1' });
    const work = () =>
      temp.store.write((tx) => {
        tx.record(entered('u1'));
        tx.record({
          ...{ kind: 'agreement-changed', key: null, laneId: null, passageId: null },
          actor: { kind: 'platform', name: 'city' },
          body: { change: 'added', agreement: { ...tooMuch, limitFen: MAX_FEN + 1 } },
        });
      });
    expect(work).toThrow(UnfitError);
    expect(work).toThrow(/agreement-changed: agreement.limitFen/);
    expect(temp.store.read.journal.last().seq).toBe(0);
    expect(temp.store.read.stays.get('u1')).toBeUndefined();
  });

  it('is no document either', () => {
    expect(() => temp.store.read.attempts.put({ ...attempt('t1'), amountFen: MAX_FEN + 1 })).toThrow(UnfitError);
    expect(temp.store.read.attempts.get('t1')).toBeUndefined();
  });
});

describe('a damaged row', () => {
  it('of the journal takes no other along, and is told of once', () => {
    const told: string[] = [];
    temp.store.unreadable.onFound(({ table, id, reason }) => told.push(`${table} ${id} ${reason !== ''}`));
    enter('u1');
    damagedRow(temp.db, temp.store, 'u2', clock.now());
    enter('u3');
    const { journal } = temp.store.read;
    expect(journal.after(0, 10).map(({ key }) => key)).toEqual(['u1', 'u3']);
    expect(journal.list({ limit: 10 }).map(({ key }) => key)).toEqual(['u3', 'u1']);
    expect(journal.rowsAfter(0, 10).map(({ key, event }) => [key, event !== null])).toEqual([
      ['u1', true],
      ['u2', false],
      ['u3', true],
    ]);
    expect(told).toEqual(['journal 2 true']);
  });

  it('among documents takes no other along, and is an error when it is asked for by itself', () => {
    const { agreements, attempts } = temp.store.read;
    for (const id of ['a1', 'a2']) agreements.put(agreement({ id, plate: '鲁B00001' }));
    for (const id of ['t1', 't2']) attempts.put(attempt(id));
    damage('agreements', 'limitFen', 'a1');
    damage('attempts', 'amountFen', 't1');
    expect(agreements.ofPlate('鲁B00001').map(({ id }) => id)).toEqual(['a2']);
    expect(agreements.search({ offset: 0, limit: 10 }).items.map(({ id }) => id)).toEqual(['a2']);
    expect(agreements.after('', 10).map(({ id }) => id)).toEqual(['a2']);
    expect(attempts.underWay().map(({ id }) => id)).toEqual(['t2']);
    expect(() => attempts.get('t1')).toThrow();
  });

  it('that is come upon within a transaction raises an alarm after it', async () => {
    const alarms = new Alarms(
      () => clock.now(),
      ({ code }) => temp.store.write((tx) => tx.meta.put('raised', code)),
    );
    const { agreements } = temp.store.read;
    agreements.put(agreement({ id: 'a1', plate: '鲁B00001' }));
    damage('agreements', 'limitFen', 'a1');
    watchUnreadable({ store: temp.store, clock, alarms, log: memoryLog() });
    temp.store.write((tx) => tx.agreements.ofPlate('鲁B00001'));
    await clock.advance(0);
    expect(alarms.list()).toMatchObject([{ code: 'row-unreadable', subject: 'agreements', severity: 'alarm' }]);
    expect(temp.store.read.meta.get('raised')).toBe('row-unreadable');
  });
});
