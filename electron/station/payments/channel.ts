import { z } from 'zod';
import type { Attempt, Bill, ChannelKind, PaymentMethod } from '../../../shared/domain/money-flow.ts';
import type { Agreement } from '../../../shared/domain/registry.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';

/**
 * The port of a way to be paid. A platform implements it; the settlement drives it. Whatever a method throws, and any call that
 * is not answered in time, counts as `unknown`: the money may have moved.
 */

export interface Outcome {
  /**
   * paid · declined: certainly no money moved and none will · pending: the driver has yet to act (a code is shown, a password
   * asked for) · unknown: anything else.
   */
  readonly state: 'paid' | 'declined' | 'pending' | 'unknown';
  /** The other side's number, when it gave one. */
  readonly reference: string | null;
  /** Why, in words for the attendant. */
  readonly detail: string;
  /** When the other side booked it; absent: now. */
  readonly paidAt?: EpochMs | undefined;
  /** What the driver paid with, where the channel collects for several (聚合支付); absent: the channel's own method. */
  readonly method?: PaymentMethod | undefined;
  /** With `paid`: the platform guarantees the money (保付) and completes the payment by itself, which it tells later. */
  readonly guaranteed?: true | undefined;
  /** With `paid`: what the collecting platform took off at that moment, out of what it was asked for. */
  readonly discountFen?: number | undefined;
  /** With `paid`: what was collected, where that is only a part of what was asked for. The rest is paid in other ways. */
  readonly paidFen?: number | undefined;
}

/** What a channel is asked to collect. `attempt.id` is the number of the order at the other side: the same id is the same order. */
export interface ChargeRequest {
  readonly attempt: Attempt;
  readonly bill: Bill;
  readonly stay: Stay;
  /** What the driver's payment code said (被扫); only for kind `scan`. Never stored, never logged. */
  readonly authCode?: string | undefined;
}

export interface PaymentChannel {
  /** As the manager's order names it, e.g. `cmb`. */
  readonly id: string;
  /** For people, e.g. `招行无感支付`. */
  readonly title: string;
  /** agreement: asked by itself at the exit · qr: shows a code · scan: reads the driver's code. */
  readonly kind: Extract<ChannelKind, 'agreement' | 'qr' | 'scan'>;
  readonly method: PaymentMethod;
  /** The platform that collects; null when the car park does. Goes into the payment as `via`. */
  readonly via: string | null;
  /** How long {@link charge} may take, ms; absent: the station's patience with channels. */
  readonly answerMs?: number | undefined;
  /**
   * When an unanswered charge is asked about while the car waits: ms after it became unknown. After the last of them the try is set
   * aside, and other ways to pay are open. Absent: the station's patience. Empty: nobody can be asked, so it is set aside at once.
   */
  readonly askAtMs?: readonly number[] | undefined;
  /** Kind `agreement`: true where whoever agrees to it for a stay means the bill, too, that stands at a lane already. */
  readonly chargesStanding?: boolean;
  /** `false`: what it collected it never gives back, so that its money counts from the moment it is told. Absent: it can. */
  readonly givesBack?: boolean | undefined;
  /** Whether this bill may be asked for here at all. `agreement`: of this channel's platform, valid now, if the plate has one. */
  covers(bill: Bill, stay: Stay, agreement: Agreement | null): boolean;
  charge(request: ChargeRequest, signal: AbortSignal): Promise<Outcome>;
  /** What became of an attempt. Asks for nothing new. */
  query(attempt: Attempt, signal: AbortSignal): Promise<Outcome>;
  /** Takes an attempt back: closes the order if nobody paid it, gives the money back if somebody did. Safe to repeat. */
  reverse(attempt: Attempt, signal: AbortSignal): Promise<'reversed' | 'refused' | 'unknown'>;
  /**
   * Kind `qr`: the text of the code to show for an attempt, or why there is none, in words for the attendant: then nobody can pay by it.
   * Asking counts as the charge; {@link charge} is not called.
   */
  qr?(request: ChargeRequest, signal: AbortSignal): Promise<{ readonly text: string } | { readonly refused: string }>;
  /** Kind `qr`: so long after it was made a code is shown, ms; then another takes its place. Absent: as long as the bill is open. */
  readonly shownMs?: number | undefined;
}

/** `channels` of a car park's provision: ids in the order in which an exit asks them; a channel that is not named is not asked. */
export const channelsSchema = z
  .array(z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/))
  .max(20)
  .refine((ids) => new Set(ids).size === ids.length, 'each channel at most once')
  .default([]);
