import type { Clock, Entropy, Ids, Log } from '../../runtime/ports.ts';
import type { DeviceLinks } from '../links.ts';
import { httpCaller } from './http-caller.ts';
import { LinePool } from './line-pool.ts';
import { MqttPool } from './mqtt-pool.ts';

/** The real ways to the devices. */
export function openLinks(deps: {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly ids: Ids;
  readonly log: Log;
}): DeviceLinks {
  const lines = new LinePool(deps);
  const brokers = new MqttPool(deps);
  return {
    line: (address, listener) => lines.open(address, listener),
    http: httpCaller(deps.clock),
    mqtt: (address, listener) => brokers.open(address, listener),
  };
}
