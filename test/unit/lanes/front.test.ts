import { afterEach, describe, expect, it } from 'vitest';
import type { AuthorityAnswer } from '../../../electron/station/lanes/authority-port.ts';
import { A, B } from './given.ts';
import { alone } from './platform-lane.ts';
import { IN1, OUT1, Rig } from './runtime-rig.ts';

/** Who stands in front where a platform decides: a word about one car opens for no other, and nobody holds the lane up who has gone. */

const SECOND = 1000;
const C = '鲁B77777';
const lane = alone(IN1);
const other = alone(OUT1, {});

let rig: Rig;
afterEach(() => rig.dispose());

/** What the platform says of each plate; it refuses whoever is not named. */
function start(allowed: readonly string[] = []): Set<string> {
  const yes = new Set(allowed);
  rig = new Rig({
    lanes: [lane, other, alone({ ...IN1, id: 'in2', camera: 'cam-in2', barrier: 'arm-in2', number: 7 })],
    answer: ({ plate }): Promise<AuthorityAnswer> =>
      Promise.resolve({ answer: yes.has(plate.text) ? 'open' : 'refuse', detail: '' }),
  });
  return yes;
}

const loop = (on: boolean): void => rig.lanes.triggerLoop(lane.id, on);
const safety = (on: boolean): void => rig.lanes.safetyLoop(lane.id, on);
const opened = (): number => rig.moves.filter((move) => move === `${lane.id}:open`).length;
const served = (): string | undefined => rig.passage(lane)?.plate.text;
const queued = (): string[] => rig.lanes.state(lane.id).waiting.map(({ plate }) => plate.text);
const asked = (): string[] => [...new Set(rig.questions.map(({ plate }) => plate.text))];
const ends = (): unknown[] =>
  rig
    .events('passage-ended')
    .map((event) => (event.kind === 'passage-ended' ? [event.body.how, event.body.plate.text] : []));
/** The loop works, and nobody is on it. */
const heard = (): void => {
  loop(true);
  loop(false);
};

describe('without a loop', () => {
  it('the next plate that is read takes the place of the one that was refused', async () => {
    start();
    rig.car(lane, A);
    await rig.clock.advance(3 * SECOND);
    rig.car(lane, B);
    await rig.clock.advance(3 * SECOND);
    expect(served()).toBe(B);
    expect(asked()).toEqual([A, B]);
    expect(ends()).toEqual([['next-car', A]]);
    const before = rig.questions.length;
    await rig.clock.advance(4 * SECOND);
    expect(rig.questions.slice(before).map(({ plate }) => plate.text)).toEqual([B, B]);
  });

  it('a car that is read at another lane has gone from the first', async () => {
    const yes = start();
    rig.car(lane, A);
    await rig.clock.advance(SECOND);
    rig.lanes.plate({
      ...{ deviceId: 'cam-in2', serialNo: 's2', plateId: '1', confidence: 99, trigger: 'video', capturedAt: null },
      ...{
        plate: { text: A, color: 'blue', kind: 'ordinary' },
        receivedAt: rig.clock.now(),
        stored: false,
        photo: null,
      },
    });
    expect(rig.phase(lane)).toBe('idle');
    yes.add(A);
    await rig.clock.advance(5 * SECOND);
    expect(rig.moves).toEqual(['in2:open']);
    expect(rig.events('vehicle-entered')).toHaveLength(1);
    expect(rig.events('stay-closed')).toHaveLength(0);
  });
});

describe('with a loop', () => {
  it.each<[string, () => Promise<void> | void]>([
    ['never came onto it', () => undefined],
    [
      'left it a moment ago',
      async () => {
        loop(true);
        await rig.clock.advance(SECOND);
        loop(false);
      },
    ],
  ])('a car that %s makes room for the next that is read', async (_what, before) => {
    const yes = start();
    heard();
    rig.car(lane, A);
    await before();
    rig.car(lane, B);
    expect(served()).toBe(B);
    yes.add(A);
    loop(true);
    await rig.clock.advance(5 * SECOND);
    expect(opened()).toBe(0);
    expect(ends()).toEqual([['next-car', A]]);
  });

  it('who is read right after the loop was pressed is the one on it, whoever was read before', async () => {
    const yes = start();
    heard();
    rig.car(lane, A);
    await rig.clock.advance(SECOND);
    loop(true);
    await rig.clock.advance(800);
    rig.car(lane, B);
    yes.add(A);
    await rig.clock.advance(5 * SECOND);
    expect(served()).toBe(B);
    expect(opened()).toBe(0);
  });

  it.each<[string, number, boolean]>([
    ['later than that', 3100, false],
    ['after the first was read on the loop', 500, true],
  ])('a car that is read %s waits', async (_what, afterMs, again) => {
    start();
    heard();
    rig.car(lane, A);
    await rig.clock.advance(SECOND);
    loop(true);
    await rig.clock.advance(100);
    if (again) rig.car(lane, A);
    await rig.clock.advance(afterMs);
    rig.car(lane, B);
    expect(served()).toBe(A);
    expect(queued()).toEqual([B]);
  });

  it('a plate that is read better is asked about instead', async () => {
    start(['粤B12346']);
    loop(true);
    rig.car(lane, '粤B12345');
    await rig.clock.advance(5 * SECOND);
    expect(opened()).toBe(0);
    rig.car(lane, '粤B12346');
    await rig.clock.advance(100);
    expect(opened()).toBe(1);
    expect(served()).toBe('粤B12346');
    expect(queued()).toEqual([]);
  });

  it('who comes from the queue is not on it because the one before still is', async () => {
    start([B]);
    loop(true);
    rig.car(lane, A);
    await rig.clock.advance(4 * SECOND);
    rig.car(lane, B);
    rig.lanes.order(lane.id, { type: 'cancel', reason: '掉头', actor: { kind: 'user', name: '李四' } });
    await rig.clock.advance(SECOND);
    expect(served()).toBe(B);
    expect(opened()).toBe(0);
    loop(false);
    await rig.clock.advance(500);
    loop(true);
    expect(opened()).toBe(1);
  });

  it('who queued and drove off makes room for the one that comes instead', async () => {
    const yes = start([B]);
    loop(true);
    rig.car(lane, A);
    await rig.clock.advance(4 * SECOND);
    rig.car(lane, B);
    loop(false);
    await rig.clock.advance(1100);
    expect(served()).toBe(B);
    rig.car(lane, C);
    loop(true);
    await rig.clock.advance(5 * SECOND);
    expect(opened()).toBe(0);
    expect(served()).toBe(C);
    yes.add(C);
    await rig.clock.advance(3 * SECOND);
    expect(opened()).toBe(1);
  });

  it('that was free for longer than a trailer takes has another car on it', async () => {
    const yes = start();
    loop(true);
    rig.car(lane, A);
    await rig.clock.advance(SECOND);
    loop(false);
    await rig.clock.advance(1200);
    loop(true);
    yes.add(A);
    await rig.clock.advance(10 * SECOND);
    expect(opened()).toBe(0);
    expect(ends()).toEqual([['turned-back', A]]);
  });
});

describe('a car that nobody let through', () => {
  const caseOf = () =>
    rig
      .events('case-changed')
      .flatMap((event) => (event.kind === 'case-changed' ? [[event.body.case.kind, event.body.case.plate]] : []));

  it.each([true, false])('and that drives under the arm is a case (trigger loop: %s)', async (known) => {
    start();
    if (known) loop(true);
    rig.car(lane, A);
    await rig.clock.advance(SECOND);
    safety(true);
    if (known) loop(false);
    await rig.clock.advance(800);
    safety(false);
    await rig.clock.advance(1100);
    expect(ends()).toEqual([['passed', A]]);
    expect(caseOf()).toEqual([['followed-through', A]]);
    expect(rig.phase(lane)).toBe('idle');
    expect(rig.events('gate-crossed')).toHaveLength(1);
  });

  it('and that only rolled forward and back is asked about all the while, and may turn back', async () => {
    start();
    loop(true);
    rig.car(lane, A);
    safety(true);
    loop(false);
    await rig.clock.advance(SECOND);
    safety(false);
    await rig.clock.advance(300);
    loop(true);
    await rig.clock.advance(10 * SECOND);
    expect(rig.phase(lane)).toBe('asking');
    loop(false);
    await rig.clock.advance(1100);
    expect(ends()).toEqual([['turned-back', A]]);
    expect(caseOf()).toEqual([]);
  });

  it('and that the next one follows onto the loop is a case when that one is read', async () => {
    start();
    loop(true);
    rig.car(lane, A);
    await rig.clock.advance(4 * SECOND);
    safety(true);
    loop(false);
    await rig.clock.advance(300);
    loop(true);
    await rig.clock.advance(300);
    safety(false);
    rig.car(lane, B);
    expect(ends()).toEqual([['passed', A]]);
    expect(caseOf()).toEqual([['followed-through', A]]);
    expect(served()).toBe(B);
  });
});

it('a trailer that the safety loop loses for a moment is one car', async () => {
  start([A]);
  loop(true);
  rig.car(lane, A);
  await rig.clock.advance(100);
  expect(opened()).toBe(1);
  rig.car(lane, B);
  safety(true);
  loop(false);
  await rig.clock.advance(800);
  for (let axle = 0; axle < 3; axle += 1) {
    safety(false);
    await rig.clock.advance(600);
    safety(true);
    await rig.clock.advance(600);
  }
  safety(false);
  expect(rig.events('gate-crossed')).toHaveLength(1);
  expect(rig.events('followed-through')).toHaveLength(0);
  expect(served()).toBe(B);
  // Another one, a while later, is another one.
  await rig.clock.advance(1500);
  safety(true);
  expect(rig.events('gate-crossed')).toHaveLength(2);
});
