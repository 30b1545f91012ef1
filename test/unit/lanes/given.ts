import type { LaneInput } from '../../../electron/station/lanes/step.ts';
import type { Payment } from '../../../electron/station/payments/watcher.ts';
import type { EventBody, EventKind } from '../../../shared/domain/events.ts';
import type { PassageRules } from '../../../shared/domain/passage-rules.ts';
import {
  type Agreement,
  agreementSchema,
  type Booking,
  bookingSchema,
  type Card,
  type Coupon,
  cardSchema,
  couponSchema,
  type Debt,
  debtSchema,
  type Visitor,
  visitorSchema,
} from '../../../shared/domain/registry.ts';
import type { Lane } from '../../../shared/domain/site.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { IN, LaneWorld, OUT } from '../../support/lane-world.ts';

/** What the stories at the lanes begin with. All at the first instant of {@link LaneWorld}, unless they say otherwise. */

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const START = Date.UTC(2026, 2, 2, 0, 0, 0);
export const A = '鲁B12345';
export const B = '鲁B67890';
export const user = { kind: 'user', name: '李四' } as const;

export const card = (over: Partial<Card> = {}): Card =>
  cardSchema.parse({
    id: 'c1',
    number: 'K001',
    type: 'monthly',
    plates: [A],
    spaces: 1,
    areas: [],
    quotaId: null,
    vehicleClass: null,
    validFrom: START - 30 * DAY,
    validTo: START + 30 * DAY,
    balanceFen: 0,
    minutesLeft: 0,
    timesLeft: 0,
    state: 'active',
    owner: '王五',
    phone: '',
    remark: '',
    source: 'test',
    updatedAt: 0,
    ...over,
  });

export const booking = (over: Partial<Booking> = {}): Booking =>
  bookingSchema.parse({
    id: 'b1',
    plate: A,
    from: START - HOUR,
    to: START + 3 * HOUR,
    passes: 'once',
    used: 0,
    prepaidFen: 0,
    owner: '',
    phone: '',
    remark: '',
    state: 'active',
    source: 'test',
    updatedAt: 0,
    ...over,
  });

export const visitor = (over: Partial<Visitor> = {}): Visitor =>
  visitorSchema.parse({
    id: 'v1',
    plate: A,
    name: '客',
    host: '主',
    from: START - HOUR,
    to: START + 3 * HOUR,
    visitsLeft: null,
    freeMinutes: null,
    remark: '',
    state: 'active',
    source: 'test',
    updatedAt: 0,
    ...over,
  });

export const debt = (over: Partial<Debt> = {}): Debt =>
  debtSchema.parse({
    id: 'd1',
    uid: null,
    plate: A,
    amountFen: 700,
    paidFen: 0,
    since: START - DAY,
    reason: '欠费离场',
    intercept: 'none',
    state: 'open',
    source: 'test',
    updatedAt: 0,
    ...over,
  });

export const agreement = (over: Partial<Agreement> = {}): Agreement =>
  agreementSchema.parse({
    id: 'agr1',
    platform: 'city',
    plate: A,
    kind: 'departure-pay',
    limitFen: null,
    uid: null,
    validFrom: START - DAY,
    validTo: START + DAY,
    updatedAt: 0,
    ...over,
  });

export const coupon = (over: Partial<Coupon> = {}): Coupon =>
  couponSchema.parse({
    id: 'q1',
    merchantId: 'm1',
    plate: A,
    kind: 'amount',
    value: 300,
    maxFen: null,
    minimumFen: 0,
    validFrom: 0,
    validTo: START + 30 * DAY,
    state: 'given',
    uid: null,
    updatedAt: 0,
    ...over,
  });

export const payment = (amountFen: number, over: Partial<Payment> = {}): Payment => ({
  attemptId: 'att1',
  method: 'wechat',
  via: null,
  reference: 'wx1',
  amountFen,
  receivedFen: null,
  changeFen: 0,
  paidAt: START,
  shiftId: null,
  ...over,
});

/** Puts registry documents into the world by what they are. */
export function given(
  world: LaneWorld,
  what: {
    readonly cards?: readonly Card[];
    readonly bookings?: readonly Booking[];
    readonly visitors?: readonly Visitor[];
    readonly debts?: readonly Debt[];
    readonly agreements?: readonly Agreement[];
  },
): LaneWorld {
  for (const each of what.cards ?? []) world.cards.set(each.id, each);
  for (const each of what.bookings ?? []) world.bookings.set(each.id, each);
  for (const each of what.visitors ?? []) world.visitors.set(each.id, each);
  for (const each of what.debts ?? []) world.debts.set(each.id, each);
  world.agreements.push(...(what.agreements ?? []));
  return world;
}

/** A world in which `text` came in and stands inside since `minutes` ago. */
export function parked(
  minutes: number,
  rules: Partial<PassageRules> = {},
  text = A,
  world = new LaneWorld(rules),
): LaneWorld {
  world.car(IN, text);
  world.now += minutes * MINUTE;
  return world;
}

/** The last event of a kind. */
export function last<K extends EventKind>(world: LaneWorld, kind: K): EventBody<K> {
  const event = world.events.findLast((each) => each.kind === kind);
  if (!event) throw new Error(`no ${kind}`);
  // `kind` and `body` belong together in every event.
  return event.body as EventBody<K>;
}

export const count = (world: LaneWorld, kind: EventKind): number =>
  world.events.filter((event) => event.kind === kind).length;

export const exited = (world: LaneWorld): EventBody<'vehicle-exited'> => last(world, 'vehicle-exited');
export const attention = (world: LaneWorld, lane: Lane = OUT): string | null | undefined =>
  world.state(lane).passage?.attention;
export const billAt = (world: LaneWorld, lane: Lane = OUT) => world.state(lane).passage?.bill ?? null;

export const approve = (reason: string | null = null): LaneInput => ({ type: 'approve', reason, actor: user });
export const cash = (amountFen: number, over: object = {}): LaneInput => ({
  type: 'collect',
  method: 'cash',
  amountFen,
  actor: user,
  ...over,
});
export const release = (reason = '特种车辆'): LaneInput => ({ type: 'release', reason, actor: user });
export const withdraw: LaneInput = { type: 'withdraw', reason: '车辆掉头', actor: user };

/** Whoever was let through is gone, and the lane is idle. */
export function quiet(world: LaneWorld, lane: Lane = IN): void {
  const id = world.state(lane).passage?.id;
  if (id !== undefined) world.must(lane, { type: 'cleared-timeout', passageId: id });
}

/** The stays of the cars that are inside now. */
export const inside = ({ stays }: LaneWorld): Stay[] => [...stays.values()].filter(({ status }) => status === 'inside');
