import type { ContractRouterClient } from '@orpc/contract';
import { agreements } from './agreements.ts';
import { announcements } from './announcements.ts';
import { auth } from './auth.ts';
import { backups } from './backups.ts';
import { berths } from './berths.ts';
import { bookings } from './bookings.ts';
import { calendar } from './calendar.ts';
import { cards, rechargePlans } from './cards.ts';
import { changeOrders, tickets } from './change-orders.ts';
import { configuration, platforms } from './configuration.ts';
import { corrections } from './corrections.ts';
import { coupons, merchants } from './coupons.ts';
import { debts } from './debts.ts';
import { devices } from './devices.ts';
import { evidence, journal } from './evidence.ts';
import { exceptions } from './exceptions.ts';
import { exports, imports } from './imports.ts';
import { audit, events, health, live } from './journal.ts';
import { lanes } from './lanes.ts';
import { lists } from './lists.ts';
import { outbox } from './outbox.ts';
import { cases, payments, refunds } from './payments.ts';
import { practice } from './practice.ts';
import { printing } from './printing.ts';
import { reconciliations } from './reconciliations.ts';
import { reports } from './reports.ts';
import { shifts } from './shifts.ts';
import { spaces } from './spaces.ts';
import { photos, quote, sessions } from './stays.ts';
import { tariffs } from './tariffs.ts';
import { access, posts, users } from './users.ts';
import { visitors } from './visitors.ts';

/** Written out, because a type of this size is too long for the compiler to infer and write down. */
export type Contract = {
  auth: typeof auth;
  lanes: typeof lanes;
  sessions: typeof sessions;
  quote: typeof quote;
  photos: typeof photos;
  tariffs: typeof tariffs;
  calendar: typeof calendar;
  lists: typeof lists;
  cards: typeof cards;
  rechargePlans: typeof rechargePlans;
  bookings: typeof bookings;
  visitors: typeof visitors;
  merchants: typeof merchants;
  coupons: typeof coupons;
  debts: typeof debts;
  agreements: typeof agreements;
  imports: typeof imports;
  exports: typeof exports;
  spaces: typeof spaces;
  corrections: typeof corrections;
  outbox: typeof outbox;
  reconciliations: typeof reconciliations;
  events: typeof events;
  audit: typeof audit;
  live: typeof live;
  health: typeof health;
  evidence: typeof evidence;
  journal: typeof journal;
  shifts: typeof shifts;
  reports: typeof reports;
  payments: typeof payments;
  refunds: typeof refunds;
  cases: typeof cases;
  changeOrders: typeof changeOrders;
  tickets: typeof tickets;
  exceptions: typeof exceptions;
  devices: typeof devices;
  announcements: typeof announcements;
  practice: typeof practice;
  printing: typeof printing;
  berths: typeof berths;
  configuration: typeof configuration;
  platforms: typeof platforms;
  backups: typeof backups;
  users: typeof users;
  posts: typeof posts;
  access: typeof access;
};

/**
 * The whole conversation between the station and whoever uses it. The REST API under `/api/v1`, its OpenAPI document and the
 * UI's client all come from this value.
 */
export const contract: Contract = {
  auth,
  lanes,
  sessions,
  quote,
  photos,
  tariffs,
  calendar,
  lists,
  cards,
  rechargePlans,
  bookings,
  visitors,
  merchants,
  coupons,
  debts,
  agreements,
  imports,
  exports,
  spaces,
  corrections,
  outbox,
  reconciliations,
  events,
  audit,
  live,
  health,
  evidence,
  journal,
  shifts,
  reports,
  payments,
  refunds,
  cases,
  changeOrders,
  tickets,
  exceptions,
  devices,
  announcements,
  practice,
  printing,
  berths,
  configuration,
  platforms,
  backups,
  users,
  posts,
  access,
};

/**
 * The typed client of the UI, whatever carries it (WebSocket or message port). An interface, since the compiler walks through all of
 * a mapped type again at each generic call that hands it on.
 */
export interface StationClient extends ContractRouterClient<Contract> {}
