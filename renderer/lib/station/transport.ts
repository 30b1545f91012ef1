import type { StationClient } from '../../../shared/contract/index.ts';

/** One connection to the station, whatever carries it. It never reopens: a new one is opened instead. */
export interface Transport {
  readonly client: StationClient;
  /** Resolves when the connection is gone, for whatever cause. */
  readonly closed: Promise<void>;
  close(): void;
}
