import { afterEach, describe, expect, it } from 'vitest';
import type { AuthorityAnswer } from '../../../electron/station/lanes/authority-port.ts';
import type { LaneAuthority } from '../../../shared/domain/site.ts';
import { A, B } from './given.ts';
import { alone, VANKE } from './platform-lane.ts';
import { IN1, OUT1, Rig } from './runtime-rig.ts';

/** Nothing opens for a car that left: the trigger loop says who is there. On a simulated clock, over a real store. */

const SECOND = 1000;
const lane = alone(IN1);

let rig: Rig;
afterEach(() => rig.dispose());

/** What the platform says next, and when; the last one again and again. */
interface Says {
  readonly answer: AuthorityAnswer['answer'];
  readonly afterMs?: number;
}

function start(says: readonly Says[], over: Partial<LaneAuthority> = {}): typeof lane {
  const here = alone(IN1, over);
  let asked = 0;
  rig = new Rig({
    lanes: [here, OUT1],
    answer: () => {
      const { answer, afterMs = 100 } = says[Math.min(asked, says.length - 1)] ?? { answer: 'open' };
      asked += 1;
      return new Promise((resolve) => {
        rig.clock.after(afterMs, () => resolve({ answer, detail: answer }));
      });
    },
  });
  return here;
}

const loop = (on: boolean): void => rig.lanes.triggerLoop(lane.id, on);
const safety = (on: boolean): void => rig.lanes.safetyLoop(lane.id, on);
const opened = (): number => rig.moves.filter((move) => move === `${lane.id}:open`).length;
const ends = (): unknown[] =>
  rig
    .events('passage-ended')
    .map((event) => (event.kind === 'passage-ended' ? [event.body.how, event.body.reason] : []));
const GONE = [['turned-back', '车辆已离开地感']];
const NEVER_CAME = [['turned-back', '车辆未驶上地感']];

describe('"0"', () => {
  it.each<[string, () => void]>([
    ['stands on the loop', () => loop(true)],
    ['stands where no loop was ever heard of', () => undefined],
  ])('opens for a car that %s', async (_what, set) => {
    start([{ answer: 'open' }]);
    set();
    rig.car(lane, A);
    await rig.clock.advance(200);
    expect(opened()).toBe(1);
    expect(rig.questions).toHaveLength(1);
  });

  it('does not open for a car that left while it was asked about; the question is given up, and no other put', async () => {
    start([{ answer: 'open', afterMs: 2500 }]);
    loop(true);
    rig.car(lane, A);
    await rig.clock.advance(300);
    loop(false);
    await rig.clock.advance(990);
    expect(rig.signals[0]?.aborted).toBe(false);
    await rig.clock.advance(20);
    expect(rig.signals[0]?.aborted).toBe(true);
    expect(ends()).toEqual(GONE);
    await rig.clock.advance(60 * SECOND);
    expect(opened()).toBe(0);
    expect(rig.questions).toHaveLength(1);
    expect(rig.events('authority-answered')).toHaveLength(0);
  });

  it('opens when the loop only flickered: as soon as the car is on it again, and once', async () => {
    start([{ answer: 'open', afterMs: 500 }]);
    loop(true);
    rig.car(lane, A);
    await rig.clock.advance(200);
    loop(false);
    await rig.clock.advance(900);
    expect(opened()).toBe(0);
    expect(rig.phase(lane)).toBe('asking');
    loop(true);
    expect(opened()).toBe(1);
    expect(rig.phase(lane)).toBe('cleared');
    await rig.clock.advance(5 * SECOND);
    expect(opened()).toBe(1);
    expect(rig.questions).toHaveLength(1);
  });

  it('waits fifteen seconds for a car that the camera read before it came onto the loop', async () => {
    start([{ answer: 'open' }]);
    loop(true);
    loop(false);
    rig.car(lane, A);
    await rig.clock.advance(14 * SECOND);
    expect(opened()).toBe(0);
    expect(rig.questions).toHaveLength(1);
    loop(true);
    expect(opened()).toBe(1);
  });

  it('and no longer', async () => {
    start([{ answer: 'open' }]);
    loop(true);
    loop(false);
    rig.car(lane, A);
    await rig.clock.advance(15_200);
    expect(ends()).toEqual(NEVER_CAME);
    loop(true);
    await rig.clock.advance(SECOND);
    expect(opened()).toBe(0);
  });

  it('opens for a car that rolled forward onto the safety loop', async () => {
    start([{ answer: 'open', afterMs: 1000 }]);
    loop(true);
    rig.car(lane, A);
    safety(true);
    loop(false);
    await rig.clock.advance(1100);
    expect(opened()).toBe(1);
  });

  it('and for one that does so after the word', async () => {
    start([{ answer: 'open', afterMs: 300 }]);
    loop(true);
    rig.car(lane, A);
    loop(false);
    await rig.clock.advance(900);
    safety(true);
    expect(opened()).toBe(1);
  });

  it('does not open when the first that is ever heard of the loop is that the car left it', async () => {
    start([{ answer: 'open', afterMs: 500 }]);
    rig.car(lane, A);
    loop(false);
    await rig.clock.advance(5 * SECOND);
    expect(opened()).toBe(0);
    expect(ends()).toEqual(GONE);
  });
});

describe('polling', () => {
  it('goes on every two seconds while the car stands there, and ends a second after it left', async () => {
    start([{ answer: 'refuse', afterMs: 0 }]);
    loop(true);
    rig.car(lane, A);
    await rig.clock.advance(6500);
    expect(rig.questions.map((question) => question.attempt)).toEqual([1, 2, 3, 4]);
    expect(new Set(rig.questions.map((question) => question.passageId)).size).toBe(1);
    loop(false);
    await rig.clock.advance(60 * SECOND);
    expect(rig.questions).toHaveLength(4);
    expect(ends()).toEqual(GONE);
    expect(rig.phase(lane)).toBe('idle');
  });

  it('tries again after one second when nobody answered', async () => {
    start([
      { answer: 'failed', afterMs: 0 },
      { answer: 'failed', afterMs: 0 },
      { answer: 'refuse', afterMs: 0 },
      { answer: 'open', afterMs: 0 },
    ]);
    loop(true);
    rig.car(lane, A);
    await rig.clock.advance(950);
    expect(rig.questions).toHaveLength(1);
    await rig.clock.advance(100);
    expect(rig.questions).toHaveLength(2);
    await rig.clock.advance(SECOND);
    expect(rig.questions).toHaveLength(3);
    await rig.clock.advance(SECOND);
    expect(rig.questions).toHaveLength(3);
    await rig.clock.advance(SECOND);
    expect(rig.questions).toHaveLength(4);
    expect(opened()).toBe(1);
  });

  it.each<[string, () => void]>([
    ['an attendant opens by hand', () => rig.lanes.gate(lane.id, 'open', '设备故障', { kind: 'user', name: '李四' })],
    ['the platform opens from afar', () => void rig.lanes.opens(lane.id, null, '远程', VANKE)],
    ['the arm is held', () => rig.lanes.gate(lane.id, 'hold', '高峰', { kind: 'user', name: '李四' })],
    [
      'an attendant lets it through',
      () => rig.lanes.order(lane.id, { type: 'release', reason: '特种车辆', actor: { kind: 'user', name: '李四' } }),
    ],
    [
      'it is sent away',
      () => rig.lanes.order(lane.id, { type: 'cancel', reason: '掉头', actor: { kind: 'user', name: '李四' } }),
    ],
  ])('ends when %s', async (_what, act) => {
    start([{ answer: 'refuse', afterMs: 0 }]);
    loop(true);
    rig.car(lane, A);
    await rig.clock.advance(3 * SECOND);
    act();
    const before = rig.questions.length;
    await rig.clock.advance(60 * SECOND);
    expect(rig.questions).toHaveLength(before);
  });

  it('ends for a car that never came onto the loop', async () => {
    start([{ answer: 'refuse', afterMs: 0 }]);
    loop(true);
    loop(false);
    rig.car(lane, A);
    await rig.clock.advance(60 * SECOND);
    expect(rig.questions).toHaveLength(8);
    expect(ends()).toEqual(NEVER_CAME);
  });
});

describe('when nobody answers', () => {
  it('the lane opens by itself only if the car is still there', async () => {
    start([{ answer: 'failed', afterMs: 2500 }], { giveUpAfter: 1 });
    loop(true);
    rig.car(lane, A);
    await rig.clock.advance(1000);
    loop(false);
    await rig.clock.advance(1000);
    // It left, and is back just before it would count as gone.
    loop(true);
    loop(false);
    await rig.clock.advance(1000);
    expect(rig.events('authority-told')).toHaveLength(1);
    expect(opened()).toBe(0);
    await rig.clock.advance(10 * SECOND);
    expect(opened()).toBe(0);
    expect(ends()).toEqual(GONE);
  });

  it('and opens for one that is', async () => {
    start([{ answer: 'failed', afterMs: 100 }], { giveUpAfter: 2 });
    loop(true);
    rig.car(lane, A);
    await rig.clock.advance(1300);
    expect(opened()).toBe(1);
    expect(rig.questions).toHaveLength(2);
  });
});

describe('the car behind', () => {
  it('is not asked about before the one that was let through has left the loop and the arm', async () => {
    start([{ answer: 'open', afterMs: 50 }]);
    safety(true);
    safety(false);
    loop(true);
    rig.car(lane, A);
    await rig.clock.advance(100);
    rig.car(lane, B);
    await rig.clock.advance(4 * SECOND);
    expect(rig.questions).toHaveLength(1);
    safety(true);
    loop(false);
    await rig.clock.advance(500);
    safety(false);
    await rig.clock.advance(100);
    // Behind the arm nobody stands yet.
    expect(rig.questions.map(({ plate }) => plate.text)).toEqual([A, B]);
    expect(opened()).toBe(1);
    loop(true);
    expect(opened()).toBe(2);
    expect(rig.events('gate-crossed')).toHaveLength(2);
  });

  it('takes its turn when the one that was let through went back instead', async () => {
    start([{ answer: 'open', afterMs: 50 }]);
    safety(true);
    safety(false);
    loop(true);
    rig.car(lane, A);
    await rig.clock.advance(100);
    rig.car(lane, B);
    loop(false);
    await rig.clock.advance(900);
    expect(rig.questions).toHaveLength(1);
    await rig.clock.advance(200);
    expect(rig.questions).toHaveLength(2);
  });
});

describe('after a power cut', () => {
  it('who had left half a second before is waited for half a second more', async () => {
    start([{ answer: 'refuse', afterMs: 0 }]);
    loop(true);
    rig.car(lane, A);
    await rig.clock.advance(100);
    loop(false);
    await rig.clock.advance(500);
    rig.restart();
    await rig.clock.advance(450);
    expect(rig.phase(lane)).toBe('asking');
    await rig.clock.advance(100);
    expect(ends()).toEqual(GONE);
  });

  it('who left while nobody ran is asked about no more', async () => {
    start([{ answer: 'refuse', afterMs: 5000 }]);
    loop(true);
    rig.car(lane, A);
    loop(false);
    rig.lanes.stop();
    await rig.clock.advance(30 * SECOND);
    rig.restart();
    expect(rig.questions).toHaveLength(0);
    expect(ends()).toEqual(GONE);
  });

  it('who was allowed and is not there yet still is, and is not asked about again', async () => {
    start([{ answer: 'open' }]);
    loop(true);
    loop(false);
    rig.car(lane, A);
    await rig.clock.advance(5 * SECOND);
    rig.restart();
    await rig.clock.advance(5 * SECOND);
    expect(rig.questions).toHaveLength(0);
    loop(true);
    expect(opened()).toBe(1);
  });

  it('who stood on the loop still stands there', async () => {
    start([{ answer: 'refuse', afterMs: 0 }]);
    loop(true);
    rig.car(lane, A);
    await rig.clock.advance(100);
    rig.restart();
    await rig.clock.advance(20 * SECOND);
    expect(rig.phase(lane)).toBe('asking');
    expect(rig.questions.length).toBeGreaterThan(8);
    expect(rig.lanes.state(lane.id).loop?.on).toBe(true);
  });

  it('a clock that was set back an hour makes nobody wait for an hour', async () => {
    start([{ answer: 'refuse', afterMs: 0 }]);
    loop(true);
    rig.car(lane, A);
    await rig.clock.advance(100);
    loop(false);
    rig.clock.jumpWall(-3_600_000);
    rig.restart();
    await rig.clock.advance(16 * SECOND);
    expect(ends()).toEqual(GONE);
  });
});

it('a car that was opened for by hand and goes under the arm was let in by that person, and makes room', async () => {
  start([{ answer: 'refuse', afterMs: 0 }]);
  loop(true);
  rig.car(lane, A);
  await rig.clock.advance(100);
  rig.lanes.gate(lane.id, 'open', '设备故障', { kind: 'user', name: '李四' });
  safety(true);
  loop(false);
  safety(false);
  expect(rig.lanes.state(lane.id)).toMatchObject({ phase: 'idle', passage: null });
  expect(rig.events('gate-crossed')).toHaveLength(1);
  expect(opened()).toBe(1);
  expect(rig.events('vehicle-entered')).toMatchObject([
    { actor: { kind: 'user', name: '李四' }, body: { how: 'attendant', stay: { plate: { text: A } } } },
  ]);
  expect(ends()).toEqual([['passed', null]]);
  await rig.clock.advance(2 * SECOND);
  loop(true);
  rig.car(lane, B);
  expect(rig.passage(lane)).toMatchObject({ plate: { text: B } });
  expect(rig.phase(lane)).toBe('asking');
});

it('the camera that repeats its read does not open for a car that left', async () => {
  start([{ answer: 'open', afterMs: 50 }]);
  rig.outcome = { outcome: 'unknown', detail: '' };
  loop(true);
  rig.car(lane, A);
  await rig.clock.advance(100);
  expect(opened()).toBe(1);
  loop(false);
  rig.lanes.plate({
    ...{
      deviceId: lane.camera ?? '',
      serialNo: 's1',
      plateId: '1',
      plate: rig.passage(lane)?.plate ?? { text: '', color: 'blue', kind: 'ordinary' },
    },
    ...{ confidence: 99, trigger: 'video', capturedAt: null, receivedAt: rig.clock.now(), stored: false, photo: null },
  });
  expect(opened()).toBe(1);
});
