import type { z } from 'zod';
import type { JournalEvent } from '../../../shared/domain/events.ts';
import type { ListKind } from '../../../shared/domain/list.ts';
import type { PlatformId, Site, Spaces } from '../../../shared/domain/site.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import type { Clock, Entropy, Ids, Log } from '../runtime/ports.ts';

/** A message to be, made from one event. Projection is pure: the same event gives the same drafts, for ever. */
export interface OutboxDraft {
  /** Stable identity within the platform: a second draft with the same id is the same message and is not stored again. */
  readonly id: string;
  /** The interface's own name, e.g. `uploadCarInData`. */
  readonly message: string;
  /** Uid of the stay; messages of one key leave in order. `null`: no order asked for. */
  readonly key: string | null;
  /** Answers to the platform go before records; photos wait behind records, and a photo never holds a record back. */
  readonly kind: 'answer' | 'record' | 'photo';
  /** JSON. Parsed again by the message's schema when it is sent. */
  readonly body: unknown;
}

/** A stored message on its way out. */
export interface OutboundMessage {
  readonly message: string;
  readonly body: unknown;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** An earlier attempt ended without an answer: the platform may hold this message already. */
  readonly maybeDelivered: boolean;
}

/**
 * How an attempt ended.
 * - `delivered`: the platform said so in its own success code.
 * - `retry`, scope `link`: network, timeout, 5xx, something that is not an answer. The whole platform is in trouble.
 * - `retry`, scope `message`: the platform answered that it failed on this message; others may pass.
 * - `refused`: it will never take this message; a person must look.
 * `answered` is false when the request may have arrived without our seeing the answer.
 */
export type Delivery =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'retry'; readonly scope: 'link' | 'message'; readonly reason: string; readonly answered: boolean }
  | { readonly kind: 'refused'; readonly reason: string };

/** Something sent on a timer. Only the newest counts, so it is not queued: a failed run is simply followed by the next. */
export interface Duty {
  readonly name: string;
  readonly everyMs: number;
  run(signal: AbortSignal): Promise<Delivery>;
}

/** A photo's JPEG bytes, read when its message leaves. */
export interface PhotoSource {
  /** `undefined` when the file is gone or damaged (its digest no longer matches). */
  read(photoId: string): Promise<Uint8Array | undefined>;
}

/** What a platform may ask the station to do. Each call commits before it resolves; repeating one is harmless. */
export interface StationCommands {
  applyListChange(change: {
    readonly platform: PlatformId;
    readonly operation: 'put' | 'remove';
    readonly list: ListKind;
    readonly plate: string;
    readonly vehicleClass: VehicleClass | null;
    readonly validFrom: EpochMs;
    readonly validTo: EpochMs;
    readonly remark: string;
  }): void;
  /** Remembers `value` under `key` for the platform, durably: used for "newest processed" marks (Qingdao D14). */
  remember(platform: PlatformId, key: string, value: string): void;
  recall(platform: PlatformId, key: string): string | undefined;
  /** Queues a message that answers a downlink: at the front of its own line, in the same durable outbox. */
  enqueue(platform: PlatformId, draft: OutboxDraft): void;
  spaces(): Spaces;
  alarm(alarm: {
    readonly code: string;
    readonly subject: string;
    readonly detail: string;
    readonly severity: 'info' | 'warning' | 'alarm';
    readonly cleared?: boolean;
  }): void;
}

export interface PlatformDeps {
  readonly site: Site;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly photos: PhotoSource;
  readonly commands: StationCommands;
}

/** A platform, running. `start` must not throw because the other side is away. */
export interface Platform {
  readonly id: PlatformId;
  readonly title: string;
  /** Pure. An event that this platform does not care about gives no drafts. */
  project(event: JournalEvent): readonly OutboxDraft[];
  send(message: OutboundMessage, signal: AbortSignal): Promise<Delivery>;
  readonly duties: readonly Duty[];
  /** How many messages of different keys may be on their way at once. */
  readonly concurrency: number;
  readonly retry: RetrySettings;
  start(): Promise<void>;
  stop(): Promise<void>;
  status(): { readonly clockDriftMs: number | null; readonly downlink: 'online' | 'offline' | 'none' };
}

export interface RetrySettings {
  /** Pause after the first failure of a message; doubles each time, with jitter. */
  readonly firstMs: number;
  readonly maxMs: number;
  /** While the link is down, one message is tried this often. */
  readonly probeMs: number;
}

/** What a message is: for the outbox view, for documentation, and for the test that walks all messages of all platforms. */
export interface MessageInfo {
  /** As the specification names it; also the name of the file it is defined in. */
  readonly name: string;
  readonly title: string;
  /** Section of the platform's specification. */
  readonly section: string;
  /** `up` comes from the journal through the outbox, `duty` runs on a timer, `down` is sent by the platform. */
  readonly direction: 'up' | 'down' | 'duty';
  readonly schema: z.ZodType;
  /** Made up, and accepted by `schema`. */
  readonly sample: unknown;
}

/** A kind of platform: its id, its settings, and how to build one from them. */
export interface PlatformDefinition<S extends z.ZodType = z.ZodType> {
  readonly id: PlatformId;
  readonly title: string;
  readonly settings: S;
  readonly messages: readonly MessageInfo[];
  create(settings: z.output<S>, deps: PlatformDeps): Platform;
}
