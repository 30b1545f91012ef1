import type { LookedUpView } from '../../../shared/contract/debts.ts';
import type { LaneView } from '../../../shared/contract/lanes.ts';
import type { TestStep } from '../../../shared/domain/connection-test.ts';
import type { Area, PlatformId, Site } from '../../../shared/domain/site.ts';
import type { AnnouncementDesk } from '../announcing/desk.ts';
import type { Backups } from '../backup/backups.ts';
import type { ConfigurationDesk } from '../configuration/desk.ts';
import type { Forms } from '../configuration/forms.ts';
import type { TriedSettings } from '../configuration/platform-test.ts';
import type { LaneRuntime } from '../lanes/runtime.ts';
import type { DailyChecks } from '../outbox/daily-checks.ts';
import type { OutboxHub } from '../outbox/hub.ts';
import type { Reconciliations } from '../outbox/reconciliations.ts';
import type { ExternalPrices } from '../payments/external-prices.ts';
import type { Payments } from '../payments/payments.ts';
import type { Pricing } from '../payments/pricing.ts';
import type { Printing } from '../printing/printing.ts';
import type { Registry } from '../registry/registry.ts';
import type { Rules } from '../registry/rules.ts';
import type { Reports } from '../reports/reports.ts';
import type { Alarms } from '../runtime/alarms.ts';
import type { Clock, Ids, Log } from '../runtime/ports.ts';
import type { Scans } from '../scanning/scans.ts';
import type { Shifts } from '../shifts/shifts.ts';
import type { PhotoVault } from '../store/photo-vault.ts';
import type { Reader } from '../store/reader/reader.ts';
import type { Store } from '../store/store.ts';
import type { TariffOffice } from '../tariff-office/tariff-office.ts';
import type { Accounts } from './accounts.ts';
import type { BerthDesk } from './berth-port.ts';
import type { DeviceDeskPort } from './device-port.ts';
import type { PracticePort } from './practice-port.ts';

/** All that the API speaks for. */
export interface ApiDeps {
  readonly store: Store;
  /** Searches and lists of history go here, never to `store.read`: that is the lane's thread. */
  readonly reader: Reader;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly site: Site;
  /** Where database and photos lie: a check of the whole history opens them for itself. */
  readonly dataDirectory: string;
  readonly version: string;
  readonly demo: boolean;
  readonly accounts: Accounts;
  readonly lanes: LaneRuntime;
  readonly laneViews: () => LaneView[];
  readonly devices: DeviceDeskPort;
  readonly announcements: AnnouncementDesk;
  readonly practice: PracticePort;
  readonly printing: Printing;
  /** What became of codes that scan guns of the station read. */
  readonly scans: Pick<Scans, 'notices' | 'onChanged'>;
  readonly berthDesk: BerthDesk;
  /** What is known of a device by watching it. */
  readonly watchOf: (deviceId: string) => { readonly state: 'online' | 'offline' | 'unknown' } | undefined;
  readonly configuration: ConfigurationDesk;
  readonly forms: () => Forms;
  /** 连接测试 with settings that are not parsed yet. */
  readonly testPlatform: (id: PlatformId, settings: TriedSettings) => Promise<readonly TestStep[]>;
  /** Asks the platforms about a car. */
  readonly lookUp: (plate: string) => Promise<LookedUpView[]>;
  readonly backups: Backups;
  readonly pricing: Pricing;
  /** Asked before a bill is made or a price told of a car inside, where somebody else prices it. */
  readonly prices?: Pick<ExternalPrices, 'platform' | 'fresh'>;
  readonly tariffs: TariffOffice;
  readonly rules: Rules;
  readonly registry: Registry;
  readonly areas: readonly Area[];
  /** Name of the lane at which a stay stands right now. */
  readonly laneOf: (uid: string) => string | null;
  readonly shifts: Shifts;
  readonly reports: Reports;
  readonly payments: Payments;
  /** What the code on an entry ticket says, where a platform has a page for it. */
  readonly entryPage: () => string | null;
  readonly photos: PhotoVault;
  readonly hub: OutboxHub;
  readonly reconciliations: Reconciliations;
  readonly dailyChecks: DailyChecks;
  readonly alarms: Alarms;
  /** Aborts when the station stops: live streams end then. */
  readonly stopping: AbortSignal;
  readonly startedAt: number;
  /** What `health` reports, one line per part. */
  readonly checks: () => readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
}
