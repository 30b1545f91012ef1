import type { Cancel } from '../runtime/ports.ts';

/** What leaves for a platform: the shapes that the outbox keeps and the platforms make. */

/** A message to be, made from one event. Projection is pure: the same event gives the same drafts, for ever. */
export interface OutboxDraft {
  /** Stable identity within the platform: a second draft with the same id is the same message and is not stored again. */
  readonly id: string;
  /** The interface's own name, e.g. `uploadCarInData`. */
  readonly message: string;
  /** Uid of the stay; messages of one key leave in order. `null`: no order asked for. */
  readonly key: string | null;
  /**
   * Answers to the platform go before records. Bulk (what the car park is like: devices, cards) waits behind records like photos, and
   * neither ever holds a record back; of one key bulk keeps its order, too.
   */
  readonly kind: 'answer' | 'record' | 'bulk' | 'photo';
  /** JSON. Parsed again by the message's schema when it is sent. */
  readonly body: unknown;
}

/** Where a message stands that no event caused; behind everything of its key unless told. */
export interface OutboxPlace {
  /** Before this waiting message of its key. */
  readonly before?: number;
  /** In the place of these, where they were refused: the platform asked for it anew, so that no person need send them again. */
  readonly instead?: { readonly ids: readonly number[]; readonly reason: string };
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
 * - `given-up`: pushed often enough in vain; it is kept, and the platform fetches it by its own query. Nobody need look.
 * `answered` is false when the request may have arrived without our seeing the answer.
 */
export type Delivery = (
  | { readonly kind: 'delivered' }
  | {
      readonly kind: 'retry';
      readonly scope: 'link' | 'message';
      readonly reason: string;
      readonly answered: boolean;
      /** Nothing was sent, for a reason of our own: it says nothing about the platform. */
      readonly unsent?: true;
      /** The specification says when this very message is tried again: then no other is held back by its failure. */
      readonly againInMs?: number;
    }
  | { readonly kind: 'refused' | 'given-up'; readonly reason: string }
) & { readonly trace?: Trace };

/**
 * What one attempt looked like on the wire, for the people who must find out why a platform did not take a message. Kept beside
 * the message, masked and cut to size; a platform still puts no key and no password in here.
 */
export interface Trace {
  /** Where it went: `POST /api/v1/cp/uploadCarInData`. */
  readonly request: string;
  /** The plain text that was encrypted or signed; where nothing is, what travelled. */
  readonly plain: string;
  /** What went along that is no text: by size and digest only. */
  readonly attached?: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
  /** What came back; null when nothing did. */
  readonly answer: { readonly status: string; readonly text: string } | null;
}

/** Something sent on a timer. Only the newest counts, so it is not queued: a failed run is simply followed by the next. */
export interface Duty {
  readonly name: string;
  readonly everyMs: number;
  /** For what is also told when it changes: calls `changed` each time, which is cheap. Runs follow at most every `quietMs`. */
  readonly onChange?: {
    readonly quietMs: number;
    listen(changed: () => void): Cancel;
  };
  run(signal: AbortSignal): Promise<Delivery>;
}

/** One line of a day, as we have it and as the platform has it. */
export interface PlatformFigure {
  /** The interface's own name, as in {@link OutboxDraft.message}. */
  readonly message: string;
  readonly ours: Tally;
  /** Null where the platform does not tell its figure. */
  readonly theirs: Tally | null;
  readonly agrees: boolean;
}

/** So many of them, and the sum of the money where there is one. */
export interface Tally {
  readonly count: number;
  readonly amountFen: number | null;
}

/** What comparing a day with a platform's books came to. */
export interface PlatformAccount {
  readonly figures: readonly PlatformFigure[];
  /** Ids of drafts that the platform does not have, and ought to. */
  readonly missing: readonly string[];
  /** Records that only the platform has: nobody deletes them by himself, a person looks. */
  readonly extra: readonly PlatformOnly[];
  /** What else there is to say, for people. */
  readonly note: string;
}

export interface PlatformOnly {
  readonly message: string;
  /** Uid of the stay, as the platform has it. */
  readonly key: string;
  readonly recordId: string;
}

/**
 * A day laid beside a platform's books (对账). It is told everything that ought to have been sent, sorts out itself what belongs to
 * the day by the rules of its specification, and then asks.
 */
export interface DayCheck {
  /** Drafts in the order of the journal, from the beginning of the day until now: a correction of later counts, too. */
  add(draft: OutboxDraft): void;
  /** Rejects when the platform does not answer, with {@link NotTold} when it refuses. Asking changes nothing on either side. */
  ask(signal: AbortSignal): Promise<PlatformAccount>;
}

/** When a platform wants finished days compared. */
export interface DailyCheck {
  /** Minutes after midnight, Asia/Shanghai. */
  readonly atMinute: number;
  /** A day whose check did not succeed is tried again after this. */
  readonly retryMs: number;
  /** Sends what the platform lacks once more without being asked, and checks again. */
  readonly repair: boolean;
}
