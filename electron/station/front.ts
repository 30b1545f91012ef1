import type { Area, Site } from '../../shared/domain/site.ts';
import { Announcer } from './announcing/announcer.ts';
import { AnnouncementDesk } from './announcing/desk.ts';
import type { DevicePark } from './device-park.ts';
import type { LaneRuntime } from './lanes/runtime.ts';
import type { Payments } from './payments/payments.ts';
import { Printing } from './printing/printing.ts';
import type { Rules } from './registry/rules.ts';
import type { Reports } from './reports/reports.ts';
import type { Alarms } from './runtime/alarms.ts';
import type { Clock, Ids, Log } from './runtime/ports.ts';
import { Scans } from './scanning/scans.ts';
import type { Shifts } from './shifts/shifts.ts';
import type { Store } from './store/store.ts';

export interface FrontDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly alarms: Alarms;
  readonly lanes: LaneRuntime;
  readonly park: DevicePark;
  readonly payments: Payments;
  readonly reports: Reports;
  readonly shifts: Shifts;
  readonly rules: Rules;
  readonly site: Site;
  readonly areas: readonly Area[];
  readonly log: Log;
}

/** What a driver at a lane sees, hears, holds before a scan gun and takes along on paper. Nothing of it is waited for by an arm. */
export interface Front {
  /** A scan gun read a code. It may be money: it goes nowhere but to whom it is for. */
  readonly scanned: (deviceId: string, code: string | null) => void;
  readonly scans: Scans;
  /** What displays show and say. */
  readonly announcer: Announcer;
  readonly announcements: AnnouncementDesk;
  /** Receipts and shift reports on paper, and cash drawers. */
  readonly printing: Printing;
  readonly start: () => void;
  readonly stop: () => void | Promise<void>;
}

export function openFront(deps: FrontDeps): Front {
  const { log, store, park } = deps;
  const announcer = new Announcer({ ...deps, devices: park, log: log.child('announcing') });
  const scans = new Scans({
    ...{ clock: deps.clock, lanes: deps.lanes, desk: deps.payments.desk, attempts: store.read.attempts },
    log: log.child('scanning'),
  });
  const printing = new Printing({
    ...{ store, clock: deps.clock, devices: park, site: deps.site, log: log.child('printing') },
    lanes: () => deps.lanes.lanes(),
    change: deps.payments.changeOrders,
  });
  return {
    printing,
    announcer,
    announcements: new AnnouncementDesk({ announcer, devices: park, store }),
    scans,
    scanned: (deviceId, code) => scans.scanned(deviceId, code),
    start: () => {
      announcer.start();
      printing.start();
    },
    stop: async () => {
      announcer.stop();
      await printing.stop();
    },
  };
}
