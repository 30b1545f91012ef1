import type { DeviceKind } from '../../../shared/domain/site.ts';
import { berthCamera, berthSensor } from './berth-http/index.ts';
import { cameraBarrier } from './camera-barrier/index.ts';
import { dahua } from './dahua/index.ts';
import type { DriverDefinition } from './device.ts';
import { escposFile, escposSerial, escposTcp } from './escpos/index.ts';
import { hikvision } from './hikvision/index.ts';
import { huaxia } from './huaxia/index.ts';
import { modbusInputsRtu, modbusInputsTcp, modbusRtu, modbusTcp } from './modbus/index.ts';
import { olmCamera, olmSerial, olmTcp } from './olm/index.ts';
import { qianyi } from './qianyi/index.ts';
import { serialScanner } from './scanner/index.ts';
import { virtualBarrier } from './virtual/barrier.ts';
import { virtualCamera } from './virtual/camera.ts';
import { virtualDisplay } from './virtual/display.ts';
import { virtualPrinter } from './virtual/printer.ts';
import { vzenithHttp } from './vzenith-http/index.ts';
import { vzenithMqtt } from './vzenith-mqtt/index.ts';
import { vzenithTcp } from './vzenith-tcp/index.ts';
import { xunpengSerial, xunpengTcp } from './xunpeng/index.ts';

/** Every driver there is. A driver's name is unique within its kind of device. */
export const drivers: readonly DriverDefinition[] = [
  vzenithHttp,
  vzenithTcp,
  vzenithMqtt,
  hikvision,
  dahua,
  huaxia,
  qianyi,
  virtualCamera,
  cameraBarrier,
  modbusRtu,
  modbusTcp,
  modbusInputsRtu,
  modbusInputsTcp,
  virtualBarrier,
  virtualDisplay,
  escposSerial,
  escposTcp,
  escposFile,
  virtualPrinter,
  serialScanner,
  olmSerial,
  olmTcp,
  olmCamera,
  xunpengSerial,
  xunpengTcp,
  berthSensor,
  berthCamera,
];

export function findDriver(kind: DeviceKind, driver: string): DriverDefinition | undefined {
  return drivers.find((candidate) => candidate.kind === kind && candidate.driver === driver);
}
