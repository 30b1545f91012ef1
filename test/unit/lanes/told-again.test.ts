import { afterEach, describe, expect, it } from 'vitest';
import type { PlateRead } from '../../../electron/station/devices/device.ts';
import type { Lane } from '../../../shared/domain/site.ts';
import { plate } from '../../support/lane-world.ts';
import { A, B, user } from './given.ts';
import { alone } from './platform-lane.ts';
import { IN1, OUT1, Rig } from './runtime-rig.ts';

/** What a camera tells more than once: the same read, or the picture that belongs to it. */

const PICTURE = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);
/** The arm hangs on the camera. */
const OWN: Lane = { ...IN1, barrier: IN1.camera };

let rig: Rig;
afterEach(() => rig.dispose());

const read = (lane: Lane, plateId: string, text: string, over: Partial<PlateRead> = {}): PlateRead => ({
  ...{ deviceId: lane.camera ?? '', serialNo: `sn-${lane.id}`, plateId, plate: plate(text), confidence: 99 },
  ...{ trigger: 'automatic', capturedAt: null, receivedAt: rig.clock.now(), stored: false, photo: null },
  ...over,
});
const settle = (): Promise<void> => rig.clock.advance(0);

describe('a read that is told again', () => {
  it.each([
    ['unknown', false],
    ['unknown', true],
    ['refused', false],
    ['refused', true],
  ] as const)('moves nothing after an opening that ended %s (restarted: %s)', async (outcome, isRestarted) => {
    rig = new Rig({ lanes: [OWN] });
    rig.outcome = { outcome, detail: '' };
    rig.lanes.plate(read(OWN, '7', A));
    await settle();
    expect(rig.moves).toEqual(['in1:open']);
    if (isRestarted) rig.restart();
    rig.moves.length = 0;
    for (const photo of [null, PICTURE]) rig.lanes.plate(read(OWN, '7', A, { photo }));
    await settle();
    expect(rig.moves).toEqual([]);
    expect(rig.events('plate-read')).toHaveLength(1);
  });

  it.each([
    ['unknown', OWN, 1],
    ['refused', OWN, 1],
    ['done', OWN, 0],
    ['refused', IN1, 1],
    // The arm hangs on another device: nobody knows whether it moved.
    ['unknown', IN1, 0],
  ] as const)('by a camera that saw no answer, in which its commands travel: %s', async (outcome, lane, openings) => {
    rig = new Rig({ lanes: [lane] });
    rig.outcome = { outcome, detail: '' };
    rig.lanes.plate(read(lane, '7', A, { again: 'may-open' }));
    await settle();
    rig.restart();
    rig.lanes.plate(read(lane, '7', A, { again: 'may-open' }));
    await settle();
    expect(rig.moves).toEqual(Array.from({ length: openings }, () => 'in1:open'));
  });
});

describe('a picture that comes behind its read', () => {
  const pictures = () =>
    rig
      .events('photo-taken')
      .toReversed()
      .map(({ seq, body }) =>
        'purpose' in body && 'stay' in body ? { seq, purpose: body.purpose, uid: body.stay?.uid } : null,
      );
  const uidOf = (text: string): string | undefined =>
    rig.store.read.stays.lastOf(text)?.uid ?? rig.store.read.stays.inside(text)?.uid;

  it('becomes evidence of the entry that was let in without it; the arm did not wait for it', async () => {
    rig = new Rig();
    rig.lanes.plate(read(IN1, '1', A));
    expect(rig.moves).toEqual(['in1:open']);
    await settle();
    const before = rig.store.read.journal.last().seq;
    rig.lanes.plate(read(IN1, '1', A, { photo: PICTURE }));
    expect(pictures()).toEqual([{ seq: before + 1, purpose: 'entry', uid: uidOf(A) }]);
    expect(rig.store.read.journal.last().seq).toBe(before + 1);
    // Once: also when it is told again, now or after a restart.
    rig.lanes.plate(read(IN1, '1', A, { photo: PICTURE }));
    rig.restart();
    rig.lanes.plate(read(IN1, '1', A, { photo: PICTURE }));
    expect(pictures()).toHaveLength(1);
    expect(rig.store.read.photos.ofStay(uidOf(A) ?? '')).toHaveLength(1);
    expect(rig.moves).toEqual([]);
  });

  it('of a car that waits to pay is seen at once, and is evidence of its exit', async () => {
    rig = new Rig();
    await rig.parked(A, 61);
    rig.lanes.plate(read(OUT1, '2', A));
    expect(rig.phase(OUT1)).toBe('charging');
    rig.lanes.plate(read(OUT1, '2', A, { photo: PICTURE }));
    expect(rig.passage(OUT1)?.photo).not.toBeNull();
    expect(pictures()).toMatchObject([{ purpose: 'exit', uid: undefined }]);
    rig.lanes.order(OUT1.id, { type: 'collect', method: 'pos', amountFen: 1000, actor: user });
    expect(pictures().at(-1)).toMatchObject({ purpose: 'exit', uid: uidOf(A) });
  });

  it('of a car that queues is kept until its turn', async () => {
    rig = new Rig();
    await rig.parked(A, 61);
    rig.lanes.plate(read(OUT1, '2', A));
    rig.lanes.plate(read(OUT1, '3', B));
    rig.lanes.plate(read(OUT1, '3', B, { photo: PICTURE }));
    expect(pictures()).toEqual([]);
    rig.restart();
    rig.lanes.order(OUT1.id, { type: 'collect', method: 'pos', amountFen: 1000, actor: user });
    expect(rig.passage(OUT1)).toMatchObject({ plate: { text: B }, photo: { bytes: PICTURE.byteLength } });
  });

  it('finds the stay of a car that has gone on meanwhile', async () => {
    rig = new Rig();
    rig.lanes.plate(read(IN1, '1', A));
    rig.lanes.safetyLoop(IN1.id, true);
    rig.lanes.safetyLoop(IN1.id, false);
    expect(rig.passage(IN1)).toBeNull();
    const uid = uidOf(A);
    for (const _ of [1, 2]) rig.lanes.plate(read(IN1, '1', A, { photo: PICTURE }));
    expect(pictures()).toMatchObject([{ purpose: 'entry', uid }]);
    expect(rig.events('photo-taken')[0]).toMatchObject({ key: uid, laneId: IN1.id });
  });

  it('may come with the next read of the car', async () => {
    rig = new Rig();
    rig.lanes.plate(read(IN1, 'u 09:30:00', A));
    await rig.clock.advance(1000);
    for (const id of ['u 09:30:01', 'u 09:30:02']) rig.lanes.plate(read(IN1, id, A, { photo: PICTURE }));
    expect(pictures()).toMatchObject([{ purpose: 'entry', uid: uidOf(A) }]);
    expect(rig.store.read.photos.ofStay(uidOf(A) ?? '')).toHaveLength(1);
    expect(rig.moves).toEqual(['in1:open']);
  });

  it('may come with the next read of a car that queues', async () => {
    rig = new Rig();
    await rig.parked(A, 61);
    rig.lanes.plate(read(OUT1, '2', A));
    rig.lanes.plate(read(OUT1, '3', B));
    rig.lanes.plate(read(OUT1, '4', B, { photo: PICTURE }));
    rig.lanes.order(OUT1.id, { type: 'collect', method: 'pos', amountFen: 1000, actor: user });
    expect(rig.passage(OUT1)).toMatchObject({ plate: { text: B }, photo: { bytes: PICTURE.byteLength } });
  });

  it.each([
    ['entry', IN1],
    ['exit', OUT1],
  ] as const)('may come with the next read of a car that has just gone through: its %s', async (purpose, lane) => {
    rig = new Rig();
    // Nothing is due yet.
    if (purpose === 'exit') await rig.parked(A, 5);
    rig.lanes.plate(read(lane, '1', A));
    rig.lanes.safetyLoop(lane.id, true);
    rig.lanes.safetyLoop(lane.id, false);
    const uid = uidOf(A);
    rig.moves.length = 0;
    for (const id of ['2', '3']) rig.lanes.plate(read(lane, id, A, { photo: PICTURE }));
    expect(pictures()).toMatchObject([{ purpose, uid }]);
    expect(rig.moves).toEqual([]);
  });

  it('of a stored read is kept with it; of the same car read once more it is nothing new', async () => {
    rig = new Rig();
    rig.lanes.plate(read(IN1, '1', A, { stored: true }));
    for (const _ of [1, 2]) rig.lanes.plate(read(IN1, '1', A, { stored: true, photo: PICTURE }));
    expect(pictures()).toMatchObject([{ purpose: 'stored', uid: undefined }]);
    rig.lanes.plate(read(IN1, '2', B, { photo: PICTURE }));
    rig.lanes.plate(read(IN1, '3', B));
    rig.lanes.plate(read(IN1, '3', B, { photo: PICTURE }));
    expect(pictures()).toHaveLength(2);
    expect(rig.moves).toEqual(['in1:open']);
  });

  it('puts no second question to a platform, and is shown with the next one', async () => {
    const lane = alone(IN1);
    rig = new Rig({ lanes: [lane], answer: () => Promise.resolve({ answer: 'refuse', detail: '' }) });
    rig.lanes.plate(read(lane, '1', A));
    rig.lanes.plate(read(lane, '1', A, { photo: PICTURE }));
    expect(rig.questions.map(({ photoId }) => photoId)).toEqual([null]);
    await rig.clock.advance(3_000);
    const photoId = rig.passage(lane)?.photo?.id;
    expect(rig.questions.map((question) => question.photoId)).toEqual([null, photoId]);
  });

  it('that cannot be stored changes nothing, and is taken when it is told again', () => {
    rig = new Rig();
    rig.lanes.plate(read(IN1, '1', A));
    rig.db.pragma('query_only = ON');
    expect(() => rig.lanes.plate(read(IN1, '1', A, { photo: PICTURE }))).toThrow();
    rig.db.pragma('query_only = OFF');
    expect(rig.passage(IN1)?.photo).toBeNull();
    rig.lanes.plate(read(IN1, '1', A, { photo: PICTURE }));
    expect(pictures()).toMatchObject([{ purpose: 'entry', uid: uidOf(A) }]);
  });
});
