import { afterEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { Uplink } from '../../../../../electron/station/platforms/keytop/uplink.ts';
import type { NewCard } from '../../../../../electron/station/registry/cards.ts';
import type { Card } from '../../../../../shared/domain/registry.ts';
import { ANNA, HOUR, KeytopWorld, MINUTE } from '../keytop-world.ts';

let world: KeytopWorld;
afterEach(() => world.dispose());

const DAY = 24 * HOUR;

function card(plate: string, over: Partial<NewCard> = {}): Card {
  const now = world.clock.now();
  const given = {
    number: `N-${plate}`,
    type: 'monthly',
    plates: [plate],
    owner: '张三',
    phone: '18100000000',
  } as const;
  return world.registry.cards.create({ ...given, validFrom: now - DAY, validTo: now + 30 * DAY, ...over }, ANNA);
}

const plates = (): string[] =>
  world
    .sent('PostCarCard')
    .map(({ plateDetails }) => z.array(z.object({ plateNo: z.string() })).parse(JSON.parse(String(plateDetails))))
    .map((list) => list.map(({ plateNo }) => plateNo).join());

test('the first start tells every card in force, each in one message, with the fields of the table', async () => {
  world = await KeytopWorld.built();
  card('闽A12345');
  card('闽A00002', { type: 'staff' });
  const over = card('闽A00003');
  world.registry.cards.cancel(over.id, '退卡', ANNA);
  const late = card('闽A00004', { validTo: world.clock.now() + HOUR });
  world.clock.jumpWall(2 * HOUR);
  expect(late.state).toBe('active');
  await world.connect();
  await world.settled();
  expect(world.sent('PostCarCard')).toEqual([]);
  await world.pass(2000, 2);
  await world.heard('PostCarCard', 2);
  expect(plates().sort()).toEqual(['闽A00002', '闽A12345']);
  expect(world.sent('PostCarCard').find(({ carType }) => carType === '2')).toEqual({
    ...{ parkCode: '1', cardId: expect.stringMatching(/^\d+$/), userName: '张三', telPhone: '18100000000' },
    ...{ carType: '2', validFrom: '2026-03-01 08:05:09', validTo: '2026-04-01 08:05:09' },
    plateDetails: '[{"plateNo":"闽A12345","etcNo":""}]',
  });
  await world.reopened();
  await world.settled();
  expect(world.sent('PostCarCard')).toHaveLength(2);
});

test('no change overtakes the first upload of its card, and a card keeps its number', async () => {
  world = await KeytopWorld.built();
  const first = card('闽A12345');
  world.answer('PostCarCard', { resCode: 1, resMsg: '繁忙', data: null });
  await world.connect();
  await world.pass(2000, 2);
  await world.heard('PostCarCard');
  world.registry.cards.change(first.id, { owner: '李四' }, ANNA);
  await world.settled();
  expect(world.sent('PostCarCard').map(({ userName }) => userName)).toEqual(['张三']);
  world.answer('PostCarCard', { resCode: 0, resMsg: '', data: null });
  await world.pass(10 * MINUTE, 40);
  expect(world.sent('PostCarCard').map(({ userName }) => userName)).toEqual(['张三', '张三', '李四']);
  expect(new Set(world.sent('PostCarCard').map(({ cardId }) => cardId)).size).toBe(1);
});

test('a card that is cancelled or suspended ends at that moment; taken up again it holds as before', async () => {
  world = await KeytopWorld.open();
  const { id } = card('闽A12345');
  await world.heard('PostCarCard');
  world.clock.jumpWall(HOUR);
  world.registry.cards.suspend(id, true, '欠租', ANNA);
  await world.heard('PostCarCard', 2);
  world.registry.cards.suspend(id, false, '已交', ANNA);
  await world.heard('PostCarCard', 3);
  world.clock.jumpWall(HOUR);
  world.registry.cards.cancel(id, '退卡', ANNA);
  await world.heard('PostCarCard', 4);
  expect(world.sent('PostCarCard').map(({ validTo }) => validTo)).toEqual([
    ...['2026-04-01 08:05:09', '2026-03-02 09:05:09', '2026-04-01 08:05:09', '2026-03-02 10:05:09'],
  ]);
});

test('a kind of card that is none of ours is told by the code of the type that it has here, and questions hear the other; IC numbers stand beside the plates', async () => {
  world = await KeytopWorld.open();
  card('闽A12345', { externalType: 12, icNumbers: ['IC-7'] });
  await world.heard('PostCarCard');
  expect(world.sent('PostCarCard')[0]).toMatchObject({
    carType: '2',
    plateDetails: '[{"plateNo":"闽A12345","etcNo":""},{"plateNo":"","etcNo":"IC-7"}]',
  });
  await world.parked(5, '闽A12345');
  world.car('out1', '闽A12345');
  await world.heard('PostPayDetail');
  expect(world.sent('PostPayDetail')[0]).toMatchObject({ carType: 2 });
  expect((await world.call('GetCarCardInfo', { plateNo: '闽A12345' })).data).toMatchObject([{ carType: 12 }]);
});

test('what a stay uses of a card is nothing to tell', async () => {
  world = await KeytopWorld.open();
  card('闽A12345', { type: 'counted', timesLeft: 5 });
  await world.heard('PostCarCard');
  await world.parked(90, '闽A12345');
  world.car('out1', '闽A12345');
  await world.heard('PostPayDetail');
  expect(world.told('card-changed').map(({ body }) => body.why)).toContain('used');
  expect(world.sent('PostCarCard')).toHaveLength(1);
  expect(world.sent('PostPayDetail')[0]).toMatchObject({ carType: 6, payMoney: 0 });
});

test('a change while the cards are told for the first time has the rest queued before it', async () => {
  world = await KeytopWorld.built();
  const cards = Array.from({ length: 250 }, (_, at) => card(`闽A${String(10_000 + at)}`));
  await world.connect();
  await world.pass(1000);
  const [first] = cards;
  if (!first) throw new Error('no card');
  world.registry.cards.change(first.id, { owner: '李四' }, ANNA);
  await world.settled();
  const rows = world.read.outbox.search({ platform: 'keytop', offset: 0, limit: 1000 }).items.reverse();
  const told = rows.filter(({ message }) => message === 'PostCarCard');
  expect(told).toHaveLength(251);
  expect(told.at(-1)?.body).toContain('李四');
  expect(told.at(-1)?.key).toBe(`card:${first.id}`);
}, 60_000);

test('cards that wait hold no car back: an entry is told next, on a connection that no card takes', async () => {
  world = await KeytopWorld.built();
  for (let at = 0; at < 600; at += 1) card(`闽A${String(10_000 + at)}`);
  world.answer('PostCarCard', () => undefined);
  await world.connect();
  await world.pass(3000, 6);
  const before = world.sent('PostCarCard').length;
  expect(before).toBeGreaterThan(0);
  world.car('in1', '闽D00001');
  await world.heard('PostCarInInfo');
  expect(world.sent('PostCarCard')).toHaveLength(before);
  const purposes = vi.mocked(Uplink.prototype.post).mock.calls.map(([name, , , as]) => `${name} ${as}`);
  expect(purposes).toContain('PostCarInInfo entry');
  expect(purposes).toContain('PostCarCard bulk');
  world.answer('PostCarCard', { resCode: 0, resMsg: '', data: null });
  await world.pass(20_000, 4);
}, 60_000);

test('a cancelled card is not told where the site wants that (G22); one that is suspended is', async () => {
  world = await KeytopWorld.open({ settings: { readings: { deletedCard: 'untold' } } });
  const { id } = card('闽A12345');
  await world.heard('PostCarCard');
  world.registry.cards.suspend(id, true, '欠租', ANNA);
  await world.heard('PostCarCard', 2);
  world.registry.cards.cancel(id, '退卡', ANNA);
  await world.settled();
  expect(world.sent('PostCarCard')).toHaveLength(2);
});
