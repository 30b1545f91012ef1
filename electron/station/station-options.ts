import type { SupportedMessagePort } from '@orpc/client/message-port';
import type { PracticeLine } from './api/practice-port.ts';
import type { PracticeSeat } from './practice-room.ts';
import type { Clock, Entropy, Ids, Log } from './runtime/ports.ts';

export interface StationOptions {
  /** Everything the station keeps: database, photos, lock. Created when missing. */
  readonly dataDirectory: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly provisionFile: string | null;
  /** With an empty data directory: run the demo car park. */
  readonly demo: boolean;
  /** Where the built UI lies, if it does. */
  readonly uiDirectory?: string;
  /** This station is the one for practice: it listens nowhere, and is reached through `connect` alone. */
  readonly practice?: PracticeSeat;
  readonly version: string;
  readonly log: Log;
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly entropy?: Entropy;
  /**
   * Asked for, in a quiet moment, when what is stored is to replace what runs: whoever keeps the station closes it and opens it again.
   * Absent: the next start does it.
   */
  readonly reopen?: () => void;
}

/** One end of a message channel; the station closes it when it stops. */
export type StationPort = SupportedMessagePort & { close(): void };

export interface Station {
  /** Where it listens, e.g. `http://127.0.0.1:8700`. */
  readonly url: string;
  readonly demo: boolean;
  /** Serves the contract over a message port (the Electron window's) until the port closes. */
  connect(port: StationPort): void;
  /** Passes a window's messages on to the practice station, where there is one; else the line is closed. */
  connectPractice(line: PracticeLine): void;
  /** Signs the trainee in, in the station for practice; null in a real one. */
  readonly practiceToken: string | null;
  /** Lets what is under way end, writes down that it ended well, and gives everything back. Safe to call twice. */
  stop(): Promise<void>;
}
