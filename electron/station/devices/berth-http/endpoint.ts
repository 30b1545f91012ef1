import { ConfigError } from '../../runtime/errors.ts';
import type { Log } from '../../runtime/ports.ts';
import type { DeviceEndpoint, DeviceRequest, DeviceResponse, EndpointDeps } from '../device.ts';
import { LogGate } from '../log-gate.ts';
import type { BerthDevice } from './device.ts';
import { type BerthPush, parsePush } from './messages.ts';
import { answer } from './reply.ts';

const REPEAT_LOG_AFTER_MS = 60_000;
/** A picture of some 3 MB in base64, and what stands around it. Whose it is stands within, so that it is read before anybody is known. */
const MOST_BYTES = 4_500_000;

/** The one door for all devices of this driver, whatever their kind: the body says whose it is. */
export class BerthEndpoint implements DeviceEndpoint {
  readonly #devices: ReadonlyMap<string, BerthDevice>;
  readonly #log: Log;
  readonly #found: EndpointDeps['found'];
  readonly #strangers: LogGate;
  readonly #refused: LogGate;

  /** @throws ConfigError when two devices have the same serial number. */
  constructor(devices: readonly BerthDevice[], deps: EndpointDeps) {
    const bySerial = new Map<string, BerthDevice>();
    for (const device of devices) {
      const other = bySerial.get(device.serialNo);
      if (other) throw new ConfigError([`devices: ${other.id} and ${device.id} have the same serialNo`]);
      bySerial.set(device.serialNo, device);
    }
    this.#devices = bySerial;
    this.#log = deps.log;
    this.#found = deps.found;
    this.#strangers = new LogGate(deps.clock, Number.POSITIVE_INFINITY);
    this.#refused = new LogGate(deps.clock, REPEAT_LOG_AFTER_MS);
  }

  async handle(request: DeviceRequest): Promise<DeviceResponse> {
    if (request.body.byteLength > MOST_BYTES) return this.#refuse(413, 'too large', request);
    const text = new TextDecoder().decode(request.body);
    const push = parsePush(text);
    if (typeof push === 'string') return this.#refuse(400, push, request);
    const device = this.#devices.get(push.serialNo);
    if (!device) return this.#stranger(push, request);
    if (!device.knows(push.key ?? '')) return this.#refuse(403, 'wrong key', request, device.id);
    return device.push(push, text, request);
  }

  #stranger({ serialNo }: BerthPush, { remote }: DeviceRequest): DeviceResponse {
    if (this.#strangers.opens(serialNo))
      this.#log.warn('a berth device that is not configured was ignored', { serialNo, remote });
    this.#found({ serialNo, address: remote, name: null, plate: null, picture: () => null });
    return answer(200, 404, 'unknown device');
  }

  #refuse(status: number, msg: string, { remote, body }: DeviceRequest, device?: string): DeviceResponse {
    this.#refused.sweep();
    if (this.#refused.opens(`${remote} ${status}`))
      this.#log.warn('a push of berths was refused', {
        msg,
        remote,
        bytes: body.byteLength,
        ...(device && { device }),
      });
    return answer(status, status, msg);
  }
}
