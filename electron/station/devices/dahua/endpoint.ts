import type { DeviceEndpoint, DeviceRequest, DeviceResponse, EndpointDeps } from '../device.ts';
import { decodeText } from '../device-text.ts';
import { bySerialNo, DoorBook, endsAsJson } from '../push-door.ts';
import { rawText } from '../wire-mask.ts';
import type { DahuaCamera } from './camera.ts';
import { type DahuaPush, readPush } from './messages.ts';
import { plateOf } from './plate-map.ts';

const answer = (status: number, taken: boolean): DeviceResponse => ({
  ...{ status, contentType: 'application/json; charset=utf-8', body: JSON.stringify({ result: String(taken) }) },
});

/** The one door for all cameras of this driver that push (ITSAPI): any path will do, the body says what it is and whose. */
export class DahuaEndpoint implements DeviceEndpoint {
  readonly #cameras: ReadonlyMap<string, DahuaCamera>;
  readonly #book: DoorBook;

  /** @throws ConfigError when two cameras have the same number. */
  constructor(cameras: readonly DahuaCamera[], deps: EndpointDeps) {
    this.#cameras = bySerialNo(cameras);
    this.#book = new DoorBook(deps);
  }

  /** `"result":"true"` once it is stored, or can never be; else the camera sends it again. */
  async handle(request: DeviceRequest): Promise<DeviceResponse> {
    const text = decodeText(request.body);
    const push = readPush(text);
    if (!push) return this.#unreadable(request, endsAsJson(text));
    const camera = this.#cameras.get(push.deviceId);
    if (!camera) return this.#stranger(push, request);
    const isTaken = camera.push(push, request);
    return answer(isTaken ? 200 : 500, isTaken);
  }

  #stranger({ deviceId, name, event, pictures }: DahuaPush, { remote }: DeviceRequest): DeviceResponse {
    this.#book.stranger({
      ...{ serialNo: deviceId, address: remote, name, plate: event && plateOf(event.plate, event.color) },
      picture: () => (pictures[0] === undefined ? null : new Uint8Array(Buffer.from(pictures[0], 'base64'))),
    });
    return answer(200, true);
  }

  #unreadable(request: DeviceRequest, isWhole: boolean): DeviceResponse {
    this.#book.unreadable(request, undefined, rawText(request.body));
    // What came whole can never be read: it would come for ever, and nothing of what is behind it.
    return isWhole ? answer(200, true) : answer(400, false);
  }
}
