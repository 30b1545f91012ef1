import { errorText } from '../runtime/errors.ts';
import type { Cancel, Log } from '../runtime/ports.ts';
import type { CommandOutcome } from './device.ts';

/** More at once is nothing that a display takes. */
const MOST_BYTES = 4_096;
const CHANNELS = 2;

/** Why bytes cannot go to a serial port of the camera; null: they can. */
export function unfitForSerial(channel: number, bytes: Uint8Array): CommandOutcome | null {
  if (!Number.isInteger(channel) || channel < 0 || channel >= CHANNELS)
    return { outcome: 'refused', detail: `相机没有串口 ${channel}` };
  if (bytes.byteLength === 0) return { outcome: 'refused', detail: '没有要发的数据' };
  if (bytes.byteLength > MOST_BYTES) return { outcome: 'refused', detail: `一次最多发 ${MOST_BYTES} 字节` };
  return null;
}

/** An entry of `serialData`: raw bytes for RS-485 1 (channel 0) or 2. */
export const serialEntry = (channel: number, bytes: Uint8Array) => ({
  serialChannel: channel,
  data: Buffer.from(bytes).toString('base64'),
  dataLen: bytes.byteLength,
});

/** Who listens to what comes in on the serial ports of one camera. */
export class SerialEars {
  readonly #log: Log;
  readonly #ears = new Set<{ readonly channel: number; readonly heard: (bytes: Uint8Array) => void }>();

  constructor(log: Log) {
    this.#log = log;
  }

  on(channel: number, heard: (bytes: Uint8Array) => void): Cancel {
    const ear = { channel, heard };
    this.#ears.add(ear);
    return () => void this.#ears.delete(ear);
  }

  /** Somebody listens there. */
  hears(channel: number): boolean {
    return [...this.#ears].some((ear) => ear.channel === channel);
  }

  /** What one of them does wrong is no reason to leave the others without their bytes. */
  tell(channel: number, bytes: Uint8Array): void {
    for (const ear of [...this.#ears])
      try {
        if (ear.channel === channel) ear.heard(bytes);
      } catch (error) {
        this.#log.error('a device behind the camera failed', { error: errorText(error) });
      }
  }
}
