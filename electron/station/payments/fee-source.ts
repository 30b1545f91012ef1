import type { Fen } from '../../../shared/domain/money.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';

/** The fee of a stay is wanted, from somebody else (第三方计费). */
export interface FeeQuestion {
  readonly stay: Stay;
  /** Up to when: the exit, or now for a car inside. */
  readonly at: EpochMs;
  /** The exit where the car stands; null: it is inside. */
  readonly laneId: string | null;
}

/** `toPayFen`: what is still to be paid. `failed`: nobody knows, which is never 0. */
export type FeeAnswer =
  | { readonly kind: 'fee'; readonly toPayFen: Fen }
  | { readonly kind: 'failed'; readonly reason: string };

/** Whoever prices stays in place of our tariffs. Whatever it throws counts as failed. */
export interface FeeSource {
  readonly platform: string;
  ask(question: FeeQuestion, signal: AbortSignal): Promise<FeeAnswer>;
}
