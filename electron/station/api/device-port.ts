import type { DeviceState, Exchange, FoundDevice, SerialPortView } from '../../../shared/contract/devices.ts';
import type { SelfTestStep } from '../../../shared/domain/device-test.ts';
import type { DisplayColor } from '../../../shared/domain/display.ts';
import type { Actor } from '../../../shared/domain/events.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';

export interface TakenPicture {
  readonly takenAt: EpochMs;
  readonly jpeg: Uint8Array;
}

/** A text to be looked at and listened to. Empty speech: none. */
export interface DisplayTry {
  readonly lines: readonly { readonly text: string; readonly color?: DisplayColor | undefined }[];
  readonly speech: string;
  readonly volume?: number | undefined;
}

type Ended = { outcome: 'done' | 'refused' | 'unknown'; detail: string };

/** What the API asks of the devices. All methods throw `NotFoundError` for a device that is not there. */
export interface DeviceDeskPort {
  onChanged(listener: () => void): () => void;
  list(): DeviceState[];
  get(id: string): DeviceState;
  picture(id: string): TakenPicture;
  trace(id: string, afterSeq: number): { exchanges: Exchange[]; kept: number };
  selfTest(id: string): Promise<SelfTestStep[]>;
  /** @throws ConflictError when no picture came. */
  snapshot(id: string): Promise<TakenPicture>;
  show(id: string, what: DisplayTry, actor: Actor): Promise<Ended>;
  sign(id: string, free: number, color: DisplayColor, actor: Actor): Promise<Ended>;
  /** `hex`: two digits a byte. @throws ConflictError where that is not offered. */
  sendRaw(id: string, hex: string, reason: string, actor: Actor): Promise<Ended>;
  ports(): Promise<SerialPortView[]>;
  /** Raises the arm once. @throws ConflictError where the device moves no arm of a lane. */
  pulse(id: string, reason: string, actor: Actor): DeviceState;
  found(): FoundDevice[];
  foundPicture(driver: string, serialNo: string): TakenPicture;
}
