import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANNA, KEYTOP_ACTOR, KeytopWorld, MINUTE } from '../keytop-world.ts';

const BAD = '闽A12345';
let world: KeytopWorld;
beforeEach(async () => {
  world = await KeytopWorld.open();
});
afterEach(() => world.dispose());

const list = (actor = KEYTOP_ACTOR, strategy: 'no-entry' | 'warn' = 'no-entry') =>
  world.registry.lists.put({ list: 'black', plate: BAD, strategy, remark: '违章停车' }, actor);

test('a car of the third party’s blacklist at an entrance is told once, under the number of its entry', async () => {
  const { id } = list();
  world.car('in1', BAD);
  await world.heard('PostBlackInInfo');
  expect(world.sent('PostBlackInInfo')).toEqual([
    {
      ...{ parkCode: '1', blackId: 1, plateNo: BAD, remark: '违章停车' },
      ...{ entryPlace: '入口', entryTime: '2026/03/02 08:05:09' },
    },
  ]);
  // The attendant lets it in all the same: that is the same appearance.
  world.lanes.order('in1', { type: 'release', reason: '特种车辆', actor: ANNA });
  await world.heard('PostCarInInfo');
  expect(world.sent('PostBlackInInfo')).toHaveLength(1);
  expect(id).not.toBe('');
});

test('it is told each time that it comes', async () => {
  list();
  world.car('in1', BAD);
  await world.heard('PostBlackInInfo');
  world.lanes.order('in1', { type: 'cancel', reason: '已掉头', actor: ANNA });
  world.clock.jumpWall(10 * MINUTE);
  world.car('in1', BAD);
  await world.heard('PostBlackInInfo', 2);
  expect(world.sent('PostBlackInInfo').map(({ blackId }) => blackId)).toEqual([1, 1]);
});

test('one that the list only warns of comes in, and is told', async () => {
  list(KEYTOP_ACTOR, 'warn');
  world.car('in1', BAD);
  await world.heard('PostBlackInInfo');
  await world.heard('PostCarInInfo');
  expect(world.sent('PostBlackInInfo')).toHaveLength(1);
});

test('entries of our own people are none of the third party’s', async () => {
  list(ANNA);
  world.car('in1', BAD);
  await world.settled();
  expect(world.told('passage-waiting')).toHaveLength(1);
  expect(world.sent('PostBlackInInfo')).toEqual([]);
});

test('at an exit it is not told', async () => {
  world.car('in1', BAD);
  world.clock.jumpWall(5 * MINUTE);
  world.registry.lists.put({ list: 'black', plate: BAD, strategy: 'neither', remark: '' }, KEYTOP_ACTOR);
  world.car('out1', BAD);
  await world.settled();
  expect(world.told('passage-waiting')).toHaveLength(1);
  expect(world.sent('PostBlackInInfo')).toEqual([]);
});
