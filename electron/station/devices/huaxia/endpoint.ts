import { ConfigError } from '../../runtime/errors.ts';
import type { DeviceEndpoint, DeviceRequest, DeviceResponse, EndpointDeps } from '../device.ts';
import { LogGate } from '../log-gate.ts';
import { failed, type HuaxiaCamera, taken } from './camera.ts';
import { type HuaxiaMessage, parseMessage } from './messages.ts';
import { parseForm } from './parser.ts';

const REPEAT_LOG_AFTER_MS = 60_000;
const keyOf = (camId: string): string => camId.toLowerCase();

/** The one door for all cameras of this driver: a form in the body, or in the address; `cam_id` says whose it is. */
export class HuaxiaEndpoint implements DeviceEndpoint {
  readonly #cameras: ReadonlyMap<string, HuaxiaCamera>;
  readonly #deps: EndpointDeps;
  readonly #strangers: LogGate;
  readonly #broken: LogGate;

  /** @throws ConfigError when two cameras have the same id. */
  constructor(cameras: readonly HuaxiaCamera[], deps: EndpointDeps) {
    const byId = new Map<string, HuaxiaCamera>();
    for (const camera of cameras) {
      const other = byId.get(keyOf(camera.serialNo));
      if (other) throw new ConfigError([`devices: ${other.id} and ${camera.id} have the same serialNo`]);
      byId.set(keyOf(camera.serialNo), camera);
    }
    this.#cameras = byId;
    this.#deps = deps;
    this.#strangers = new LogGate(deps.clock, Number.POSITIVE_INFINITY);
    this.#broken = new LogGate(deps.clock, REPEAT_LOG_AFTER_MS);
  }

  async handle(request: DeviceRequest): Promise<DeviceResponse> {
    const form = request.body.byteLength > 0 ? request.body : Buffer.from(request.query, 'utf8');
    const message = parseMessage(parseForm(form));
    if (!message) return this.#unreadable(request);
    const camera = this.#cameras.get(keyOf(message.camId));
    return camera ? camera.message(message, form, request) : this.#stranger(message, request.remote);
  }

  #stranger({ camId, address, car }: HuaxiaMessage, remote: string): DeviceResponse {
    const { log, found } = this.#deps;
    if (this.#strangers.opens(camId))
      log.warn('a camera that is not configured was ignored', { serialNo: camId, remote });
    found({
      ...{ serialNo: camId, address: address ?? remote, name: null, plate: car?.plate ?? null },
      picture: () => car?.photo() ?? null,
    });
    return taken();
  }

  #unreadable({ remote, body }: DeviceRequest): DeviceResponse {
    this.#broken.sweep();
    if (this.#broken.opens(remote))
      this.#deps.log.warn('a camera request could not be read', { remote, bytes: body.byteLength });
    return failed(400, 'no cam_id');
  }
}
