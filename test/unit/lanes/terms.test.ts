import { describe, expect, it } from 'vitest';
import { siteSchema } from '../../../shared/domain/site.ts';
import type { CardType } from '../../../shared/domain/terms.ts';
import { IN, LaneWorld, OUT } from '../../support/lane-world.ts';
import {
  A,
  approve,
  attention,
  B,
  billAt,
  booking,
  card,
  count,
  DAY,
  exited,
  given,
  HOUR,
  last,
  MINUTE,
  parked,
  quiet,
  START,
  user,
  visitor,
} from './given.ts';

const entered = (world: LaneWorld) => last(world, 'vehicle-entered').stay;

describe('a card', () => {
  it.each<CardType>(['vip', 'monthly', 'owner', 'guest', 'staff', 'coach', 'shared-space'])(
    'of type %s pays for the whole stay while it is valid',
    (type) => {
      const world = parked(300, {}, A, given(new LaneWorld(), { cards: [card({ type })] }));
      expect(entered(world)).toMatchObject({ terms: { kind: 'card', id: 'c1', cardType: type, fallback: null } });
      world.car(OUT, A);
      expect(exited(world)).toMatchObject({ how: 'covered', stay: { chargeFen: 0, paidFen: 0, waivedFen: 0 } });
      expect(count(world, 'card-changed')).toBe(0);
      expect(world.opens(OUT)).toBe(1);
    },
  );

  it.each([
    { balance: 1500, paid: true, left: 500 },
    { balance: 1000, paid: true, left: 0 },
  ])('with $balance fen stored pays 10 yuan by itself', ({ balance, left }) => {
    const world = given(new LaneWorld(), { cards: [card({ type: 'stored-value', balanceFen: balance })] });
    parked(61, {}, A, world);
    world.car(OUT, A);
    expect(exited(world)).toMatchObject({ how: 'paid', stay: { chargeFen: 1000, paidFen: 1000 } });
    expect(last(world, 'bill-paid')).toMatchObject({ method: 'card', reference: 'K001' });
    expect(world.cards.get('c1')?.balanceFen).toBe(left);
    expect(world.bills.size).toBe(0);
  });

  it('with too little stored pays what it holds, and the driver the rest', () => {
    const world = given(new LaneWorld(), { cards: [card({ type: 'stored-value', balanceFen: 400 })] });
    parked(61, {}, A, world);
    world.car(OUT, A);
    expect(world.cards.get('c1')?.balanceFen).toBe(0);
    expect(billAt(world)).toMatchObject({ dueFen: 600, paidFen: 400, chargeFen: 1000 });
    world.must(OUT, { type: 'collect', method: 'cash', amountFen: 600, actor: user });
    expect(exited(world).stay).toMatchObject({ chargeFen: 1000, paidFen: 1000, owedFen: 0, waivedFen: 0 });
    expect(count(world, 'bill-paid')).toBe(2);
  });

  it.each([
    { why: 'empty', over: { balanceFen: 0 } },
    { why: 'suspended', over: { balanceFen: 5000, state: 'suspended' as const } },
  ])('of stored value that is $why pays nothing', ({ over }) => {
    const world = given(new LaneWorld(), { cards: [card({ type: 'stored-value', ...over })] });
    parked(61, {}, A, world);
    world.car(OUT, A);
    expect(billAt(world)?.dueFen).toBe(1000);
    expect(count(world, 'card-changed')).toBe(0);
  });

  it('of hours that are used up midway pays for its minutes, and only the rest is charged', () => {
    const world = given(new LaneWorld(), { cards: [card({ type: 'hours', minutesLeft: 90 })] });
    parked(150, {}, A, world);
    world.car(OUT, A);
    expect(billAt(world)?.dueFen).toBe(500);
    world.must(OUT, { type: 'collect', method: 'cash', amountFen: 500, actor: user });
    expect(world.cards.get('c1')?.minutesLeft).toBe(0);
  });

  it('of hours that last is used by begun minutes', () => {
    const world = given(new LaneWorld(), { cards: [card({ type: 'hours', minutesLeft: 90 })] });
    parked(30, {}, A, world);
    world.now += 1000;
    world.car(OUT, A);
    expect(exited(world).how).toBe('covered');
    expect(world.cards.get('c1')?.minutesLeft).toBe(59);
  });

  it.each([{ type: 'hours' as const }, { type: 'counted' as const }])(
    'of type $type with nothing left makes a temporary car, and says so',
    ({ type }) => {
      const world = given(new LaneWorld(), { cards: [card({ type })] });
      world.car(IN, A);
      expect(entered(world).terms).toMatchObject({ kind: 'temporary', id: 'c1', fallback: 'used-up' });
      expect(world.state(IN).passage?.warnings).toContain('card-used-up');
    },
  );

  it('of passes is used once by each exit', () => {
    const world = given(new LaneWorld(), { cards: [card({ type: 'counted', timesLeft: 2 })] });
    parked(300, {}, A, world);
    world.car(OUT, A);
    expect(exited(world)).toMatchObject({ how: 'covered', stay: { chargeFen: 0 } });
    expect(world.cards.get('c1')?.timesLeft).toBe(1);
  });

  it('for other areas is none here', () => {
    const world = given(new LaneWorld(), { cards: [card({ areas: ['a9'] })] });
    parked(61, {}, A, world);
    expect(entered(world).terms).toMatchObject({ kind: 'temporary', fallback: 'other-area' });
    world.car(OUT, A);
    expect(billAt(world)?.dueFen).toBe(1000);
  });

  it('that is usable counts before one that is not', () => {
    const dead = card({ id: 'c0', validTo: START - DAY });
    const world = given(new LaneWorld(), { cards: [dead, card()] });
    world.car(IN, A);
    expect(entered(world).terms.id).toBe('c1');
  });
});

describe('an expired card', () => {
  const expired = card({ validTo: START - 2 * DAY });

  it('makes a temporary car', () => {
    const world = parked(61, {}, A, given(new LaneWorld(), { cards: [expired] }));
    expect(entered(world).terms).toMatchObject({ kind: 'temporary', fallback: 'expired' });
    expect(world.state(IN).passage?.warnings).toContain('card-expired');
    world.car(OUT, A);
    expect(billAt(world)?.dueFen).toBe(1000);
  });

  it.each([
    { rule: 'wait' as const, firm: false },
    { rule: 'refuse' as const, firm: true },
  ])('waits for a person under the rule $rule', ({ rule, firm }) => {
    const world = given(new LaneWorld({ expiredCard: rule }), { cards: [expired] });
    world.car(IN, A);
    expect(world.state(IN).passage).toMatchObject({ attention: 'card-expired', firm });
    expect(world.opens(IN)).toBe(0);
    if (firm) expect(world.feed(IN, approve())).toEqual({ refused: 'reason-needed' });
    world.must(IN, approve('月底续费'));
    expect(entered(world).terms).toMatchObject({ kind: 'temporary', fallback: 'expired' });
    expect(world.opens(IN)).toBe(1);
  });

  it('counts on in the days of grace', () => {
    const world = given(new LaneWorld({ cardGraceDays: 3 }), { cards: [expired] });
    world.car(IN, A);
    expect(entered(world).terms.kind).toBe('card');
  });

  it('is announced in time', () => {
    const world = given(new LaneWorld({ cardReminderDays: 7 }), { cards: [card({ validTo: START + 6 * DAY })] });
    world.car(IN, A);
    expect(world.state(IN).passage?.warnings).toEqual(['card-expires-soon']);
  });

  it('charges a car from the moment of expiry on, and no minute before', () => {
    const world = given(new LaneWorld(), { cards: [card({ validTo: START + HOUR })] });
    parked(60 + 61, {}, A, world);
    world.car(OUT, A);
    expect(billAt(world)).toMatchObject({ dueFen: 1000 });
    expect(billAt(world)?.steps.map((step) => step.kind)).toContain('covered');
  });

  it('that was renewed while the car stood inside covers it', () => {
    const world = given(new LaneWorld(), { cards: [card({ validTo: START + HOUR })] });
    parked(300, {}, A, world);
    given(world, { cards: [card({ validTo: START + 30 * DAY })] });
    world.car(OUT, A);
    expect(exited(world)).toMatchObject({ how: 'covered', stay: { chargeFen: 0 } });
  });

  it('that had ended before the entry and is renewed inside covers it from where the renewal begins', () => {
    const ended = card({ validTo: START - DAY });
    const fromOldEnd = parked(301, {}, A, given(new LaneWorld(), { cards: [ended] }));
    given(fromOldEnd, { cards: [{ ...ended, validTo: START + 30 * DAY }] });
    fromOldEnd.car(OUT, A);
    expect(exited(fromOldEnd)).toMatchObject({ stay: { chargeFen: 0, parkingType: 'temporary' } });

    const fromNow = parked(301, {}, A, given(new LaneWorld(), { cards: [ended] }));
    given(fromNow, { cards: [{ ...ended, validFrom: START + 61 * MINUTE, validTo: START + 30 * DAY }] });
    fromNow.car(OUT, A);
    expect(billAt(fromNow)?.dueFen).toBe(1000);
  });

  it('that was used up before the entry and is filled inside pays for it, and is used', () => {
    const empty = card({ type: 'counted', timesLeft: 0 });
    const world = parked(301, {}, A, given(new LaneWorld(), { cards: [empty] }));
    given(world, { cards: [{ ...empty, timesLeft: 3 }] });
    world.car(OUT, A);
    expect(exited(world)).toMatchObject({ stay: { chargeFen: 0 } });
    expect(world.cards.get('c1')?.timesLeft).toBe(2);
  });

  it('that was cancelled while the car stood inside covers it until then', () => {
    const world = parked(300, { cardGraceDays: 5 }, A, given(new LaneWorld({ cardGraceDays: 5 }), { cards: [card()] }));
    given(world, { cards: [card({ state: 'cancelled', validTo: START + 239 * MINUTE })] });
    world.car(OUT, A);
    expect(billAt(world)?.dueFen).toBe(1000);
  });
});

describe('several cars on one space', () => {
  const family = (over: object = {}) => card({ plates: [A, B, '鲁B24680'], ...over });

  it.each([
    { rule: 'temporary' as const, stops: null },
    { rule: 'wait' as const, stops: 'card-surplus' },
    { rule: 'refuse' as const, stops: 'card-surplus' },
  ])('the surplus car under the rule $rule', ({ rule, stops }) => {
    const world = given(new LaneWorld({ surplusCar: rule }), { cards: [family()] });
    parked(1, {}, A, world);
    world.car(IN, B);
    expect(attention(world, IN)).toBe(stops);
    if (stops) world.must(IN, approve('业主确认'));
    expect(world.inside(B)?.terms).toMatchObject({ kind: 'temporary', fallback: 'surplus', id: 'c1' });
  });

  it('two spaces take two cars', () => {
    const world = given(new LaneWorld(), { cards: [family({ spaces: 2 })] });
    for (const text of [A, B, '鲁B24680']) {
      world.car(IN, text);
      world.now += 2 * MINUTE;
    }
    expect([...world.stays.values()].map((stay) => stay.terms.kind)).toEqual(['card', 'card', 'temporary']);
  });

  it.each([
    { after: 29, kind: 'card', due: null },
    { after: 31, kind: 'temporary', due: 1000 },
  ])(
    'when the first leaves $after minutes after the entry of the second, which then is $kind',
    ({ after, kind, due }) => {
      const world = given(new LaneWorld({ surplusBecomesFixedMinutes: 30 }), { cards: [family()] });
      parked(10, {}, A, world);
      world.car(IN, B);
      world.now += after * MINUTE;
      world.car(OUT, A);
      expect(exited(world).how).toBe('covered');
      expect(world.inside(B)).toMatchObject({
        terms: { kind },
        parkingType: kind === 'card' ? 'monthly' : 'temporary',
      });
      quiet(world, OUT);
      world.now += 50 * MINUTE;
      world.car(OUT, B);
      expect(billAt(world)?.dueFen ?? null).toBe(due);
    },
  );
});

describe('bookings and visitors', () => {
  it('a booking for once is used up by its entry', () => {
    const world = parked(150, {}, A, given(new LaneWorld(), { bookings: [booking()] }));
    expect(world.bookings.get('b1')?.used).toBe(1);
    world.car(OUT, A);
    expect(exited(world)).toMatchObject({ how: 'covered', stay: { chargeFen: 0, terms: { kind: 'booking' } } });
    quiet(world, OUT);
    world.now += 2 * MINUTE;
    world.car(IN, A);
    expect(world.inside(A)?.terms.kind).toBe('temporary');
  });

  it('a booking for many entries counts each time in its period', () => {
    const world = parked(20, {}, A, given(new LaneWorld(), { bookings: [booking({ passes: 'many' })] }));
    world.car(OUT, A);
    quiet(world, OUT);
    world.now += 2 * MINUTE;
    world.car(IN, A);
    expect(world.inside(A)?.terms.kind).toBe('booking');
    expect(world.bookings.get('b1')?.used).toBe(2);
  });

  it.each([
    { why: 'not begun', over: { from: START + HOUR } },
    { why: 'over', over: { to: START - MINUTE } },
    { why: 'cancelled', over: { state: 'cancelled' as const } },
    { why: 'used', over: { used: 1 } },
  ])('a booking that is $why counts for nothing', ({ over }) => {
    const world = given(new LaneWorld(), { bookings: [booking(over)] });
    world.car(IN, A);
    expect(world.inside(A)?.terms.kind).toBe('temporary');
  });

  it('time after the booking is charged', () => {
    const world = parked(180 + 61, {}, A, given(new LaneWorld(), { bookings: [booking()] }));
    world.car(OUT, A);
    expect(billAt(world)?.dueFen).toBe(1000);
  });

  it('a visitor by count uses a visit, and none is left for the next', () => {
    const world = given(new LaneWorld(), { visitors: [visitor({ visitsLeft: 1 })] });
    parked(100, {}, A, world);
    expect(world.visitors.get('v1')?.visitsLeft).toBe(0);
    world.car(OUT, A);
    expect(exited(world).how).toBe('covered');
    quiet(world, OUT);
    world.now += 2 * MINUTE;
    world.car(IN, A);
    expect(world.inside(A)?.terms.kind).toBe('temporary');
  });

  it('a visitor by time is covered within the period, however often he comes', () => {
    const world = parked(100, {}, A, given(new LaneWorld(), { visitors: [visitor()] }));
    expect(count(world, 'visitor-changed')).toBe(0);
    world.car(OUT, A);
    expect(exited(world).stay.chargeFen).toBe(0);
  });

  it('a visitor with free minutes pays for what is over them, also when he had to wait at the barrier', () => {
    const world = given(
      new LaneWorld({ confirm: { temporaryEntry: false, cardEntry: true, cardExit: false, freeExit: false } }),
      {
        visitors: [visitor({ freeMinutes: 60 })],
      },
    );
    world.car(IN, A);
    expect(attention(world, IN)).toBe('confirm');
    world.now += 5 * MINUTE;
    world.must(IN, approve());
    world.now += 60 * MINUTE;
    world.car(OUT, A);
    expect(exited(world)).toMatchObject({ how: 'covered', stay: { chargeFen: 0 } });
  });

  it('a visitor beyond his free minutes is charged from there', () => {
    const world = parked(60 + 70, {}, A, given(new LaneWorld(), { visitors: [visitor({ freeMinutes: 60 })] }));
    world.car(OUT, A);
    expect(billAt(world)?.dueFen).toBe(1000);
  });
});

describe('a full lot', () => {
  const full = (over: object = {}): LaneWorld => {
    const world = new LaneWorld({ full: { small: 'refuse', medium: 'admit', large: 'admit' }, ...over });
    world.site = { ...world.site, openSpaces: 1 };
    world.car(IN, B);
    world.now += 2 * MINUTE;
    return world;
  };

  it.each([
    { rule: 'admit' as const, stops: undefined, firm: false },
    { rule: 'wait' as const, stops: 'lot-full', firm: false },
    { rule: 'refuse' as const, stops: 'lot-full', firm: true },
  ])('under the rule $rule', ({ rule, stops, firm }) => {
    const world = full({ full: { small: rule, medium: 'admit', large: 'admit' } });
    world.car(IN, A);
    expect(attention(world, IN) ?? undefined).toBe(stops);
    expect(world.state(IN).passage?.firm).toBe(firm);
    if (stops) world.must(IN, approve('有车将离场'));
    expect(world.inside(A)).not.toBeNull();
  });

  it('asks the class of the car', () => {
    const world = full({ full: { small: 'admit', medium: 'admit', large: 'refuse' } });
    world.car(IN, A);
    expect(world.inside(A)).not.toBeNull();
  });

  it('is full for a class that has as many as it may', () => {
    const world = full({ classSpaces: { small: 1 } });
    world.site = { ...world.site, openSpaces: 50 };
    world.car(IN, A);
    expect(attention(world, IN)).toBe('lot-full');
  });

  it('stops no card, booking or whitelisted car', () => {
    const world = given(full(), { cards: [card()] });
    world.car(IN, A);
    expect(world.inside(A)).not.toBeNull();
  });

  it('has a space again when the car on it has left', () => {
    const world = full();
    world.car(OUT, B);
    quiet(world, OUT);
    world.car(IN, A);
    expect(world.inside(A)).not.toBeNull();
  });
});

describe('a reserved quota', () => {
  const tenants = (rule: 'borrow' | 'temporary' | 'wait' | 'refuse'): LaneWorld => {
    const world = given(new LaneWorld({ quotaFull: rule }), {
      cards: [card({ plates: [A], quotaId: 'q' }), card({ id: 'c2', plates: [B], quotaId: 'q' })],
    });
    world.site = siteSchema.parse({ ...world.site, quotas: [{ id: 'q', name: '租户', spaces: 1 }] });
    world.car(IN, A);
    world.now += 2 * MINUTE;
    return world;
  };

  it('takes no open space while there is room in it', () => {
    const world = tenants('borrow');
    expect(last(world, 'vehicle-entered')).toMatchObject({ spaces: { free: 90 }, stay: { terms: { quotaId: 'q' } } });
  });

  it('that is full borrows an open space, and says so', () => {
    const world = tenants('borrow');
    world.car(IN, B);
    expect(last(world, 'vehicle-entered')).toMatchObject({
      spaces: { free: 89 },
      stay: { terms: { kind: 'card', quotaId: null } },
    });
    expect(world.state(IN).passage?.warnings).toContain('quota-borrowed');
  });

  it('that is full makes a temporary car', () => {
    const world = tenants('temporary');
    world.car(IN, B);
    expect(world.inside(B)?.terms).toMatchObject({ kind: 'temporary', fallback: 'quota-full' });
  });

  it.each([
    { rule: 'wait' as const, firm: false },
    { rule: 'refuse' as const, firm: true },
  ])('that is full stops the car under the rule $rule', ({ rule, firm }) => {
    const world = tenants(rule);
    world.car(IN, B);
    expect(world.state(IN).passage).toMatchObject({ attention: 'quota-full', firm });
    world.must(IN, approve('物业同意'));
    expect(world.inside(B)?.terms).toMatchObject({ kind: 'card', quotaId: null });
  });
});

describe('a car that a person lets in over a rule', () => {
  it('stands on its card all the same', () => {
    const world = given(
      new LaneWorld({ confirm: { temporaryEntry: false, cardEntry: true, cardExit: false, freeExit: false } }),
      {
        cards: [card()],
      },
    );
    world.car(IN, A);
    world.must(IN, { type: 'release', reason: '特种车辆', actor: user });
    expect(world.inside(A)?.terms.kind).toBe('card');
  });
});
