import { errorText, UnfitError } from '../runtime/errors.ts';
import type { Clock, Log } from '../runtime/ports.ts';
import type { DeviceEvents, PlateRead } from './device.ts';
import type { FaultReasons } from './fault-reasons.ts';
import { LogGate } from './log-gate.ts';
import { rawText } from './wire-mask.ts';

const RAW_EVERY_MS = 60_000;
const UNREAD = '相机上报的车牌消息读不懂，这次识别没有记录，原文见该设备的报文';
const UNFIT = '有一次识别的内容无法保存，已经跳过，原文见日志';

interface PlateDoorDeps {
  readonly deviceId: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly events: Pick<DeviceEvents, 'plate'>;
  /** Those of the fault `firmware`. */
  readonly faults: FaultReasons;
}

/**
 * Where the plates of one camera come in. What nobody can use is told: a plate message that cannot be read, and a read that can never be
 * stored. Both are over with the next plate that is.
 */
export class PlateDoor implements Pick<DeviceEvents, 'plate'> {
  readonly #deps: PlateDoorDeps;
  readonly #unread: LogGate;
  readonly #raws: LogGate;

  constructor(deps: PlateDoorDeps) {
    this.#deps = deps;
    this.#unread = new LogGate(deps.clock, Number.POSITIVE_INFINITY);
    this.#raws = new LogGate(deps.clock, RAW_EVERY_MS);
  }

  /** @throws as the lane does */
  plate(read: PlateRead): void {
    const { events, faults } = this.#deps;
    faults.set('unread', null);
    try {
      events.plate(read);
    } catch (error) {
      if (error instanceof UnfitError) faults.set('unfit', UNFIT);
      throw error;
    }
    faults.set('unfit', null);
  }

  /**
   * A read of a camera that tells it again until it was taken. One that can never be stored counts as taken, or it would stand before all
   * those behind it for ever.
   *
   * @param raw the message, as it came
   * @returns false when it could not be stored by a trouble of ours, which will be over
   */
  take(read: PlateRead, raw: Uint8Array): boolean {
    const { log, deviceId } = this.#deps;
    try {
      this.plate(read);
      return true;
    } catch (error) {
      const isForGood = error instanceof UnfitError;
      const text = isForGood && this.#raws.opens('unfit') ? { raw: rawText(raw) } : {};
      const known = { device: deviceId, plate: read.plate.text, error: errorText(error) };
      log.error('a plate could not be recorded', { ...known, isForGood, ...text });
      return isForGood;
    }
  }

  /** A plate message that cannot be read: its bytes stand in the trace already. */
  unread(what: string): void {
    const { log, deviceId, faults } = this.#deps;
    if (this.#unread.opens('unread')) log.warn('a plate of a camera could not be read', { device: deviceId, what });
    faults.set('unread', UNREAD);
  }
}
