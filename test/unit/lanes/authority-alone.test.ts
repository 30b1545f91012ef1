import { describe, expect, it } from 'vitest';
import type { Lane } from '../../../shared/domain/site.ts';
import { CARDS_IN, IN, INNER_IN, INNER_OUT, LaneWorld, OUT } from '../../support/lane-world.ts';
import {
  A,
  approve,
  attention,
  billAt,
  card,
  cash,
  count,
  DAY,
  debt,
  exited,
  given,
  last,
  MINUTE,
  parked,
  quiet,
  START,
  user,
} from './given.ts';
import { again, alone, says, silence } from './platform-lane.ts';

/** The platform alone decides: it is asked about every car, and its word is carried out whatever our own rules say. */

const entry = alone(IN);
const exit = alone(OUT);

describe('at an entrance', () => {
  it.each<[string, (world: LaneWorld) => void, string[], Lane]>([
    ['on the black list', (world) => world.list(A, 'black', 'neither'), ['listed'], entry],
    ['with a debt that stops it', (world) => given(world, { debts: [debt({ intercept: 'both' })] }), ['owing'], entry],
    [
      'whose card has ended',
      (world) => given(world, { cards: [card({ validTo: START - DAY })] }),
      ['card-expired'],
      entry,
    ],
    [
      'for which there is no space',
      (world) => {
        world.site = { ...world.site, openSpaces: 0 };
      },
      ['lot-full'],
      entry,
    ],
    ['without a card, where only cards may go', () => undefined, ['area-closed'], alone(CARDS_IN)],
    ['that our own rules would have confirmed by a person', () => undefined, [], entry],
  ])('a car %s is asked about, and let in', (_what, set, warnings, lane) => {
    const world = new LaneWorld({
      expiredCard: 'refuse',
      full: { small: 'refuse', medium: 'refuse', large: 'refuse' },
      confirm: { temporaryEntry: true, cardEntry: true, cardExit: true, freeExit: true },
    });
    set(world);
    world.car(lane, A);
    expect(world.state(lane)).toMatchObject({ phase: 'asking', passage: { warnings } });
    expect(count(world, 'passage-waiting')).toBe(0);
    says(world, lane, 'open');
    expect(world.opens(lane)).toBe(1);
    expect(last(world, 'vehicle-entered')).toMatchObject({ how: 'automatic', warnings, stay: { plate: { text: A } } });
    expect(last(world, 'gate-commanded')).toMatchObject({ action: 'open', origin: 'decision' });
  });

  it('a card keeps its terms', () => {
    const world = given(new LaneWorld(), { cards: [card()] });
    world.car(entry, A);
    says(world, entry, 'open');
    expect(world.inside(A)?.terms.kind).toBe('card');
  });

  it.each(['unread', 'none'] as const)(
    'a car that could not be read (%s) is asked about, and gets a virtual plate',
    (kind) => {
      const world = new LaneWorld();
      world.car(entry, '', kind);
      expect(world.state(entry)).toMatchObject({ phase: 'asking', passage: { asked: { plate: { text: '' } } } });
      says(world, entry, 'open');
      expect(last(world, 'vehicle-entered').stay).toMatchObject({
        plate: { text: '' },
        identity: expect.stringMatching(/^W/),
      });
    },
  );

  it('a car that could not be read, and then is, is another recognition: the first is asked about no more', () => {
    const world = new LaneWorld();
    world.car(entry, '');
    const first = world.state(entry).passage?.id;
    world.now += 800;
    world.car(entry, A);
    expect(world.state(entry)).toMatchObject({
      phase: 'asking',
      waiting: [],
      passage: { plate: { text: A }, asked: { attempt: 1 } },
    });
    expect(world.state(entry).passage?.id).not.toBe(first);
    expect(last(world, 'passage-ended').how).toBe('next-car');
  });

  it('a car that is still inside by our books enters anew, and the old stay is a case', () => {
    const world = parked(300);
    quiet(world);
    world.car(entry, A);
    says(world, entry, 'open');
    expect(world.cases()).toEqual(['entered-twice']);
    expect([...world.stays.values()].map((stay) => stay.status).sort()).toEqual(['abnormal', 'inside']);
  });

  it('the car that just went in and is read once more is nobody to ask about', () => {
    const world = new LaneWorld();
    world.car(entry, A);
    says(world, entry, 'open');
    world.must(entry, { type: 'safety-loop', on: true });
    world.must(entry, { type: 'safety-loop', on: false });
    world.now += 3000;
    world.car(entry, A);
    expect(world.state(entry).phase).toBe('idle');
    expect(world.opens(entry)).toBe(1);
  });

  it('unless it stands on the loop: then it is asked about, and its stay is not begun anew', () => {
    const world = new LaneWorld();
    world.must(entry, { type: 'trigger-loop', on: true });
    world.car(entry, A);
    says(world, entry, 'open');
    const { uid } = last(world, 'vehicle-entered').stay;
    world.must(entry, { type: 'safety-loop', on: true });
    world.must(entry, { type: 'trigger-loop', on: false });
    world.must(entry, { type: 'safety-loop', on: false });
    world.must(entry, { type: 'trigger-loop', on: true });
    world.car(entry, A);
    expect(world.state(entry).phase).toBe('asking');
    says(world, entry, 'open');
    expect(world.opens(entry)).toBe(2);
    expect(count(world, 'vehicle-entered')).toBe(1);
    expect(world.state(entry).passage?.uid).toBe(uid);
  });

  it('a plate that a person puts right is asked about anew, from the first question on', () => {
    const world = new LaneWorld();
    world.car(entry, A);
    says(world, entry, 'refuse');
    again(world, entry);
    says(world, entry, 'refuse');
    world.must(entry, {
      type: 'correct-plate',
      plate: { text: '鲁B00000', color: 'blue', kind: 'ordinary' },
      actor: user,
    });
    expect(world.state(entry)).toMatchObject({
      phase: 'asking',
      passage: { asked: { attempt: 1, pending: true, plate: { text: '鲁B00000' } } },
    });
  });

  it('and overruled by a person, who is named', () => {
    const world = new LaneWorld();
    world.list(A, 'black', 'neither');
    world.car(entry, A);
    says(world, entry, 'refuse');
    world.must(entry, approve('业主电话确认'));
    expect(world.opens(entry)).toBe(1);
    expect(last(world, 'vehicle-entered').how).toBe('attendant');
  });
});

describe('at an exit', () => {
  it('a car of which there is a stay leaves, and the platform collects', () => {
    const world = parked(600);
    world.list(A, 'black', 'no-exit');
    world.car(exit, A);
    says(world, exit, 'open');
    expect(exited(world)).toMatchObject({ how: 'remote', stay: { chargeFen: 0, waivedFen: 0 } });
  });

  it('where our tariff bills, the bill comes after the word, and no doubt of ours holds it up', () => {
    const lane = alone(OUT, { fees: 'local' });
    const world = parked(61, { verifyAboveFen: 1 });
    world.doubts.push({ kind: 'held-open', at: world.now, detail: '' });
    given(world, { debts: [debt({ intercept: 'exit' })] });
    world.car(lane, A);
    expect(world.bills.size).toBe(0);
    says(world, lane, 'open');
    expect(billAt(world, lane)).toMatchObject({ dueFen: 1000 });
    expect(world.opens(lane)).toBe(0);
    world.must(lane, cash(1700));
    expect(world.opens(lane)).toBe(1);
  });

  it('what the platform worked out takes the place of our fee', () => {
    const lane = alone(OUT, { fees: 'local' });
    const world = parked(61);
    world.car(lane, A);
    says(world, lane, 'open', '', { feeFen: 300 });
    expect(billAt(world, lane)?.dueFen).toBe(300);
  });

  it.each(['platform', 'local'] as const)('a car of which nothing is known goes, with a case (fees: %s)', (fees) => {
    const lane = alone(OUT, { fees });
    const world = new LaneWorld();
    world.car(lane, A);
    expect(world.state(lane).phase).toBe('asking');
    says(world, lane, 'open');
    expect(world.opens(lane)).toBe(1);
    expect(world.cases()).toEqual(['released']);
    expect(count(world, 'vehicle-exited')).toBe(0);
  });

  it('and one that could not be read as well', () => {
    const world = parked(60);
    world.car(exit, '');
    says(world, exit, 'open');
    expect(world.opens(exit)).toBe(1);
    expect(world.inside(A)).not.toBeNull();
  });

  it('a near plate is matched for the record where that is sure, and holds nobody up where it is not', () => {
    const world = parked(60, {}, '鲁B1234S');
    world.car(exit, '鲁B12345');
    expect(world.state(exit).passage?.plate.text).toBe('鲁B12345');
    says(world, exit, 'open');
    expect(exited(world)).toMatchObject({ how: 'remote', stay: { plate: { text: '鲁B1234S' } } });
    const unsure = parked(60, { nearMatch: 'ask' }, '鲁B1234S');
    unsure.car(exit, '鲁B12345');
    says(unsure, exit, 'open');
    expect(unsure.opens(exit)).toBe(1);
    expect(unsure.cases()).toEqual(['released']);
  });

  it('what cannot be priced waits for a person where the bill is ours', () => {
    const lane = alone(OUT, { fees: 'local' });
    const world = parked(60);
    world.now -= 120 * MINUTE;
    world.car(lane, A);
    says(world, lane, 'open');
    expect(attention(world, lane)).toBe('clock-reversed');
    expect(world.opens(lane)).toBe(0);
  });
});

describe('between two areas', () => {
  it('the stay goes on, in and out', () => {
    const world = parked(30);
    const [into, outOf] = [alone(INNER_IN), alone(INNER_OUT)];
    world.car(into, A);
    says(world, into, 'open');
    expect(world.inside(A)?.areaId).toBe('a2');
    world.now += 30 * MINUTE;
    world.car(outOf, A);
    says(world, outOf, 'open');
    expect(world.inside(A)).toMatchObject({ areaId: 'a1', status: 'inside' });
    expect([world.opens(into), world.opens(outOf)]).toEqual([1, 1]);
    expect(count(world, 'area-crossed')).toBe(2);
  });
});

describe('when nobody answers', () => {
  it('the platform is told no more, and the car is let in by itself, as what it is', () => {
    const world = given(new LaneWorld(), { cards: [card()] });
    world.car(entry, A);
    silence(world, entry);
    expect(world.opens(entry)).toBe(1);
    const passageId = world.state(entry).passage?.id;
    expect(world.events.find((event) => event.kind === 'authority-told')).toMatchObject({
      passageId,
      body: {
        platform: 'vanke',
        why: 'gave-up',
        plate: { text: A },
        confidence: 99,
        recognizedAt: START,
        direction: 'in',
      },
    });
    expect(world.cases()).toEqual(['remote-gave-up']);
    expect(last(world, 'vehicle-entered')).toMatchObject({ how: 'automatic', stay: { terms: { kind: 'card' } } });
    expect(last(world, 'gate-commanded')).toMatchObject({ origin: 'released', reason: '平台无应答，自动放行' });
    expect(world.events.find((event) => event.kind === 'gate-commanded')?.actor.kind).toBe('station');
  });

  it('`local` leaves the car to our own rules', () => {
    const lane = alone(IN, { onGiveUp: 'local' });
    const world = new LaneWorld();
    world.list(A, 'black', 'no-entry');
    world.car(lane, A);
    silence(world, lane);
    expect(attention(world, lane)).toBe('blacklisted');
    world.must(lane, approve('经理同意'));
    expect(world.opens(lane)).toBe(1);
  });

  it('`wait` leaves it to a person, and nobody is asked any more', () => {
    const lane = alone(OUT, { onGiveUp: 'wait' });
    const world = parked(61);
    world.car(lane, A);
    silence(world, lane);
    expect(world.state(lane)).toMatchObject({ phase: 'attention', passage: { attention: 'remote-silent' } });
    expect(last(world, 'authority-told').why).toBe('gave-up');
    const events = world.events.length;
    again(world, lane);
    expect(world.events).toHaveLength(events);
  });

  it('a refusal in between begins the count anew', () => {
    const world = new LaneWorld();
    world.car(entry, A);
    for (const what of ['failed', 'failed', 'refuse', 'failed', 'failed'] as const) {
      says(world, entry, what);
      again(world, entry);
    }
    expect(world.state(entry)).toMatchObject({ phase: 'asking', passage: { asked: { failures: 2, attempt: 6 } } });
    expect(count(world, 'authority-told')).toBe(0);
  });
});

it('the same refusal again is not written down again; other words, a silence and the last word are', () => {
  const world = new LaneWorld();
  world.car(entry, A);
  const said = (): (string | number)[][] =>
    world.events.flatMap((event) =>
      event.kind === 'authority-answered' ? [[event.body.attempt, event.body.answer, event.body.detail]] : [],
    );
  for (let poll = 0; poll < 300; poll += 1) {
    says(world, entry, 'refuse', poll < 299 ? '月卡过期' : '请缴费');
    again(world, entry);
  }
  says(world, entry, 'failed', 'timeout');
  again(world, entry);
  says(world, entry, 'refuse', '请缴费');
  again(world, entry);
  says(world, entry, 'open');
  expect(said()).toEqual([
    [1, 'refuse', '月卡过期'],
    [300, 'refuse', '请缴费'],
    [301, 'failed', 'timeout'],
    [302, 'refuse', '请缴费'],
    [303, 'open', ''],
  ]);
});

it('what was asked about first stays the same in every question', () => {
  const world = new LaneWorld();
  const photo = { id: 'p1', name: 'p1.jpg', bytes: 1, sha256: '', takenAt: START };
  world.must(entry, { type: 'car', arrival: { ...world.arrival(A), photo, confidence: 71 } });
  says(world, entry, 'refuse');
  world.must(entry, { type: 'pictured', photo: { ...photo, id: 'p2' }, actor: user });
  again(world, entry);
  expect(world.state(entry).passage?.asked).toMatchObject({
    photoId: 'p1',
    confidence: 71,
    plate: { text: A },
    attempt: 2,
  });
  // The platform may fetch it as soon as it is asked.
  expect(world.events.filter((event) => event.kind === 'photo-taken').map((event) => event.body.photoId)).toEqual([
    'p1',
    'p2',
  ]);
});
