import { expect, test } from 'vitest';
import { faultOf } from '../../electron/station/configuration/faults.ts';
import { DevicePark } from '../../electron/station/device-park.ts';
import { parseProvision } from '../../electron/station/provision.ts';
import { ConfigError } from '../../electron/station/runtime/errors.ts';
import { Bench } from './devices/recording.ts';

const site = {
  site: { code: '1001', name: '测试', totalSpaces: 150, openSpaces: 130 },
  areas: [{ id: 'a1', code: 1, name: '地面', spaces: 150 }],
};
const board = (id: string, settings: object) => ({ id, kind: 'barrier', driver: 'modbus-rtu', settings });
const led = (id: string, settings: object) => ({ id, kind: 'display', driver: 'olm-serial', settings });
const path = '/dev/ttyUSB0';
const host = '192.168.1.9';

function faultsOf(...devices: readonly object[]): readonly string[] {
  try {
    parseProvision({ ...site, devices });
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

test.each([
  [{ baudRate: 19_200 }, 'devices[1].settings.baudRate: "a" uses the same line with 9600'],
  [{ parity: 'even' }, 'devices[1].settings.parity: "a" uses the same line with none'],
  [{ stopBits: 2 }, 'devices[1].settings.stopBits: "a" uses the same line with 1'],
])('two devices on one serial port speak alike: %j', (other, fault) => {
  const faults = faultsOf(board('a', { path }), led('b', { path, ...other }));
  expect(faults).toEqual([fault]);
  expect(faultOf(fault).messageZh).toContain('同一条线上的设备“a”');
  expect(faultsOf(board('a', { path }), led('b', { path: '/dev/ttyUSB1', ...other }))).toEqual([]);
  expect(faultsOf(board('a', { path }), led('b', { path, baudRate: 9600 }))).toEqual([]);
});

test('two boards at one address are spoken to in one way', () => {
  const tcp = (id: string, settings: object) => ({ ...board(id, { host, ...settings }), driver: 'modbus-tcp' });
  expect(faultsOf(tcp('a', {}), tcp('b', { unit: 2, transport: 'rtu-over-tcp' }))).toEqual([
    'devices[1].settings.transport: "a" uses the same line with tcp',
  ]);
  expect(faultsOf(tcp('a', {}), tcp('b', { port: 503, transport: 'rtu-over-tcp' }))).toEqual([]);
});

test('a relay moves one arm', () => {
  const first = board('a', { path, openCoil: 0, closeCoil: 1 });
  const shared = faultsOf(first, board('b', { path, openCoil: 0, closeCoil: 3 }));
  expect(shared).toEqual(['devices[1].settings.openCoil: this relay moves the arm of "a" already']);
  expect(faultOf(shared[0] ?? '').messageZh).toBe('这一路继电器已用于道闸“a”');
  expect(faultsOf(first, board('b', { path, openCoil: 2, closeCoil: 1 }))).toEqual([
    'devices[1].settings.closeCoil: this relay moves the arm of "a" already',
  ]);
  // What opens one must not close another either.
  expect(faultsOf(first, board('b', { path, openCoil: 1 }))).toHaveLength(1);
  expect(faultsOf(first, board('b', { path, openCoil: 2, closeCoil: 3 }))).toEqual([]);
  expect(faultsOf(first, board('b', { path, unit: 2, openCoil: 0, closeCoil: 1 }))).toEqual([]);
  expect(faultsOf(first, board('b', { path: '/dev/ttyUSB1', openCoil: 0, closeCoil: 1 }))).toEqual([]);
});

test('nothing hangs on a camera that cannot carry it', () => {
  const cameras = [
    { id: 'hx', kind: 'camera', driver: 'huaxia', settings: { serialNo: '44-19-b6-00-00-02' } },
    { id: 'dh', kind: 'camera', driver: 'dahua', settings: { serialNo: 'ITC-1', host, password: 'x' } },
    { id: 'vz', kind: 'camera', driver: 'vzenith-http', settings: { serialNo: 'SN-1' } },
  ];
  const arm = (camera: string) => ({ id: `arm-${camera}`, kind: 'barrier', driver: 'camera', settings: { camera } });
  const text = (camera: string) => ({
    ...{ id: `led-${camera}`, kind: 'display', driver: 'olm-camera', settings: { camera } },
  });
  expect(faultsOf(...cameras, ...['hx', 'dh', 'vz'].flatMap((id) => [arm(id), text(id)]))).toEqual([
    'devices[3].settings.camera: "hx" offers no relays for an arm',
    'devices[4].settings.camera: "hx" offers no RS-485 for a display',
    'devices[6].settings.camera: "dh" offers no RS-485 for a display',
  ]);
  expect(faultOf('devices[3].settings.camera: "hx" offers no relays for an arm').messageZh).toContain('接继电器板');
  expect(faultOf('devices[4].settings.camera: "hx" offers no RS-485 for a display').messageZh).toContain('485');
});

test('a device that could not be started is away, and says why', async () => {
  const bench = new Bench();
  const details: string[] = [];
  const state = (id: string, now: string, detail: string): void => void details.push(`${id} ${now} ${detail}`);
  const park = new DevicePark([{ id: 'arm', kind: 'barrier', driver: 'camera', settings: { camera: 'cam-9' } }], {
    ...bench.deps,
    events: { ...bench.deps.events, state },
  });
  await park.start();
  expect(details).toEqual(['arm offline 设备没有启动：没有相机“cam-9”']);
  expect(park.watchOf('arm')?.state).toBe('offline');
  await park.stop();
});
