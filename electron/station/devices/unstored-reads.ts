import { errorText, UnfitError } from '../runtime/errors.ts';
import type { Cancel, Clock, Log } from '../runtime/ports.ts';
import type { DeviceEvents, PlateRead } from './device.ts';

const MOST_READS = 200;
const MOST_PICTURES = 20 * 1024 * 1024;
/** Whoever came longer ago than this is not opened for any more. */
const LIVE_MS = 3_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** Once it works again: so many, and then the lanes have their turn. */
const MOST_AT_ONCE = 10;
const NEXT_MS = 100;

interface Waiting {
  read: PlateRead;
  readonly since: number;
}

/**
 * Reads of a camera that tells each but once: what cannot be stored when it comes (the disk is full) is kept here and tried again, oldest first.
 * After three seconds it goes in as a stored one, which opens nothing. In memory alone: what cannot be stored before the program ends is lost, and
 * logged as such.
 */
export class UnstoredReads {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #events: Pick<DeviceEvents, 'plate'>;
  #waiting: Waiting[] = [];
  #pause = FIRST_PAUSE_MS;
  #cancel: Cancel | null = null;

  constructor({ clock, log, events }: { clock: Clock; log: Log; events: Pick<DeviceEvents, 'plate'> }) {
    this.#clock = clock;
    this.#log = log;
    this.#events = events;
  }

  get count(): number {
    return this.#waiting.length;
  }

  /**
   * Passes a read on, or keeps it for later. What came just before and may still be opened for goes first; what only has to be written
   * down lets the car that stands there now go ahead.
   */
  take(read: PlateRead): void {
    this.#drain((each) => !this.#isLate(each));
    const known = this.#waiting.find((other) => isSame(other.read, read));
    // Told again, perhaps with its picture.
    if (known) known.read = { ...known.read, photo: known.read.photo ?? read.photo };
    else if (this.#fails(read)) {
      this.#waiting.push({ read, since: this.#clock.monotonic() });
      // Somebody stands there now: however long it has not worked, it is soon tried again.
      this.#cancel?.();
      this.#cancel = null;
      this.#pause = FIRST_PAUSE_MS;
    }
    this.#bound();
    this.#plan();
  }

  /** The last attempt. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#drain(() => true);
    if (this.#waiting.length > 0)
      this.#log.error('plates are lost: they could not be recorded before the end', { plates: plates(this.#waiting) });
    this.#waiting = [];
  }

  /** @returns whether it has to wait */
  #fails(read: PlateRead): boolean {
    try {
      this.#events.plate(read);
      return false;
    } catch (error) {
      const isForGood = error instanceof UnfitError;
      this.#log.error('a plate could not be recorded', { plate: read.plate.text, error: errorText(error), isForGood });
      return !isForGood;
    }
  }

  #isLate({ since }: Waiting): boolean {
    return this.#clock.monotonic() - since > LIVE_MS;
  }

  /** Tries those of them, in their order. Two failures in a row are no fault of theirs: then the rest waits on. @returns whether any got in */
  #drain(which: (each: Waiting, index: number) => boolean): boolean {
    let failed = 0;
    const before = this.#waiting.length;
    this.#waiting = this.#waiting.filter((each, index) => {
      if (failed === 2 || !which(each, index)) return true;
      const waits = this.#failsLater(each);
      failed = waits ? failed + 1 : 0;
      return waits;
    });
    return this.#waiting.length < before;
  }

  /** The plate first and then its picture: a read that fails once more leaves no picture behind that nobody knows of. */
  #failsLater(each: Waiting): boolean {
    const read: PlateRead = this.#isLate(each) ? { ...each.read, stored: true } : each.read;
    if (read.plateId === null || read.photo === null) return this.#fails(read);
    return this.#fails({ ...read, photo: null }) || this.#fails(read);
  }

  #plan(): void {
    if (this.#cancel || this.#waiting.length === 0) return;
    this.#cancel = this.#clock.after(this.#pause, () => {
      this.#cancel = null;
      const isBetter = this.#drain((_each, index) => index < MOST_AT_ONCE);
      this.#pause = isBetter ? NEXT_MS : Math.min(Math.max(FIRST_PAUSE_MS, this.#pause * 2), LONGEST_PAUSE_MS);
      if (this.#waiting.length === 0) this.#pause = FIRST_PAUSE_MS;
      this.#plan();
    });
  }

  #bound(): void {
    const dropped = this.#waiting.splice(0, this.#waiting.length - MOST_READS);
    if (dropped.length > 0)
      this.#log.error('plates are lost: too many could not be recorded', { plates: plates(dropped) });
    let bytes = 0;
    for (const each of this.#waiting) {
      bytes += each.read.photo?.byteLength ?? 0;
      if (bytes > MOST_PICTURES) each.read = { ...each.read, photo: null };
    }
  }
}

const isSame = (one: PlateRead, other: PlateRead): boolean =>
  one.plateId !== null &&
  one.plateId === other.plateId &&
  one.serialNo === other.serialNo &&
  // The counter of a camera without power begins again.
  (one.plate.text === other.plate.text || other.completes === true);

const plates = (waiting: readonly Waiting[]): string =>
  waiting.map(({ read }) => read.plate.text || '(unread)').join(' ');
