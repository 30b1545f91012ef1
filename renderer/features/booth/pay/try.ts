import type { Attempt } from '../../../../shared/domain/money-flow.ts';

/** One try to get a bill paid, as the booth shows it. */
export interface Try {
  readonly id: string;
  readonly billId: string;
  readonly channel: string;
  readonly kind: Attempt['kind'];
  readonly state: Attempt['state'];
  readonly amountFen: number;
  readonly detail: string;
  readonly setAside: boolean;
  readonly guarantee: Attempt['guarantee'];
  /** Since when its end is not known, as far as this window saw it; from then on it is asked about. */
  readonly unknownAt: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}
