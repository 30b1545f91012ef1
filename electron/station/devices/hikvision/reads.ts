import { errorText } from '../../runtime/errors.ts';
import type { Clock, Log } from '../../runtime/ports.ts';
import type { DeviceEvents, PlateRead } from '../device.ts';
import { LogGate } from '../log-gate.ts';
import { largestOf } from '../picture-wait.ts';
import { RecentReads } from '../recent-reads.ts';
import type { Anpr, HikEvent } from './messages.ts';
import { plateOf } from './plate-map.ts';

/** So long a car waits for a picture that has to be fetched from the camera. */
const FETCH_MS = 500;

export interface ReadsDeps {
  readonly deviceId: string;
  readonly serialNo: string;
  readonly channel: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly events: DeviceEvents;
  /** The picture at an address that the camera named, or why there is none. */
  readonly fetch: (url: string) => Promise<Uint8Array | string>;
}

/** Events of the camera become reads, each once, whichever way and however often it came. */
export class Reads {
  readonly #deps: ReadsDeps;
  readonly #recent: RecentReads;
  readonly #foreign: LogGate;
  /** Reads whose picture is being fetched. */
  readonly #fetching = new Map<string, Promise<boolean>>();
  #offsetMs: number | null = null;

  constructor(deps: ReadsDeps) {
    this.#deps = deps;
    this.#recent = new RecentReads(deps.clock);
    this.#foreign = new LogGate(deps.clock, Number.POSITIVE_INFINITY);
  }

  /** How far the camera's clock was behind ours with its last live read. */
  get offsetMs(): number | null {
    return this.#offsetMs;
  }

  /** @returns false when it could not be stored */
  async take(event: HikEvent, pictures: readonly Uint8Array[]): Promise<boolean> {
    const { anpr, channel } = event;
    if (!anpr) return true;
    if (channel !== null && channel !== this.#deps.channel) {
      if (this.#foreign.opens(String(channel)))
        this.#deps.log.warn('events of another channel of the camera are ignored', { channel });
      return true;
    }
    const id = idOf(event, anpr);
    const photo = largestOf(pictures);
    const under = this.#fetching.get(id);
    if (under) return under;
    if (photo || anpr.urls.length === 0) return this.#deliver(id, event, anpr, photo);
    const fetched = this.#fetched(anpr.urls).then((picture) => this.#deliver(id, event, anpr, picture));
    this.#fetching.set(id, fetched);
    try {
      return await fetched;
    } finally {
      this.#fetching.delete(id);
    }
  }

  #deliver(id: string, event: HikEvent, anpr: Anpr, photo: Uint8Array | null): boolean {
    const { clock, log, events, deviceId, serialNo } = this.#deps;
    const known = this.#recent.get(id);
    if (known) {
      // The plate came ahead, its picture follows: the car was decided upon already.
      if (photo && !known.hasPhoto && !anpr.stored) events.snapshot(deviceId, photo);
      if (photo) this.#recent.put(id, true);
      return true;
    }
    const receivedAt = clock.now();
    const read: PlateRead = {
      ...{ deviceId, serialNo, plateId: id, plate: plateOf(anpr.licensePlate, anpr.plateColor, anpr.plateType) },
      ...{ confidence: anpr.confidence, trigger: 'automatic', capturedAt: event.at, receivedAt },
      ...{ stored: anpr.stored, photo },
    };
    if (!anpr.stored && event.at !== null) this.#offsetMs = receivedAt - event.at;
    try {
      events.plate(read);
    } catch (error) {
      log.error('a plate could not be recorded', { error: errorText(error) });
      return false;
    }
    if (anpr.stored && anpr.hadOpened)
      log.info('the camera had opened by itself for a read of before', { plateId: id });
    this.#recent.put(id, photo !== null);
    return true;
  }

  /** The first of them that is a picture; null when none is there in time. */
  #fetched(urls: readonly string[]): Promise<Uint8Array | null> {
    return new Promise((resolve) => {
      const cancel = this.#deps.clock.after(FETCH_MS, () => resolve(null));
      void this.#firstOf(urls).then((picture) => {
        cancel();
        resolve(picture);
      });
    });
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
  return (uuid ?? [mac ?? '', dateTime ?? '', licensePlate].join(' ')).slice(0, 120);
}
