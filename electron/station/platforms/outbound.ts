/** What leaves for a platform: the shapes that the outbox keeps and the platforms make. */

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
export type Delivery = (
  | { readonly kind: 'delivered' }
  | { readonly kind: 'retry'; readonly scope: 'link' | 'message'; readonly reason: string; readonly answered: boolean }
  | { readonly kind: 'refused'; readonly reason: string }
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
  run(signal: AbortSignal): Promise<Delivery>;
}

/** One line of a platform's own account of a day. */
export interface PlatformFigure {
  /** The interface's own name, as in {@link OutboxDraft.message}. */
  readonly message: string;
  readonly count: number;
  /** Sum of the money of these, where the platform tells one. */
  readonly amountFen: number | null;
}

/** What a platform says about a day, and what it says besides. */
export interface PlatformAccount {
  readonly figures: readonly PlatformFigure[];
  readonly note: string;
}
