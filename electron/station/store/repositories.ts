import type { JournalStore } from './journal-store.ts';
import type { LaneStateStore, MetaStore, PlatformMemoryStore } from './key-value-stores.ts';
import type { ListStore } from './list-store.ts';
import type { OutboxStore } from './outbox-store.ts';
import type { PaymentStore } from './payment-store.ts';
import type { PhotoStore } from './photo-store.ts';
import type { ReadStore } from './read-store.ts';
import type { StayStore } from './stay-store.ts';
import type { UserStore } from './user-store.ts';

/** One repository per aggregate; all on the one connection that writes. */
export interface Repositories {
  readonly journal: JournalStore;
  readonly stays: StayStore;
  readonly payments: PaymentStore;
  readonly photos: PhotoStore;
  readonly reads: ReadStore;
  readonly lists: ListStore;
  readonly laneStates: LaneStateStore;
  readonly users: UserStore;
  readonly outbox: OutboxStore;
  readonly memory: PlatformMemoryStore;
  readonly meta: MetaStore;
}
