import type { LineAddress } from '../links.ts';

/** What becomes of one connection. `closed` is called once, and last; also when the connection was never made. */
export interface WireEvents {
  readonly opened: () => void;
  readonly data: (bytes: Uint8Array) => void;
  /** `why` in Chinese; `original`: what the system said, for the log. */
  readonly closed: (why: string, original?: string) => void;
}

/** One connection, from its first attempt to its end. */
export interface Wire {
  /** `done` gets null once the system has all of it. */
  write(bytes: Uint8Array, done: (failure: string | null) => void): void;
  /** Ends it; what was not sent yet is dropped, as far as the system can be made to. */
  destroy(): void;
  /** Ends it once what was written has left. Absent: as `destroy`. */
  finish?(): void;
}

export type Dial<A extends LineAddress = LineAddress> = (address: A, events: WireEvents) => Wire;
