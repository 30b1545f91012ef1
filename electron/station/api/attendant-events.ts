import type { EventView } from '../../../shared/contract/journal.ts';
import { maskedAccount } from '../../../shared/domain/change-order.ts';
import type { EventKind } from '../../../shared/domain/events.ts';
import { isAtLeast } from './base.ts';
import type { Principal } from './context.ts';

/**
 * The journal as each role sees it. An attendant needs what happens at the lanes, not what would defeat a blind count (which
 * payment went into which drawer, what a drawer should hold), nor who the people behind cards and visits are. Every masked body
 * still has the shape of its kind.
 */
export function eventsFor(user: Principal | null, events: readonly EventView[]): EventView[] {
  if (isAtLeast(user, 'manager')) return events.map(withoutAccount);
  return events.filter(({ kind }) => !OFFICE.has(kind)).map(masked);
}

/** Work of the office that no lane depends on. */
const OFFICE: ReadonlySet<string> = new Set<string>([
  'tariff-drafted',
  'tariff-cases-changed',
  'exported',
] satisfies EventKind[]);

const BLANK: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['shiftId', null],
  ['receivedFen', null],
  ['changeFen', 0],
  ['phone', ''],
]);

/** What is blank besides in the document of a kind: people, and sums that the count of a drawer is compared with. */
const ALSO_BLANK: Readonly<Record<string, readonly (readonly [string, unknown])[]>> = {
  'card-changed': [['owner', '']],
  'booking-changed': [['owner', '']],
  'visitor-changed': [
    ['name', ''],
    ['host', ''],
  ],
  'paid-out': [['shiftId', '']],
  'change-order-changed': [
    ['payFen', 0],
    ['receivedFen', 0],
    ['account', null],
  ],
};

/** Until the drawer was handed over: the count must not be told what it should come to. */
const DRAWER: readonly (readonly [string, unknown])[] = [
  ['cashInFen', 0],
  ['cashRefundedFen', 0],
  ['paidOutFen', 0],
  ['changeKeptFen', 0],
  ['changeHandedFen', 0],
  ['expectedFen', null],
  ['differenceFen', null],
];

/** Whose account a platform gave change to is for the platform: screens show no more of it than its ends. */
function withoutAccount(event: EventView): EventView {
  const { order } = event.body;
  if (event.kind !== 'change-order-changed' || typeof order !== 'object' || order === null) return event;
  const account = 'account' in order && typeof order.account === 'string' ? maskedAccount(order.account) : null;
  return { ...event, body: { ...event.body, order: { ...order, account } } };
}

function masked(event: EventView): EventView {
  const more = event.kind === 'shift-changed' && !isClosed(event.body) ? DRAWER : (ALSO_BLANK[event.kind] ?? []);
  const hidden = new Map(more);
  const body: EventView['body'] = {};
  for (const [name, value] of Object.entries(event.body)) body[name] = blanked(name, value, hidden);
  return { ...event, body };
}

function blanked(name: string, value: unknown, more: ReadonlyMap<string, unknown>): unknown {
  if (more.has(name)) return more.get(name);
  if (BLANK.has(name)) return BLANK.get(name);
  if (Array.isArray(value)) return value.map((item) => blanked('', item, more));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, blanked(key, item, more)]));
}

const isClosed = ({ shift }: EventView['body']): boolean =>
  typeof shift === 'object' && shift !== null && 'state' in shift && shift.state === 'closed';
