import { ConfigError } from '../../runtime/errors.ts';
import type { Log } from '../../runtime/ports.ts';
import type { DeviceEndpoint, DeviceRequest, DeviceResponse, EndpointDeps } from '../device.ts';
import { decodeText } from '../device-text.ts';
import { isJpeg } from '../jpeg-end.ts';
import { LogGate } from '../log-gate.ts';
import { readMultipart } from '../multipart.ts';
import type { HikvisionCamera } from './camera.ts';
import { plainId } from './identity.ts';
import { type HikEvent, parseEvent, TAKEN } from './messages.ts';
import { plateOf } from './plate-map.ts';

const REPEAT_LOG_AFTER_MS = 60_000;

const xml = (status: number, body: string): DeviceResponse => ({
  ...{ status, body, contentType: 'application/xml; charset="UTF-8"' },
});

/** A push: its event, and its pictures. Names of parts differ between models, so that a part is what its bytes are. */
export function readPush(request: Pick<DeviceRequest, 'body' | 'contentType'>): {
  readonly event: HikEvent | null;
  readonly pictures: readonly Uint8Array[];
} {
  const isForm = /^\s*multipart\//i.test(request.contentType) || /^\s*--/.test(latin(request.body.subarray(0, 20)));
  const bodies = isForm ? readMultipart(request.body).map(({ body }) => body) : [request.body];
  const pictures = bodies.filter(isJpeg);
  for (const body of bodies) {
    if (isJpeg(body) || !latin(body.subarray(0, 200)).includes('<')) continue;
    const event = parseEvent(decodeText(body));
    if (event) return { event, pictures };
  }
  return { event: null, pictures };
}

const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** The one door for all cameras of this driver: any path will do, the event says whose it is. */
export class HikvisionEndpoint implements DeviceEndpoint {
  readonly #cameras: readonly HikvisionCamera[];
  readonly #log: Log;
  readonly #found: EndpointDeps['found'];
  readonly #strangers: LogGate;
  readonly #broken: LogGate;

  /** @throws ConfigError when two cameras have the same identity. */
  constructor(cameras: readonly HikvisionCamera[], deps: EndpointDeps) {
    const byId = new Map<string, HikvisionCamera>();
    for (const camera of cameras) {
      const other = byId.get(plainId(camera.serialNo));
      if (other) throw new ConfigError([`devices: ${other.id} and ${camera.id} have the same serialNo`]);
      byId.set(plainId(camera.serialNo), camera);
    }
    this.#cameras = cameras;
    this.#log = deps.log;
    this.#found = deps.found;
    this.#strangers = new LogGate(deps.clock, Number.POSITIVE_INFINITY);
    this.#broken = new LogGate(deps.clock, REPEAT_LOG_AFTER_MS);
  }

  /** Taken and stored: 200. Not stored: 500, so that the camera tells it again. Never 503. */
  async handle(request: DeviceRequest): Promise<DeviceResponse> {
    const { event, pictures } = readPush(request);
    if (!event) return this.#unreadable(request);
    const camera = this.#cameras.find((each) => each.sent({ ...event, remote: request.remote }));
    if (!camera) return this.#stranger(event, pictures, request);
    return camera.push(event, pictures, request) ? xml(200, TAKEN) : xml(500, '');
  }

  #stranger(event: HikEvent, pictures: readonly Uint8Array[], { remote }: DeviceRequest): DeviceResponse {
    const { anpr } = event;
    const serialNo = (event.mac ?? event.ip ?? remote).slice(0, 60);
    if (this.#strangers.opens(serialNo))
      this.#log.warn('a camera that is not configured was ignored', { serialNo, remote });
    this.#found({
      ...{ serialNo, address: remote, name: null },
      plate: anpr && plateOf(anpr.licensePlate, anpr.plateColor, anpr.plateType),
      picture: () => pictures[0] ?? null,
    });
    return xml(200, TAKEN);
  }

  #unreadable({ remote, body, contentType }: DeviceRequest): DeviceResponse {
    this.#broken.sweep();
    if (this.#broken.opens(remote))
      this.#log.warn('a push of a camera could not be read', { remote, bytes: body.byteLength, contentType });
    return xml(400, '');
  }
}
