import type { BerthStateStore, BerthStore } from './berth-store.ts';
import type { ChangeOrderStore } from './change-order-store.ts';
import type { ConfigurationStore } from './configuration-store.ts';
import type { ImportStore } from './import-store.ts';
import type { JournalStore } from './journal-store.ts';
import type { LaneStateStore, MetaStore, PlatformMemoryStore } from './key-value-stores.ts';
import type { ListStore } from './list-store.ts';
import type {
  AttemptStore,
  BillStore,
  CaseStore,
  GapStore,
  PaidOutStore,
  RefundStore,
  ShiftStore,
} from './money-stores.ts';
import type { PlatformNumberStore } from './number-store.ts';
import type { OutboxAgeStore } from './outbox-age-store.ts';
import type { OutboxAttemptStore } from './outbox-attempt-store.ts';
import type { OutboxReceiptStore } from './outbox-receipt-store.ts';
import type { OutboxDifferenceStore, OutboxRunStore } from './outbox-run-store.ts';
import type { OutboxStore } from './outbox-store.ts';
import type { PaymentStore } from './payment-store.ts';
import type { PhotoStore } from './photo-store.ts';
import type { PrintJobStore } from './print-job-store.ts';
import type { ReadStore } from './read-store.ts';
import type {
  AgreementStore,
  BookingStore,
  CardStore,
  CouponStore,
  DebtStore,
  MerchantStore,
  RechargePlanStore,
  VisitorStore,
} from './registry-stores.ts';
import type { ReportQueries } from './report-queries.ts';
import type { ShiftCashStore } from './shift-cash-store.ts';
import type { StayStore } from './stay-store.ts';
import type { CalendarStore, CaseSetStore, TariffDraftStore, TariffVersionStore } from './tariff-stores.ts';
import type { PostStore, UserStore } from './user-store.ts';

/** One repository per aggregate; all on the one connection that writes. */
export interface Repositories {
  readonly journal: JournalStore;
  readonly stays: StayStore;
  readonly payments: PaymentStore;
  readonly photos: PhotoStore;
  readonly reads: ReadStore;
  readonly lists: ListStore;
  readonly cards: CardStore;
  readonly rechargePlans: RechargePlanStore;
  readonly bookings: BookingStore;
  readonly visitors: VisitorStore;
  readonly merchants: MerchantStore;
  readonly coupons: CouponStore;
  readonly debts: DebtStore;
  readonly agreements: AgreementStore;
  readonly imports: ImportStore;
  readonly bills: BillStore;
  readonly attempts: AttemptStore;
  readonly refunds: RefundStore;
  readonly cases: CaseStore;
  readonly gaps: GapStore;
  readonly shifts: ShiftStore;
  readonly paidOuts: PaidOutStore;
  readonly shiftCash: ShiftCashStore;
  readonly changeOrders: ChangeOrderStore;
  readonly berths: BerthStore;
  readonly berthStates: BerthStateStore;
  readonly reports: ReportQueries;
  readonly tariffDrafts: TariffDraftStore;
  readonly tariffVersions: TariffVersionStore;
  readonly tariffCases: CaseSetStore;
  readonly calendars: CalendarStore;
  readonly laneStates: LaneStateStore;
  readonly users: UserStore;
  readonly posts: PostStore;
  readonly outbox: OutboxStore;
  readonly outboxAttempts: OutboxAttemptStore;
  readonly outboxAge: OutboxAgeStore;
  readonly outboxReceipts: OutboxReceiptStore;
  readonly outboxRuns: OutboxRunStore;
  readonly outboxDifferences: OutboxDifferenceStore;
  readonly memory: PlatformMemoryStore;
  readonly numbers: PlatformNumberStore;
  readonly meta: MetaStore;
  readonly printJobs: PrintJobStore;
  readonly configurations: ConfigurationStore;
}
