import { z } from 'zod';
import type { Role } from './site.ts';

/** Where a right stands in the matrix that people see. */
export const rightAreas = [
  'booth',
  'money',
  'shift',
  'stay',
  'registry',
  'tariff',
  'report',
  'outbox',
  'system',
] as const;
export type RightArea = (typeof rightAreas)[number];

interface RightSpec {
  readonly area: RightArea;
  /** The lowest role that has it without a post. */
  readonly rank: Role;
  /** A post may give it to people below that rank. */
  readonly grantable: boolean;
  /** The procedures of the contract that need it; none: a limit within procedures that lower ranks may call. */
  readonly procedures: readonly string[];
}

const booth = (...procedures: string[]) => ({ rank: 'attendant', grantable: true, procedures }) as const;
const office = (...procedures: string[]) => ({ rank: 'manager', grantable: true, procedures }) as const;
/**
 * Never given to a lower rank. Prices, approvals, write-offs, settings and people: here a second and higher person is the whole
 * point. Figures and audit: whoever counts a drawer must not be able to look up what it should hold.
 */
const reserved = (rank: 'manager' | 'admin', ...procedures: string[]) =>
  ({ rank, grantable: false, procedures }) as const;

/**
 * What a person may do, down to the button. Every procedure of the contract stands under exactly one right, or is free for
 * everybody who is signed in ({@link freeProcedures}); a test walks the contract and holds rank and access together.
 */
const table = {
  'lane.open': { area: 'booth', ...booth('lanes.open') },
  'lane.close': { area: 'booth', ...booth('lanes.close') },
  'lane.hold': { area: 'booth', ...booth('lanes.hold') },
  'lane.turn': { area: 'booth', ...booth('lanes.turn') },
  'lane.correct': { area: 'booth', ...booth('lanes.correctPlate') },
  'lane.pick': { area: 'booth', ...booth('lanes.pickStay') },
  'lane.back-fill': { area: 'booth', ...booth('lanes.backFill') },
  'lane.identify': { area: 'booth', ...booth('lanes.identify') },
  'lane.approve': { area: 'booth', ...booth('lanes.approve') },
  'lane.withdraw': { area: 'booth', ...booth('lanes.withdraw') },
  'lane.cancel': { area: 'booth', ...booth('lanes.cancel') },
  'berth.observe': { area: 'booth', ...booth('berths.observe', 'berths.identify') },

  'cash.collect': { area: 'money', ...booth('lanes.collect', 'payments.pay', 'debts.pay', 'changeOrders.settle') },
  'charge.send': {
    area: 'money',
    ...booth('payments.charge', 'payments.chargeLane', 'payments.query', 'debts.charge'),
  },
  'receipt.print': {
    area: 'money',
    ...booth('printing.receipt', 'printing.preview', 'printing.change', 'printing.changePreview'),
  },
  'drawer.open': { area: 'money', ...booth('printing.drawer') },
  'bill.prepay': { area: 'money', ...booth('payments.prepay') },
  'lane.release-free': { area: 'money', ...booth('lanes.release') },
  'lane.owe': { area: 'money', ...booth('lanes.owe') },
  'lane.fixed-fee': { area: 'money', ...booth('lanes.fixedFee') },
  'discount.grant': { area: 'money', ...booth('payments.grant') },
  'discount.unlimited': { area: 'money', ...office() },
  'refund.request': { area: 'money', ...booth('refunds.list', 'refunds.request') },
  'refund.recharge': { area: 'money', ...office() },
  'refund.pay': { area: 'money', ...booth('refunds.done') },
  'refund.approve': { area: 'money', ...reserved('manager', 'refunds.approve', 'refunds.reject') },

  'shift.work': {
    area: 'shift',
    ...booth(
      'shifts.list',
      'shifts.report',
      'printing.shift',
      'printing.shiftPreview',
      'shifts.open',
      'shifts.pause',
      'shifts.resume',
      'shifts.count',
      'shifts.close',
      'shifts.confirm',
    ),
  },
  'shift.relief': { area: 'shift', ...booth('shifts.relief') },
  'shift.pay-out': { area: 'shift', ...booth('shifts.payOut') },
  'shift.manage': { area: 'shift', ...reserved('manager') },

  'stay.read': {
    area: 'stay',
    ...booth(
      'sessions.list',
      'sessions.stale',
      'sessions.get',
      'exceptions.doubtful',
      'evidence.get',
      'payments.bills',
      'payments.attempts',
      'changeOrders.list',
      'changeOrders.get',
    ),
  },
  'stay.enter': { area: 'stay', ...booth('sessions.create') },
  'stay.review': { area: 'stay', ...booth('payments.review') },
  'case.close': {
    area: 'stay',
    ...booth('cases.list', 'cases.summary', 'cases.take', 'cases.handOver', 'cases.close'),
  },
  'stay.correct': { area: 'stay', ...reserved('manager', 'corrections.correct') },
  'stay.close-stale': { area: 'stay', ...reserved('manager', 'corrections.closeStale', 'corrections.closeCheck') },
  'spaces.recount': { area: 'stay', ...office('spaces.recount') },
  'evidence.export': { area: 'stay', ...office('evidence.export') },

  'registry.read': {
    area: 'registry',
    ...booth(
      'lists.list',
      'cards.list',
      'cards.get',
      'cards.history',
      'rechargePlans.list',
      'bookings.list',
      'visitors.list',
      'merchants.list',
      'coupons.list',
      'debts.list',
      'debts.lookUp',
      'agreements.list',
    ),
  },
  'list.edit': { area: 'registry', ...office('lists.add', 'lists.update', 'lists.remove') },
  'card.edit': {
    area: 'registry',
    ...office(
      'cards.create',
      'cards.change',
      'cards.plates',
      'cards.replacePlate',
      'cards.suspend',
      'cards.cancel',
      'cards.remove',
    ),
  },
  'card.recharge': { area: 'registry', ...booth('cards.recharge') },
  'card.recharge-free': { area: 'registry', ...office() },
  'card.plan': {
    area: 'registry',
    ...reserved('manager', 'rechargePlans.create', 'rechargePlans.update', 'rechargePlans.remove'),
  },
  'booking.edit': {
    area: 'registry',
    ...office('bookings.create', 'bookings.change', 'bookings.cancel', 'bookings.remove'),
  },
  'visitor.edit': { area: 'registry', ...booth('visitors.create', 'visitors.change', 'visitors.cancel') },
  'visitor.unlimited': { area: 'registry', ...office() },
  'coupon.edit': {
    area: 'registry',
    ...office('merchants.create', 'merchants.change', 'coupons.give', 'coupons.cancel'),
  },
  'debt.edit': { area: 'registry', ...reserved('manager', 'debts.add', 'debts.cancel') },
  'agreement.edit': { area: 'registry', ...office('agreements.put', 'agreements.remove') },
  'berth.edit': { area: 'registry', ...office('berths.add', 'berths.update', 'berths.remove') },
  'import.run': {
    area: 'registry',
    ...office(
      'imports.list',
      'imports.begin',
      'imports.template',
      'imports.upload',
      'imports.get',
      'imports.faults',
      'imports.apply',
      'imports.cancel',
    ),
  },
  'export.file': { area: 'registry', ...reserved('manager', 'exports.file', 'sessions.export') },

  'tariff.trial': { area: 'tariff', ...booth('quote', 'tariffs.trial', 'tariffs.lostTicket') },
  'tariff.read': {
    area: 'tariff',
    ...office(
      'tariffs.versions',
      'tariffs.priceTable',
      'tariffs.priceTableFile',
      'tariffs.templates',
      'tariffs.cases.get',
      'tariffs.cases.export',
      'tariffs.cases.run',
      'tariffs.drafts.list',
      'tariffs.drafts.get',
      'tariffs.drafts.check',
      'tariffs.drafts.trial',
      'tariffs.drafts.priceTable',
      'tariffs.drafts.priceTableFile',
      'tariffs.preview.check',
      'tariffs.preview.trial',
      'tariffs.preview.priceTable',
      'tariffs.preview.priceTableFile',
    ),
  },
  'tariff.edit': {
    area: 'tariff',
    ...reserved(
      'manager',
      'tariffs.cases.put',
      'tariffs.cases.import',
      'tariffs.drafts.create',
      'tariffs.drafts.change',
      'tariffs.drafts.remove',
      'tariffs.drafts.replay',
      'tariffs.replays.list',
      'tariffs.replays.get',
      'tariffs.replays.differences',
      'tariffs.replays.export',
      'tariffs.replays.remove',
    ),
  },
  'tariff.publish': { area: 'tariff', ...reserved('manager', 'tariffs.drafts.publish', 'tariffs.withdraw') },
  'calendar.edit': { area: 'tariff', ...reserved('manager', 'calendar.change', 'calendar.importYear') },

  'report.read': {
    area: 'report',
    ...reserved(
      'manager',
      'reports.totals',
      'reports.collectors',
      'reports.lanes',
      'reports.flow',
      'reports.free',
      'reports.open',
      'reports.balance',
      'reports.rows',
      'reports.occupancy',
      'reports.groups',
      'reports.file',
    ),
  },
  'audit.read': {
    area: 'report',
    ...reserved('manager', 'audit', 'journal.export', 'exceptions.acts', 'exceptions.counts'),
  },
  'journal.verify': { area: 'report', ...office('journal.verify') },

  'outbox.read': { area: 'outbox', ...booth('outbox.list', 'outbox.summary', 'outbox.figures') },
  'outbox.look': {
    area: 'outbox',
    ...office(
      'outbox.get',
      'reconciliations.list',
      'reconciliations.get',
      'reconciliations.differences',
      'reconciliations.daily',
    ),
  },
  'outbox.retry': { area: 'outbox', ...office('outbox.retry', 'outbox.retryMatching') },
  'outbox.reconcile': {
    area: 'outbox',
    ...office('reconciliations.start', 'reconciliations.repair', 'reconciliations.acknowledge'),
  },
  'outbox.discard': { area: 'outbox', ...reserved('manager', 'outbox.discard', 'outbox.discardMatching') },

  'device.test': {
    area: 'system',
    ...office(
      'devices.found',
      'devices.foundPicture',
      'devices.trace',
      'devices.selfTest',
      'devices.snapshot',
      'devices.show',
      'printing.testPage',
      'devices.sign',
      'announcements.preview',
      'announcements.try',
    ),
  },
  'device.pulse': { area: 'system', ...office('devices.pulse') },
  'device.raw': { area: 'system', ...reserved('manager', 'devices.sendRaw') },
  'settings.rules': { area: 'system', ...reserved('manager', 'lanes.changeRules') },
  'settings.read': {
    area: 'system',
    ...reserved(
      'manager',
      'configuration.get',
      'configuration.describe',
      'configuration.check',
      'configuration.history',
      'configuration.preview',
      'devices.ports',
    ),
  },
  'settings.change': {
    area: 'system',
    ...reserved('manager', 'configuration.apply', 'configuration.restore', 'configuration.export', 'platforms.test'),
  },
  'backup.run': {
    area: 'system',
    ...reserved('manager', 'backups.list', 'backups.make', 'backups.configure', 'backups.verify'),
  },
  'backup.restore': { area: 'system', ...reserved('admin', 'backups.remove', 'backups.restore') },
  'user.read': { area: 'system', ...reserved('manager', 'users.list', 'posts.list', 'users.signIns') },
  'user.manage': {
    area: 'system',
    ...reserved(
      'admin',
      'users.create',
      'users.change',
      'users.resetPassword',
      'users.endSignIn',
      'posts.create',
      'posts.change',
      'posts.remove',
      'access.change',
    ),
  },
} as const satisfies Record<string, RightSpec>;

export type Right = keyof typeof table;
export const rights: Readonly<Record<Right, RightSpec>> = table;
export const allRights = Object.keys(table).filter((key): key is Right => Object.hasOwn(table, key));
export const rightSchema = z.enum(allRights);

/** Whoever is signed in may call these: what a window needs to draw the lanes, and what concerns only oneself. */
export const freeProcedures: ReadonlySet<string> = new Set([
  'auth.signOut',
  'auth.me',
  'auth.lock',
  'auth.unlock',
  'auth.changePassword',
  'auth.checkExit',
  'access.get',
  'lanes.list',
  'lanes.get',
  'lanes.refresh',
  'lanes.snapshot',
  'lanes.rules',
  'live',
  'events.list',
  'photos.get',
  'spaces.get',
  'tariffs.list',
  'calendar.get',
  'payments.channels',
  'tickets.pages',
  'berths.list',
  'devices.list',
  'devices.get',
  'devices.picture',
  'announcements.now',
  'printing.printers',
  'practice.state',
  'practice.start',
  'practice.stop',
  'practice.send',
  'practice.lessons',
  'shifts.current',
  'shifts.get',
]);

/** A locked screen still shows what happens at the lanes, and can be unlocked or left. Nothing else. */
export const openWhileLocked: ReadonlySet<string> = new Set([
  'auth.signOut',
  'auth.me',
  'auth.lock',
  'auth.unlock',
  'auth.checkExit',
  'lanes.list',
  'lanes.get',
  'lanes.rules',
  'berths.list',
  'live',
  'photos.get',
  'spaces.get',
]);

const byProcedure: ReadonlyMap<string, Right> = new Map(
  allRights.flatMap((right) => rights[right].procedures.map((procedure) => [procedure, right] as const)),
);

/** The right that a procedure stands under; `undefined`: none of its own, then its access decides alone. */
export const rightOf = (procedure: string): Right | undefined => byProcedure.get(procedure);

const RANK: Readonly<Record<Role, number>> = { attendant: 1, manager: 2, admin: 3 };

/** Each role may do all that the one before may. */
export const ranksAtLeast = (role: Role, needed: Role): boolean => RANK[role] >= RANK[needed];

/** What a role has of its own. */
export const hasByRole = (role: Role, right: Right): boolean => ranksAtLeast(role, rights[right].rank);

/** What a post takes from its role, and gives to it. */
export interface PostRights {
  readonly without: readonly Right[];
  readonly plus: readonly Right[];
}

/** The rights of a role, changed by a post. What is not grantable is given by rank alone, whatever a post says. */
export function rightsOf(role: Role, post: PostRights | null): ReadonlySet<Right> {
  const without = new Set(post?.without);
  const plus = new Set(post?.plus.filter((right) => rights[right].grantable));
  return new Set(allRights.filter((right) => (hasByRole(role, right) ? !without.has(right) : plus.has(right))));
}
