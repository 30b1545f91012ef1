import type { Router } from '@orpc/server';
import type { Contract } from '../../../shared/contract/index.ts';
import { guarded } from './base.ts';
import type { ApiContext } from './context.ts';
import type { ApiDeps } from './deps.ts';
import { announcementHandlers } from './handlers/announcements.ts';
import { authHandlers } from './handlers/auth.ts';
import { backupHandlers } from './handlers/backups.ts';
import { berthHandlers } from './handlers/berths.ts';
import { bookingHandlers, visitorHandlers } from './handlers/bookings.ts';
import { cardHandlers, rechargePlanHandlers } from './handlers/cards.ts';
import { caseHandlers } from './handlers/cases.ts';
import { changeOrderHandlers, ticketHandlers } from './handlers/change-orders.ts';
import { configurationHandlers, platformHandlers } from './handlers/configuration.ts';
import { correctionHandlers } from './handlers/corrections.ts';
import { couponHandlers, merchantHandlers } from './handlers/coupons.ts';
import { agreementHandlers, debtHandlers } from './handlers/debts.ts';
import { deviceHandlers } from './handlers/devices.ts';
import { evidenceHandlers } from './handlers/evidence.ts';
import { exceptionHandlers } from './handlers/exceptions.ts';
import { exportHandlers, importHandlers } from './handlers/imports.ts';
import { journalHandlers } from './handlers/journal.ts';
import { laneHandlers } from './handlers/lanes.ts';
import { listHandlers } from './handlers/lists.ts';
import { outboxHandlers } from './handlers/outbox.ts';
import { paymentHandlers, refundHandlers } from './handlers/payments.ts';
import { practiceHandlers } from './handlers/practice.ts';
import { printingHandlers } from './handlers/printing.ts';
import { reconciliationHandlers } from './handlers/reconciliations.ts';
import { reportHandlers } from './handlers/reports.ts';
import { shiftHandlers } from './handlers/shifts.ts';
import { spaceHandlers } from './handlers/spaces.ts';
import { stayHandlers } from './handlers/stays.ts';
import { calendarHandlers, tariffHandlers } from './handlers/tariffs.ts';
import { accessHandlers, postHandlers, userHandlers } from './handlers/users.ts';
import { People } from './people.ts';

/** The contract, implemented. The compiler demands a handler for every procedure of `shared/contract`. */
export function createRouter(deps: ApiDeps): ApiRouter {
  const os = guarded(deps.accounts);
  const people = new People(deps);
  return os.router({
    auth: authHandlers(os, deps),
    lanes: laneHandlers(os, deps),
    ...stayHandlers(os, deps),
    tariffs: tariffHandlers(os, deps),
    calendar: calendarHandlers(os, deps),
    lists: listHandlers(os, deps),
    cards: cardHandlers(os, deps),
    rechargePlans: rechargePlanHandlers(os, deps),
    bookings: bookingHandlers(os, deps),
    visitors: visitorHandlers(os, deps),
    merchants: merchantHandlers(os, deps),
    coupons: couponHandlers(os, deps),
    debts: debtHandlers(os, deps),
    agreements: agreementHandlers(os, deps),
    imports: importHandlers(os, deps),
    exports: exportHandlers(os, deps),
    spaces: spaceHandlers(os, deps),
    corrections: correctionHandlers(os, deps),
    outbox: outboxHandlers(os, deps),
    reconciliations: reconciliationHandlers(os, deps),
    ...journalHandlers(os, deps),
    ...evidenceHandlers(os, deps),
    shifts: shiftHandlers(os, deps),
    reports: reportHandlers(os, deps),
    payments: paymentHandlers(os, deps),
    refunds: refundHandlers(os, deps),
    cases: caseHandlers(os, deps),
    changeOrders: changeOrderHandlers(os, deps),
    tickets: ticketHandlers(os, deps),
    exceptions: exceptionHandlers(os, deps),
    devices: deviceHandlers(os, deps),
    announcements: announcementHandlers(os, deps),
    practice: practiceHandlers(os, deps),
    printing: printingHandlers(os, deps),
    berths: berthHandlers(os, deps),
    configuration: configurationHandlers(os, deps),
    platforms: platformHandlers(os, deps),
    backups: backupHandlers(os, deps),
    users: userHandlers(os, deps, people),
    posts: postHandlers(os, people),
    access: accessHandlers(os, people),
  });
}

/** Named, because a router of this size is too long for the compiler to write out. */
export type ApiRouter = Router<Contract, ApiContext>;
