import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../../electron/station/store/database.ts';
import { Store } from '../../../electron/station/store/store.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';

let temp: TempStore;
beforeEach(() => {
  temp = tempStore(new FakeClock());
});
afterEach(() => temp.dispose());

const give = (platform: 'keytop' | 'cmb', kind: string, id: string): number =>
  temp.store.write((tx) => tx.numbers.give(platform, kind, id));

test('numbers count from 1, one row of them for each platform and kind', () => {
  expect(['a', 'b', 'c'].map((id) => give('keytop', 'card', id))).toEqual([1, 2, 3]);
  expect(give('keytop', 'booking', 'a')).toBe(1);
  expect(give('cmb', 'card', 'c')).toBe(1);
});

test('a number is given once, and found both ways', () => {
  give('keytop', 'card', 'first');
  const second = give('keytop', 'card', 'second');
  expect(give('keytop', 'card', 'second')).toBe(second);
  const { numbers } = temp.store.read;
  expect(numbers.idOf('keytop', 'card', second)).toBe('second');
  expect(numbers.find('keytop', 'card', 'second')).toBe(second);
  expect(numbers.idOf('keytop', 'card', 99)).toBeUndefined();
  expect(numbers.find('keytop', 'card', 'nobody')).toBeUndefined();
});

test('numbers outlive a start, and go on where they were', () => {
  expect(give('keytop', 'card', 'before')).toBe(1);
  temp.db.close();
  const db = openDatabase(temp.file);
  const store = new Store(db, new FakeClock());
  expect(store.read.numbers.idOf('keytop', 'card', 1)).toBe('before');
  expect(store.write((tx) => tx.numbers.give('keytop', 'card', 'after'))).toBe(2);
  db.close();
});

test('a number given in a write that fails was not given', () => {
  expect(() =>
    temp.store.write((tx) => {
      tx.numbers.give('keytop', 'card', 'lost');
      throw new Error('the disk is full');
    }),
  ).toThrow('the disk is full');
  expect(give('keytop', 'card', 'kept')).toBe(1);
});
