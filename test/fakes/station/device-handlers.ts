import { ORPCError } from '@orpc/server';
import type { UserView } from '../../../shared/contract/base.ts';
import type { DeviceState, Exchange } from '../../../shared/contract/devices.ts';
import { ago } from './build.ts';
import type { FakeStation } from './fake-station.ts';
import { type FakeConnection, os } from './implementer.ts';

interface Desk {
  devices: DeviceState[];
  /** How the next thing that is tried out ends. */
  outcome: 'done' | 'refused' | 'unknown';
}

const desks = new WeakMap<FakeStation, Desk>();

const CANNOT = {
  ...{ selfTest: true, snapshot: false, pulse: false, show: false, speak: false, volume: false },
  ...{ sign: false, print: false, drawer: false, scan: false, raw: false },
};

const device = (
  id: string,
  kind: string,
  driver: string,
  change: Partial<Omit<DeviceState, 'can'>> & { readonly can: Partial<DeviceState['can']> },
): DeviceState => ({
  ...{ id, kind, driver, state: 'online', lastSeenAt: ago(2), since: ago(4000), reconnects: 0, via: null },
  ...{ serialNo: null, firmware: null, address: null, delay: null, readDelayMs: null, lanes: [], alarms: [] },
  ...{
    inputs: [],
    relays: null,
    arm: null,
    lastPicture: null,
    showing: null,
    sign: null,
    lastScan: null,
    printed: null,
  },
  ...change,
  can: { ...CANNOT, ...change.can },
});

const exit = (role: 'display' | 'barrier' | 'io' | 'printer' | 'scanner') => [{ id: 'out2', name: '东门出口', role }];

/** The hardware of a fake station's exit: a board, a display with voice, a printer without paper, a scan gun; and a sign of no lane. */
export function deviceDesk(station: FakeStation): Desk {
  const known = desks.get(station);
  if (known) return known;
  const made: Desk = {
    outcome: 'done',
    devices: [
      device('bar-out2', 'barrier', 'modbus-rtu', {
        ...{ address: '/dev/ttyUSB0，1 号', arm: 'open', lanes: exit('barrier') },
        delay: { lastMs: 31, p50Ms: 28, count: 14 },
        relays: { profile: 'flash', hold: 'coil' },
        inputs: [
          { role: 'trigger-loop', on: false, changedAt: ago(12), contact: { terminal: 0, closed: false } },
          { role: 'safety-loop', on: true, changedAt: ago(3), contact: { terminal: 1, closed: false } },
          { role: 'arm-up', on: null, changedAt: null, contact: { terminal: 2, closed: null } },
        ],
        can: { pulse: true },
      }),
      device('io-out2', 'io', 'modbus-tcp', {
        ...{ address: '192.168.1.70:502，1 号', lanes: exit('io') },
        inputs: [
          { role: 'trigger-loop', on: true, changedAt: ago(2), contact: { terminal: 0, closed: true } },
          { role: 'safety-loop', on: false, changedAt: ago(41), contact: { terminal: 1, closed: false } },
          { role: 'arm-down', on: true, changedAt: ago(65), contact: { terminal: 3, closed: true } },
        ],
        can: {},
      }),
      device('io-out3', 'io', 'modbus-rtu', {
        ...{ state: 'offline', since: ago(310), lastSeenAt: ago(310), address: 'COM4，2 号' },
        inputs: [{ role: 'safety-loop', on: true, changedAt: ago(330), contact: { terminal: 0, closed: null } }],
        can: {},
      }),
      device('io-out4', 'io', 'modbus-rtu', { address: 'COM4，3 号', can: {} }),
      device('led-out2', 'display', 'olm-tcp', {
        ...{ address: '192.168.1.61:10000', lanes: exit('display') },
        showing: [{ text: '欢迎光临', alignment: 'center', color: 'green' }],
        can: { show: true, speak: true, volume: true, raw: true },
      }),
      device('sign-1', 'sign', 'xunpeng-serial', {
        ...{ address: '/dev/ttyUSB0', sign: { free: 57, color: 'green' } },
        can: { sign: true },
      }),
      device('prn-out2', 'printer', 'escpos-tcp', {
        ...{ address: '192.168.1.62:9100', lanes: exit('printer') },
        alarms: [{ code: 'device-paper-out', detail: '打印机缺纸', severity: 'warning', since: ago(300) }],
        can: { print: true, drawer: true, raw: true },
      }),
      device('gun-out2', 'scanner', 'serial', { lanes: exit('scanner'), address: 'COM3', can: { scan: true } }),
    ],
  };
  desks.set(station, made);
  return made;
}

/** A frame for a display with voice, as it stands in the trace. */
const FRAME = 'AGT//28vAAABABUABQADAP8AAAAGu7bTrcT6DQ==';

export function deviceHandlers(station: FakeStation, needUser: (context: FakeConnection) => UserView) {
  const desk = deviceDesk(station);
  const one = (id: string): DeviceState => {
    const found = desk.devices.find((each) => each.id === id);
    if (!found) throw new ORPCError('NOT_FOUND', { message: '没有找到' });
    return found;
  };
  const ended = (name: string, input: { readonly id: string }) => {
    one(input.id);
    station.calls.push({ name, input });
    return { outcome: desk.outcome, detail: desk.outcome === 'done' ? '屏已确认' : '屏没有应答' };
  };
  return {
    devices: {
      list: os.devices.list.handler(({ context }) => {
        needUser(context);
        return desk.devices;
      }),
      found: os.devices.found.handler(() => []),
      get: os.devices.get.handler(({ input }) => one(input.id)),
      trace: os.devices.trace.handler(({ input }) => {
        const exchange: Exchange = {
          ...{ seq: 1, at: ago(3), direction: 'out', head: '指令 6F' },
          ...{ bytes: 28, base64: FRAME, cut: false },
        };
        return { exchanges: input.afterSeq < 1 ? [exchange] : [], kept: 200 };
      }),
      show: os.devices.show.handler(({ input }) => ended('devices.show', input)),
      sign: os.devices.sign.handler(({ input }) => ended('devices.sign', input)),
      sendRaw: os.devices.sendRaw.handler(({ input }) => ended('devices.sendRaw', input)),
      ports: os.devices.ports.handler(() => [{ path: '/dev/ttyUSB0', name: 'QinHeng USB Serial' }]),
    },
  };
}
