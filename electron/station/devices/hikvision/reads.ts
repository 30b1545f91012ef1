import type { Clock, Log } from '../../runtime/ports.ts';
import type { PlateRead } from '../device.ts';
import { LogGate } from '../log-gate.ts';
import { largestOf } from '../picture-wait.ts';
import type { PlateDoor } from '../plate-door.ts';
import type { UnstoredReads } from '../unstored-reads.ts';
import type { Anpr, HikEvent } from './messages.ts';
import { plateOf } from './plate-map.ts';

export interface ReadsDeps {
  readonly deviceId: string;
  readonly serialNo: string;
  readonly channel: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly door: PlateDoor;
  readonly unstored: UnstoredReads;
  /** The picture at an address that the camera named, or why there is none. Does not reject. */
  readonly fetch: (url: string) => Promise<Uint8Array | string>;
}

/** The rest of a read comes within this time. */
const REST_MS = 30_000;
/** Cars whose rest is waited for. */
const MOST_OPEN = 16;

/** A read that was told without its pictures. */
interface Half {
  readonly plateId: string;
  readonly plate: string;
  readonly at: number;
  /** The message that completed it. */
  rest: string | null;
}

/** Events of the camera become reads, whichever way and however often they came; the lane knows those that it has. */
export class Reads {
  readonly #deps: ReadsDeps;
  readonly #foreign: LogGate;
  /** By UUID. */
  readonly #halves = new Map<string, Half>();

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

  /** An event that was pushed, and is told again until it was taken. @returns whether it was */
  pushed(event: HikEvent, pictures: readonly Uint8Array[], raw: Uint8Array): boolean {
    const read = this.#readOf(event, pictures);
    if (!read) return true;
    if (!this.#deps.door.take(read, raw)) return false;
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
    return {
      ...{
        deviceId,
        serialNo,
        ...this.#identityOf(event, anpr),
        plate: plateOf(anpr.licensePlate, anpr.plateColor, anpr.plateType),
      },
      ...{ confidence: anpr.confidence, trigger: 'automatic', capturedAt: event.at, receivedAt: clock.now() },
      ...{ stored: anpr.stored, photo: largestOf(pictures) },
      ...(anpr.stored && anpr.hadOpened && { openedByCamera: true }),
    };
  }

  /** Where a camera tells the plate first and the rest behind it, both are one read, by its UUID and whatever moment the second one has. */
  #identityOf(event: HikEvent, anpr: Anpr): Pick<PlateRead, 'plateId' | 'completes'> {
    const { clock, log } = this.#deps;
    const plateId = idOf(event, anpr);
    const { uuid } = event;
    if (uuid === null) return { plateId };
    if (anpr.hasMore) {
      this.#begun(uuid, { plateId, plate: anpr.licensePlate, at: clock.monotonic(), rest: null });
      return { plateId };
    }
    const half = this.#halves.get(uuid);
    // Once: where a firmware never changes its UUID, the next car has the same one.
    if (!half || clock.monotonic() - half.at > REST_MS || (half.rest ?? plateId) !== plateId) return { plateId };
    if (half.rest === null && half.plate !== anpr.licensePlate)
      log.warn('the rest of a read names another plate, the first one counts', {
        ...{ first: half.plate, later: anpr.licensePlate },
      });
    half.rest = plateId;
    return { plateId: half.plateId, completes: true };
  }

  #begun(uuid: string, half: Half): void {
    if (this.#halves.get(uuid)?.plateId === half.plateId) return;
    this.#halves.delete(uuid);
    this.#halves.set(uuid, half);
    const [oldest] = this.#halves.keys();
    if (this.#halves.size > MOST_OPEN && oldest !== undefined) this.#halves.delete(oldest);
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
