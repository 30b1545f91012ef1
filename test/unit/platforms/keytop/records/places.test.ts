import { afterEach, expect, test } from 'vitest';
import { codeFaults, laneOfDevice } from '../../../../../electron/station/platforms/keytop/places.ts';
import { laneSchema } from '../../../../../shared/domain/site.ts';
import { IN, OUT } from '../../../../support/lane-world.ts';
import { KeytopWorld } from '../keytop-world.ts';
import { type Data, settings } from '../support.ts';

let world: KeytopWorld;
afterEach(() => world.dispose());

const LANES = [laneSchema.parse({ ...IN, display: 'led-1' }), laneSchema.parse({ ...OUT, display: 'led-1' })];

async function open(over: Data = {}): Promise<void> {
  world = await KeytopWorld.open({ lanes: LANES, arms: true, settings: over });
  world.device('cam-in1', 'camera', 'online', '172.19.8.11');
  world.device('cam-out1', 'camera', 'online', '172.19.8.12');
  world.device('arm-out1', 'barrier', 'online', '172.19.8.12');
}

const found = (code: string, type: number | undefined, over: Data = {}): string => {
  const { lanes } = world;
  const devices = { states: () => [...world.hardware.values()] };
  const context = { settings: settings(over), station: () => ({ lanes, devices }) };
  const lane = laneOfDevice(code, type, context);
  return 'lane' in lane ? lane.lane.id : lane.refused;
};

test('a lane is meant by its id, by any of its devices, and by the codes of the settings in their stead', async () => {
  await open();
  for (const code of ['in1', 'cam-in1', 'arm-in1', ' in1 ']) expect(found(code, 0)).toBe('in1');
  expect(found('out1', undefined)).toBe('out1');
  const devices = { devices: { 'cam-in1': '7', out1: '8' } };
  expect(found('7', 0, devices)).toBe('in1');
  expect(found('8', 0, devices)).toBe('out1');
  // The code stands in place of the id.
  expect(found('cam-in1', 0, devices)).toBe('没有编码为 cam-in1 的设备');
});

test('by the address of a device, and only where that is what was meant', async () => {
  await open();
  expect(found('172.19.8.11', 1)).toBe('in1');
  expect(found('172.19.8.12', 1)).toBe('out1');
  expect(found('172.19.8.11', 0)).toBe('没有编码为 172.19.8.11 的设备');
  expect(found('172.19.8.99', 1)).toBe('没有地址为 172.19.8.99 的设备');
});

test('what two lanes answer to is neither', async () => {
  await open();
  expect(found('led-1', 0)).toBe('编码 led-1 对应多条车道，无法确定是哪一条');
  expect(found('9', 0, { devices: { in1: '9', out1: '9' } })).toMatch(/无法确定/);
});

test('two lanes of one code are a fault of the configuration; a display that serves both is none', async () => {
  await open();
  const lanes = LANES;
  expect(codeFaults(settings(), lanes)).toEqual([]);
  expect(codeFaults(settings({ devices: { in1: '9', out1: '8' } }), lanes)).toEqual([]);
  expect(codeFaults(settings({ devices: { in1: 'out1' } }), lanes)).toEqual([
    [['devices'], 'lanes "in1" and "out1" have the code "out1" in common'],
  ]);
});

test.each([
  [{}, '入口'],
  [{ placeAs: 'ip' }, '172.19.8.11'],
  [{ placeAs: 'code' }, 'in1'],
  [{ placeAs: 'code', devices: { 'cam-in1': 'C7' } }, 'C7'],
  [{ placeAs: 'code', devices: { 'cam-in1': 'C7', in1: 'L1' } }, 'L1'],
])('%j: a lane is told as %s', async (over, place) => {
  await open(over);
  world.car('in1');
  await world.heard('PostCarInInfo');
  expect(world.sent('PostCarInInfo')[0]).toMatchObject({ entryPlace: place });
});

test('a lane whose camera has no known address is told by its name', async () => {
  await open({ placeAs: 'ip' });
  world.device('cam-in1', 'camera', 'online');
  world.car('in1');
  await world.heard('PostCarInInfo');
  expect(world.sent('PostCarInInfo')[0]).toMatchObject({ entryPlace: '入口' });
});
