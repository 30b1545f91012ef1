import fc from 'fast-check';
import type { LaneState } from '../../../electron/station/lanes/state.ts';
import type { LaneInput } from '../../../electron/station/lanes/step.ts';
import { STATION } from '../../../shared/domain/events.ts';
import { passageRulesSchema } from '../../../shared/domain/passage-rules.ts';
import type { Discount } from '../../../shared/domain/registry.ts';
import { type Lane, laneSchema, siteSchema } from '../../../shared/domain/site.ts';
import { BOTH, CARDS_IN, IN, INNER_IN, INNER_OUT, LaneWorld, OUT, OUT2, plate } from '../../support/lane-world.ts';
import { rules } from './any-rules.ts';
import { FAR, visitFar } from './far-days.ts';
import {
  agreement,
  booking,
  card,
  coupon,
  DAY,
  debt,
  HOUR,
  inside,
  MINUTE,
  payment,
  START,
  user,
  visitor,
} from './given.ts';
import { VANKE } from './platform-lane.ts';

/** Any day at any car park: what may be set up there, and all that may happen at its lanes. */

const PLATES = ['鲁B11111', '鲁B22222', '鲁B33333', '鲁B44444', '鲁B1111T', ''] as const;
const IDS = ['openid-1', 'openid-2'] as const;
const REMOTE = laneSchema.parse({
  ...OUT2,
  authority: { platform: 'keytop', giveUpAfter: 2, rules: 'both', fees: 'local' },
});
const REMOTE_IN = laneSchema.parse({
  ...INNER_IN,
  authority: { platform: 'keytop', giveUpAfter: 1, rules: 'both', onGiveUp: 'wait' },
});
const text = fc.constantFrom(...PLATES);
const known = fc.constantFrom(...PLATES.slice(0, 4));

export const park = fc.record({
  rules,
  openSpaces: fc.constantFrom(0, 1, 90),
  cards: fc.array(
    fc.record({
      id: fc.constantFrom('c1', 'c2'),
      type: fc.constantFrom('monthly', 'stored-value', 'hours', 'counted', 'shared-space'),
      plates: fc.uniqueArray(known, { minLength: 1, maxLength: 3 }),
      spaces: fc.constantFrom(1, 2),
      quotaId: fc.constantFrom(null, 'q'),
      areas: fc.constantFrom<string[]>([], ['a3']),
      validTo: fc.constantFrom(START - HOUR, START + 3 * HOUR, START + 90 * DAY),
      balanceFen: fc.constantFrom(0, 300, 5000),
      minutesLeft: fc.constantFrom(0, 70, 900),
      timesLeft: fc.constantFrom(0, 1, 5),
    }),
    { maxLength: 2 },
  ),
  booked: fc.option(known, { nil: null }),
  visits: fc.option(known, { nil: null }),
  owes: fc.array(fc.record({ plate: known, intercept: fc.constantFrom('none', 'entry', 'exit') } as const), {
    maxLength: 2,
  }),
  listed: fc.array(
    fc.record({
      plate: known,
      list: fc.constantFrom('black', 'white'),
      strategy: fc.constantFrom('no-entry', 'no-exit', 'warn', 'free'),
    } as const),
    { maxLength: 2 },
  ),
  agreed: fc.array(
    fc.record({
      plate: known,
      kind: fc.constantFrom('departure-pay', 'departure-pay', 'auto-pay'),
      limitFen: fc.constantFrom(null, 500, 3000),
      collectMinutes: fc.constantFrom(1, 60, 600),
    } as const),
    { maxLength: 3 },
  ),
  coupon: fc.option(fc.record({ plate: known, value: fc.constantFrom(200, 2000) }), { nil: null }),
});
type Park = typeof park extends fc.Arbitrary<infer T> ? T : never;

export function worldOf(what: Park): LaneWorld {
  const world = new LaneWorld(passageRulesSchema.parse(what.rules));
  const quotas = [{ id: 'q', name: '租户', spaces: 1 }];
  world.site = siteSchema.parse({ ...world.site, openSpaces: what.openSpaces, quotas });
  for (const each of what.cards) world.cards.set(each.id, card(each));
  if (what.booked) world.bookings.set('b1', booking({ plate: what.booked, to: START + 9 * HOUR }));
  if (what.visits)
    world.visitors.set('v1', visitor({ plate: what.visits, visitsLeft: 2, freeMinutes: 90, to: START + DAY }));
  for (const [index, { plate: of, intercept }] of what.owes.entries())
    world.debts.set(`d${index}`, debt({ id: `d${index}`, plate: of, intercept }));
  for (const [index, each] of what.agreed.entries()) world.agreements.push(agreement({ id: `agr${index}`, ...each }));
  for (const each of what.listed) world.list(each.plate, each.list, each.strategy);
  world.merchants.set('m1', {
    id: 'm1',
    name: '超市',
    couponsLeft: null,
    amountLeftFen: 1500,
    state: 'active',
    updatedAt: 0,
  });
  if (what.coupon) world.coupons.set('q1', coupon(what.coupon));
  return world;
}

const no = <T extends string>(type: T) => fc.constant({ type });
const what = fc.oneof(
  {
    weight: 14,
    arbitrary: fc.record({ type: fc.constant('car' as const), text, kind: fc.constantFrom('unread', 'none') } as const),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('collect' as const),
      how: fc.constantFrom('whole', 'part', 'wrong'),
      method: fc.constantFrom('cash', 'pos'),
    } as const),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('paid' as const),
      how: fc.constantFrom('whole', 'own', 'part', 'off', 'late'),
    } as const),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('correct' as const), text }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('identify' as const), identity: fc.constantFrom(...IDS) }) },
  { weight: 5, arbitrary: fc.record({ type: fc.constant('approve' as const), reason: fc.constantFrom(null, 'r') }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('pick' as const), index: fc.nat(5) }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('back-fill' as const), minutes: fc.integer({ min: -5, max: 600 }) }),
  },
  { weight: 1, arbitrary: no('fixed-fee' as const) },
  { weight: 1, arbitrary: no('release' as const) },
  { weight: 1, arbitrary: no('owe' as const) },
  { weight: 1, arbitrary: no('cancel' as const) },
  { weight: 3, arbitrary: no('withdraw' as const) },
  { weight: 1, arbitrary: no('refresh' as const) },
  { weight: 1, arbitrary: no('elsewhere' as const) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('turn' as const), direction: fc.constantFrom('in', 'out') } as const),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('told' as const),
      answer: fc.constantFrom('open', 'refuse', 'failed'),
      stale: fc.boolean(),
    } as const),
  },
  { weight: 1, arbitrary: no('ask-again' as const) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('gate' as const),
      action: fc.constantFrom('open', 'close', 'hold', 'release-hold'),
    } as const),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('answer' as const),
      outcome: fc.constantFrom('done', 'unknown', 'refused'),
    } as const),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('lost' as const),
      which: fc.constantFrom('last', 'last', 'older'),
      arm: fc.constantFrom('closed', 'moving', 'open', 'unknown'),
    } as const),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('loop' as const), on: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('trigger' as const), on: fc.boolean() }) },
  { weight: 2, arbitrary: no('not-there' as const) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('restarted' as const), deaf: fc.boolean(), long: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('far' as const), plate: fc.constantFrom(null, ...PLATES) }) },
  { weight: 1, arbitrary: no('timeout' as const) },
  { weight: 1, arbitrary: no('again' as const) },
  { weight: 1, arbitrary: no('turned-back' as const) },
  // What others do meanwhile.
  { weight: 2, arbitrary: fc.record({ type: fc.constant('prepay' as const), index: fc.nat(5), pay: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('card' as const),
      state: fc.constantFrom('active', 'suspended', 'cancelled'),
    } as const),
  },
  { weight: 1, arbitrary: no('debt-cancelled' as const) },
  { weight: 1, arbitrary: no('collected' as const) },
  { weight: 1, arbitrary: no('doubt' as const) },
);

const action = fc.record({
  lane: fc.constantFrom<Lane[]>(IN, IN, OUT, OUT, REMOTE, BOTH, REMOTE_IN, INNER_OUT, CARDS_IN, ...FAR, ...FAR),
  afterMs: fc.oneof(fc.integer({ min: 0, max: 90_000 }), fc.integer({ min: 60_000, max: 20_000_000 })),
  what,
});
export type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;
export type Step = Action['what'];

/** One car from its entry to its exit, as it usually goes, with any of the steps left out: what makes a day worth looking at. */
const visit = fc
  .record({
    text: known,
    out: fc.constantFrom<Lane[]>(OUT, REMOTE, BOTH),
    afterMs: fc.integer({ min: 2 * MINUTE, max: 5 * HOUR }),
    ends: fc.subarray<Step>(
      [
        { type: 'told', answer: 'open', stale: false },
        { type: 'approve', reason: 'r' },
        { type: 'approve', reason: 'r' },
        { type: 'collect', how: 'part', method: 'cash' },
        { type: 'paid', how: 'part' },
        { type: 'refresh' },
        { type: 'owe' },
        { type: 'paid', how: 'off' },
        { type: 'collect', how: 'whole', method: 'cash' },
        { type: 'paid', how: 'whole' },
        { type: 'answer', outcome: 'done' },
        { type: 'lost', which: 'last', arm: 'unknown' },
        { type: 'loop', on: true },
        { type: 'loop', on: false },
        { type: 'withdraw' },
      ],
      { minLength: 5 },
    ),
    inner: fc.boolean(),
    prepays: fc.boolean(),
  })
  .map(({ text: of, out, afterMs, ends, inner, prepays }): Action[] => {
    const car: Step = { type: 'car', text: of, kind: 'unread' };
    const at = (lane: Lane, what: Step, after = 1000): Action => ({ lane, afterMs: after, what });
    return [
      at(IN, car, 2 * MINUTE),
      at(IN, { type: 'approve', reason: 'r' }),
      ...(inner
        ? [at(REMOTE_IN, car), at(REMOTE_IN, { type: 'told', answer: 'open', stale: false }), at(INNER_OUT, car)]
        : []),
      ...(prepays
        ? [at(IN, { type: 'prepay', index: 0, pay: false }, afterMs), at(IN, { type: 'prepay', index: 0, pay: true })]
        : []),
      at(out, car, afterMs),
      ...ends.map((end) => at(out, end)),
    ];
  });

export const day = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: action.map((one) => [one]) },
      { weight: 1, arbitrary: fc.oneof(visit, visitFar(text)) },
    ),
    {
      minLength: 1,
      maxLength: 40,
      size: 'max',
    },
  )
  .map((parts) => parts.flat());

const OFF: Discount = {
  ...{ id: 'by-platform', kind: 'amount', value: 100, maxFen: null, minimumFen: 0, origin: '平台' },
  ...{ originKind: 'platform', couponId: null, grantedAt: START },
};

/** Only what was told to have been done can be found lost; an older command may be of a car that has gone. */
function lostOf({ lastCommand, lastPassed }: LaneState, { which, arm }: Extract<Step, { type: 'lost' }>) {
  const detail = '相机没有取走指令';
  const older = { commandId: 'older', action: 'open', passageId: lastPassed?.passageId ?? null } as const;
  if (which === 'older') return { type: 'gate-lost', ...older, detail, arm } as const;
  if (lastCommand?.outcome !== 'done') return undefined;
  const { id: commandId, action, passageId } = lastCommand;
  return { type: 'gate-lost', ...{ commandId, action, passageId, detail, arm } } as const;
}

/** The input that an action means at its lane as it is now; undefined where it means none. */
export function inputOf(world: LaneWorld, { lane, what: each }: Action): LaneInput | undefined {
  const state = world.state(lane);
  const { passage } = state;
  const passageId = passage?.id ?? 'nobody';
  const due = passage?.bill?.dueFen ?? 0;
  const whole = due + (passage?.bill?.arrears.reduce((sum, one) => sum + one.amountFen, 0) ?? 0);
  switch (each.type) {
    case 'car':
      return { type: 'car', arrival: world.arrival(each.text, each.text === '' ? each.kind : undefined) };
    case 'collect': {
      const amountFen = each.how === 'whole' ? whole : each.how === 'part' ? Math.floor(due / 2) : whole + 1;
      return { type: 'collect', method: each.method, amountFen, part: each.how === 'part', actor: user };
    }
    case 'paid': {
      const amounts = { whole, own: due, part: Math.floor(due / 2), off: whole - Math.min(due, 100), late: whole };
      const discounts = each.how === 'off' ? [{ discount: OFF, amountFen: Math.min(due, 100), text: '' }] : [];
      return {
        type: 'paid',
        billId: each.how === 'late' ? 'old' : (passage?.bill?.id ?? 'none'),
        payment: payment(amounts[each.how], { paidAt: world.now, discounts }),
        actor: STATION,
      };
    }
    case 'correct':
      return { type: 'correct-plate', plate: plate(each.text), actor: user };
    case 'identify':
      return { type: 'identify', identity: each.identity, actor: user };
    case 'approve':
      return { type: 'approve', reason: each.reason, actor: user };
    case 'pick':
      return { type: 'pick-stay', uid: inside(world)[each.index]?.uid ?? 'nobody', actor: user };
    case 'back-fill':
      return { type: 'back-fill', enteredAt: world.now - each.minutes * MINUTE, proof: 'p', actor: user };
    case 'fixed-fee':
      return { type: 'fixed-fee', amountFen: 2000, reason: 'r', actor: user };
    case 'release':
      return { type: 'release', reason: 'r', actor: user };
    case 'owe':
      return { type: 'owe', reason: 'r', actor: user };
    case 'cancel':
      return { type: 'cancel', reason: 'r', actor: user };
    case 'withdraw':
      return { type: 'withdraw', reason: 'r', actor: user };
    case 'refresh':
      return { type: 'refresh', actor: user };
    case 'elsewhere':
      return { type: 'gone-elsewhere', laneName: '别处' };
    case 'turn':
      return { type: 'turn', direction: each.direction, actor: user };
    case 'told':
      return { type: 'authority-answered', passageId: each.stale ? 'old' : passageId, answer: each.answer, detail: '' };
    case 'ask-again':
      return { type: 'ask-again', passageId };
    case 'gate':
      return { type: 'gate', action: each.action, reason: 'r', photoId: null, actor: user };
    case 'answer':
      return { type: 'gate-answered', commandId: state.lastCommand?.id ?? '', outcome: each.outcome, detail: '' };
    case 'lost':
      return lostOf(state, each);
    case 'loop':
      return { type: 'safety-loop', on: each.on };
    case 'trigger':
      return { type: 'trigger-loop', on: each.on };
    case 'restarted':
      return each;
    case 'not-there':
      return { type: 'presence-timeout', passageId };
    case 'far':
      return { type: 'platform-opens', plate: each.plate, reason: 'r', photoId: null, actor: VANKE };
    case 'timeout':
      return { type: 'cleared-timeout', passageId };
    case 'again':
      return { type: 'asked-again', passageId };
    case 'turned-back':
      return { type: 'turned-back', passageId, sure: true };
    default:
      return undefined;
  }
}
