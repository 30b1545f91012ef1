import { errorText } from '../../runtime/errors.ts';
import type { Clock, Log } from '../../runtime/ports.ts';
import type { DeviceEvents, PlateRead } from '../device.ts';
import { LogGate } from '../log-gate.ts';
import { largestOf } from '../picture-wait.ts';
import type { UnstoredReads } from '../unstored-reads.ts';
import type { Anpr, HikEvent } from './messages.ts';
import { plateOf } from './plate-map.ts';

export interface ReadsDeps {
  readonly deviceId: string;
  readonly serialNo: string;
  readonly channel: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly events: Pick<DeviceEvents, 'plate'>;
  readonly unstored: UnstoredReads;
  /** The picture at an address that the camera named, or why there is none. Does not reject. */
  readonly fetch: (url: string) => Promise<Uint8Array | string>;
}

/** Events of the camera become reads, whichever way and however often they came; the lane knows those that it has. */
export class Reads {
  readonly #deps: ReadsDeps;
  readonly #foreign: LogGate;

  constructor(deps: ReadsDeps) {
    this.#deps = deps;
    this.#foreign = new LogGate(deps.clock, Number.POSITIVE_INFINITY);
  }

  /** An event of the stream, which tells each but once; its pictures may follow. */
  heard(event: HikEvent, pictures: readonly Uint8Array[]): void {
    const read = this.#readOf(event, pictures);
    if (!read) return;
    this.#deps.unstored.take(read);
    this.#follow(event, read);
  }

  /** An event that was pushed, and is told again until it was taken. @returns false when it could not be stored */
  pushed(event: HikEvent, pictures: readonly Uint8Array[]): boolean {
    const { log, events } = this.#deps;
    const read = this.#readOf(event, pictures);
    if (!read) return true;
    try {
      events.plate(read);
    } catch (error) {
      log.error('a plate could not be recorded', { error: errorText(error) });
      return false;
    }
    this.#follow(event, read);
    return true;
  }

  #readOf(event: HikEvent, pictures: readonly Uint8Array[]): PlateRead | null {
    const { clock, log, deviceId, serialNo } = this.#deps;
    const { anpr, channel } = event;
    if (!anpr) return null;
    if (channel !== null && channel !== this.#deps.channel) {
      if (this.#foreign.opens(String(channel)))
        log.warn('events of another channel of the camera are ignored', { channel });
      return null;
    }
    const plateId = idOf(event, anpr);
    if (anpr.stored && anpr.hadOpened) log.info('the camera had opened by itself for a read of before', { plateId });
    return {
      ...{ deviceId, serialNo, plateId, plate: plateOf(anpr.licensePlate, anpr.plateColor, anpr.plateType) },
      ...{ confidence: anpr.confidence, trigger: 'automatic', capturedAt: event.at, receivedAt: clock.now() },
      ...{ stored: anpr.stored, photo: largestOf(pictures) },
    };
  }

  /** A picture that has to be fetched follows its read. */
  #follow({ anpr }: HikEvent, read: PlateRead): void {
    if (read.photo || !anpr || anpr.urls.length === 0) return;
    void this.#firstOf(anpr.urls).then((photo) => (photo ? this.#deps.unstored.take({ ...read, photo }) : undefined));
  }

  async #firstOf(urls: readonly string[]): Promise<Uint8Array | null> {
    for (const url of urls.slice(0, 3)) {
      const picture = await this.#deps.fetch(url);
      if (typeof picture !== 'string') return picture;
      this.#deps.log.warn('a picture could not be fetched from the camera', { why: picture });
    }
    return null;
  }
}

/** What stays the same when it is told again. */
function idOf({ uuid, mac, dateTime }: HikEvent, { licensePlate }: Anpr): string {
  // Not the UUID alone: where a firmware never changes it, every second car would be lost.
  const told =
    uuid === null ? [mac ?? '', dateTime ?? '', licensePlate] : [uuid.slice(0, 80), dateTime ?? licensePlate];
  return told.join(' ').slice(0, 120);
}
