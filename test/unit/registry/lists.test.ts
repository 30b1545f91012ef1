import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PlateColor } from '../../../shared/domain/plate.ts';
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
  expect(park.store.read.lists.valid({ text: '鲁B12345', color: 'unknown' }, park.clock.now()).black?.strategy).toBe(
    'warn',
  );
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

const LISTED = '鲁B12345';
const valid = (color: PlateColor) => park.store.read.lists.valid({ text: LISTED, color }, park.clock.now());

test('an entry with a colour is for plates of that colour, and for those whose colour nobody could tell', () => {
  park.lists.put({ list: 'white', plate: LISTED, plateColor: 'yellow' }, CLERK);
  const colors = ['yellow', 'unknown', 'blue', 'green'] as const;
  expect(colors.map((color) => valid(color).white?.plateColor)).toEqual(['yellow', 'yellow', undefined, undefined]);
});

test.each([
  ['green', 'yellow-green'],
  ['yellow-green', 'green'],
] as const)('cameras read %s plates as %s: that is one', (plateColor, read) => {
  park.lists.put({ list: 'black', plate: LISTED, plateColor }, CLERK);
  expect(valid(read).black?.plateColor).toBe(plateColor);
  expect(valid('yellow').black).toBeNull();
});

test('entries of different colours stand side by side, each changed and removed alone', () => {
  const { lists } = park;
  lists.put({ list: 'black', plate: LISTED, strategy: 'warn' }, CLERK);
  const blue = lists.put({ list: 'black', plate: LISTED, plateColor: 'blue', remark: 'x' }, CLERK);
  expect(lists.put({ list: 'black', plate: LISTED, plateColor: 'blue', remark: 'y' }, CLERK).id).toBe(blue.id);
  const yellow = lists.put({ list: 'black', plate: LISTED, plateColor: 'yellow' }, CLERK);
  expect(() => lists.update(yellow.id, { plateColor: 'blue' }, CLERK)).toThrow(
    expect.objectContaining({ reason: 'plate-listed' }),
  );
  expect(lists.update(yellow.id, { plateColor: 'black' }, CLERK)).toMatchObject({ id: yellow.id, plateColor: 'black' });
  expect(lists.remove({ list: 'black', plate: LISTED, plateColor: 'yellow' }, CLERK)).toBe(false);
  expect(lists.remove({ list: 'black', plate: LISTED, plateColor: 'blue' }, CLERK)).toBe(true);
  expect(park.store.read.lists.ofPlate('black', LISTED).map(({ plateColor }) => plateColor)).toEqual([null, 'black']);
  expect(lists.remove({ list: 'black', plate: LISTED }, CLERK)).toBe(true);
  expect(park.store.read.lists.ofPlate('black', LISTED)).toHaveLength(1);
});

test.each([
  ['warn', 'neither', 'neither'],
  ['no-entry', 'warn', 'no-entry'],
  ['no-entry', 'no-exit', 'neither'],
  ['no-exit', 'warn', 'no-exit'],
] as const)('of two that count, for any colour %s and for blue %s, none weakens the other: %s', (any, blue, both) => {
  park.lists.put({ list: 'black', plate: LISTED, strategy: any }, CLERK);
  park.lists.put({ list: 'black', plate: LISTED, plateColor: 'blue', strategy: blue }, CLERK);
  expect([valid('blue').black?.strategy, valid('yellow').black?.strategy]).toEqual([both, any]);
});
