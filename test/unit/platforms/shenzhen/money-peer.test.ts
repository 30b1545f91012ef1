import { expect, onTestFinished, test } from 'vitest';
import { shenzhenSettingsSchema } from '../../../../electron/station/platforms/shenzhen/config.ts';
import { ShenzhenDownlink } from '../../../../electron/station/platforms/shenzhen/downlink.ts';
import { downMessages } from '../../../../electron/station/platforms/shenzhen/messages.ts';
import { type CallOptions, type Order, startCloud } from '../../../peers/shenzhen/index.ts';
import { OUT } from '../../../support/lane-world.ts';
import { until } from '../../../support/until.ts';
import { MoneyWorld } from './money-world.ts';

/** The independent cloud asks what cars cost, charges its customers and tells of it, over a socket, and looks at every answer. */
async function met() {
  const world = new MoneyWorld();
  const cloud = await startCloud({ now: () => world.clock.now() });
  const downlink = { host: '127.0.0.1', port: cloud.tcpPort };
  const settings = shenzhenSettingsSchema.parse({ ...cloud.keys, baseUrl: cloud.baseUrl, downlink });
  const own = settings.downlink;
  if (!own) throw new Error('no line');
  const made = () => new ShenzhenDownlink({ ...world.context, settings }, own, undefined, downMessages);
  let line = made();
  onTestFinished(async () => {
    await line.stop();
    await cloud.close();
    await world.dispose();
  });
  line.start();
  await cloud.whenOnline();
  const restart = async () => {
    await line.stop();
    await until('the cloud hears of it', () => !cloud.online);
    line = made();
    line.start();
    await cloud.whenOnline();
  };
  /** What the cloud charged for this record and told of, and what is in the books of it; both in fen. */
  const agreed = (uid: string) => ({
    charged: cloud.app.charges.of(world.code(uid)).reduce((sum, { fen }) => sum + fen, 0),
    booked: world.booked(uid).reduce((sum, [, fen]) => sum + fen, 0),
  });
  return { world, cloud, restart, agreed };
}

const ORDERS: readonly Order[] = ['online-first', 'order-first', 'both-at-once', 'online-only', 'order-only'];
const STYLES: readonly CallOptions[] = [
  {},
  { numbers: 'string', seconds: true, colours: 'long', plate: 'dotted', nulls: true, lowerCase: true },
  { strings: 'number', booleans: 'number', colours: 'english', plate: 'spaced', extra: true, reversed: true },
  { booleans: 'text', escapes: true, blanks: true, headExtra: true },
];

test.each(ORDERS)('a payment told %s, and again, is in the books once', async (order) => {
  const { world, cloud, agreed } = await met();
  const uid = await world.parked(150);
  const { coupons } = cloud.app;
  const paid = await cloud.app.pay(world.code(uid), {
    coupons: [coupons.cash(200), coupons.time(1, 60), coupons.discount(0.9)],
    order,
    repeat: 1,
  });
  // 15 less an hour is 10, less a tenth 9, less 2.
  expect(paid.charge?.fen).toBe(700);
  expect(paid.told.map(({ code }) => code)).toEqual(paid.told.map(() => 0));
  expect(agreed(uid)).toEqual({ charged: 700, booked: 700 });
  expect(world.stay(uid)).toMatchObject({ paidFen: 700, discountFen: 800 });
  expect(world.cases()).toEqual([]);
  expect(cloud.violations).toEqual([]);
  world.car(OUT.id);
  expect(world.lanes.state(OUT.id).phase).toBe('cleared');
});

test.each(STYLES)('however the cloud writes (%j)', async (options) => {
  const { world, cloud, agreed } = await met();
  const uid = await world.parked(125);
  const code = world.code(uid);
  const { coupons } = cloud.app;
  const every = [
    coupons.cash(100, { minimumConsumption: '10.00' }),
    coupons.time(0, 60),
    coupons.time(2, 60, { discountRate: '0.50' }),
  ];
  await cloud.app.pay(code, { coupons: every, options, push: { cashier: '王', phoneNumber: '13800001234' } });
  const free = await cloud.freeTimeDown(
    { recordCode: code, plateNumber: '粤B12345', plateColor: 0, freeHour: '1.5' },
    options,
  );
  expect(free.code).toBe(0);
  // 15 less the first hour, less half of it, less 1.
  expect(agreed(uid)).toEqual({ charged: 650, booked: 650 });
  expect(cloud.violations).toEqual([]);
});

test('told after the car has left it settles the debt; told after a restart it is the quote of before', async () => {
  const { world, cloud, restart, agreed } = await met();
  const uid = await world.parked(125);
  await cloud.app.pay(world.code(uid), { order: 'online-only', late: restart });
  expect(agreed(uid)).toEqual({ charged: 1500, booked: 1500 });
  const other = await world.parked(65, '粤B99999');
  await cloud.app.pay(world.code(other), {
    coupons: [cloud.app.coupons.cash(300)],
    late: async () => {
      world.car(OUT.id, '粤B99999');
      world.lanes.order(OUT.id, { type: 'owe', reason: '手机没电', actor: { kind: 'user', name: 'anna' } });
    },
  });
  expect(agreed(other)).toEqual({ charged: 700, booked: 700 });
  expect(world.read.debts.ofStay(other)).toMatchObject([{ state: 'paid', paidFen: 700 }]);
  expect(world.stay(other)).toMatchObject({ status: 'left', paidFen: 700, discountFen: 300, owedFen: 0 });
  // A new start does not wait before it connects.
  expect(cloud.violations.filter(({ rule }) => rule !== 'reconnect')).toEqual([]);
});

test('what is no coupon, and what is another sum under a known number, is refused', async () => {
  const { world, cloud } = await met();
  const uid = await world.parked(125);
  const code = world.code(uid);
  expect((await cloud.feeQuery(code, [cloud.app.coupons.unknown(2)])).code).toBe(400);
  expect((await cloud.feeQuery(code, [cloud.app.coupons.unknown(9)])).code).toBe(400);
  const { charge } = await cloud.app.pay(code);
  const other = cloud.orderFields({ orderCode: charge?.orderNum ?? '', recordCode: code, fen: 100 });
  expect((await cloud.downlink.call('orderPush', other)).code).toBe(1);
  expect(world.takenFen(uid)).toBe(1500);
  expect(world.ringing()).toEqual(['shenzhen-payment-case']);
});
