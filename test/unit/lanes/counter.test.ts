import { afterEach, describe, expect, it } from 'vitest';
import type { PlateRead } from '../../../electron/station/devices/device.ts';
import type { Lane } from '../../../shared/domain/site.ts';
import { plate } from '../../support/lane-world.ts';
import { A, B, DAY, HOUR, MINUTE } from './given.ts';
import { IN1, Rig } from './runtime-rig.ts';

/** Whether a read came before: a camera without a battery begins in 1970 after each power cut, and counts from 1 again. */

const PICTURE = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);
/** The arm hangs on the camera. */
const OWN: Lane = { ...IN1, barrier: IN1.camera };
/** So long after it was switched on. */
const IN_1970 = 100_000;
const BEGAN_AGAIN = /counter of a camera began again/;

let rig: Rig;
afterEach(() => rig.dispose());

const read = (plateId: string, text: string, over: Partial<PlateRead> = {}): PlateRead => ({
  ...{ deviceId: IN1.camera ?? '', serialNo: 'sn', plateId, plate: plate(text), confidence: 99 },
  ...{ trigger: 'automatic', capturedAt: null, receivedAt: rig.clock.now(), stored: false, photo: null },
  ...over,
});
const drivenThrough = (): void => {
  rig.lanes.safetyLoop(IN1.id, true);
  rig.lanes.safetyLoop(IN1.id, false);
};
const plates = () =>
  rig
    .events('plate-read')
    .toReversed()
    .map(({ body }) => ('trigger' in body ? body.plate.text : null));
const warnings = () => rig.log.lines.filter(({ message }) => BEGAN_AGAIN.test(message));

describe.each([
  ['three days', 3 * DAY],
  ['ten minutes', 10 * MINUTE],
  ['one minute', MINUTE],
])('%s after a power cut of its camera', (_name, later) => {
  it('the first car has the number of another one, and is a car of its own', async () => {
    rig = new Rig();
    rig.lanes.plate(read('1', A, { capturedAt: IN_1970 }));
    drivenThrough();
    await rig.clock.advance(later);
    rig.moves.length = 0;
    rig.lanes.plate(read('1', B, { capturedAt: IN_1970 + 30_000, photo: PICTURE }));
    expect(rig.moves).toEqual(['in1:open']);
    expect(plates()).toEqual([A, B]);
    const stay = rig.store.read.stays.inside(B);
    expect(rig.store.read.photos.ofStay(stay?.uid ?? '')).toHaveLength(1);
    expect(rig.store.read.photos.ofStay(rig.store.read.stays.inside(A)?.uid ?? '')).toHaveLength(0);
    expect(warnings()).toHaveLength(1);
  });

  it('what opens is the passage of the car that stands there', async () => {
    rig = new Rig({ lanes: [OWN] });
    rig.outcome = { outcome: 'refused', detail: '' };
    rig.lanes.plate(read('1', A, { capturedAt: IN_1970, again: 'may-open' }));
    await rig.clock.advance(0);
    rig.outcome = { outcome: 'done', detail: '' };
    await rig.clock.advance(later);
    rig.lanes.plate(read('1', B, { capturedAt: IN_1970 + 30_000, again: 'may-open' }));
    const commands = rig.events('gate-commanded').map(({ body }) => ('origin' in body ? body.plate?.text : null));
    expect(commands.toReversed()).toEqual([A, B]);
  });
});

it('three days after a power cut the same car may well have the same number', async () => {
  rig = new Rig();
  rig.lanes.plate(read('1', A, { capturedAt: IN_1970 }));
  drivenThrough();
  await rig.clock.advance(3 * DAY);
  rig.lanes.plate(read('1', A, { capturedAt: IN_1970 + 30_000 }));
  expect(plates()).toEqual([A, A]);
  expect(rig.passage(IN1)).not.toBeNull();
});

describe('the number of a car that was read just now', () => {
  it('with another plate and a good clock is another car; spoken of once', async () => {
    rig = new Rig();
    rig.lanes.plate(read('1', A, { capturedAt: rig.clock.now() }));
    rig.lanes.plate(read('2', '鲁B00002', { capturedAt: rig.clock.now() }));
    await rig.clock.advance(5 * MINUTE);
    rig.lanes.plate(read('1', B, { capturedAt: rig.clock.now() }));
    rig.lanes.plate(read('2', '鲁B00003', { capturedAt: rig.clock.now() }));
    expect(plates()).toEqual([A, '鲁B00002', B, '鲁B00003']);
    expect(warnings()).toHaveLength(1);
  });

  it('with another plate is the same where the camera says that it completes it', () => {
    rig = new Rig();
    rig.lanes.plate(read('1', A));
    rig.lanes.plate(read('1', B, { completes: true, photo: PICTURE }));
    expect(plates()).toEqual([A]);
    expect(rig.passage(IN1)).toMatchObject({ plate: { text: A }, photo: { bytes: PICTURE.byteLength } });
  });

  it.each([
    [5_000, 1],
    [MINUTE, 2],
  ])('that could not be read, and is read %i ms later', async (later, reads) => {
    rig = new Rig();
    const unread = { plate: { text: '', color: 'unknown', kind: 'unread' } } as const;
    rig.lanes.plate(read('1', '', unread));
    await rig.clock.advance(later);
    rig.lanes.plate(read('1', A));
    expect(rig.events('plate-read')).toHaveLength(reads);
  });

  it('is one read when it comes twice in one moment, pushed and heard', async () => {
    rig = new Rig();
    for (const photo of [null, PICTURE, null])
      rig.lanes.plate(read('1', A, { capturedAt: rig.clock.now(), again: 'may-open', photo }));
    await rig.clock.advance(0);
    expect(plates()).toEqual([A]);
    expect(rig.moves).toEqual(['in1:open']);
    expect(rig.events('photo-taken')).toHaveLength(1);
  });
});

describe('a push that is sent again', () => {
  it.each([
    ['whose clock stands in 1970', IN_1970, 20_000, 0],
    ['while the clock of this computer is put right', null, 20_000, HOUR],
    ['while the clock of this computer is put back', null, 20_000, -HOUR],
  ])('never opens twice: by a camera %s', async (_name, capturedAt, later, jump) => {
    rig = new Rig({ lanes: [OWN] });
    const push = { capturedAt: capturedAt ?? rig.clock.now(), again: 'may-open' } as const;
    rig.lanes.plate(read('1', A, push));
    await rig.clock.advance(later);
    rig.clock.jumpWall(jump);
    rig.lanes.plate(read('1', A, push));
    await rig.clock.advance(0);
    expect(plates()).toEqual([A]);
    expect(rig.moves).toEqual(['in1:open']);
    expect(warnings()).toEqual([]);
  });

  it.each([
    ['in 1970', IN_1970],
    ['now', 0],
  ])('hours later as a stored one is the same read, by a camera that lives %s', async (_name, since) => {
    rig = new Rig();
    const capturedAt = since || rig.clock.now();
    rig.lanes.plate(read('1', A, { capturedAt }));
    await rig.clock.advance(5 * HOUR);
    rig.lanes.plate(read('1', A, { capturedAt, stored: true }));
    rig.lanes.plate(read('1', B, { capturedAt, stored: true }));
    expect(plates()).toEqual([A, B]);
    expect(rig.moves).toEqual(['in1:open']);
  });
});

it.each([
  ['1970', () => IN_1970, null],
  ['tomorrow week', () => rig.clock.now() + 8 * DAY, null],
  ['an hour ago', () => rig.clock.now() - HOUR, 'kept'],
])('a clock that says %s is believed or not: nothing is counted by one that cannot be right', (_name, at, kept) => {
  rig = new Rig();
  const capturedAt = at();
  rig.lanes.plate(read('1', A, { capturedAt }));
  expect(rig.events('plate-read')[0]?.body).toMatchObject({ capturedAt: kept === null ? null : capturedAt });
});
