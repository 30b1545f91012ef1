import { pause } from '../timers.ts';
import type { DahuaEvent } from './event.ts';

export interface PusherOptions {
  /** Where the paths begin, e.g. `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly deviceId: string;
  readonly timeoutMs?: number;
  /** Between an event that was not taken and its repetition. */
  readonly resendPauseMs?: number;
  /** After so many in vain it gives up. */
  readonly resends?: number;
}

/** One POST. */
export interface DahuaPush {
  readonly path: string;
  readonly status: number | null;
  readonly body: string;
}

/** `2026-11-22 09:30:00`, on Beijing time. */
const accurate = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 23).replace('T', ' ');

/** The camera as the client of ITSAPI: an event is told again until somebody says that it was taken. */
export class ItsApiPusher {
  readonly pushes: DahuaPush[] = [];
  readonly #options: PusherOptions;
  readonly #stop: AbortSignal;

  constructor(options: PusherOptions, stop: AbortSignal) {
    this.#options = options;
    this.#stop = stop;
  }

  /** @returns whether it was taken in the end */
  async tollgate(event: DahuaEvent): Promise<boolean> {
    const { resends = 3, resendPauseMs = 10 } = this.#options;
    for (let turn = 0; turn <= resends && !this.#stop.aborted; turn += 1) {
      if (turn > 0) await pause(resendPauseMs);
      if (await this.#post('TollgateInfo', this.#picture(event))) return true;
    }
    return false;
  }

  keepAlive(): Promise<boolean> {
    return this.#post('KeepAlive', { Active: 'keepAlive', DeviceID: this.#options.deviceId });
  }

  deviceInfo(): Promise<boolean> {
    const { deviceId } = this.#options;
    return this.#post('DeviceInfo', {
      DeviceName: 'ITC',
      DeviceID: deviceId,
      DeviceModel: 'ITC215',
      Manufacturer: 'DH',
    });
  }

  #picture(event: DahuaEvent): object {
    const { pictures = [] } = event;
    const [scene, cutout] = [...pictures].sort((a, b) => b.length - a.length);
    const content = (picture: Buffer | undefined, name: string): object | undefined =>
      picture && { PicName: `${name}_${event.eventId}.jpg`, Content: picture.toString('base64') };
    return {
      Picture: {
        Plate: { IsExist: event.plate !== '', PlateNumber: event.plate, PlateColor: event.plateColor ?? 'Blue' },
        Vehicle: { VehicleColor: event.vehicleColor ?? 'White' },
        SnapInfo: {
          DeviceID: this.#options.deviceId,
          AccurateTime: accurate(event.capturedAt),
          Direction: 'Obverse',
          OpenStrobe: event.openStrobeState === 'Auto',
          LanNo: event.lane ?? 1,
        },
        NormalPic: content(scene, 'normal'),
        CutoutPic: content(cutout, 'cutout'),
      },
    };
  }

  async #post(name: string, body: object): Promise<boolean> {
    const path = `/NotificationInfo/${name}`;
    const signal = AbortSignal.any([this.#stop, AbortSignal.timeout(this.#options.timeoutMs ?? 5_000)]);
    try {
      const headers = { 'content-type': 'application/json;charset=UTF-8' };
      const sent = { method: 'POST', headers, body: JSON.stringify(body), signal };
      const answer = await fetch(`${this.#options.url}${path}`, sent);
      const text = await answer.text();
      this.pushes.push({ path, status: answer.status, body: text });
      return answer.status === 200 && /"result"\s*:\s*"true"/i.test(text);
    } catch {
      this.pushes.push({ path, status: null, body: '' });
      return false;
    }
  }
}
