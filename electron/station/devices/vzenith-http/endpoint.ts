import type { DeviceEndpoint, DeviceRequest, DeviceResponse, EndpointDeps, Stranger } from '../device.ts';
import { bySerialNo, DoorBook, endsAsJson } from '../push-door.ts';
import { plateOf } from '../vzenith-plates.ts';
import { decodeJpeg } from '../vzenith-results.ts';
import { rawText } from '../wire-mask.ts';
import { jsonResponse, type VzenithCamera } from './camera.ts';
import { type CameraMessage, glimpseSerialNos, isOfPlate, parseMessage } from './messages.ts';
import { decodeText, parseForm, withoutTrailingZeros } from './parser.ts';
import { NOTHING_REPLY } from './reply.ts';

/** Any of these makes a form without a serial number a heartbeat. */
const HEARTBEAT_FIELDS: readonly string[] = ['device_name', 'ipaddr', 'channel_num'];

/** Of a longer push of a camera that is not configured only the serial number is looked at: nobody reads megabytes for a stranger. */
const MOST_OF_STRANGERS = 2_000_000;

/** The one door for all cameras of this driver: any path will do, the body says what it is and whose. */
export class VzenithEndpoint implements DeviceEndpoint {
  readonly #cameras: ReadonlyMap<string, VzenithCamera>;
  readonly #book: DoorBook;

  /** @throws ConfigError when two cameras have the same serial number. */
  constructor(cameras: readonly VzenithCamera[], deps: EndpointDeps) {
    this.#cameras = bySerialNo(cameras);
    this.#book = new DoorBook(deps);
  }

  async handle(request: DeviceRequest): Promise<DeviceResponse> {
    const body = withoutTrailingZeros(request.body);
    const text = decodeText(body);
    // The content type says little: some cameras send one and the same with everything.
    if (/^\s*[[{]/.test(text)) return this.#json(text, request);
    const isEmpty = text.trim() === '';
    const form = isEmpty
      ? parseForm('', new TextEncoder().encode(request.query.replace(/^\?/, '')))
      : parseForm(request.contentType, body);
    const ipaddr = form.get('ipaddr') ?? null;
    const serialNo = form.get('serialno') ?? form.get('seriaino');
    if (serialNo !== undefined) {
      const camera = this.#cameras.get(serialNo);
      if (camera) return camera.heartbeat(request, ipaddr);
      return this.#stranger({
        serialNo,
        address: request.remote,
        name: form.get('device_name') ?? null,
        plate: null,
        picture: () => null,
      });
    }
    const looksLikeOne = isEmpty || HEARTBEAT_FIELDS.some((name) => form.has(name));
    const camera = looksLikeOne ? this.#onlyCameraAt(ipaddr, request.remote) : undefined;
    return camera ? camera.heartbeat(request, ipaddr) : this.#unreadable('neither JSON nor a heartbeat', request);
  }

  async #json(text: string, request: DeviceRequest): Promise<DeviceResponse> {
    const told = text.length > MOST_OF_STRANGERS ? glimpseSerialNos(text) : [];
    if (told[0] !== undefined && !told.some((serialNo) => this.#cameras.has(serialNo)))
      return this.#stranger({
        ...{ serialNo: told[0], address: request.remote, name: null, plate: null },
        picture: () => null,
      });
    let message: CameraMessage | undefined;
    try {
      message = parseMessage(text);
    } catch {
      return this.#unreadableJson('broken JSON', text, request);
    }
    if (!message) return this.#unreadableJson('JSON of no known kind', text, request);
    const camera = this.#cameraOf(message, request);
    return camera ? camera.message(message, request) : this.#stranger(strangerOf(message, request.remote));
  }

  #cameraOf(message: CameraMessage, request: DeviceRequest): VzenithCamera | undefined {
    if (message.serialNo !== null) return this.#cameras.get(message.serialNo);
    // Pictures that were asked for may carry only the camera's address.
    return this.#onlyCameraAt(message.ipaddr, request.remote);
  }

  /** The camera that has called from there before, when it is the only one. */
  #onlyCameraAt(ipaddr: string | null, remote: string): VzenithCamera | undefined {
    const candidates = [...this.#cameras.values()].filter((camera) => camera.isAt(ipaddr, remote));
    return candidates.length === 1 ? candidates[0] : undefined;
  }

  #stranger(stranger: Stranger): DeviceResponse {
    this.#book.stranger(stranger);
    return jsonResponse(200, NOTHING_REPLY);
  }

  /**
   * What came whole and cannot be read can never be: it counts as taken, or a camera that kept it would send it for ever, and nothing of
   * what is behind it.
   */
  async #unreadableJson(what: string, text: string, request: DeviceRequest): Promise<DeviceResponse> {
    const named = glimpseSerialNos(text).flatMap((serialNo) => this.#cameras.get(serialNo) ?? []);
    const camera = named[0] ?? this.#onlyCameraAt(null, request.remote);
    // A plate is told of by its camera.
    if (!camera || !isOfPlate(text)) this.#book.unreadable(request, what, rawText(request.body));
    const isWhole = endsAsJson(text);
    if (camera) return camera.unread(what, text, isWhole, request);
    return jsonResponse(isWhole ? 200 : 400, NOTHING_REPLY);
  }

  #unreadable(what: string, request: DeviceRequest): DeviceResponse {
    this.#book.unreadable(request, what);
    return jsonResponse(400, NOTHING_REPLY);
  }
}

function strangerOf(message: CameraMessage, address: string): Stranger {
  const plate = message.kind === 'plate' ? message.result : null;
  const image = message.kind === 'snapshot' ? message.imageFile : (plate?.imagefile ?? '');
  return {
    serialNo: message.serialNo ?? '',
    address,
    name: null,
    plate: plate && plateOf(plate.license, plate.colortype, plate.type),
    picture: () => decodeJpeg(image) ?? null,
  };
}
