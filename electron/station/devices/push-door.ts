import { ConfigError } from '../runtime/errors.ts';
import type { Log } from '../runtime/ports.ts';
import type { Device, DeviceRequest, EndpointDeps, Stranger } from './device.ts';
import { LogGate } from './log-gate.ts';

const REPEAT_LOG_AFTER_MS = 60_000;
/** Longer than any number of a device; such a one could not be configured either. */
const LONGEST_NUMBER = 60;

/**
 * The cameras of a driver by the number that they send.
 *
 * @throws ConfigError when two of them have the same one
 */
export function bySerialNo<C extends Device & { readonly serialNo: string }>(
  cameras: readonly C[],
  keyOf: (serialNo: string) => string = (serialNo) => serialNo,
): ReadonlyMap<string, C> {
  const found = new Map<string, C>();
  for (const camera of cameras) {
    const key = keyOf(camera.serialNo);
    const other = found.get(key);
    if (other) throw new ConfigError([`devices: ${other.id} and ${camera.id} have the same serialNo`]);
    found.set(key, camera);
  }
  return found;
}

/** Whether JSON that cannot be read came whole, as far as its end tells. */
export const endsAsJson = (text: string): boolean => /[}\]]\s{0,20}$/.test(text.slice(-30));

/** What a door for cameras that push tells of those that it lets nothing move: each is logged once, however often it calls. */
export class DoorBook {
  readonly #log: Log;
  readonly #found: EndpointDeps['found'];
  readonly #strangers: LogGate;
  readonly #broken: LogGate;

  constructor({ clock, log, found }: EndpointDeps) {
    this.#log = log;
    this.#found = found;
    this.#strangers = new LogGate(clock, Number.POSITIVE_INFINITY);
    this.#broken = new LogGate(clock, REPEAT_LOG_AFTER_MS);
  }

  /** Somebody who is not configured. */
  stranger(stranger: Stranger): void {
    const shown = stranger.serialNo.slice(0, LONGEST_NUMBER);
    if (this.#strangers.opens(shown || '(none)'))
      this.#log.warn('a camera that is not configured was ignored', {
        ...{ serialNo: shown || '(none)', remote: stranger.address },
      });
    if (shown !== '' && stranger.serialNo === shown) this.#found(stranger);
  }

  /** What is none of the driver's messages. @param raw the beginning of it, without secrets and pictures */
  unreadable({ remote, body, contentType }: DeviceRequest, what?: string, raw?: string): void {
    this.#broken.sweep();
    if (this.#broken.opens(remote))
      this.#log.warn('a camera request could not be read', {
        ...{ remote, bytes: body.byteLength, contentType: contentType.slice(0, 100) },
        ...(what === undefined ? {} : { what }),
        ...(raw === undefined ? {} : { raw }),
      });
  }
}
