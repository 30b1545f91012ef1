import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { NewCard } from '../../../electron/station/registry/cards.ts';
import { at, CLERK, fakeClockAt, type World, world } from '../../support/registry.ts';

let park: World;
beforeEach(() => {
  park = world(fakeClockAt('2026-03-02 08:00:00'));
});
afterEach(() => park.dispose());

const monthly: NewCard = {
  type: 'monthly',
  number: 'M-1',
  plates: ['鲁B11111', '鲁B22222'],
  validFrom: at('2026-01-01'),
  validTo: at('2026-03-31 23:59:59'),
  owner: '王五',
};

const refused = (reason: string) => expect.objectContaining({ reason });

test('a card that nobody numbered is known by its first plate, and by another name when that is taken', () => {
  const { cards } = park;
  const first = cards.create({ ...monthly, number: undefined, plates: ['鲁B·11111'] }, CLERK);
  expect(first).toMatchObject({ number: '鲁B11111', plates: ['鲁B11111'], state: 'active', spaces: 1 });
  const second = cards.create({ ...monthly, number: '', plates: ['鲁B11111'], share: true }, CLERK);
  expect(second.number).toBe('鲁B11111-2');
});

describe('what a card may not be', () => {
  test.each<[Partial<NewCard>, string]>([
    [{ plates: [] }, 'last-plate'],
    [{ plates: ['', '鲁B1'] }, 'plate-empty'],
    [{ plates: Array.from({ length: 51 }, (_, i) => `鲁B${10000 + i}`) }, 'too-many-plates'],
    [{ validTo: at('2025-12-31') }, 'validity-reversed'],
    [{ areas: ['nowhere'] }, 'no-such-area'],
    [{ quotaId: 'q9' }, 'no-such-quota'],
    [{ balanceFen: 1 }, 'not-of-this-type'],
    [{ type: 'stored-value', timesLeft: 1 }, 'not-of-this-type'],
    [{ type: 'counted', minutesLeft: 1 }, 'not-of-this-type'],
  ])('%j: %s', (wrong, reason) => {
    expect(() => park.cards.create({ ...monthly, ...wrong }, CLERK)).toThrow(refused(reason));
    expect(park.events()).toEqual([]);
  });

  test('numbered like another, or carrying the plate of another without leave; both are named', () => {
    park.cards.create(monthly, CLERK);
    expect(() => park.cards.create({ ...monthly, plates: ['鲁B33333'] }, CLERK)).toThrow(refused('number-taken'));
    const other = { ...monthly, number: 'M-2', plates: ['鲁B22222'] };
    expect(() => park.cards.create(other, CLERK)).toThrow(/鲁B22222.*M-1/);
    expect(park.cards.create({ ...other, share: true }, CLERK).plates).toEqual(['鲁B22222']);
  });
});

test('what is absent or empty stays, null empties, and no change is no event', () => {
  const card = park.cards.create({ ...monthly, remark: '甲' }, CLERK);
  expect(park.cards.change(card.id, { owner: '', remark: undefined, spaces: 2 }, CLERK)).toMatchObject({
    owner: '王五',
    remark: '甲',
    spaces: 2,
  });
  expect(park.cards.change(card.id, { remark: null }, CLERK).remark).toBe('');
  const seq = park.store.read.journal.last().seq;
  park.cards.change(card.id, { spaces: 2, owner: ' ' }, CLERK);
  park.cards.suspend(card.id, false, '', CLERK);
  expect(park.store.read.journal.last().seq).toBe(seq);
});

test('plates come and go, the last one stays, and a replaced one keeps its place', () => {
  const { cards } = park;
  const { id } = cards.create(monthly, CLERK);
  expect(cards.plates(id, { how: 'add', plates: ['鲁B33333', '鲁B11111'] }, CLERK).plates).toHaveLength(3);
  expect(cards.plates(id, { how: 'replace', old: '鲁B22222', plate: '鲁B44444' }, CLERK).plates).toEqual([
    '鲁B11111',
    '鲁B44444',
    '鲁B33333',
  ]);
  expect(() => cards.plates(id, { how: 'replace', old: '鲁B22222', plate: '鲁B5' }, CLERK)).toThrow(
    refused('no-such-plate'),
  );
  cards.plates(id, { how: 'remove', plates: ['鲁B11111', '鲁B33333'] }, CLERK);
  expect(() => cards.plates(id, { how: 'remove', plates: ['鲁B44444'] }, CLERK)).toThrow(refused('last-plate'));
  expect(park.store.read.cards.ofPlate('鲁B11111')).toEqual([]);
  expect(park.store.read.cards.ofPlate('鲁B44444')).toHaveLength(1);
});

test('a cancelled card stays readable, ends now, frees its plates, and can do nothing any more', () => {
  const { cards, store } = park;
  const { id } = cards.create(monthly, CLERK);
  const cancelled = cards.cancel(id, '搬走', CLERK);
  expect(cancelled).toMatchObject({ state: 'cancelled', validTo: park.clock.now(), number: 'M-1' });
  expect(store.read.cards.get(id)).toEqual(cancelled);
  expect(cards.cancel(id, '再次', CLERK)).toEqual(cancelled);
  for (const attempt of [
    () => cards.change(id, { owner: 'x' }, CLERK),
    () => cards.plates(id, { how: 'add', plates: ['鲁B9'] }, CLERK),
    () => cards.suspend(id, false, '', CLERK),
  ])
    expect(attempt).toThrow(refused('card-cancelled'));
  expect(cards.create({ ...monthly, number: 'M-9' }, CLERK).plates).toContain('鲁B11111');
  // Its number was in contracts and on receipts.
  expect(() => cards.create({ ...monthly, plates: ['鲁B8'] }, CLERK)).toThrow(refused('number-taken'));
});

test('cancelling a card that ended long ago does not make it valid up to today', () => {
  const { id, validTo } = park.cards.create({ ...monthly, validTo: at('2026-01-31') }, CLERK);
  expect(park.cards.cancel(id, '', CLERK).validTo).toBe(validTo);
});

test('a card that holds something cannot turn into another type', () => {
  const { id } = park.cards.create({ ...monthly, type: 'stored-value', balanceFen: 100 }, CLERK);
  expect(() => park.cards.change(id, { type: 'counted' }, CLERK)).toThrow(refused('card-not-empty'));
});

test('the life of a card is one key in the journal', () => {
  const { id } = park.cards.create(monthly, CLERK);
  park.cards.suspend(id, true, '欠费', CLERK);
  park.cards.create({ ...monthly, number: 'other', plates: ['鲁B7'] }, CLERK);
  const history = park.store.read.journal.list({ key: `card:${id}`, limit: 10 });
  expect(history.map((event) => event.kind === 'card-changed' && [event.body.card.state, event.body.detail])).toEqual([
    ['suspended', '欠费'],
    ['active', ''],
  ]);
});
