import { afterEach, beforeEach, expect, test } from 'vitest';
import { at, CLERK, CLOUD, fakeClockAt, type World, world } from '../../support/registry.ts';

let park: World;
beforeEach(() => {
  park = world(fakeClockAt('2026-03-02 08:00:00'));
});
afterEach(() => park.dispose());

test('an entry of the black list does what it says, and stops the entry when it says nothing', () => {
  const { lists } = park;
  expect(lists.put({ list: 'black', plate: '鲁B·12345' }, CLERK)).toMatchObject({
    plate: '鲁B12345',
    strategy: 'no-entry',
  });
  const warned = lists.put({ list: 'black', plate: '鲁B12345', strategy: 'warn' }, CLERK);
  expect(warned.strategy).toBe('warn');
  // What is not named stays.
  expect(lists.update(warned.id, { remark: '再看' }, CLERK)).toMatchObject({ strategy: 'warn', remark: '再看' });
  expect(park.store.read.lists.valid('鲁B12345', park.clock.now()).black?.strategy).toBe('warn');
});

test('the white list lets pass for nothing, whatever somebody writes', () => {
  expect(park.lists.put({ list: 'white', plate: '鲁B12345', strategy: 'neither' }, CLERK).strategy).toBe('free');
});

test('a notice that says what is known changes nothing and tells nobody', () => {
  const notice = {
    list: 'black',
    plate: '鲁B12345',
    validFrom: at('2026-03-01'),
    validTo: at('2026-12-31'),
    remark: 'x',
  } as const;
  const first = park.lists.put(notice, CLOUD);
  const seq = park.store.read.journal.last().seq;
  expect(park.lists.put(notice, CLOUD)).toEqual(first);
  expect(park.lists.put(notice, CLERK)).toEqual(first);
  expect(park.store.read.journal.last().seq).toBe(seq);
  expect(park.lists.put({ ...notice, remark: 'y' }, CLOUD).remark).toBe('y');
});

test.each([
  [{ plate: '  ' }, 'plate-empty'],
  [{ plate: '无牌车' }, 'plate-empty'],
  [{ plate: '鲁B12345'.repeat(3) }, 'plate-too-long'],
  [{ validFrom: 2, validTo: 1 }, 'validity-reversed'],
])('refuses %j: %s, and nothing is written', (wrong, reason) => {
  expect(() => park.lists.put({ list: 'black', plate: '鲁B12345', ...wrong }, CLERK)).toThrow(
    expect.objectContaining({ reason }),
  );
  expect(park.events()).toEqual([]);
});
