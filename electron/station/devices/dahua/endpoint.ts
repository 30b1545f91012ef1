import { ConfigError } from '../../runtime/errors.ts';
import type { Log } from '../../runtime/ports.ts';
import type { DeviceEndpoint, DeviceRequest, DeviceResponse, EndpointDeps } from '../device.ts';
import { decodeText } from '../device-text.ts';
import { LogGate } from '../log-gate.ts';
import type { DahuaCamera } from './camera.ts';
import { type DahuaPush, readPush } from './messages.ts';
import { plateOf } from './plate-map.ts';

const REPEAT_LOG_AFTER_MS = 60_000;

const answer = (status: number, taken: boolean): DeviceResponse => ({
  ...{ status, contentType: 'application/json; charset=utf-8', body: JSON.stringify({ result: String(taken) }) },
});

/** The one door for all cameras of this driver that push (ITSAPI): any path will do, the body says what it is and whose. */
export class DahuaEndpoint implements DeviceEndpoint {
  readonly #cameras: ReadonlyMap<string, DahuaCamera>;
  readonly #log: Log;
  readonly #found: EndpointDeps['found'];
  readonly #strangers: LogGate;
  readonly #broken: LogGate;

  /** @throws ConfigError when two cameras have the same number. */
  constructor(cameras: readonly DahuaCamera[], deps: EndpointDeps) {
    const bySerial = new Map<string, DahuaCamera>();
    for (const camera of cameras) {
      const other = bySerial.get(camera.serialNo);
      if (other) throw new ConfigError([`devices: ${other.id} and ${camera.id} have the same serialNo`]);
      bySerial.set(camera.serialNo, camera);
    }
    this.#cameras = bySerial;
    this.#log = deps.log;
    this.#found = deps.found;
    this.#strangers = new LogGate(deps.clock, Number.POSITIVE_INFINITY);
    this.#broken = new LogGate(deps.clock, REPEAT_LOG_AFTER_MS);
  }

  /** `"result":"true"` once it is stored; else the camera sends it again. */
  async handle(request: DeviceRequest): Promise<DeviceResponse> {
    const push = readPush(decodeText(request.body));
    if (!push) return this.#unreadable(request);
    const camera = this.#cameras.get(push.deviceId);
    if (!camera) return this.#stranger(push, request);
    const isTaken = camera.push(push, request);
    return answer(isTaken ? 200 : 500, isTaken);
  }

  #stranger({ deviceId, name, event, pictures }: DahuaPush, { remote }: DeviceRequest): DeviceResponse {
    const serialNo = deviceId.slice(0, 60);
    if (this.#strangers.opens(serialNo || '(none)'))
      this.#log.warn('a camera that is not configured was ignored', { serialNo: serialNo || '(none)', remote });
    if (serialNo !== '')
      this.#found({
        ...{ serialNo, address: remote, name, plate: event && plateOf(event.plate, event.color) },
        picture: () => (pictures[0] === undefined ? null : new Uint8Array(Buffer.from(pictures[0], 'base64'))),
      });
    return answer(200, true);
  }

  #unreadable({ remote, body, contentType }: DeviceRequest): DeviceResponse {
    this.#broken.sweep();
    if (this.#broken.opens(remote))
      this.#log.warn('a push of a camera could not be read', { remote, bytes: body.byteLength, contentType });
    return answer(400, false);
  }
}
