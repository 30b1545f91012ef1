import type { Plate } from '../../../shared/domain/plate.ts';
import type { LaneDirection } from '../../../shared/domain/site.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';

/** A car that stands at a lane where a platform has the word. */
export interface AuthorityQuestion {
  readonly laneId: string;
  /** The same for every question about this car. */
  readonly passageId: string;
  readonly attempt: number;
  readonly direction: LaneDirection;
  /** As it was read, or as a person put it right; the text is empty where it could not be read. With the passage it names the recognition. */
  readonly plate: Plate;
  /** How sure the camera was, 0 to 100. */
  readonly confidence: number | null;
  readonly identity: string | null;
  /** The same for every question about this recognition. */
  readonly photoId: string | null;
  readonly startedAt: EpochMs;
  /** The stay that ends here, at an exit where it is known. */
  readonly stay: Stay | null;
}

/** open: the car may go · refuse: not now, ask again · failed: no answer that could be understood. */
export interface AuthorityAnswer {
  readonly answer: 'open' | 'refuse' | 'failed';
  readonly detail: string;
  /** With `open` at an exit whose fees are local: what the platform worked out, fen. It takes the place of our own fee. */
  readonly feeFen?: number;
}

/** What a platform that decides about gates must offer (云端决定开闸). Whatever it throws counts as failed. */
export interface GateAuthority {
  readonly platform: string;
  ask(question: AuthorityQuestion, signal: AbortSignal): Promise<AuthorityAnswer>;
}
