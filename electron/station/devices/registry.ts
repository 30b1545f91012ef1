import type { DeviceKind } from '../../../shared/domain/site.ts';
import { berthCamera, berthSensor } from './berth-http/index.ts';
import { cameraBarrier } from './camera-barrier/index.ts';
import type { DriverDefinition } from './device.ts';
import { virtualBarrier } from './virtual/barrier.ts';
import { virtualCamera } from './virtual/camera.ts';
import { virtualDisplay } from './virtual/display.ts';
import { vzenithHttp } from './vzenith-http/index.ts';

/** Every driver there is. A driver's name is unique within its kind of device. */
export const drivers: readonly DriverDefinition[] = [
  vzenithHttp,
  virtualCamera,
  cameraBarrier,
  virtualBarrier,
  virtualDisplay,
  berthSensor,
  berthCamera,
];

export function findDriver(kind: DeviceKind, driver: string): DriverDefinition | undefined {
  return drivers.find((candidate) => candidate.kind === kind && candidate.driver === driver);
}
