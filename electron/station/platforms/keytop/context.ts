import type { z } from 'zod';
import type { Area, Site } from '../../../../shared/domain/site.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { Clock, Ids, Log } from '../../runtime/ports.ts';
import type { QueryMessage } from '../define-message.ts';
import type { PhotoSource, StationCommands, StationServices } from '../platform.ts';
import type { Reply } from './answer.ts';
import type { KeytopSettings } from './config.ts';

/** What messages may look at. Projection uses `settings` and `site` only, so that it stays pure. */
export interface KeytopContext {
  readonly settings: KeytopSettings;
  /** The car park; its rules are those of the moment. */
  readonly site: Site;
  readonly areas: readonly Area[];
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly photos: PhotoSource;
  readonly commands: StationCommands;
  /** The services of the station; not before the platform is started. */
  readonly station: () => StationServices;
  /** Base URL under which the third party reaches us, for the addresses of pictures. */
  readonly publicUrl: () => string;
  /** Asks the third party something at once. Never rejects, and never asks twice. */
  ask<S extends z.ZodType, R extends z.ZodType>(
    query: QueryMessage<KeytopContext, KeytopWire, S, R>,
    body: z.input<S>,
    signal: AbortSignal,
  ): Promise<Reply<z.output<R>>>;
}

/** Parameters in the order of their table; `parkCode` is put before them with each send. */
export type KeytopWire = Readonly<Record<string, unknown>>;

/** A successful answer to an up message: the elements of `data`; none where it was null or missing. */
export interface KeytopAnswer {
  readonly data: readonly unknown[];
}

/** What stands around the parameters of a request of the third party. */
export interface KeytopCall {
  /** When it came. */
  readonly at: EpochMs;
  readonly remote: string;
}

/** The answer to the third party: plain JSON, HTTP 200 always. */
export interface KeytopReply {
  readonly resCode: 0 | 1;
  readonly resMsg: unknown;
  readonly data: readonly Readonly<Record<string, unknown>>[] | null;
}

/** Done, and nothing to tell. */
export const DONE: KeytopReply = Object.freeze({ resCode: 0, resMsg: '', data: null });

/** Done, and this is what was asked for; a list without rows is `[]`. */
export const rows = (data: readonly Readonly<Record<string, unknown>>[]): KeytopReply => ({
  resCode: 0,
  resMsg: '',
  data,
});

/** Not done, nothing was changed, and why, in words that may be shown. */
export const notDone = (resMsg: string): KeytopReply => ({ resCode: 1, resMsg: resMsg.slice(0, 200), data: null });

/** In our journal: the third party, for whatever is done because it asked for it. */
export const KEYTOP = Object.freeze({ kind: 'platform', name: 'keytop' } as const);
