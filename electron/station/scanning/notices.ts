import type { EpochMs } from '../../../shared/domain/time.ts';
import type { Clock } from '../runtime/ports.ts';

/** What became of a code that a scan gun of the station read, where it did not become a try or a car: for people, without the code. */
export interface ScanNotice {
  /** Grows; tells two notices apart that say the same. */
  readonly id: number;
  readonly at: EpochMs;
  readonly deviceId: string;
  /** The lanes that name the gun. */
  readonly laneIds: readonly string[];
  /** unplaced: nobody it could be for, or more than one · garbled: it was damaged on its way · refused: for `reason`. */
  readonly outcome: 'unplaced' | 'garbled' | 'refused';
  /** As the API refuses the same by hand; empty for the others. */
  readonly reason: string;
}

/** A window that was away for longer has missed it, and nobody would know any more what it was about. */
const KEPT_MS = 10_000;
const MOST = 20;

export class ScanNotices {
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #notices: { readonly notice: ScanNotice; readonly since: number }[] = [];
  #count = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  tell(notice: Omit<ScanNotice, 'id' | 'at'>): void {
    this.#count += 1;
    const told = { ...notice, id: this.#count, at: this.#clock.now() };
    this.#notices = [...this.#fresh(), { notice: told, since: this.#clock.monotonic() }].slice(-MOST);
    for (const listener of [...this.#listeners]) listener();
  }

  /** Those of the last seconds, the oldest first. */
  list(): readonly ScanNotice[] {
    return this.#fresh().map(({ notice }) => notice);
  }

  onChanged(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #fresh(): { readonly notice: ScanNotice; readonly since: number }[] {
    const now = this.#clock.monotonic();
    return this.#notices.filter(({ since }) => now - since < KEPT_MS);
  }
}
