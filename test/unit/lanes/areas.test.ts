import { describe, expect, it } from 'vitest';
import { laneSchema } from '../../../shared/domain/site.ts';
import { BOTH, CARDS_IN, IN, INNER_IN, INNER_OUT, LaneWorld, OUT, plate } from '../../support/lane-world.ts';
import {
  A,
  approve,
  attention,
  B,
  billAt,
  booking,
  card,
  cash,
  count,
  exited,
  given,
  HOUR,
  last,
  MINUTE,
  parked,
  quiet,
  release,
  user,
} from './given.ts';

describe('an area inside the car park', () => {
  it('cuts the stay into segments and ends nothing', () => {
    const world = parked(5);
    const from = world.inside(A)?.enteredAt ?? 0;
    world.car(INNER_IN, A);
    expect(world.opens(INNER_IN)).toBe(1);
    world.now += 50 * MINUTE;
    world.car(INNER_OUT, A);
    world.now += 6 * MINUTE;
    expect(world.inside(A)).toMatchObject({
      status: 'inside',
      areaId: 'a1',
      segments: [
        { areaId: 'a1', from, to: from + 5 * MINUTE },
        { areaId: 'a2', from: from + 5 * MINUTE, to: from + 55 * MINUTE },
        { areaId: 'a1', from: from + 55 * MINUTE, to: null },
      ],
    });
    world.car(OUT, A);
    // Nothing is charged twice: an hour and a minute, whatever areas they were spent in.
    expect(billAt(world)).toMatchObject({ dueFen: 1000 });
    world.must(OUT, cash(1000));
    expect(exited(world).stay.segments.at(-1)?.to).toBe(world.now);
    expect(world.stays.size).toBe(1);
  });

  it('takes a car whose outer entry was missed, and has its bill looked at', () => {
    const world = new LaneWorld();
    world.car(INNER_IN, A);
    expect(world.inside(A)?.doubts).toMatchObject([{ kind: 'missed-outer-entry' }]);
    world.now += 61 * MINUTE;
    world.car(OUT, A);
    expect(attention(world)).toBe('doubtful');
  });

  it.each([
    { when: 'at once', after: 5000, opens: 1 },
    { when: 'when its way out was missed', after: 90 * MINUTE, opens: 2 },
  ])('reads a car again $when, and its stay goes on', ({ after, opens }) => {
    const world = parked(5);
    world.car(INNER_IN, A);
    quiet(world, INNER_IN);
    world.now += after;
    world.car(INNER_IN, A);
    expect(world.stays.size).toBe(1);
    expect(world.inside(A)?.doubts).toEqual([]);
    expect(world.opens(INNER_IN)).toBe(opens);
  });

  it('lets nobody out of the car park by its own exit, not even released by hand', () => {
    const world = parked(61);
    world.list(A, 'black', 'no-exit');
    world.car(INNER_OUT, A);
    expect(attention(world, INNER_OUT)).toBe('blacklisted');
    world.must(INNER_OUT, release('让行'));
    expect(world.opens(INNER_OUT)).toBe(1);
    expect(last(world, 'gate-commanded')).toMatchObject({ origin: 'released', reason: '让行' });
    expect(world.inside(A)?.status).toBe('inside');
  });
});

describe('an area for cards only', () => {
  it.each([
    { who: 'a car without anything', setup: {}, stops: true },
    { who: 'a card', setup: { cards: [card()] }, stops: false },
    { who: 'a card for another area', setup: { cards: [card({ areas: ['a1'] })] }, stops: true },
    { who: 'a booking for once, which its entry used up', setup: { bookings: [booking()] }, stops: false },
  ])('$who', ({ setup, stops }) => {
    const world = parked(5, {}, A, given(new LaneWorld(), setup));
    world.car(CARDS_IN, A);
    expect(attention(world, CARDS_IN)).toBe(stops ? 'area-closed' : null);
    expect(world.opens(CARDS_IN)).toBe(stops ? 0 : 1);
    if (!stops) return;
    expect(world.feed(CARDS_IN, approve())).toEqual({ refused: 'reason-needed' });
    world.must(CARDS_IN, approve('搬家'));
    expect(world.inside(A)?.areaId).toBe('a3');
    expect(world.stays.size).toBe(1);
  });

  it('stops a car whose outer entry was missed as well', () => {
    const world = new LaneWorld();
    world.car(CARDS_IN, A);
    expect(attention(world, CARDS_IN)).toBe('area-closed');
  });

  it('a person who releases the car there ends no stay', () => {
    const world = parked(5);
    world.car(CARDS_IN, A);
    world.must(CARDS_IN, release());
    expect(world.stays.size).toBe(1);
    expect(world.inside(A)?.areaId).toBe('a3');
  });
});

describe('a lane for both ways with one camera', () => {
  it('takes an unknown car in and a known one out', () => {
    const world = new LaneWorld();
    world.car(BOTH, A);
    expect(world.inside(A)).not.toBeNull();
    quiet(world, BOTH);
    world.now += 61 * MINUTE;
    world.car(BOTH, A);
    expect(billAt(world, BOTH)?.dueFen).toBe(1000);
    world.must(BOTH, cash(1000));
    expect(world.inside(A)).toBeNull();
  });

  it('reads the car that just went in from behind, and it is still the same', () => {
    const world = new LaneWorld();
    world.car(BOTH, A);
    world.now += 3000;
    world.car(BOTH, A);
    expect(world.opens(BOTH)).toBe(1);
    expect(world.inside(A)).not.toBeNull();
  });

  it('learns the way of an unread car from the plate that is typed', () => {
    const world = parked(61);
    world.car(BOTH, '');
    world.must(BOTH, { type: 'correct-plate', plate: plate(A), actor: user });
    expect(billAt(world, BOTH)?.dueFen).toBe(1000);
    world.must(BOTH, cash(1000));
    expect(exited(world).stay.plate.text).toBe(A);
  });
});

describe('a lane for both ways with two cameras', () => {
  const two = laneSchema.parse({ ...BOTH, camera: 'c-in', exitCamera: 'c-out' });

  it('goes by the camera that reads, whoever is inside', () => {
    const world = new LaneWorld();
    world.must(two, { type: 'car', arrival: { ...world.arrival(A), direction: 'out' } });
    expect(attention(world, two)).toBe('no-entry');
    world.must(two, { type: 'cancel', reason: '误识别', actor: user });
    world.must(two, { type: 'car', arrival: { ...world.arrival(A), direction: 'in' } });
    expect(world.inside(A)).not.toBeNull();
  });
});

describe('a reversible lane', () => {
  it('serves the way it is turned to, and is journalled', () => {
    const world = parked(61, {}, B);
    world.must(BOTH, { type: 'turn', direction: 'out', actor: user });
    expect(last(world, 'direction-changed').direction).toBe('out');
    world.car(BOTH, A);
    expect(attention(world, BOTH)).toBe('no-entry');
    expect(world.feed(BOTH, { type: 'turn', direction: 'in', actor: user })).toEqual({ refused: 'lane-busy' });
    world.must(BOTH, { type: 'cancel', reason: '掉头', actor: user });
    world.must(BOTH, { type: 'turn', direction: 'in', actor: user });
    world.car(BOTH, A);
    expect(world.inside(A)).not.toBeNull();
  });

  it('is the only kind that turns', () => {
    expect(new LaneWorld().feed(OUT, { type: 'turn', direction: 'in', actor: user })).toEqual({
      refused: 'not-reversible',
    });
  });

  it('that is turned while it is held open hides nobody who leaves', () => {
    const world = new LaneWorld();
    world.must(BOTH, { type: 'turn', direction: 'in', actor: user });
    world.must(BOTH, { type: 'gate', action: 'hold', reason: '高峰', photoId: null, actor: user });
    expect(last(world, 'gap-changed').gap).toMatchObject({ direction: 'in', to: null });
    world.now += HOUR;
    world.must(BOTH, { type: 'turn', direction: 'out', actor: user });
    expect([...world.gaps.values()]).toMatchObject([
      { direction: 'in', to: world.now },
      { direction: 'out', from: world.now, to: null },
    ]);
  });
});

describe('a lane in use', () => {
  it('takes each car once, however the ways alternate', () => {
    const world = new LaneWorld();
    for (const text of [A, B]) {
      world.car(IN, text);
      world.now += 2 * MINUTE;
    }
    for (const text of [B, A]) {
      world.car(BOTH, text);
      quiet(world, BOTH);
      world.now += 2 * MINUTE;
    }
    expect(count(world, 'vehicle-entered')).toBe(2);
    expect(count(world, 'vehicle-exited')).toBe(2);
  });
});
