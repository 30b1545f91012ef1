import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NewCard } from '../../../electron/station/registry/cards.ts';
import { exportTable, tableOf } from '../../../electron/station/registry/imports/export.ts';
import { applied, upload } from '../../support/importing.ts';
import { at, CLERK, CLOUD, LiveClock, type World, world } from '../../support/registry.ts';

let park: World;
beforeEach(() => {
  park = world(new LiveClock());
});
afterEach(async () => {
  await park.imports.stop();
  park.dispose();
});

const card: NewCard = {
  ...{ type: 'monthly', number: 'M-1', plates: ['鲁B11111'], icNumbers: ['77', ' 88 ', '77'] },
  ...{ name: '地库 A-12', room: 'X-521', validFrom: at('2026-01-01'), validTo: at('2026-12-31 23:59:59') },
};
const refused = (reason: string) => expect.objectContaining({ reason });
const found = (text: string) => park.store.read.cards.search({ text, offset: 0, limit: 10 }).total;

test('name, room and IC cards are kept and found by any part; each IC card once', () => {
  park.cards.create(card, CLERK);
  expect(park.store.read.cards.byNumber('M-1')).toMatchObject({
    name: '地库 A-12',
    room: 'X-521',
    icNumbers: ['77', '88'],
  });
  expect(['地库', 'x-5', '8', '9'].map(found)).toEqual([1, 1, 1, 0]);
});

test('a change: absent stays, null empties; an IC card is free again when it leaves its card or its card is cancelled', () => {
  const { id } = park.cards.create(card, CLERK);
  const next: NewCard = { ...card, number: 'M-2', plates: ['鲁B22222'], icNumbers: ['88'] };
  expect(() => park.cards.create(next, CLERK)).toThrow(refused('ic-on-other-card'));
  expect(park.cards.change(id, { icNumbers: ['77'], room: null }, CLERK)).toMatchObject({
    name: '地库 A-12',
    room: '',
  });
  const second = park.cards.create(next, CLERK);
  expect(() => park.cards.change(id, { icNumbers: ['77', '88'] }, CLERK)).toThrow(refused('ic-on-other-card'));
  park.cards.cancel(second.id, '', CLERK);
  expect(park.cards.change(id, { icNumbers: ['77', '88'] }, CLERK).icNumbers).toEqual(['77', '88']);
});

test('with an IC card left the last plate may go, and then the IC card may not', () => {
  const { id } = park.cards.create(card, CLERK);
  expect(park.cards.plates(id, { how: 'remove', plates: ['鲁B11111'] }, CLERK).plates).toEqual([]);
  expect(() => park.cards.change(id, { icNumbers: [] }, CLERK)).toThrow(refused('last-plate'));
});

test('a platform’s own type is kept until somebody gives the card another type', () => {
  const { id } = park.cards.create({ ...card, externalType: 37 }, CLOUD);
  expect(park.cards.change(id, { name: 'B' }, CLERK).externalType).toBe(37);
  expect(park.cards.change(id, { type: 'staff' }, CLERK).externalType).toBeNull();
});

test('several steps at once: all of them, or none', () => {
  const { id } = park.cards.create(card, CLERK);
  const swap = [
    { op: 'replace', old: { plate: '鲁B11111' }, item: { ic: '99' } },
    { op: 'add', item: { plate: '鲁B·33333' } },
    { op: 'remove', item: { ic: '77' } },
  ] as const;
  expect(park.cards.amend(id, { owner: '王五' }, swap, CLERK)).toMatchObject({
    ...{ owner: '王五', plates: ['鲁B33333'], icNumbers: ['99', '88'] },
  });
  const events = park.events().length;
  const wrong = [
    { op: 'remove', item: { ic: '99' } },
    { op: 'add', item: { plate: '无牌车' } },
  ] as const;
  expect(() => park.cards.amend(id, { owner: '赵六' }, wrong, CLERK)).toThrow(refused('plate-empty'));
  expect(park.cards.amend(id, { owner: '王五' }, [swap[1], swap[2]], CLERK)).toMatchObject({ owner: '王五' });
  expect(park.events()).toHaveLength(events);
});

test('exported and read again nothing changes; read from a file they are what it says', async () => {
  park.cards.create(card, CLERK);
  const table = tableOf(park.tables, 'cards');
  const file = await exportTable({ ...park, table }, { format: 'csv', filter: {}, by: '老陈' }, undefined);
  const text = file.bytes.toString('utf8');
  expect(text).toContain('地库 A-12');
  expect(await upload(park.imports, 'cards', text)).toMatchObject({
    state: 'ready',
    faultCount: 0,
    added: 0,
    updated: 0,
  });
  const job = await upload(
    park.imports,
    'cards',
    ['卡号,类型,车牌,有效期止,卡片名称,IC卡号,房间号', 'M-1,月租卡,鲁B11111,2026-12-31,地面,"77、99",'].join('\n'),
  );
  expect(job).toMatchObject({ updated: 1, faultCount: 0 });
  park.imports.apply(job.id, CLERK);
  await applied(park.imports, job.id);
  expect(park.store.read.cards.byNumber('M-1')).toMatchObject({ name: '地面', icNumbers: ['77', '99'], room: '' });
});
