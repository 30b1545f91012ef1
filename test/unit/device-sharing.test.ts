import { expect, test } from 'vitest';
import { faultOf } from '../../electron/station/configuration/faults.ts';
import { sharingFaults } from '../../electron/station/device-sharing.ts';
import { parseProvision } from '../../electron/station/provision.ts';

const device = (id: string, kind: string, driver: string, settings: object) => ({ id, kind, driver, settings });
const camera = (id: string, serialNo: string, over: object = {}) =>
  device(id, 'camera', 'vzenith-http', { serialNo, ...over });
const arm = (id: string, on: string) => device(id, 'barrier', 'camera', { camera: on });

/** Faults and what the screens say of them. */
function faultsOf(devices: readonly object[], lanes: readonly object[] = []): string[] {
  const provision = parseProvision({
    site: { code: '1001', name: '测试', totalSpaces: 150, openSpaces: 130 },
    areas: [{ id: 'a1', code: 1, name: '地面', spaces: 150 }],
    ...{ devices, lanes },
  });
  return sharingFaults(provision).map((fault) => {
    const { path, message, messageZh } = faultOf(fault);
    expect(messageZh).toMatch(/[一-龥]{8}/);
    for (const name of message.match(/"[^"]+"/g) ?? []) expect(messageZh).toContain(`“${name.slice(1, -1)}”`);
    return `${path.join('.')}: ${message}`;
  });
}

test('two arms do not hang on one camera, whatever protocol names it', () => {
  expect(faultsOf([camera('c1', 'A'), camera('c2', 'B'), arm('b1', 'c1'), arm('b2', 'c1'), arm('b3', 'c2')])).toEqual([
    'devices.3.settings.camera: "b2" and "b1" hang on the relays of camera "c1"',
  ]);
  const tcp = device('t1', 'camera', 'vzenith-tcp', { serialNo: 'a', host: '192.168.1.5' });
  // The same camera, heard over HTTP and told over TCP, is sensible; two arms on it are not.
  expect(faultsOf([camera('c1', 'A'), tcp, arm('b1', 't1')])).toEqual([]);
  expect(faultsOf([camera('c1', 'A'), tcp, arm('b1', 'c1'), arm('b2', 't1')])).toHaveLength(1);
});

test('a lane that has its arm on its camera shares it with no barrier of another lane', () => {
  const lane = (id: string, number: number, over: object) => ({
    ...{ id, number, name: id, direction: 'in', area: 'a1' },
    ...over,
  });
  const devices = [camera('c1', 'A'), camera('c2', 'B'), arm('b1', 'c1')];
  expect(faultsOf(devices, [lane('l1', 1, { camera: 'c1' }), lane('l2', 2, { camera: 'c2', barrier: 'b1' })])).toEqual([
    'lanes.0.camera: without a barrier the arm hangs on "c1", as "b1" of "l2" does',
  ]);
  expect(faultsOf(devices, [lane('l1', 1, { camera: 'c1', barrier: 'b1' }), lane('l2', 2, { camera: 'c2' })])).toEqual(
    [],
  );
});

test.each([
  ['olm-serial', { path: 'COM3' }, { address: 1 }, '"d2" and "d1" are both at COM3 #0'],
  [
    'olm-tcp',
    { host: '192.168.1.9', port: 10_000 },
    { port: 10_001 },
    '"d2" and "d1" are both at 192.168.1.9:10000 #0',
  ],
  ['olm-camera', { camera: 'c1' }, { channel: 1 }, '"d2" and "d1" are both at c1 RS-485 1 #0'],
])('two displays of driver %s have addresses of their own', (driver, settings, apart, message) => {
  const two = (over: object) => [
    camera('c1', 'A'),
    device('d1', 'display', driver, settings),
    device('d2', 'display', driver, { ...settings, ...over }),
  ];
  expect(faultsOf(two({}))).toEqual([`devices.2.settings.address: ${message}`]);
  expect(faultsOf(two(apart))).toEqual([]);
});

test.each([
  ['printer', 'escpos-tcp', { host: '192.168.1.30' }, { host: '192.168.1.31' }],
  ['printer', 'escpos-file', { path: '/dev/usb/lp0' }, { path: '/dev/usb/lp1' }],
  ['scanner', 'serial', { path: 'COM4' }, { path: 'COM5' }],
  ['sign', 'xunpeng-serial', { path: 'COM6' }, { path: 'COM7' }],
])('two of a %s (%s) do not stand at one place', (kind, driver, settings, apart) => {
  const one = device('x1', kind, driver, settings);
  expect(faultsOf([one, device('x2', kind, driver, settings)])).toHaveLength(1);
  expect(faultsOf([one, device('x2', kind, driver, apart)])).toEqual([]);
});

test('a camera is called at one address by one device', () => {
  const web = (id: string, serialNo: string, host: string) =>
    device(id, 'camera', 'hikvision', { serialNo, host, password: 'x' });
  expect(faultsOf([web('h1', 'A', '192.168.1.64'), web('h2', 'B', '192.168.1.64')])).toEqual([
    'devices.1.settings.host: "h2" and "h1" are both at 192.168.1.64:80',
  ]);
  expect(faultsOf([web('h1', 'A', '192.168.1.64'), web('h2', 'B', '192.168.1.65')])).toEqual([]);
});

test('a display, a printer and a gun may serve more than one lane', () => {
  const devices = [
    ...[camera('c1', 'A'), camera('c2', 'B'), arm('b1', 'c1'), arm('b2', 'c2')],
    device('d1', 'display', 'olm-serial', { path: 'COM3' }),
    device('p1', 'printer', 'escpos-tcp', { host: '192.168.1.30' }),
    device('g1', 'scanner', 'serial', { path: 'COM4' }),
  ];
  const shared = { area: 'a1', display: 'd1', printer: 'p1', scanner: 'g1' };
  expect(
    faultsOf(devices, [
      { id: 'l1', number: 1, name: 'l1', direction: 'in', camera: 'c1', barrier: 'b1', ...shared },
      { id: 'l2', number: 2, name: 'l2', direction: 'out', camera: 'c2', barrier: 'b2', ...shared },
    ]),
  ).toEqual([]);
});

test('an input of a board belongs to one device', () => {
  const io = (id: string, input: number, over: object = {}) =>
    device(id, 'io', 'modbus-tcp', { host: '192.168.1.60', inputs: [{ input, role: 'safety-loop' }], ...over });
  const board = device('b1', 'barrier', 'modbus-tcp', { host: '192.168.1.60', inputs: [{ input: 0, role: 'x' }] });
  expect(
    faultsOf([board, io('i1', 1), io('i2', 2), io('i3', 1, { unit: 2 }), io('i4', 1, { host: '192.168.1.61' })]),
  ).toEqual([]);
  expect(faultsOf([board, io('i1', 0), io('i2', 2), io('i3', 2)])).toEqual([
    'devices.1.settings.inputs: input 0 of this board belongs to "b1" already',
    'devices.3.settings.inputs: input 2 of this board belongs to "i2" already',
  ]);
});

test('a board of loops stands at one lane, and is no arm', () => {
  const io = device('i1', 'io', 'modbus-rtu', { path: 'COM3' });
  const lane = (id: string, number: number, over: object) => ({
    ...{ id, number, name: id, direction: 'in', area: 'a1' },
    ...over,
  });
  expect(() => faultsOf([io], [lane('l1', 1, { io: 'i1' })])).not.toThrow();
  expect(() => faultsOf([io], [lane('l1', 1, { io: 'i1' }), lane('l2', 2, { io: 'i1' })])).toThrow(
    /serves another lane/,
  );
  expect(() => faultsOf([io], [lane('l1', 1, { barrier: 'i1' })])).toThrow(/is a io/);
});
