import { afterEach, expect, test } from 'vitest';
import { STATION } from '../../../../../shared/domain/events.ts';
import { laneSchema } from '../../../../../shared/domain/site.ts';
import { IN, OUT } from '../../../../support/lane-world.ts';
import { HOUR, KeytopWorld, MINUTE } from '../keytop-world.ts';

let world: KeytopWorld;
afterEach(() => world.dispose());

const told = (name: string): string[] =>
  world.sent(name).map(({ deviceCode, deviceType, status }) => [deviceCode, deviceType, status].join(' ').trim());

test('the first start ever tells the car park and all its areas, with the types of each table', async () => {
  world = await KeytopWorld.open({ settings: { areaTypes: { a2: 1 } } });
  await world.heard('PostAreaInfo');
  expect(world.sent('PostParkingInfo')).toEqual([{ parkCode: '1', parkName: '停车场', parkArea: 3, placeCount: 100 }]);
  expect(world.sent('PostAreaInfo')).toEqual([
    {
      ...{ parkCode: '1', parkName: '停车场', parkArea: '3', totalPlaceCount: 100 },
      areaInfo: [
        { areaCode: 1, areaName: '外场', areaType: 0, placeCount: 90 },
        { areaCode: 2, areaName: '内场', areaType: 1, placeCount: 20 },
        { areaCode: 3, areaName: '固定车区', areaType: 0, placeCount: 20 },
      ],
    },
  ]);
});

test('each day they are told once, at the minute of the settings, in Shanghai', async () => {
  world = await KeytopWorld.open({ settings: { daily: { atMinute: 30 } } });
  await world.heard('PostAreaInfo');
  // It is 08:05. Until 00:29 of the next day nothing more is told.
  world.clock.jumpWall(16 * HOUR + 23 * MINUTE);
  await world.pass(MINUTE, 2);
  expect(world.sent('PostParkingInfo')).toHaveLength(1);
  await world.pass(MINUTE, 2);
  expect(world.sent('PostParkingInfo')).toHaveLength(2);
  expect(world.sent('PostAreaInfo')).toHaveLength(2);
  await world.pass(10 * MINUTE, 10);
  expect(world.sent('PostParkingInfo')).toHaveLength(2);
});

test('first connected after midnight, the day is told at once and not again at its minute', async () => {
  world = await KeytopWorld.built({ settings: { daily: { atMinute: 30 } } });
  world.clock.jumpWall(16 * HOUR);
  await world.hub.start();
  await world.heard('PostAreaInfo');
  await world.pass(HOUR, 20);
  expect(world.sent('PostParkingInfo')).toHaveLength(1);
});

test('another third party is told the same day, because it knows nothing yet', async () => {
  world = await KeytopWorld.built();
  world.store.write((tx) => tx.memory.put('keytop', 'daily', 'another 2026-03-02'));
  await world.hub.start();
  await world.heard('PostAreaInfo');
  expect(world.sent('PostParkingInfo')).toHaveLength(1);
});

test('a restart tells no day again, and after days of silence the present day once', async () => {
  world = await KeytopWorld.open();
  await world.heard('PostAreaInfo');
  await world.reopened();
  await world.settled();
  expect(world.sent('PostParkingInfo')).toHaveLength(1);
  world.clock.jumpWall(5 * 24 * HOUR);
  await world.reopened();
  await world.heard('PostAreaInfo', 2);
  await world.pass(MINUTE, 2);
  expect(world.sent('PostParkingInfo')).toHaveLength(2);
});

const LANES = [
  laneSchema.parse({ ...IN, barrier: 'arm-in1', display: 'led-in1' }),
  laneSchema.parse({ ...OUT, barrier: 'arm-out1' }),
];

test('every start tells every device and then how it is; since then only what changed', async () => {
  world = await KeytopWorld.built({ lanes: LANES, arms: true, settings: { devices: { 'cam-in1': 'C-01' } } });
  world.device('cam-in1', 'camera', 'online', '172.19.8.242');
  world.device('printer-1', 'printer', 'online');
  world.device('cam-out1', 'camera', 'offline');
  await world.hub.start();
  await world.heard('PostDeviceState', 6);
  expect(world.sent('PostParkingDevice').find(({ deviceCode }) => deviceCode === 'C-01')).toEqual({
    ...{ parkCode: '1', deviceCode: 'C-01', deviceIp: '172.19.8.242', deviceName: '入口相机', deviceType: 2 },
  });
  expect(told('PostParkingDevice').sort()).toEqual(
    ['C-01 2', 'arm-in1 4', 'arm-out1 4', 'booth 1', 'cam-out1 2', 'led-in1 3'].sort(),
  );
  expect(told('PostDeviceState').sort()).toEqual(
    ['C-01 2 0', 'arm-in1 4 0', 'arm-out1 4 0', 'booth 1 0', 'cam-out1 2 1', 'led-in1 3 0'].sort(),
  );
  const names = world.received.map(({ name, data }) => [name, data['deviceCode']].join(' '));
  for (const code of ['C-01', 'led-in1', 'booth'])
    expect(names.indexOf(`PostParkingDevice ${code}`)).toBeLessThan(names.indexOf(`PostDeviceState ${code}`));

  const note = (state: 'online' | 'offline', detail: string): void => {
    const about = { key: null, laneId: 'in1', passageId: null, actor: STATION };
    world.device('cam-in1', 'camera', state, '172.19.8.242');
    world.write({ ...about, kind: 'device-state', body: { deviceId: 'cam-in1', state, detail } });
  };
  note('online', '');
  note('offline', '网络不通');
  note('offline', '网络不通');
  await world.heard('PostDeviceState', 7);
  expect(world.sent('PostDeviceState').at(-1)).toEqual({
    ...{ parkCode: '1', deviceCode: 'C-01', deviceName: '入口相机', deviceType: 2, status: '1', remark: '网络不通' },
  });
  note('online', '');
  await world.heard('PostDeviceState', 8);
  expect(world.sent('PostDeviceState').at(-1)).toMatchObject({ deviceCode: 'C-01', status: '0', remark: '' });
  expect(world.sent('PostParkingDevice')).toHaveLength(6);

  await world.reopened();
  await world.heard('PostDeviceState', 14);
  expect(world.sent('PostParkingDevice')).toHaveLength(12);
});

test('a device that nobody heard of yet gets a moment before it is told as a fault', async () => {
  world = await KeytopWorld.built({ settings: { boothDevice: '' } });
  world.device('cam-in1', 'camera', 'unknown');
  world.device('cam-out1', 'camera', 'unknown');
  await world.hub.start();
  await world.heard('PostParkingDevice', 2);
  expect(told('PostDeviceState')).toEqual([]);
  world.device('cam-in1', 'camera', 'online');
  const about = { key: null, laneId: 'in1', passageId: null, actor: STATION };
  world.write({ ...about, kind: 'device-state', body: { deviceId: 'cam-in1', state: 'online', detail: '' } });
  await world.heard('PostDeviceState', 1);
  await world.pass(20_000, 4);
  expect(told('PostDeviceState')).toEqual(['cam-in1 2 0', 'cam-out1 2 1']);
  expect(world.sent('PostDeviceState')[1]).toMatchObject({ remark: '启动后没有收到设备应答' });
});

test('free spaces: at the start, on change at most once a second, and again where they did not arrive', async () => {
  world = await KeytopWorld.open({ settings: { spaces: { quietMs: 1000 } } });
  await world.pass(1500, 3);
  expect(world.sent('PostFreeParkingSpace')).toEqual([
    {
      ...{ parkCode: '1', freeSpaceNum: 100, totalSpaceNum: 100 },
      areaInfo: [
        { areaCode: 1, areaName: '外场', areaFreeSpaceNum: 90 },
        { areaCode: 2, areaName: '内场', areaFreeSpaceNum: 20 },
        { areaCode: 3, areaName: '固定车区', areaFreeSpaceNum: 20 },
      ],
    },
  ]);
  world.car('in1', '闽D00001');
  world.clock.jumpWall(61_000);
  world.car('in1', '闽D00002');
  await world.pass(3000, 6);
  expect(world.sent('PostFreeParkingSpace').map(({ freeSpaceNum }) => freeSpaceNum)).toEqual([100, 98]);
  expect(world.sent('PostFreeParkingSpace')[1]).toMatchObject({ areaInfo: [{ areaFreeSpaceNum: 88 }, {}, {}] });

  world.answerHttp('PostFreeParkingSpace', 503, '');
  world.clock.jumpWall(61_000);
  world.car('in1', '闽D00003');
  await world.pass(3000, 6);
  const before = world.sent('PostFreeParkingSpace').length;
  await world.pass(2 * MINUTE, 12);
  expect(world.sent('PostFreeParkingSpace').length).toBeGreaterThan(before);
});

test('an arm that hangs on a camera is well, and is a fault, with it', async () => {
  world = await KeytopWorld.built({ settings: { boothDevice: '' } });
  const both = (state: 'online' | 'offline'): void => {
    world.device('cam-in1', 'camera', state);
    world.device('arm-in1', 'barrier', state, null, 'cam-in1');
  };
  both('online');
  await world.hub.start();
  await world.heard('PostDeviceState', 3);
  const ofLane = (): string[] => told('PostDeviceState').filter((line) => line.includes('in1'));
  expect(ofLane().sort()).toEqual(['arm-in1 4 0', 'cam-in1 2 0']);
  both('offline');
  const about = { key: null, laneId: 'in1', passageId: null, actor: STATION };
  world.write({
    ...{ ...about, kind: 'device-state' },
    body: { deviceId: 'cam-in1', state: 'offline', detail: '网络不通' },
  });
  await world.heard('PostDeviceState', 5);
  expect(ofLane().slice(2).sort()).toEqual(['arm-in1 4 1', 'cam-in1 2 1']);
});
