import type { EpochMs } from '../../../shared/domain/time.ts';

/**
 * What the station needs from the machine it runs on. Everything is passed in, so that tests own time, ids and chance.
 */

/** A timer that can be called off. Cancelling twice is harmless. */
export type Cancel = () => void;

export interface Clock {
  /** Wall clock, epoch ms. For records and people; it may jump. */
  now(): EpochMs;
  /** Milliseconds that only ever grow. For timeouts, leases and back-off. */
  monotonic(): number;
  /** Runs `task` once after `ms`. A rejection of `task` is the caller's to handle: pass a function that does. */
  after(ms: number, task: () => void): Cancel;
}

/** Makes identifiers that sort by time of creation and never repeat, at most 40 characters. */
export interface Ids {
  next(prefix: string): string;
}

/** Chance in [0, 1), for jitter and made-up traffic only. Secrets come from node:crypto. */
export interface Entropy {
  random(): number;
}

export interface Log {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
  /** A logger whose lines carry `scope`. Fields whose names look like secrets are never written out. */
  child(scope: string): Log;
}
