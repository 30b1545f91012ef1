import type { Call, CallOptions, Downlink } from './downlink.ts';
import { textOf } from './json.ts';

const OPEN = 1;
const CLOSE = 2;
const HOLD = 11;
const RELEASE = 12;

export interface Photo {
  readonly call: Call;
  /** Status of the address when a browser opens it; null if there is none. */
  readonly http: number | null;
  readonly isJpeg: boolean;
}

/** The phone of somebody who looks after the lanes from afar. */
export class Guard {
  readonly #downlink: Downlink;

  constructor(downlink: Downlink) {
    this.#downlink = downlink;
  }

  open(deviceCode: string, options?: CallOptions): Promise<Call> {
    return this.#gate(deviceCode, OPEN, options);
  }

  close(deviceCode: string, options?: CallOptions): Promise<Call> {
    return this.#gate(deviceCode, CLOSE, options);
  }

  /** 常抬. */
  hold(deviceCode: string, options?: CallOptions): Promise<Call> {
    return this.#gate(deviceCode, HOLD, options);
  }

  /** 常抬恢复. */
  release(deviceCode: string, options?: CallOptions): Promise<Call> {
    return this.#gate(deviceCode, RELEASE, options);
  }

  show(deviceCode: string, segments: readonly string[], options?: CallOptions): Promise<Call> {
    return this.#downlink.call('ShowLedMsg', { deviceCode, deviceType: 0, showInfo: segments.join('|') }, options);
  }

  /** Takes a picture and opens its address as a browser would. */
  async photo(deviceCode: string, options?: CallOptions): Promise<Photo> {
    const call = await this.#downlink.call('GetPhoto', { deviceCode, deviceType: 0 }, options);
    const url = textOf(call.row ?? {}, 'imageUrl');
    if (!URL.canParse(url)) return { call, http: null, isJpeg: false };
    const { status, bytes } = await this.#downlink.fetch(new URL(url));
    return { call, http: status, isJpeg: bytes.length > 4 && bytes.readUInt16BE(0) === 0xffd8 };
  }

  /** Without an area it is the first one. */
  freeSpaces(freeSpaceNum: number, areaCode?: number, options?: CallOptions): Promise<Call> {
    return this.#downlink.call('ModifyFreeSpace', { areaCode, freeSpaceNum }, options);
  }

  #gate(deviceCode: string, controlType: number, options?: CallOptions): Promise<Call> {
    return this.#downlink.call('GateControl', { deviceCode, deviceType: 0, controlType }, options);
  }
}
