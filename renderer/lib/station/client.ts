import type { StationClient } from '../../../shared/contract/index.ts';

let current: StationClient | null = null;

/** Called by the connection alone: the client of the connection that stands now. */
export function setClient(client: StationClient | null): void {
  current = client;
}

/** The client of the moment. Throws while there is no connection, which callers treat like a call that failed. */
export function station(): StationClient {
  if (!current) throw new Error('not connected to the station');
  return current;
}
