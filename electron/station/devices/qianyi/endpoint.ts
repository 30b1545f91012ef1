import type { DeviceEndpoint, DeviceResponse, EndpointDeps } from '../device.ts';
import { bySerialNo, DoorBook } from '../push-door.ts';
import type { QianyiCamera } from './camera.ts';

/**
 * Where all cameras of this driver are known: tells of those that register at their brokers and stand in nobody's configuration. They
 * have no business over HTTP, and are told so.
 */
export class QianyiEndpoint implements DeviceEndpoint {
  /** @throws ConfigError when two cameras have the same serial number. */
  constructor(cameras: readonly QianyiCamera[], deps: EndpointDeps) {
    const known = bySerialNo(cameras);
    const book = new DoorBook(deps);
    const brokers = new Set<string>();
    for (const camera of cameras) {
      // All that share a broker hear the same; one of them passes it on.
      if (brokers.has(camera.broker)) continue;
      brokers.add(camera.broker);
      const address = camera.broker;
      camera.onOther = (serialNo) => {
        if (!known.has(serialNo)) book.stranger({ serialNo, address, name: null, plate: null, picture: () => null });
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
