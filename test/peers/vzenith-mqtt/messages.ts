/** What a test may say of one read. */
export interface MqttRead {
  /** `_无_` when none was read. */
  readonly license: string;
  readonly colorType?: number;
  readonly type?: number;
  readonly confidence?: number;
  readonly direction?: number;
  readonly triggerType?: number;
  /** By the camera's clock, epoch ms. */
  readonly capturedAt?: number;
  readonly full?: Buffer;
  readonly small?: Buffer;
  /** Where the picture lies on the camera. */
  readonly imagePath?: string;
}

/** A read that is complete: it may be told any number of times and stays the same. */
export interface MqttEvent extends MqttRead {
  readonly plateId: number;
  readonly capturedAt: number;
}

export interface MqttFace {
  readonly sn: string;
  readonly deviceName: string;
  readonly ip: string;
}

const text64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/** `AlarmInfoPlate`, its texts in base64. A preview has no pictures. */
export function alarmInfoPlate(face: MqttFace, event: MqttEvent, offline: 0 | 1, preview = false): object {
  const { capturedAt, plateId } = event;
  return {
    AlarmInfoPlate: {
      ...{ channel: 0, deviceName: text64(face.deviceName), ipaddr: face.ip, serialno: face.sn, user_data: '' },
      result: {
        PlateResult: {
          license: text64(event.license),
          type: event.type ?? 1,
          colorType: event.colorType ?? 1,
          confidence: event.confidence ?? 97,
          direction: event.direction ?? 4,
          triggerType: event.triggerType ?? 1,
          plateid: plateId,
          isoffline: offline,
          timeStamp: { Timeval: { sec: Math.floor(capturedAt / 1000), usec: (capturedAt % 1000) * 1000 } },
          imagePath: text64(event.imagePath ?? `/snapshot/lpr/tri_snap_${plateId % 100}.jpg`),
          full_image_content: preview ? '' : (event.full?.toString('base64') ?? ''),
          small_image_content: preview ? '' : (event.small?.toString('base64') ?? ''),
        },
      },
    },
  };
}

export const gpioIn = (face: MqttFace, source: number, on: boolean): object => ({
  AlarmGioIn: {
    ...{ deviceName: text64(face.deviceName), ipaddr: face.ip, serialno: face.sn },
    result: { TriggerResult: { source, value: on ? 1 : 0 } },
  },
});
