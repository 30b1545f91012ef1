import type { LaneView } from '../../../shared/contract/lanes.ts';
import type { Site } from '../../../shared/domain/site.ts';
import type { LaneRuntime } from '../lanes/runtime.ts';
import type { OutboxHub } from '../outbox/hub.ts';
import type { Pricing } from '../payments/pricing.ts';
import type { Lists } from '../registry/lists.ts';
import type { Alarms } from '../runtime/alarms.ts';
import type { Clock, Ids, Log } from '../runtime/ports.ts';
import type { PhotoVault } from '../store/photo-vault.ts';
import type { Store } from '../store/store.ts';
import type { Accounts } from './accounts.ts';

/** All that the API speaks for. */
export interface ApiDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly site: Site;
  readonly version: string;
  readonly demo: boolean;
  readonly accounts: Accounts;
  readonly lanes: LaneRuntime;
  readonly laneViews: () => LaneView[];
  readonly devices: { onChanged(listener: () => void): () => void };
  readonly pricing: Pricing;
  readonly lists: Lists;
  readonly photos: PhotoVault;
  readonly hub: OutboxHub;
  readonly alarms: Alarms;
  /** Aborts when the station stops: live streams end then. */
  readonly stopping: AbortSignal;
  readonly startedAt: number;
  /** What `health` reports, one line per part. */
  readonly checks: () => readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
}
