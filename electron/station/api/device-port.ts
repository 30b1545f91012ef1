import type { DeviceState, Exchange, FoundDevice } from '../../../shared/contract/devices.ts';
import type { SelfTestStep } from '../../../shared/domain/device-test.ts';
import type { Actor } from '../../../shared/domain/events.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';

export interface TakenPicture {
  readonly takenAt: EpochMs;
  readonly jpeg: Uint8Array;
}

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
  show(
    id: string,
    lines: readonly string[],
    actor: Actor,
  ): Promise<{ outcome: 'done' | 'refused' | 'unknown'; detail: string }>;
  /** Raises the arm once. @throws ConflictError where the device moves no arm of a lane. */
  pulse(id: string, reason: string, actor: Actor): DeviceState;
  found(): FoundDevice[];
  foundPicture(driver: string, serialNo: string): TakenPicture;
}
