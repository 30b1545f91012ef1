import type { z } from 'zod';
import type { TestStep } from '../../../shared/domain/connection-test.ts';
import type { DisplayLine } from '../../../shared/domain/display.ts';
import type { Figures, JournalEvent } from '../../../shared/domain/events.ts';
import type { ListKind } from '../../../shared/domain/list.ts';
import type { Area, DeviceKind, Lane, PlatformId, Site, Spaces } from '../../../shared/domain/site.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import type { GateAuthority } from '../lanes/authority-port.ts';
import type { LaneRuntime } from '../lanes/runtime.ts';
import type { PaymentChannel } from '../payments/channel.ts';
import type { ExternalPrices } from '../payments/external-prices.ts';
import type { FeeSource } from '../payments/fee-source.ts';
import type { Payments } from '../payments/payments.ts';
import type { Registry } from '../registry/registry.ts';
import type { Rules } from '../registry/rules.ts';
import type { Cancel, Clock, Entropy, Ids, Log } from '../runtime/ports.ts';
import type { Reader } from '../store/reader/reader.ts';
import type { Repositories } from '../store/repositories.ts';
import type { DailyCheck, DayCheck, Delivery, Duty, OutboundMessage, OutboxDraft, OutboxPlace } from './outbound.ts';

export type {
  DailyCheck,
  DayCheck,
  Delivery,
  Duty,
  OutboundMessage,
  OutboxDraft,
  OutboxPlace,
  PlatformAccount,
  PlatformFigure,
  Trace,
} from './outbound.ts';

/** A photo's JPEG bytes, read when its message leaves. */
export interface PhotoSource {
  /** `undefined` when the file is gone or damaged (its digest no longer matches). */
  read(photoId: string): Promise<Uint8Array | undefined>;
}

/** What platforms number by themselves. */
export type NumberedKind = 'card' | 'booking' | 'list-entry';

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
  /** {@link remember} for several keys in one transaction: all of them are durable, or none is. */
  rememberAll(platform: PlatformId, values: Readonly<Record<string, string>>): void;
  recall(platform: PlatformId, key: string): string | undefined;
  /**
   * The number by which a platform knows something of ours, for those whose ids are whole numbers: 1, 2, 3 …, given once, durably, and
   * never again to anything else.
   */
  numberOf(platform: PlatformId, kind: NumberedKind, id: string): number;
  /** {@link numberOf} for many at once, in one transaction. */
  numbersOf(platform: PlatformId, kind: NumberedKind, ids: readonly string[]): readonly number[];
  /** Whose number it is; undefined: it was never given. */
  numbered(platform: PlatformId, kind: NumberedKind, number: number): string | undefined;
  /**
   * Queues a message that no event of ours caused, in the same durable outbox: an `answer` goes to the front, a `record` takes its
   * place behind what its stay has to say so far, unless told. A draft that is there already stays as it is.
   */
  enqueue(platform: PlatformId, drafts: OutboxDraft | readonly OutboxDraft[], place?: OutboxPlace): void;
  /** Lets the messages of this name that rest after a failure go now; those that others of their stay stand before wait on. */
  hurry(platform: PlatformId, message: string): void;
  /** Writes down that a platform wanted an arm moved, and why it was not. */
  gateRefused(
    platform: PlatformId,
    refusal: {
      readonly laneId: string;
      /** The car that stands there. */
      readonly passageId: string | null;
      readonly action: 'open' | 'close' | 'hold' | 'release-hold';
      /** The plate it named; empty: none. */
      readonly plate: string;
      readonly reason: string;
    },
  ): void;
  spaces(): Spaces;
  /** Free spaces of each area, by its id. */
  freeByArea(): ReadonlyMap<string, number>;
  /** 车位盘点 by a platform: so many cars are in this area, or (null) in the whole. The difference to what the stays say is kept. */
  recountSpaces(
    platform: PlatformId,
    count: { readonly areaId: string | null; readonly actualInside: number; readonly reason: string },
  ): void;
  alarm(alarm: {
    readonly code: string;
    readonly subject: string;
    readonly detail: string;
    readonly figures?: Figures;
    readonly severity: 'info' | 'warning' | 'alarm';
    readonly cleared?: boolean;
  }): void;
}

/**
 * What the station offers to platforms: the very services that the local API speaks for, so that nothing has to be added here for
 * another protocol. Whatever a platform does through them carries its name as the actor, is journalled, and is refused in the
 * same cases (`ConflictError`, `NotFoundError`).
 */
export interface StationServices {
  /** Lanes and the cars at them: states, gate commands (no entry or exit logic), scanned ids, what a stay comes to. */
  readonly lanes: Pick<
    LaneRuntime,
    | 'lanes'
    | 'lane'
    | 'state'
    | 'standing'
    | 'directionOf'
    | 'gate'
    | 'opens'
    | 'identify'
    | 'account'
    | 'doubts'
    | 'onChanged'
  >;
  /** The hardware: how it is, and what stands on the displays. */
  readonly devices: DevicesForPlatforms;
  /** Lists, cards, bookings, visitors, coupons, debts, agreements. */
  readonly registry: Registry;
  /** 通行规则 as they are, and to be changed as the screens change them. */
  readonly rules: Pick<Rules, 'current' | 'change'>;
  /** Bills for a phone, payments that the platform collected, discounts, refunds, cases. */
  readonly payments: Payments;
  /**
   * 第三方计费: `await prices?.fresh(stay)` before a bill is made, or a price told, of a car inside. Asks nobody where our tariffs price it, or
   * where it owes nothing by its terms; it never rejects, and what nobody told is then refused as `fee-unknown`.
   */
  readonly prices?: Pick<ExternalPrices, 'platform' | 'fresh'>;
  /** Everything stored, to be looked at. */
  readonly read: Repositories;
  /** Long reads, on a thread of their own. They reject where the search could not be made. */
  readonly search: Pick<Reader, 'exitRecords' | 'insideRecords'>;
  /** Calls `listener` after each commit with what it added to the journal. It must be quick, and must not throw. */
  onCommitted(listener: (events: readonly JournalEvent[]) => void): Cancel;
}

/** A device as platforms may be told of it. */
export interface DeviceState {
  readonly id: string;
  readonly kind: DeviceKind;
  /** `unknown`: nothing was heard of it yet. */
  readonly state: 'online' | 'offline' | 'unknown';
  /** The device that it hangs on, and whose state is its own: a barrier on a camera's relay. */
  readonly via: string | null;
  /** Where it is in the network, as far as is known: an IP address without a port. */
  readonly address: string | null;
  /** Where the arm is that it moves, as it says itself; absent: it moves none. */
  readonly arm?: 'closed' | 'moving' | 'open' | 'unknown';
}

export interface DevicesForPlatforms {
  states(): readonly DeviceState[];
  /** Puts lines onto a display. Does not reject; `refused` for what is none. */
  show(
    deviceId: string,
    lines: readonly DisplayLine[],
  ): Promise<{ readonly outcome: 'done' | 'refused' | 'unknown'; readonly detail: string }>;
  /** Has the camera of a lane take a picture, which is kept. No entry or exit follows. Does not reject; `why`: there is none. */
  photograph(laneId: string, withinMs: number): Promise<{ readonly photoId: string } | { readonly why: string }>;
}

export interface PlatformDeps {
  /** Looked up when something is done, because the services are built beside the platforms. */
  readonly station: () => StationServices;
  readonly site: Site;
  readonly areas: readonly Area[];
  readonly clock: Clock;
  readonly ids: Ids;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly photos: PhotoSource;
  readonly commands: StationCommands;
  /**
   * Base URL under which others reach a listener of the platform's own, or the shared one, as far as this PC can know; undefined
   * before that is so.
   */
  readonly address: (own?: ListenAt) => string | undefined;
}

/** A request that a platform sent us over HTTP, its body complete. */
export interface InboundRequest {
  readonly method: string;
  /** As it came: still percent-encoded, without the query. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly contentType: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
  /** Address of whoever sent it. */
  readonly remote: string;
}

export interface InboundResponse {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Uint8Array;
}

/** An address to listen on; with a certificate, over TLS. */
export interface ListenAt {
  readonly host: string;
  readonly port: number;
  readonly tls?: TlsFiles | undefined;
}

/** PEM files: the certificate with its chain, and its key. */
export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** What a platform is served over HTTP: on the station's shared listener, or on one of its own. */
export interface PlatformInbound {
  /** An address of its own; absent: the shared listener. */
  readonly listen?: ListenAt | undefined;
  /** Whether a request is for this platform; asked before its body is read. Must not throw. */
  serves(method: string, path: string): boolean;
  /** Answers in the platform's own format, also what is wrong. Whatever it throws is answered with 500 and logged. */
  handle(request: InboundRequest): Promise<InboundResponse>;
  /** What a request gets that is larger than any of this platform's; absent: 413 in the station's own format. */
  tooLarge?(): InboundResponse;
}

/** A platform, running. `start` must not throw because the other side is away. */
export interface Platform {
  readonly id: PlatformId;
  readonly title: string;
  /** Pure. An event that this platform does not care about gives no drafts. */
  project(event: JournalEvent): readonly OutboxDraft[];
  send(message: OutboundMessage, signal: AbortSignal): Promise<Delivery>;
  /**
   * Very likely this very object is what {@link send} is given next: what takes time can be done while others wait for their answers.
   * Only a hint: it may never be sent, and whatever was made of it may be too old by then.
   */
  prepare?(message: OutboundMessage): void;
  readonly duties: readonly Duty[];
  /** What its messages and their fields are called, for the outbox screen. */
  readonly words?: readonly MessageWords[];
  /** Keys and passwords as they stand in the settings: blotted out wherever they turn up in what is kept of an attempt. */
  readonly secrets?: readonly string[];
  /** A comparison of a day (`2026-03-02`, Asia/Shanghai) with its own books, where it offers one. */
  checkDay?(day: string): DayCheck;
  /** When finished days are compared by themselves. */
  readonly daily?: DailyCheck;
  /** Asks what it knows of a car that stands before somebody: debts, agreements. What it tells is put into the registry. */
  lookUp?(plate: string, signal: AbortSignal): Promise<LookedUp>;
  /** Ways to be paid that it offers; the manager's order says which are asked, and when. */
  readonly channels?: readonly PaymentChannel[];
  /** Present when it is called over HTTP. */
  readonly inbound?: PlatformInbound;
  /** Present when it pays change out: what the code for an order says; undefined where that is not set up. */
  changePage?(orderNo: string): string | undefined;
  /** What the code on an entry ticket says, where it has a page for drivers who come in. */
  entryPage?(): string | undefined;
  /** Present when it can have the word at a lane. */
  readonly authority?: GateAuthority;
  /** Present when it prices every stay, in place of the tariffs. */
  readonly fees?: FeeSource;
  /** How many messages of different keys may be on their way at once. */
  readonly concurrency: number;
  readonly retry: RetrySettings;
  start(): Promise<void>;
  stop(): Promise<void>;
  status(): {
    readonly clockDriftMs: number | null;
    readonly downlink: 'online' | 'offline' | 'none';
    /** How the way to it is, where its own rules of trying again say so better than the outbox can. */
    readonly uplink?: { readonly state: 'online' | 'offline' | 'unknown'; readonly detail: string };
  };
}

/** What a platform said about a car, in the words for whoever asked. */
export interface LookedUp {
  /** `none`: it knows nothing of the car. `failed`: it did not answer. */
  readonly kind: 'known' | 'none' | 'failed';
  readonly detail: string;
}

export interface RetrySettings {
  /** Pause after the first failure of a message; doubles each time, with jitter. */
  readonly firstMs: number;
  readonly maxMs: number;
  /** While the link is down, one message is tried this often. */
  readonly probeMs: number;
  /** How long the attempts of a message that is done with are kept; 30 days unless told. */
  readonly attemptDays?: number;
  /** How long a message that was delivered is kept; 90 days unless told. The journal is kept for ever. */
  readonly keepDays?: number;
}

/** A message and its fields in the words of the people who look at it. */
export interface MessageWords {
  readonly name: string;
  readonly title: string;
  /** Section of the platform's specification. */
  readonly section: string;
  /** Name of a field → what the specification calls it. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What a message is: for the outbox view, for documentation, and for the test that walks all messages of all platforms. */
export interface MessageInfo {
  /** As the specification names it; also the name of the file it is defined in. */
  readonly name: string;
  readonly title: string;
  /** Section of the platform's specification. */
  readonly section: string;
  /**
   * `up` comes from the journal through the outbox, `duty` runs on a timer, `query` is asked when something must be known,
   * `down` is sent by the platform, `page` is an address that a code on a ticket leads to.
   */
  readonly direction: 'up' | 'down' | 'duty' | 'query' | 'page';
  readonly schema: z.ZodType;
  /** Made up, and accepted by `schema`. */
  readonly sample: unknown;
}

/** What a connection test may use. It runs beside the platform that is in use, and must not be in its way. */
export interface TestDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** Aborts when the time for the whole test is over. */
  readonly signal: AbortSignal;
}

/** A kind of platform: its id, its settings, and how to build one from them. */
export interface PlatformDefinition<S extends z.ZodType = z.ZodType> {
  readonly id: PlatformId;
  readonly title: string;
  readonly settings: S;
  readonly messages: readonly MessageInfo[];
  /** What is wrong with settings beside the lanes of the car park, as pairs of a path within the settings and what is wrong there. */
  faults?(settings: z.output<S>, lanes: readonly Lane[]): readonly (readonly [readonly string[], string])[];
  create(settings: z.output<S>, deps: PlatformDeps): Platform;
  /** 连接测试 with settings that may not be in use yet: step by step, changing nothing on either side. Never rejects. */
  test?(settings: z.output<S>, deps: TestDeps): Promise<readonly TestStep[]>;
}
