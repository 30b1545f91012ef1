import type { DriverDefinition } from '../device.ts';
import { serialAddress, tcpAddress } from '../line-settings.ts';
import { ModbusBarrier } from './barrier.ts';
import { rtuSettings, tcpBoardSettings } from './settings.ts';

export const modbusRtu: DriverDefinition<typeof rtuSettings> = {
  driver: 'modbus-rtu',
  kind: 'barrier',
  settings: rtuSettings,
  create: (id, settings, deps) => {
    const { unit, replyMs } = settings;
    const manner = { address: serialAddress(settings), unit, replyMs, framing: 'rtu' } as const;
    return new ModbusBarrier(id, 'modbus-rtu', settings, manner, deps);
  },
};

export const modbusTcp: DriverDefinition<typeof tcpBoardSettings> = {
  driver: 'modbus-tcp',
  kind: 'barrier',
  settings: tcpBoardSettings,
  create: (id, settings, deps) => {
    const { unit, replyMs, transport } = settings;
    const framing = transport === 'tcp' ? 'mbap' : 'rtu';
    return new ModbusBarrier(
      id,
      'modbus-tcp',
      settings,
      { address: tcpAddress(settings), unit, replyMs, framing },
      deps,
    );
  },
};
