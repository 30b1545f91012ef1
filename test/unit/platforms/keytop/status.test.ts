import { afterEach, expect, test } from 'vitest';
import { CAR, KeytopWorld, MINUTE } from './keytop-world.ts';
import { codeShown, ordered, payment } from './pay-story.ts';

let world: KeytopWorld;

afterEach(() => world.dispose());

const status = (orderNo: unknown) => world.call('GetPaymentStatus', { orderNo });
const UNPAID = { resCode: 0, data: [{ status: '0' }] };
const PAID = { resCode: 0, data: [{ status: '1' }] };

test('as a text, for a bill that is open, ran out, was made anew, is paid', async () => {
  world = await KeytopWorld.open();
  const uid = await world.parked(65);
  const first = await ordered(world);
  expect(await status(first)).toMatchObject(UNPAID);
  world.clock.jumpWall(6 * MINUTE);
  expect(await status(first)).toMatchObject(UNPAID);
  const second = await ordered(world);
  await world.call('PayParkingFee', payment(second, 1000));
  expect(await status(first)).toMatchObject(UNPAID);
  expect(await status(second)).toMatchObject(PAID);
  await world.restarted();
  expect(await status(second)).toMatchObject(PAID);
  expect(world.takenFen(uid)).toBe(1000);
});

test('neither a code nor the order over the bill is paid where that was paid in cash', async () => {
  world = await KeytopWorld.open();
  const uid = await world.parked(65);
  const orderNo = await ordered(world);
  const code = codeShown(world, world.bill(uid));
  world.cash(world.bill(uid));
  expect(await status(code)).toMatchObject(UNPAID);
  expect(await status(orderNo)).toMatchObject(UNPAID);
});

test('an order over nothing has nothing to pay', async () => {
  world = await KeytopWorld.open();
  await world.parked(5);
  expect(await status(await ordered(world, { plateNo: CAR }))).toMatchObject(PAID);
});

test.each(['nothing', '', null, 'x'.repeat(101)])('no order: %j', async (orderNo) => {
  world = await KeytopWorld.open();
  expect(await status(orderNo)).toMatchObject({ resCode: 1, data: null });
});
