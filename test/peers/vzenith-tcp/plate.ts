/** What a test may say of one read. */
export interface TcpRead {
  /** `_无_` when none was read. */
  readonly license: string;
  readonly colorType?: number;
  readonly type?: number;
  readonly confidence?: number;
  readonly direction?: number;
  readonly triggerType?: number;
  readonly isOffline?: 0 | 1;
  /** By the camera's clock, epoch ms. */
  readonly capturedAt?: number;
  readonly full?: Buffer;
  readonly clip?: Buffer;
}

export interface TcpEvent extends TcpRead {
  readonly plateId: number;
  readonly capturedAt: number;
}

/** Beijing time, `2015-01-02 03:04:05`. */
const clockFace = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

/** The JSON of an `ivs_result`; sizes are those of the pictures that follow. */
export function ivsResult(event: TcpEvent, sizes: { readonly full: number; readonly clip: number }): object {
  const { capturedAt } = event;
  return {
    cmd: 'ivs_result',
    id: event.plateId,
    imageformat: 'jpg',
    timeString: clockFace(capturedAt),
    clipImgSize: sizes.clip,
    fullImgSize: sizes.full,
    active_id: 0,
    PlateResult: {
      license: event.license,
      type: event.type ?? 1,
      colorType: event.colorType ?? 1,
      colorValue: 0,
      confidence: event.confidence ?? 97,
      direction: event.direction ?? 4,
      triggerType: event.triggerType ?? 1,
      plateid: event.plateId,
      isoffline: event.isOffline ?? 0,
      timeStamp: { Timeval: { sec: Math.floor(capturedAt / 1000), usec: (capturedAt % 1000) * 1000 } },
      location: { RECT: { left: 378, top: 77, right: 428, bottom: 97 } },
    },
  };
}
