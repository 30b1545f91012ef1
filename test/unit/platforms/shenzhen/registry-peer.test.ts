import { expect, onTestFinished, test } from 'vitest';
import { shenzhenSettingsSchema } from '../../../../electron/station/platforms/shenzhen/config.ts';
import { ShenzhenDownlink } from '../../../../electron/station/platforms/shenzhen/downlink.ts';
import { downMessages } from '../../../../electron/station/platforms/shenzhen/messages.ts';
import { type CallOptions, startCloud } from '../../../peers/shenzhen/index.ts';
import type { Data } from '../platform-station.ts';
import { CAR, RegistryWorld } from './registry-world.ts';

/** The independent cloud keeps its lists, cards, packages and parameters here, over a socket, and looks at every answer. */
async function met(settings: Data = {}) {
  const world = new RegistryWorld();
  const cloud = await startCloud({ now: () => world.clock.now() });
  const downlink = { host: '127.0.0.1', port: cloud.tcpPort };
  const chosen = shenzhenSettingsSchema.parse({ ...cloud.keys, baseUrl: cloud.baseUrl, downlink, ...settings });
  if (!chosen.downlink) throw new Error('no line');
  const line = new ShenzhenDownlink({ ...world.context, settings: chosen }, chosen.downlink, undefined, downMessages);
  onTestFinished(async () => {
    await line.stop();
    await cloud.close();
    await world.dispose();
  });
  line.start();
  await cloud.whenOnline();
  return { world, cloud };
}

const STYLES: readonly CallOptions[] = [
  {},
  { numbers: 'string', seconds: true, colours: 'long', plate: 'dotted', nulls: true, lowerCase: true },
  { strings: 'number', booleans: 'number', colours: 'english', plate: 'spaced', extra: true, reversed: true },
  { booleans: 'text', escapes: true, blanks: true, headExtra: true },
];

const MARCH = { beginTime: '2026-03-01 00:00:00', endTime: '2026-03-31 23:59:59' };

test.each(STYLES)('every answer is what the cloud expects, however it writes (%j)', async (style) => {
  const { world, cloud } = await met();
  const black = { plateNumber: '粤B99999', blacklistType: 2, dialogFlag: 1, remarks: '欠费' };
  const orderList = [
    {
      ...{ ppsType: 3, plateNumber: '粤BD12345', plateColor: '2', orderId: 'PPS001' },
      items: [{ operateType: 1, ...MARCH }],
    },
  ];
  const parameters = { carOutQuick: true, selfServiceFreeMin: 20, diffParkingSpace: 0, chargeWinKey: 'F9' };
  const calls = [
    await cloud.blackWhiteDown(black, style),
    await cloud.blackWhiteDown({ plateNumber: '粤B88888', operateType: 1 }, style),
    await cloud.blackWhiteDown({ plateNumber: '粤B88888', operateType: 3 }, style),
    await cloud.monthCard({ msRecordId: 'MC0001', plateNumber: CAR, ...MARCH }, style),
    await cloud.monthCard({ msRecordId: 'MC0001', plateNumber: CAR, status: 0, ...MARCH }, style),
    await cloud.prepaidOrderChange({ orderList }, style),
    await cloud.parkConfig({ ...parameters, chargeOverTimeAutoOpen: 0, alarmGateType: 1 }, style),
  ];
  expect(calls.map(({ code, answer }) => [code, answer?.msg])).toEqual(calls.map(() => [0, 'success']));
  expect(cloud.violations).toEqual([]);
  expect(world.read.lists.ofPlate('black', '粤B99999')[0]?.strategy).toBe('no-entry');
  expect(world.read.lists.ofPlate('white', '粤B88888')).toEqual([]);
  expect(world.read.cards.get('shenzhen-MC0001')).toMatchObject({ plates: [CAR], state: 'suspended' });
  expect(world.read.bookings.get('shenzhen-PPS001')).toMatchObject({ plate: '粤BD12345', state: 'active' });
  expect(world.rules.current().graceMinutes).toBe(20);
});

test('the same bytes again are answered alike and do nothing; what is not the city’s, or malformed, changes nothing', async () => {
  const { world, cloud } = await met();
  const card = { msRecordId: 'MC0001', plateNumber: CAR, ...MARCH };
  const sold = await cloud.monthCard(card);
  const renewed = await cloud.monthCard({ ...card, endTime: '2026-04-30 23:59:59', amount: '600.00' });
  const rows = world.rows();
  await cloud.replay(sold);
  await cloud.replay(renewed);
  expect(world.rows()).toBe(rows);
  const odd = [
    await cloud.monthCard(card, { tampered: { amount: '0.01' } }),
    await cloud.monthCard(card, { omit: ['amount'] }),
    await cloud.monthCard(card, { set: { status: 7 } }),
    await cloud.blackWhiteDown({ plateNumber: CAR, blacklistType: 2 }, { omit: ['outInType'] }),
    await cloud.parkConfig({ selfServiceFreeMin: 20, alarmByDay: 3 }, { set: { alarmByDay: '三天' } }),
    await cloud.prepaidOrderChange({ orderList: [] }, { set: { orderList: 'none' } }),
  ];
  expect(odd.map(({ code }) => code)).toEqual([401, 400, 400, 400, 400, 400]);
  expect(world.rows()).toBe(rows);
  expect(cloud.violations).toEqual([]);
});
