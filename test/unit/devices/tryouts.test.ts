import { afterEach, expect, test } from 'vitest';
import { DevicePark } from '../../../electron/station/device-park.ts';
import { DeviceTryOuts } from '../../../electron/station/device-tryouts.ts';
import { rawTalker } from '../../../electron/station/device-view.ts';
import type { Device } from '../../../electron/station/devices/device.ts';
import { serialPorts } from '../../../electron/station/devices/links/serial-ports.ts';
import { findDriver } from '../../../electron/station/devices/registry.ts';
import { ConflictError } from '../../../electron/station/runtime/errors.ts';
import type { DeviceConfig } from '../../../shared/domain/site.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';
import { Bench } from './recording.ts';

const line = { host: '192.168.1.80', port: 4001 };
const configs: readonly DeviceConfig[] = [
  { id: 'bar', kind: 'barrier', driver: 'modbus-tcp', settings: { ...line, transport: 'rtu-over-tcp' } },
  { id: 'led-shared', kind: 'display', driver: 'olm-tcp', settings: line },
  { id: 'led-silent', kind: 'display', driver: 'olm-tcp', settings: { ...line, port: 4002, voice: false } },
  { id: 'sign', kind: 'sign', driver: 'xunpeng-tcp', settings: { ...line, port: 4003 } },
  { id: 'gun', kind: 'scanner', driver: 'serial', settings: { path: '/dev/ttyUSB9' } },
];
const actor = { kind: 'user', name: '陈经理' } as const;

const NOTHING = {
  ...{ manufacturer: undefined, serialNumber: undefined, pnpId: undefined },
  ...{ locationId: undefined, productId: undefined, vendorId: undefined },
};

let opened: TempStore | undefined;
afterEach(() => {
  opened?.dispose();
  opened = undefined;
});

function desk() {
  const bench = new Bench();
  const temp = tempStore(bench.clock);
  opened = temp;
  const park = new DevicePark(configs, bench.deps);
  const shown: unknown[] = [];
  const tryOuts = new DeviceTryOuts({
    ...{ park, lanes: { lanes: () => [] }, store: temp.store },
    announcer: {
      show: async (display, ...what) => {
        shown.push([display.id, ...what]);
        return { outcome: 'done', detail: '屏已确认' };
      },
    },
  });
  const device = (id: string): Device => {
    const found = park.find(id);
    if (!found) throw new Error(`no ${id}`);
    return found;
  };
  return { park, device, tryOuts, shown, rows: () => temp.store.read.journal.after(0, 100) };
}

test('nobody sends bytes of his own to a line on which an arm hangs, nor to what takes none', async () => {
  const { park, device, tryOuts, rows } = desk();
  expect(['bar', 'led-shared', 'gun'].map((id) => rawTalker(device(id), park))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  for (const id of ['bar', 'led-shared', 'gun'])
    await expect(tryOuts.raw(device(id), 'AA55', '核对协议', actor)).rejects.toBeInstanceOf(ConflictError);
  expect(rows()).toEqual([]);
});

test('bytes of his own stand in the journal with the reason before they leave, and a device that is not there refuses them', async () => {
  const { device, tryOuts, rows } = desk();
  const ended = await tryOuts.raw(device('sign'), '3A303030310A', '核对协议', actor);
  expect(ended.outcome).toBe('refused');
  expect(rows()).toMatchObject([
    { kind: 'device-raw-sent', actor, body: { deviceId: 'sign', hex: '3A303030310A', reason: '核对协议' } },
  ]);
});

test('a text is tried with its colours and its sentence, and not spoken where there is no voice', async () => {
  const { device, tryOuts, rows, shown } = desk();
  const lines = [{ text: '欢迎光临', color: 'green' as const }, { text: '余位 3' }];
  await tryOuts.show(device('led-shared'), { lines, speech: '一路平安', volume: 40 }, actor);
  expect(shown).toEqual([
    [
      'led-shared',
      [
        { text: '欢迎光临', alignment: 'left', color: 'green' },
        { text: '余位 3', alignment: 'left', color: undefined },
      ],
      'test',
      '一路平安',
      40,
    ],
  ]);
  expect(rows()).toMatchObject([
    { kind: 'display-tested', body: { deviceId: 'led-shared', lines: ['欢迎光临', '余位 3'], speech: '一路平安' } },
  ]);
  const silent = device('led-silent');
  await expect(tryOuts.show(silent, { lines, speech: '一路平安' }, actor)).rejects.toBeInstanceOf(ConflictError);
  await expect(tryOuts.sign(silent, 8, 'red', actor)).rejects.toBeInstanceOf(ConflictError);
  expect(rows()).toHaveLength(1);
});

test('the ports of the PC: those on USB first, by what is plugged in there; none where the system does not tell', async () => {
  const found = await serialPorts(async () => [
    { path: '/dev/ttyS10', ...NOTHING },
    { path: '/dev/ttyS2', ...NOTHING },
    { path: '/dev/ttyUSB0', ...NOTHING, manufacturer: 'QinHeng', serialNumber: 'A7', vendorId: '1a86' },
  ]);
  expect(found).toEqual([
    { path: '/dev/ttyUSB0', name: 'QinHeng A7' },
    { path: '/dev/ttyS2', name: '' },
    { path: '/dev/ttyS10', name: '' },
  ]);
  expect(await serialPorts(() => Promise.reject(new Error('udevadm: command not found')))).toEqual([]);
});

test('what is suggested for a stranger is what its driver asks for, but for what only a person knows', () => {
  const stranger = { serialNo: '44:19:b6:00:00:01', address: '192.168.1.64' };
  const missing = (driver: string, address: string): string[] => {
    const definition = findDriver('camera', driver);
    const suggested = definition?.suggest?.({ ...stranger, address }) ?? { serialNo: stranger.serialNo };
    const parsed = definition?.settings.safeParse(suggested);
    return parsed?.error?.issues.map(({ path }) => path.join('.')) ?? [];
  };
  expect(missing('vzenith-http', stranger.address)).toEqual([]);
  expect(missing('huaxia', stranger.address)).toEqual([]);
  expect(missing('hikvision', stranger.address)).toEqual(['password']);
  expect(missing('dahua', stranger.address)).toEqual(['password']);
});
