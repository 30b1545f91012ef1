import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
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

test('a kind of card that is none of ours is told as it came; IC numbers stand beside the plates', async () => {
  world = await KeytopWorld.open();
  card('闽A12345', { externalType: 12, icNumbers: ['IC-7'] });
  await world.heard('PostCarCard');
  expect(world.sent('PostCarCard')[0]).toMatchObject({
    carType: '12',
    plateDetails: '[{"plateNo":"闽A12345","etcNo":""},{"plateNo":"","etcNo":"IC-7"}]',
  });
  await world.parked(5, '闽A12345');
  world.car('out1', '闽A12345');
  await world.heard('PostPayDetail');
  expect(world.sent('PostPayDetail')[0]).toMatchObject({ carType: 12 });
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
