import { expect, test } from 'vitest';
import { KeytopWorld } from '../keytop-world.ts';

test('x', async () => {
  const world = await KeytopWorld.open();
  expect(await world.call('Nothing', {}, { path: '/api/ParkingPay/GetPaymentStatus' })).toMatchObject({ resCode: 1 });
  await world.dispose();
});
