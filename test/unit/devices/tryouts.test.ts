import { expect, test } from 'vitest';
import { DevicePark } from '../../../electron/station/device-park.ts';
import { DeviceTryOuts } from '../../../electron/station/device-tryouts.ts';
import { deviceView, rawTalker } from '../../../electron/station/device-view.ts';
import type { Device } from '../../../electron/station/devices/device.ts';
import { serialPorts } from '../../../electron/station/devices/links/serial-ports.ts';
import { drivers } from '../../../electron/station/devices/registry.ts';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import type { DeviceConfig } from '../../../shared/domain/site.ts';
import { Bench } from './recording.ts';

const line = { host: '192.168.1.80', port: 4001 };
const configs: readonly DeviceConfig[] = [
  { id: 'bar', kind: 'barrier', driver: 'modbus-tcp', settings: { ...line, transport: 'rtu-over-tcp' } },
  { id: 'led-shared', kind: 'display', driver: 'olm-tcp', settings: line },
  { id: 'led', kind: 'display', driver: 'olm-tcp', settings: { ...line, port: 4002, voice: false } },
  { id: 'sign', kind: 'sign', driver: 'xunpeng-tcp', settings: { ...line, port: 4003 } },
  { id: 'gun', kind: 'scanner', driver: 'serial', settings: { path: '/dev/ttyUSB9' } },
];

function desk() {
  const bench = new Bench();
  const park = new DevicePark(configs, bench.deps('park'));
  const rows: unknown[] = [];
  const shown: unknown[] = [];
  const lanes = { lanes: () => [] };
  const tryOuts = new DeviceTryOuts({
    ...{ park, lanes },
    store: { write: (task) => task({ record: (row: unknown) => void rows.push(row) }) },
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
  return { park, rows, shown, tryOuts, device, lanes, bench };
}

const actor = { kind: 'user', id: 'u1', name: '陈经理' } as const;
