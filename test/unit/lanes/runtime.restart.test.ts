import { afterEach, describe, expect, it } from 'vitest';
import { passageRulesSchema } from '../../../shared/domain/passage-rules.ts';
import { laneSchema } from '../../../shared/domain/site.ts';
import { BOTH, plate } from '../../support/lane-world.ts';
import { A, approve, B, cash, user } from './given.ts';
import { IN1, OUT_2, OUT1, Rig, type RigOptions, remote } from './runtime-rig.ts';

let rig: Rig;
const given = (options: RigOptions = {}): Rig => {
  rig = new Rig(options);
  return rig;
};
afterEach(() => rig.dispose());

const MINUTE = 60_000;

describe('after a power cut', () => {
  it('a car that is being asked for money still is, with what it has paid', async () => {
    given();
    await rig.parked(A, 61);
    rig.car(OUT1, A);
    rig.lanes.order(OUT1.id, cash(300, { part: true }));
    const before = rig.lanes.state(OUT1.id);
    rig.restart();
    expect(rig.lanes.state(OUT1.id)).toEqual(before);
    expect(rig.bills).toEqual([`+${OUT1.id} 700`]);
    rig.lanes.order(OUT1.id, cash(700));
    expect(rig.moves).toEqual([`${OUT1.id}:open`]);
    expect(rig.store.read.stays.lastOf(A)).toMatchObject({ chargeFen: 1000, paidFen: 1000 });
    rig.lanes.order(OUT1.id, { type: 'withdraw', reason: '掉头', actor: user });
    expect(rig.events('payment-reversed')).toHaveLength(2);
    expect(rig.store.read.stays.inside(A)).toMatchObject({ paidFen: 0 });
  });

  it('a car that waits for a person still waits, and those behind it keep their order', async () => {
    given();
    await rig.parked(B, 5);
    rig.car(OUT1, A);
    rig.car(OUT1, B);
    rig.restart();
    expect(rig.passage(OUT1)?.attention).toBe('no-entry');
    expect(rig.lanes.state(OUT1.id).waiting.map((each) => each.plate.text)).toEqual([B]);
    expect(rig.moves).toEqual([]);
    rig.lanes.order(OUT1.id, { type: 'cancel', reason: '误识别', actor: user });
    expect(rig.moves).toEqual([`${OUT1.id}:open`]);
    expect(rig.store.read.stays.inside(B)).toBeUndefined();
  });

  it('what was approved of a car is still approved', async () => {
    given({ site: { rules: passageRulesSchema.parse({ verifyAboveFen: 999 }) } });
    await rig.parked(A, 61);
    rig.car(OUT1, A);
    rig.lanes.order(OUT1.id, approve());
    rig.restart();
    rig.lanes.order(OUT1.id, { type: 'refresh', actor: user });
    expect(rig.phase(OUT1)).toBe('charging');
  });

  it('a car that was let through is not let through again, and its arm is not known to have moved', async () => {
    given();
    rig.outcome = { outcome: 'done', detail: '' };
    rig.car(IN1, A);
    rig.restart();
    expect(rig.phase(IN1)).toBe('cleared');
    expect(rig.lanes.state(IN1.id).lastCommand?.outcome).toBe('unknown');
    expect(rig.moves).toEqual([]);
    await rig.clock.advance(11 * MINUTE);
    expect(rig.phase(IN1)).toBe('idle');
    expect(rig.store.read.stays.countInside()).toBe(1);
  });

  it('an arm that was held open is held again, and it is still one gap', () => {
    given();
    rig.lanes.gate(OUT1.id, 'hold', '高峰', user);
    rig.restart();
    expect(rig.moves).toEqual([`${OUT1.id}:hold`]);
    rig.lanes.gate(OUT1.id, 'release-hold', '结束', user);
    rig.restart();
    expect(rig.moves).toEqual([]);
    expect(rig.store.read.gaps.overlapping(0, rig.clock.now())).toMatchObject([
      { kind: 'held-open', to: rig.clock.now() },
    ]);
  });

  it('a lane that was turned stays turned', () => {
    const lane = laneSchema.parse({ ...BOTH, camera: 'cam-both', barrier: 'arm-both' });
    given({ lanes: [lane] });
    rig.lanes.order(lane.id, { type: 'turn', direction: 'out', actor: user });
    rig.restart();
    expect(rig.lanes.directionOf(lane)).toBe('out');
  });

  it('a question to a platform is put again, about the same car', async () => {
    const lane = remote(IN1);
    given({ lanes: [lane], answer: () => new Promise(() => undefined) });
    rig.car(lane, A);
    const [asked] = rig.questions;
    rig.restart();
    await rig.clock.advance(1);
    expect(rig.questions).toMatchObject([{ passageId: asked?.passageId, attempt: 1, plate: { text: A } }]);
    expect(rig.phase(lane)).toBe('asking');
  });
});

describe('a platform that has the word', () => {
  it('is asked every few seconds while the car waits, and no longer', async () => {
    const lane = remote(IN1);
    given({ lanes: [lane], answer: () => Promise.resolve({ answer: 'refuse', detail: '' }) });
    rig.car(lane, A);
    await rig.clock.advance(10_000);
    expect(rig.questions.map((each) => each.attempt)).toEqual([1, 2, 3, 4]);
    rig.lanes.order(lane.id, { type: 'cancel', reason: '掉头', actor: user });
    await rig.clock.advance(60_000);
    expect(rig.questions).toHaveLength(4);
    expect(rig.moves).toEqual([]);
  });

  it('whose answer comes after the car left is not heard', async () => {
    const lane = remote(IN1);
    let say: (answer: { answer: 'open'; detail: string }) => void = () => undefined;
    given({ lanes: [lane], answer: () => new Promise((resolve) => (say = resolve)) });
    rig.car(lane, A);
    rig.lanes.order(lane.id, { type: 'cancel', reason: '掉头', actor: user });
    say({ answer: 'open', detail: '' });
    await rig.clock.advance(1000);
    expect(rig.moves).toEqual([]);
    expect(rig.store.read.stays.countInside()).toBe(0);
  });

  it('that fails three times lets the car in by the setting, once', async () => {
    const lane = remote(IN1);
    given({ lanes: [lane], answer: () => Promise.reject(new Error('timeout')) });
    rig.car(lane, A);
    await rig.clock.advance(30_000);
    expect(rig.questions).toHaveLength(3);
    expect(rig.moves).toEqual([`${lane.id}:open`]);
    expect(rig.events('case-changed')).toMatchObject([{ body: { case: { kind: 'remote-gave-up' } } }]);
  });
});

describe('cars that crossed unseen', () => {
  it.each([
    { what: 'an exit was held open', doubt: 'held-open', during: () => rig.lanes.gate(OUT1.id, 'hold', '高峰', user) },
    { what: 'an entrance was held open', doubt: null, during: () => rig.lanes.gate(IN1.id, 'hold', '高峰', user) },
    {
      what: 'the camera of an exit was away and somebody opened there',
      doubt: 'camera-down',
      during: () => {
        rig.lanes.deviceAway(OUT1.camera ?? '');
        rig.lanes.gate(OUT1.id, 'open', '设备故障', user);
      },
    },
    { what: 'it was away behind a closed arm', doubt: null, during: () => rig.lanes.deviceAway(OUT1.camera ?? '') },
  ])('make a bill doubtful when $what', async ({ doubt, during }) => {
    given();
    await rig.parked(A, 60);
    during();
    await rig.clock.advance(10 * MINUTE);
    rig.lanes.deviceBack(OUT1.camera ?? '');
    if (rig.lanes.state(OUT1.id).held) rig.lanes.gate(OUT1.id, 'release-hold', '结束', user);
    const stay = rig.store.read.stays.inside(A);
    if (!stay) throw new Error('no stay');
    expect(rig.lanes.doubts(stay).map((each) => each.kind)).toEqual(doubt ? [doubt] : []);
    rig.car(OUT_2, A);
    expect(rig.passage(OUT_2)?.attention ?? null).toBe(doubt ? 'doubtful' : null);
    if (!doubt) return;
    expect(rig.bills).toEqual([]);
    rig.lanes.order(OUT_2.id, approve('照片无误'));
    expect(rig.phase(OUT_2)).toBe('charging');
    // A car that came in afterwards crossed nothing.
    await rig.parked(B, 61);
    const other = rig.store.read.stays.inside(B);
    expect(other && rig.lanes.doubts(other)).toEqual([]);
  });

  it('are none of a camera that was away for a moment', async () => {
    given();
    await rig.parked(A, 60);
    rig.lanes.deviceAway(OUT1.camera ?? '');
    rig.lanes.gate(OUT1.id, 'open', '设备故障', user);
    await rig.clock.advance(2 * MINUTE);
    rig.lanes.deviceBack(OUT1.camera ?? '');
    rig.car(OUT_2, A);
    expect(rig.phase(OUT_2)).toBe('charging');
  });

  it('may be behind one that was let through a while ago before a camera that went blind', async () => {
    given();
    await rig.parked(A, 60);
    await rig.parked(B, 1);
    rig.car(OUT1, B);
    await rig.clock.advance(40_000);
    expect(rig.phase(OUT1)).toBe('cleared');
    rig.lanes.deviceAway(OUT1.camera ?? '');
    rig.lanes.gate(OUT1.id, 'open', '设备故障', user);
    await rig.clock.advance(10 * MINUTE);
    rig.car(OUT_2, A);
    expect(rig.passage(OUT_2)?.attention).toBe('doubtful');
  });

  it('may have left by a lane for both ways with one camera', async () => {
    const lane = laneSchema.parse({ ...BOTH, camera: 'cam-both', barrier: 'arm-both' });
    given({ lanes: [IN1, OUT1, lane] });
    await rig.parked(A, 60);
    rig.lanes.deviceAway('cam-both');
    rig.lanes.gate(lane.id, 'open', '设备故障', user);
    await rig.clock.advance(10 * MINUTE);
    rig.car(OUT1, A);
    expect(rig.passage(OUT1)?.attention).toBe('doubtful');
  });
});

describe('one car and two lanes', () => {
  it('takes its bill along, and the settlement hears of both', async () => {
    given();
    await rig.parked(A, 61);
    rig.car(OUT1, A);
    rig.car(OUT_2, A);
    expect(rig.phase(OUT1)).toBe('idle');
    expect(rig.bills).toEqual([`+${OUT1.id} 1000`, '-void', `+${OUT_2.id} 1000`]);
  });

  it('a plate that is merely near takes no bill away from the car that stands there', async () => {
    given();
    await rig.parked(A, 61);
    rig.car(OUT1, A);
    rig.car(OUT_2, '鲁B1234S');
    expect(rig.phase(OUT1)).toBe('charging');
    expect(rig.passage(OUT_2)?.attention).toBe('near-match');
  });

  it('the lane that it drove away from goes on with the next one', async () => {
    given();
    await rig.parked(A, 61);
    await rig.parked(B, 61);
    rig.car(OUT1, A);
    rig.car(OUT1, B);
    rig.car(OUT_2, A);
    expect(rig.passage(OUT1)).toMatchObject({ plate: { text: B }, bill: { dueFen: 1000 } });
    expect(rig.lanes.state(OUT1.id).waiting).toEqual([]);
  });

  it('who queues behind another car and drives to the next lane queues no longer', async () => {
    given();
    await rig.parked(A, 61);
    await rig.parked(B, 5);
    rig.car(OUT1, A);
    rig.car(OUT1, B);
    rig.car(OUT_2, B);
    expect(rig.lanes.state(OUT1.id).waiting).toEqual([]);
    rig.restart();
    expect(rig.lanes.state(OUT1.id)).toMatchObject({ phase: 'charging', waiting: [] });
    rig.lanes.order(OUT1.id, cash(1000));
    expect(rig.events('case-changed')).toEqual([]);
  });

  it('nothing of it is left when it cannot be written', async () => {
    given();
    await rig.parked(A, 61);
    rig.car(OUT1, A);
    rig.db.pragma('query_only = ON');
    expect(() => rig.car(OUT_2, A)).toThrow();
    expect(rig.phase(OUT1)).toBe('charging');
    expect(rig.phase(OUT_2)).toBe('idle');
    rig.db.pragma('query_only = OFF');
    rig.lanes.order(OUT1.id, cash(1000));
    expect(rig.moves.filter((move) => move === `${OUT1.id}:open`)).toHaveLength(1);
  });
});

describe('spaces', () => {
  it('are counted from the stays, with what people put right', async () => {
    given({ site: { openSpaces: 5 } });
    await rig.parked(A, 5);
    await rig.parked(B, 5);
    expect(rig.lanes.spaces()).toMatchObject({ inside: 2, free: 3 });
    rig.store.write((tx) =>
      tx.record({
        ...{ kind: 'spaces-corrected', key: null, laneId: null, passageId: null, actor: user },
        body: { areaId: null, countedInside: 2, actualInside: 4, reason: '清点' },
      }),
    );
    expect(rig.lanes.spaces()).toMatchObject({ inside: 4, free: 1 });
    rig.car(OUT1, A);
    expect(rig.lanes.spaces()).toMatchObject({ inside: 3, free: 2 });
    expect(rig.events('vehicle-exited')).toMatchObject([{ body: { spaces: { inside: 3, free: 2 } } }]);
    rig.restart();
    expect(rig.lanes.spaces()).toMatchObject({ inside: 3, free: 2 });
  });

  it('of a lane for both ways: an unread car gets its way from the plate that is typed', async () => {
    const lane = laneSchema.parse({ ...BOTH, camera: 'cam-both', barrier: 'arm-both' });
    given({ lanes: [IN1, lane] });
    await rig.parked(A, 61);
    rig.car(lane, '');
    rig.lanes.order(lane.id, { type: 'correct-plate', plate: plate(A), actor: user });
    expect(rig.phase(lane)).toBe('charging');
  });
});
