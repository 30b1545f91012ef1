import type { z } from 'zod';
import type { Site } from '../../../../shared/domain/site.ts';
import type { Clock, Ids, Log } from '../../runtime/ports.ts';
import type { QueryMessage } from '../define-message.ts';
import type { PhotoSource, StationCommands, StationServices } from '../platform.ts';
import type { CmbSettings } from './config.ts';
import type { Reply } from './reply.ts';

/** What messages may look at. Projection uses `settings` only, so that it stays pure. */
export interface CmbContext {
  readonly settings: CmbSettings;
  /** The car park; its rules are those of the moment. */
  readonly site: Site;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly photos: PhotoSource;
  readonly commands: StationCommands;
  /** The services of the station; not before the platform is started. */
  readonly station: () => StationServices;
  /** Asks the bank something at once. Never rejects. @param to another address than the interface's own */
  ask<S extends z.ZodType, R extends z.ZodType>(
    query: QueryMessage<CmbContext, CmbWire, S, R>,
    body: z.input<S>,
    signal: AbortSignal,
    to?: string,
  ): Promise<Reply<z.output<R>>>;
}

/** Business fields before they are signed: null and absent ones are not sent. `appid` and `park_code` are added with the sign. */
export type CmbWire = Readonly<Record<string, unknown>>;

/** `data` of a successful answer to an up message; null when there is none. */
export interface CmbAnswer {
  readonly data: unknown;
}

/** What stands around the business fields of a request of the bank. */
export interface CmbCall {
  /** When it came, epoch ms. */
  readonly at: number;
}

/** The answer to the bank; HTTP 200 always. */
export interface CmbReply {
  readonly status: number;
  readonly message: string;
  readonly data?: Readonly<Record<string, unknown>>;
}
