/** What a test may say about one read of a plate. */
export interface PlateOptions {
  /** 0 unknown, 1 blue, 2 yellow, 3 white, 4 black, 5 green, 6 yellow-green. */
  readonly colorType?: number;
  /** Plate class of the camera, 1 blue … 31 none. */
  readonly type?: number;
  readonly confidence?: number;
  /** 0 unknown, 1 left, 2 right, 3 up, 4 down. */
  readonly direction?: number;
  /** 1 automatic, 2 IO input, 4 software, 8 virtual loop, 64 stays, 65 stay ended, 66 turned back. */
  readonly triggerType?: number;
  /** The whole picture, sent as base64. */
  readonly image?: Buffer;
  /** The crop of the plate, sent as base64. */
  readonly fragment?: Buffer;
  /** By the camera's clock, epoch ms; the clock may be wrong. */
  readonly capturedAt?: number;
  /** What the camera did by itself: 0 nothing, 1 server opened, 2 its own list opened. */
  readonly ctrltype?: number;
}

export interface CameraIdentity {
  readonly serialno: string;
  readonly deviceName: string;
  readonly ipaddr: string;
}

/** A read that the camera keeps until it has been delivered. */
export interface PlateRecord {
  readonly plateId: number;
  readonly license: string;
  readonly options: PlateOptions;
  readonly capturedAt: number;
}

const RECT = { left: 378, top: 77, right: 428, bottom: 97 };

/** The camera's clock face: UTC+8, whatever the zone of the test's machine. */
function timeval(capturedAt: number): Record<string, number> {
  const local = new Date(capturedAt + 8 * 3_600_000);
  return {
    decyear: local.getUTCFullYear(),
    decmon: local.getUTCMonth() + 1,
    decday: local.getUTCDate(),
    dechour: local.getUTCHours(),
    decmin: local.getUTCMinutes(),
    decsec: local.getUTCSeconds(),
    sec: Math.floor(capturedAt / 1000),
    usec: (capturedAt % 1000) * 1000,
  };
}

/** The complete body of a plate push. `license` is `_无_` where no plate was read. */
export function alarmInfoPlate(camera: CameraIdentity, record: PlateRecord, offline: boolean): object {
  const { options, license, plateId } = record;
  const colorType = options.colorType ?? 1;
  const type = options.type ?? 1;
  const image = options.image?.toString('base64') ?? '';
  const fragment = options.fragment?.toString('base64') ?? '';
  const PlateResult = {
    license,
    type,
    colorType,
    colorValue: 0,
    confidence: options.confidence ?? 97,
    direction: options.direction ?? 4,
    triggerType: options.triggerType ?? 1,
    plateid: plateId,
    isoffline: offline ? 1 : 0,
    is_fake_plate: 0,
    carColor: 0,
    car_brand: { brand: 0, type: 0, year: 0 },
    bright: 0,
    carBright: 0,
    timeUsed: 80,
    location: { RECT },
    timeStamp: { Timeval: timeval(record.capturedAt) },
    gioouts: [{ ionum: 0, ctrltype: options.ctrltype ?? 0 }],
    plates: [{ license, color: colorType, type, plate_width: 110, pos: RECT }],
    imagePath: `/snapshot/lpr/tri_snap_${plateId % 100}.jpg`,
    imageFile: image,
    imageFileLen: image.length,
    imageFragmentFile: fragment,
    imageFragmentFileLen: fragment.length,
  };
  return { AlarmInfoPlate: { channel: 0, ...camera, user_data: '', result: { PlateResult } } };
}
