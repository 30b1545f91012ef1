import type { z } from 'zod';
import type { Clock, Ids, Log } from '../../runtime/ports.ts';
import type { QueryMessage } from '../define-message.ts';
import type { PhotoSource, StationCommands, StationServices } from '../platform.ts';
import type { QingdaoSettings } from './config.ts';
import type { Reply } from './reply.ts';

/** What messages may look at. Projection uses `settings` only, so that it stays pure. */
export interface QingdaoContext {
  readonly settings: QingdaoSettings;
  readonly clock: Clock;
  readonly log: Log;
  readonly photos: PhotoSource;
  readonly commands: StationCommands;
  readonly ids: Ids;
  /** The services of the station; not before the platform is started. */
  readonly station: () => StationServices;
  /** Asks the platform something at once. Never rejects. */
  ask<S extends z.ZodType, R extends z.ZodType>(
    query: QueryMessage<QingdaoContext, QingdaoWire, S, R>,
    body: z.input<S>,
    signal: AbortSignal,
  ): Promise<Reply<z.output<R>>>;
  /** Takes the deviation of our clock from the platform's; `null` when the platform told no time. */
  noteDrift(ms: number | null): void;
}

/** A request before encryption: `data` goes into the cipher, `file` beside it. */
export interface QingdaoWire {
  readonly data: Readonly<Record<string, unknown>>;
  readonly file?: string;
}

/** A successful answer, with what is needed to compare clocks. */
export interface QingdaoAnswer {
  readonly body: Readonly<Record<string, unknown>>;
  readonly date: string | null;
  /** Our wall clock half way between request and answer. */
  readonly at: number;
}

/** What stands around the body of a notice. */
export interface QingdaoNotice {
  /** Decimal digits, whatever the size (D11). */
  readonly requestId: string;
  /** Time in the envelope as epoch ms; null when it has none that can be read. */
  readonly timestamp: number | null;
  /** Last level of the topic; null where the topic has none. */
  readonly topicParkingCode: string | null;
}

/**
 * What became of a notice; the platform answers with it. `ignored`: not ours to answer. `failed`: understood, and not to be carried
 * out. `params`: what goes back in the place of what came, where the answer is more than a confirmation.
 */
export interface NoticeResult {
  readonly kind: 'done' | 'outdated' | 'repeated' | 'ignored' | 'failed';
  readonly params?: Readonly<Record<string, unknown>>;
  /** Why, with `failed`. For the log; the platform is not told. */
  readonly reason?: string;
}
