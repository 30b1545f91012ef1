import type { DeviceEndpoint, DeviceRequest, DeviceResponse, EndpointDeps } from '../device.ts';
import { bySerialNo, DoorBook } from '../push-door.ts';
import { failed, type HuaxiaCamera, taken } from './camera.ts';
import { type HuaxiaMessage, parseMessage } from './messages.ts';
import { parseForm } from './parser.ts';

const keyOf = (camId: string): string => camId.toLowerCase();

/** The one door for all cameras of this driver: a form in the body, or in the address; `cam_id` says whose it is. */
export class HuaxiaEndpoint implements DeviceEndpoint {
  readonly #cameras: ReadonlyMap<string, HuaxiaCamera>;
  readonly #book: DoorBook;

  /** @throws ConfigError when two cameras have the same id. */
  constructor(cameras: readonly HuaxiaCamera[], deps: EndpointDeps) {
    this.#cameras = bySerialNo(cameras, keyOf);
    this.#book = new DoorBook(deps);
  }

  async handle(request: DeviceRequest): Promise<DeviceResponse> {
    const form = request.body.byteLength > 0 ? request.body : Buffer.from(request.query, 'utf8');
    const message = parseMessage(parseForm(form));
    if (!message) return this.#unreadable(request);
    const camera = this.#cameras.get(keyOf(message.camId));
    return camera ? camera.message(message, form, request) : this.#stranger(message, request.remote);
  }

  #stranger({ camId, address, car }: HuaxiaMessage, remote: string): DeviceResponse {
    this.#book.stranger({
      ...{ serialNo: camId, address: address ?? remote, name: null, plate: car?.plate ?? null },
      picture: () => car?.photo() ?? null,
    });
    return taken();
  }

  #unreadable(request: DeviceRequest): DeviceResponse {
    this.#book.unreadable(request);
    return failed(400, 'no cam_id');
  }
}
