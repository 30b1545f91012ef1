import { afterEach, expect, it } from 'vitest';
import { CAR, CmbWorld } from './cmb-world.ts';

let world: CmbWorld | undefined;
afterEach(async () => {
  await world?.dispose();
  world = undefined;
});

it('lives', async () => {
  world = await CmbWorld.open();
  const uid = await world.parked(70);
  world.car('out1', CAR);
  world.cash(world.bill(uid));
  expect(world.read.stays.get(uid)?.status).toBe('left');
});
