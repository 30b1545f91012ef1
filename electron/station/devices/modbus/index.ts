import type { DriverDefinition } from '../device.ts';
import { serialAddress, tcpAddress } from '../line-settings.ts';
import { ModbusBarrier } from './barrier.ts';
import { ModbusInputBoard } from './input-board.ts';
import { rtuInputSettings, rtuSettings, tcpBoardSettings, tcpInputSettings } from './settings.ts';
import type { Manner } from './talk.ts';

type Rtu = Parameters<typeof serialAddress>[0] & Pick<Manner, 'unit' | 'replyMs'>;
type Tcp = Parameters<typeof tcpAddress>[0] &
  Pick<Manner, 'unit' | 'replyMs'> & { readonly transport: 'tcp' | 'rtu-over-tcp' };

const serially = (settings: Rtu): Manner => ({
  ...{ address: serialAddress(settings), unit: settings.unit, replyMs: settings.replyMs },
  framing: 'rtu',
});
const overTcp = (settings: Tcp): Manner => ({
  ...{ address: tcpAddress(settings), unit: settings.unit, replyMs: settings.replyMs },
  framing: settings.transport === 'tcp' ? 'mbap' : 'rtu',
});

export const modbusRtu: DriverDefinition<typeof rtuSettings> = {
  driver: 'modbus-rtu',
  kind: 'barrier',
  settings: rtuSettings,
  create: (id, settings, deps) => new ModbusBarrier(id, 'modbus-rtu', settings, serially(settings), deps),
};

export const modbusTcp: DriverDefinition<typeof tcpBoardSettings> = {
  driver: 'modbus-tcp',
  kind: 'barrier',
  settings: tcpBoardSettings,
  create: (id, settings, deps) => new ModbusBarrier(id, 'modbus-tcp', settings, overTcp(settings), deps),
};

export const modbusInputsRtu: DriverDefinition<typeof rtuInputSettings> = {
  driver: 'modbus-rtu',
  kind: 'io',
  settings: rtuInputSettings,
  create: (id, settings, deps) => new ModbusInputBoard(id, 'modbus-rtu', settings, serially(settings), deps),
};

export const modbusInputsTcp: DriverDefinition<typeof tcpInputSettings> = {
  driver: 'modbus-tcp',
  kind: 'io',
  settings: tcpInputSettings,
  create: (id, settings, deps) => new ModbusInputBoard(id, 'modbus-tcp', settings, overTcp(settings), deps),
};
