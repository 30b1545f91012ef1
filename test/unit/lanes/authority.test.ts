import { describe, expect, it } from 'vitest';
import { type LaneAuthority, laneSchema } from '../../../shared/domain/site.ts';
import { IN, LaneWorld, OUT } from '../../support/lane-world.ts';
import {
  A,
  approve,
  attention,
  billAt,
  card,
  cash,
  count,
  exited,
  given,
  last,
  MINUTE,
  parked,
  quiet,
  user,
} from './given.ts';
import { trigger } from './platform-lane.ts';

/** A lane where a platform decides. */
const remote = (lane: typeof IN, over: Partial<LaneAuthority> = {}) =>
  laneSchema.parse({ ...lane, authority: { platform: 'keytop', giveUpAfter: 3, rules: 'both', ...over } });

const answer = (world: LaneWorld, lane: typeof IN, what: 'open' | 'refuse' | 'failed', passageId?: string) =>
  world.must(lane, {
    type: 'authority-answered',
    passageId: passageId ?? world.state(lane).passage?.id ?? '',
    answer: what,
    detail: '',
  });
const again = (world: LaneWorld, lane: typeof IN) =>
  world.must(lane, { type: 'ask-again', passageId: world.state(lane).passage?.id ?? '' });

describe('a platform that decides at an entrance', () => {
  const lane = remote(IN);

  it('is asked before anything opens, and opens', () => {
    const world = new LaneWorld();
    world.car(lane, A);
    expect(world.state(lane)).toMatchObject({ phase: 'asking', passage: { asked: { attempt: 1, pending: true } } });
    expect(world.stays.size).toBe(0);
    answer(world, lane, 'open');
    expect(world.opens(lane)).toBe(1);
    expect(world.inside(A)).not.toBeNull();
    expect(last(world, 'authority-answered')).toMatchObject({ platform: 'keytop', answer: 'open', attempt: 1 });
  });

  it('that refuses is asked again while the car waits, and may change its mind', () => {
    const world = new LaneWorld();
    world.car(lane, A);
    for (let attempt = 1; attempt <= 4; attempt++) {
      answer(world, lane, 'refuse');
      expect(world.state(lane).passage).toMatchObject({ attention: 'remote-refused', firm: true, asked: { attempt } });
      again(world, lane);
      expect(world.state(lane).passage).toMatchObject({ attention: 'remote-refused', asked: { pending: true } });
    }
    answer(world, lane, 'open');
    expect(world.opens(lane)).toBe(1);
    expect(count(world, 'case-changed')).toBe(0);
  });

  it.each<{ onGiveUp: LaneAuthority['onGiveUp']; opens: number; attention: string | null }>([
    { onGiveUp: 'release', opens: 1, attention: null },
    { onGiveUp: 'local', opens: 1, attention: null },
    { onGiveUp: 'wait', opens: 0, attention: 'remote-silent' },
  ])('that is silent three times in a row, with the setting $onGiveUp', ({ onGiveUp, opens, attention: stops }) => {
    const silent = remote(IN, { onGiveUp });
    const world = given(new LaneWorld(), { cards: [card()] });
    world.car(silent, A);
    for (let failure = 1; failure <= 3; failure++) {
      expect(world.opens(silent)).toBe(0);
      if (failure > 1) again(world, silent);
      answer(world, silent, 'failed');
    }
    expect(world.opens(silent)).toBe(opens);
    expect(attention(world, silent)).toBe(stops);
    expect(last(world, 'case-changed').case.kind).toBe('remote-gave-up');
    if (stops) world.must(silent, approve());
    // Whoever decided: a card's car stands on its card.
    expect(world.inside(A)?.terms.kind).toBe('card');
  });

  it('counts failures in a row only', () => {
    const world = new LaneWorld();
    world.car(lane, A);
    for (const what of ['failed', 'failed', 'refuse', 'failed', 'failed'] as const) {
      answer(world, lane, what);
      again(world, lane);
    }
    expect(world.state(lane)).toMatchObject({ phase: 'asking', passage: { asked: { failures: 2 } } });
  });

  it('under `local` does not get a car in that our own rules stop', () => {
    const local = remote(IN, { onGiveUp: 'local', giveUpAfter: 1 });
    const world = new LaneWorld();
    world.car(local, A);
    world.list(A, 'black', 'no-entry');
    answer(world, local, 'failed');
    expect(attention(world, local)).toBe('blacklisted');
  });

  it('that answers after the car is gone changes nothing', () => {
    const world = new LaneWorld();
    world.car(lane, A);
    const id = world.state(lane).passage?.id ?? '';
    world.must(lane, { type: 'cancel', reason: '掉头', actor: user });
    const before = world.events.length;
    answer(world, lane, 'open', id);
    expect(world.events).toHaveLength(before);
    world.car(lane, A);
    answer(world, lane, 'open', id);
    expect(world.state(lane).phase).toBe('asking');
    expect(world.opens(lane)).toBe(0);
  });

  it('that answers twice is heard once', () => {
    const world = new LaneWorld();
    world.car(lane, A);
    answer(world, lane, 'refuse');
    answer(world, lane, 'open');
    expect(world.opens(lane)).toBe(0);
  });

  it('is overruled by a person with a reason', () => {
    const world = new LaneWorld();
    world.car(lane, A);
    answer(world, lane, 'refuse');
    expect(world.feed(lane, approve())).toEqual({ refused: 'reason-needed' });
    world.must(lane, approve('业主电话确认'));
    expect(world.opens(lane)).toBe(1);
    expect(last(world, 'passage-approved')).toMatchObject({ attention: 'remote-refused', reason: '业主电话确认' });
  });

  it('or released by one while the question is still under way', () => {
    const world = new LaneWorld();
    world.car(lane, A);
    world.must(lane, { type: 'release', reason: '特种车辆', actor: user });
    expect(world.opens(lane)).toBe(1);
    expect(world.inside(A)).not.toBeNull();
  });

  it('is not asked about a car that our own rules stop first', () => {
    const world = new LaneWorld();
    world.list(A, 'black', 'no-entry');
    world.car(lane, A);
    expect(world.state(lane)).toMatchObject({ phase: 'attention', passage: { asked: null } });
  });

  it('is not asked under a held arm', () => {
    const world = new LaneWorld();
    world.must(lane, { type: 'gate', action: 'hold', reason: '高峰', photoId: null, actor: user });
    world.car(lane, A);
    expect(world.inside(A)).not.toBeNull();
  });
});

describe('a platform that decides at an exit', () => {
  it('and collects there: its word is the whole answer', () => {
    const lane = remote(OUT, { fees: 'platform' });
    const world = parked(600);
    world.car(lane, A);
    expect(world.state(lane).phase).toBe('asking');
    answer(world, lane, 'open');
    expect(exited(world)).toMatchObject({ how: 'remote', stay: { chargeFen: 0, paidFen: 0, owedFen: 0 } });
    expect(count(world, 'bill-issued')).toBe(0);
  });

  it('and leaves the fees to us: the bill comes after its word', () => {
    const lane = remote(OUT, { fees: 'local' });
    const world = parked(61);
    world.car(lane, A);
    expect(world.bills.size).toBe(0);
    answer(world, lane, 'open');
    expect(billAt(world, lane)?.dueFen).toBe(1000);
    expect(world.opens(lane)).toBe(0);
    world.must(lane, cash(1000));
    expect(world.opens(lane)).toBe(1);
  });

  it('that is silent lets the car go, and what was due stays in the record', () => {
    const lane = remote(OUT, { giveUpAfter: 1, fees: 'local' });
    const world = parked(61);
    world.car(lane, A);
    answer(world, lane, 'failed');
    expect(exited(world)).toMatchObject({ how: 'released', stay: { chargeFen: 1000, waivedFen: 1000 } });
  });

  it('that is silent under `local` leaves the car to our own tariff', () => {
    const lane = remote(OUT, { giveUpAfter: 1, onGiveUp: 'local', fees: 'local' });
    const world = parked(61);
    world.car(lane, A);
    answer(world, lane, 'failed');
    expect(billAt(world, lane)?.dueFen).toBe(1000);
  });

  it('keeps its place on the loop against the next car while it is asked', () => {
    const lane = remote(OUT);
    const world = parked(61);
    trigger(world, lane, true);
    world.car(lane, A);
    world.car(lane, '鲁B99999');
    expect(world.state(lane)).toMatchObject({ phase: 'asking', passage: { plate: { text: A } } });
    expect(world.state(lane).waiting).toHaveLength(1);
    answer(world, lane, 'open');
    quiet(world, lane);
    world.now += MINUTE;
    expect(world.inside(A)).toBeNull();
  });
});
