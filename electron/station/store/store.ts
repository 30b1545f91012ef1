import type { Database } from 'better-sqlite3';
import type { EventDraft, JournalEvent } from '../../../shared/domain/events.ts';
import type { Clock } from '../runtime/ports.ts';
import { applyEvent } from './apply.ts';
import { BerthStateStore, BerthStore } from './berth-store.ts';
import { ChangeOrderStore } from './change-order-store.ts';
import { ConfigurationStore } from './configuration-store.ts';
import { DocumentStore } from './document-store.ts';
import { ImportStore } from './import-store.ts';
import { JournalStore } from './journal-store.ts';
import { LaneStateStore, MetaStore, PlatformMemoryStore } from './key-value-stores.ts';
import { ListStore } from './list-store.ts';
import { AttemptStore, BillStore, CaseStore, GapStore, PaidOutStore, RefundStore, ShiftStore } from './money-stores.ts';
import { PlatformNumberStore } from './number-store.ts';
import { OutboxAgeStore } from './outbox-age-store.ts';
import { OutboxAttemptStore } from './outbox-attempt-store.ts';
import { OutboxReceiptStore } from './outbox-receipt-store.ts';
import { OutboxDifferenceStore, OutboxRunStore } from './outbox-run-store.ts';
import { OutboxStore } from './outbox-store.ts';
import { PaymentStore } from './payment-store.ts';
import { PhotoStore } from './photo-store.ts';
import { preparedLater } from './prepared-later.ts';
import { PrintJobStore } from './print-job-store.ts';
import { ReadStore } from './read-store.ts';
import {
  AgreementStore,
  BookingStore,
  CardStore,
  CouponStore,
  DebtStore,
  MerchantStore,
  RechargePlanStore,
  VisitorStore,
} from './registry-stores.ts';
import { ReportQueries } from './report-queries.ts';
import type { Repositories } from './repositories.ts';
import { ShiftCashStore } from './shift-cash-store.ts';
import { StayStore } from './stay-store.ts';
import { CalendarStore, CaseSetStore, TariffDraftStore, TariffVersionStore } from './tariff-stores.ts';
import { UnreadableRows } from './unreadable.ts';
import { PostStore, UserStore } from './user-store.ts';

/** A transaction under way. */
export interface Tx extends Repositories {
  /** Appends a business fact to the journal and brings the tables in line with it. */
  record(draft: EventDraft): JournalEvent;
}

type Listener = (events: readonly JournalEvent[]) => void;

/**
 * The station's memory: the one connection that writes. Every write goes through {@link write}, one transaction from the
 * first read to the commit; whoever listens hears of its events after the commit, never before.
 */
export class Store {
  readonly read: Repositories;
  /** Rows that could not be read, as they are come upon. */
  readonly unreadable = new UnreadableRows();
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #listeners = new Set<Listener>();
  /** Made once: making it costs more than beginning and ending a transaction. */
  readonly #immediately: (work: () => unknown) => unknown;

  /** @param prepared how the repositories' statements are prepared: each when it is first executed */
  constructor(connection: Database, clock: Clock, prepared: (connection: Database) => Database = preparedLater) {
    this.#db = connection;
    this.#clock = clock;
    this.#immediately = connection.transaction((work: () => unknown) => work()).immediate;
    const db = prepared(connection);
    this.read = {
      journal: new JournalStore(db, this.unreadable),
      stays: new StayStore(db),
      payments: new PaymentStore(db),
      photos: new PhotoStore(db),
      reads: new ReadStore(db),
      lists: new ListStore(db),
      cards: new CardStore(db),
      rechargePlans: new RechargePlanStore(db),
      bookings: new BookingStore(db),
      visitors: new VisitorStore(db),
      merchants: new MerchantStore(db),
      coupons: new CouponStore(db),
      debts: new DebtStore(db),
      agreements: new AgreementStore(db),
      imports: new ImportStore(db),
      bills: new BillStore(db),
      attempts: new AttemptStore(db),
      refunds: new RefundStore(db),
      cases: new CaseStore(db),
      gaps: new GapStore(db),
      shifts: new ShiftStore(db),
      paidOuts: new PaidOutStore(db),
      shiftCash: new ShiftCashStore(db),
      changeOrders: new ChangeOrderStore(db),
      berths: new BerthStore(db),
      berthStates: new BerthStateStore(db),
      reports: new ReportQueries(db),
      tariffDrafts: new TariffDraftStore(db),
      tariffVersions: new TariffVersionStore(db),
      tariffCases: new CaseSetStore(db),
      calendars: new CalendarStore(db),
      laneStates: new LaneStateStore(db),
      users: new UserStore(db),
      posts: new PostStore(db),
      outbox: new OutboxStore(db),
      outboxAttempts: new OutboxAttemptStore(db),
      outboxAge: new OutboxAgeStore(db),
      outboxReceipts: new OutboxReceiptStore(db),
      outboxRuns: new OutboxRunStore(db),
      outboxDifferences: new OutboxDifferenceStore(db),
      memory: new PlatformMemoryStore(db),
      numbers: new PlatformNumberStore(db),
      meta: new MetaStore(db),
      printJobs: new PrintJobStore(db),
      configurations: new ConfigurationStore(db),
    };
    for (const each of Object.values(this.read)) if (each instanceof DocumentStore) each.unreadable = this.unreadable;
  }

  /** Runs `work` in one durable transaction. When it throws, nothing of it has happened. */
  write<T>(work: (tx: Tx) => T): T {
    if (this.#db.inTransaction) throw new Error('a write inside a write: pass the transaction on instead');
    const events: JournalEvent[] = [];
    const tx: Tx = {
      ...this.read,
      record: (draft) => {
        const event = this.read.journal.append(draft, this.#clock.now());
        applyEvent(event, this.read);
        events.push(event);
        return event;
      },
    };
    // It gives back what `work` does; the compiler does not follow that through.
    const result = this.#immediately(() => work(tx)) as T;
    if (events.length > 0) for (const listener of this.#listeners) listener(events);
    return result;
  }

  /** Calls `listener` after each commit that appended events. Returns how to stop. */
  onCommitted(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
