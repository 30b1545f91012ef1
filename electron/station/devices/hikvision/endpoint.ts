import type { DeviceEndpoint, DeviceRequest, DeviceResponse, EndpointDeps } from '../device.ts';
import { decodeText } from '../device-text.ts';
import { isJpeg } from '../jpeg-end.ts';
import { readMultipart } from '../multipart.ts';
import { bySerialNo, DoorBook } from '../push-door.ts';
import type { HikvisionCamera } from './camera.ts';
import { plainId } from './identity.ts';
import { type HikEvent, NOT_TAKEN, parseEvent, TAKEN, UNREADABLE } from './messages.ts';
import { plateOf } from './plate-map.ts';

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
  readonly #book: DoorBook;

  /** @throws ConfigError when two cameras have the same identity. */
  constructor(cameras: readonly HikvisionCamera[], deps: EndpointDeps) {
    this.#cameras = [...bySerialNo(cameras, plainId).values()];
    this.#book = new DoorBook(deps);
  }

  /** Taken: 200, also where it can never be stored. Not stored yet: 500, so that the camera tells it again. Never 503. */
  async handle(request: DeviceRequest): Promise<DeviceResponse> {
    const { event, pictures } = readPush(request);
    if (!event) return this.#unreadable(request);
    const camera = this.#cameras.find((each) => each.sent({ ...event, remote: request.remote }));
    if (!camera) return this.#stranger(event, pictures, request);
    return camera.push(event, pictures, request) ? xml(200, TAKEN) : xml(500, NOT_TAKEN);
  }

  #stranger(event: HikEvent, pictures: readonly Uint8Array[], { remote }: DeviceRequest): DeviceResponse {
    const { anpr } = event;
    this.#book.stranger({
      ...{ serialNo: event.mac ?? event.ip ?? remote, address: remote, name: null },
      plate: anpr && plateOf(anpr.licensePlate, anpr.plateColor, anpr.plateType),
      picture: () => pictures[0] ?? null,
    });
    return xml(200, TAKEN);
  }

  #unreadable(request: DeviceRequest): DeviceResponse {
    this.#book.unreadable(request);
    return xml(400, UNREADABLE);
  }
}
