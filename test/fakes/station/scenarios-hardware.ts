import type { LaneView } from '../../../shared/contract/lanes.ts';
import { ago, charging, lane, person, plate } from './build.ts';
import type { Scene } from './fake-station.ts';
import { idle } from './scenarios-idle.ts';

const online = { state: 'online', lastSeenAt: ago(1) } as const;

/** An exit with all that a lane can have. */
const equipped = (barrier: Partial<LaneView['barrier']>, change: Partial<LaneView> = {}): LaneView => {
  const exit = lane('out2', '东门出口', 'out', {
    loop: 'occupied',
    devices: [
      { id: 'cam-out2', kind: 'camera', driver: 'hikvision', ...online },
      { id: 'bar-out2', kind: 'barrier', driver: 'modbus-rtu', ...online },
      { id: 'led-out2', kind: 'display', driver: 'olm-tcp', ...online },
      { id: 'gun-out2', kind: 'scanner', driver: 'serial', ...online },
      { id: 'prn-out2', kind: 'printer', driver: 'escpos-tcp', ...online, faults: ['paper-out'], drawer: true },
    ],
    ...change,
  });
  return { ...exit, barrier: { ...exit.barrier, ...barrier } };
};

type Command = NonNullable<LaneView['barrier']['lastCommand']>;

const ordered = (action: 'open' | 'close', outcome: 'pending' | 'unknown'): Command => ({
  ...{ action, outcome, at: ago(4), origin: 'manual', by: '王秀兰', reason: '疏导拥堵', passageId: null, plate: null },
  ...{ alone: false, detail: outcome === 'unknown' ? '继电器板没有应答' : '' },
});

const withExit = (exit: LaneView): Scene => ({
  ...idle,
  user: person('陈经理', 'manager'),
  lanes: [lane('in1', '西门入口', 'in'), exit],
});

export const hardwareScenarios: Readonly<Record<string, Scene>> = {
  hardware: withExit(equipped({ arm: 'open' })),
  /** To close waits for the car under the arm. */
  hardwareWaits: withExit(equipped({ arm: 'open', lastCommand: ordered('close', 'pending'), waits: true })),
  /** Nobody knows whether the arm went up. */
  hardwareUnknown: withExit(equipped({ arm: 'unknown', lastCommand: ordered('open', 'unknown') })),
  /** A car pays, and a platform gives the change. */
  hardwarePays: {
    ...withExit(equipped({ arm: 'closed' }, { phase: 'charging', passage: charging('p-out', plate('鲁B7K218')) })),
    changePlatform: 'keytop',
  },
};
