import { ConfigError } from '../../runtime/errors.ts';
import type { DeviceEndpoint, DeviceResponse, EndpointDeps } from '../device.ts';
import { LogGate } from '../log-gate.ts';
import type { QianyiCamera } from './camera.ts';

/**
 * Where all cameras of this driver are known: tells of those that register at their brokers and stand in nobody's configuration. They
 * have no business over HTTP, and are told so.
 */
export class QianyiEndpoint implements DeviceEndpoint {
  /** @throws ConfigError when two cameras have the same serial number. */
  constructor(cameras: readonly QianyiCamera[], { clock, log, found }: EndpointDeps) {
    const bySerial = new Map<string, QianyiCamera>();
    const brokers = new Set<string>();
    const strangers = new LogGate(clock, Number.POSITIVE_INFINITY);
    for (const camera of cameras) {
      const other = bySerial.get(camera.serialNo);
      if (other) throw new ConfigError([`devices: ${other.id} and ${camera.id} have the same serialNo`]);
      bySerial.set(camera.serialNo, camera);
      // All that share a broker hear the same; one of them passes it on.
      if (brokers.has(camera.broker)) continue;
      brokers.add(camera.broker);
      camera.onOther = (serialNo) => {
        if (bySerial.has(serialNo)) return;
        if (strangers.opens(serialNo))
          log.warn('a camera that is not configured was ignored', { serialNo, remote: camera.broker });
        found({ serialNo, address: camera.broker, name: null, plate: null, picture: () => null });
      };
    }
  }

  async handle(): Promise<DeviceResponse> {
    return {
      status: 404,
      contentType: 'application/json; charset=utf-8',
      body: JSON.stringify({ error: 'cameras of this driver speak MQTT' }),
    };
  }
}
