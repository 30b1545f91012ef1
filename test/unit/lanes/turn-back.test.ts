import { afterEach, describe, expect, it } from 'vitest';
import type { PassageRules } from '../../../shared/domain/passage-rules.ts';
import { DEFAULT_RULES } from '../../../shared/domain/passage-rules.ts';
import { type LaneWorld, OUT, plate } from '../../support/lane-world.ts';
import { A, B, cash, count, last, parked, payment, release, user } from './given.ts';
import { IN1, Rig } from './runtime-rig.ts';

let rig: Rig | undefined;
afterEach(() => rig?.dispose());

const rules = (over: Partial<PassageRules>) => ({ site: { rules: { ...DEFAULT_RULES, ...over } } });

/** An entrance whose safety loop is known to work, and nobody at it. */
async function entrance(over: Partial<PassageRules>): Promise<Rig> {
  rig = new Rig(rules(over));
  rig.lanes.safetyLoop(IN1.id, true);
  rig.lanes.safetyLoop(IN1.id, false);
  await rig.clock.advance(60_000);
  return rig;
}
const kinds = (at: Rig): string[] =>
  at.events('case-changed').map(({ body }) => ('case' in body ? body.case.kind : ''));
const isInside = (at: Rig, text: string): boolean => at.store.read.stays.inside(text) !== undefined;

describe('a car that was let in and drove off backwards', () => {
  it('was never there, where that is set: its entry is withdrawn and the arm shut', async () => {
    const at = await entrance({ turnBack: 'withdraw' });
    at.lanes.triggerLoop(IN1.id, true);
    at.car(IN1, A);
    expect([at.phase(IN1), isInside(at, A)]).toEqual(['cleared', true]);
    at.lanes.triggerLoop(IN1.id, false);
    await at.clock.advance(9_999);
    expect(isInside(at, A)).toBe(true);
    await at.clock.advance(1);
    expect([isInside(at, A), at.phase(IN1), kinds(at), at.moves]).toEqual([
      false,
      'idle',
      [],
      ['in1:open', 'in1:close'],
    ]);
    expect(at.events('passage-ended')).toMatchObject([{ body: { how: 'turned-back' } }]);
  });

  it('is a case by itself, and may be withdrawn by a person as long as it stands there', async () => {
    const at = await entrance({});
    at.lanes.triggerLoop(IN1.id, true);
    at.car(IN1, A);
    at.lanes.triggerLoop(IN1.id, false);
    await at.clock.advance(10_000);
    expect([isInside(at, A), kinds(at), at.moves]).toEqual([true, ['not-seen-passing'], ['in1:open']]);
    at.lanes.order(IN1.id, { type: 'withdraw', reason: '车辆掉头', actor: user });
    expect(isInside(at, A)).toBe(false);
  });

  it('is nobody when that is set', async () => {
    const at = await entrance({ turnBack: 'off' });
    at.lanes.triggerLoop(IN1.id, true);
    at.car(IN1, A);
    at.lanes.triggerLoop(IN1.id, false);
    await at.clock.advance(30_000);
    expect([isInside(at, A), kinds(at)]).toEqual([true, []]);
  });

  it.each<[string, (at: Rig) => void]>([
    ['goes under the arm', (at) => at.lanes.safetyLoop(IN1.id, true)],
    ['comes back onto the trigger loop', (at) => at.lanes.triggerLoop(IN1.id, true)],
    ['goes through the arm that is held up then', (at) => at.lanes.gate(IN1.id, 'hold', '高峰', user)],
  ])('has not when it %s in time', async (_what, then) => {
    const at = await entrance({ turnBack: 'withdraw' });
    at.lanes.triggerLoop(IN1.id, true);
    at.car(IN1, A);
    at.lanes.triggerLoop(IN1.id, false);
    await at.clock.advance(5_000);
    then(at);
    await at.clock.advance(20_000);
    expect([isInside(at, A), kinds(at)]).toEqual([true, []]);
  });

  it.each(['withdraw', 'case'] as const)(
    'is a case for a person when another car takes its place, and is never withdrawn by itself (%s)',
    async (turnBack) => {
      const at = await entrance({ turnBack });
      at.lanes.triggerLoop(IN1.id, true);
      at.car(IN1, A);
      const turned = at.passage(IN1)?.id;
      at.lanes.triggerLoop(IN1.id, false);
      await at.clock.advance(3_000);
      at.lanes.triggerLoop(IN1.id, true);
      at.car(IN1, B);
      at.lanes.safetyLoop(IN1.id, true);
      at.lanes.safetyLoop(IN1.id, false);
      await at.clock.advance(60_000);
      expect([isInside(at, A), isInside(at, B), kinds(at), at.moves]).toEqual([
        ...[true, true, ['not-seen-passing'], ['in1:open', 'in1:open']],
      ]);
      expect(at.events('case-changed')).toMatchObject([{ passageId: turned, body: { case: { plate: A } } }]);
    },
  );

  it.each([
    ['drives close behind', 1_900, false],
    ['comes when it has gone under the arm', 5_000, true],
  ])('is no case because of another car that %s', async (_what, ms, pressed) => {
    const at = await entrance({ turnBack: 'case' });
    at.lanes.triggerLoop(IN1.id, true);
    at.car(IN1, A);
    at.lanes.triggerLoop(IN1.id, false);
    for (const on of pressed ? [true, false] : []) at.lanes.safetyLoop(IN1.id, on);
    await at.clock.advance(ms);
    at.car(IN1, B);
    expect([at.passage(IN1)?.plate.text, kinds(at)]).toEqual([B, []]);
  });

  it('is no case where that is switched off, nor where the safety loop may be dead', async () => {
    const off = await entrance({ turnBack: 'off' });
    const followed = async (at: Rig): Promise<string[]> => {
      at.lanes.triggerLoop(IN1.id, true);
      at.car(IN1, A);
      at.lanes.triggerLoop(IN1.id, false);
      await at.clock.advance(3_000);
      at.car(IN1, B);
      return kinds(at);
    };
    expect(await followed(off)).toEqual([]);
    off.dispose();
    const dead = await entrance({ turnBack: 'case' });
    dead.restart();
    expect(await followed(dead)).toEqual([]);
  });

  it('is not known where no safety loop was ever seen to work, nor where no device tells for how long a car stands', async () => {
    rig = new Rig(rules({ turnBack: 'withdraw' }));
    const pass = async (at: Rig): Promise<void> => {
      at.lanes.triggerLoop(IN1.id, true);
      at.car(IN1, A);
      at.lanes.triggerLoop(IN1.id, false);
      await at.clock.advance(20_000);
    };
    await pass(rig);
    expect(isInside(rig, A)).toBe(true);
    rig.dispose();
    const deaf = await entrance({ turnBack: 'withdraw' });
    deaf.deaf = true;
    await pass(deaf);
    expect(isInside(deaf, A)).toBe(true);
  });

  it('is a case when it is the second in a row: rather the safety loop is dead', async () => {
    const at = await entrance({ turnBack: 'withdraw' });
    const turn = async (text: string): Promise<void> => {
      at.lanes.triggerLoop(IN1.id, true);
      at.car(IN1, text);
      at.lanes.triggerLoop(IN1.id, false);
      await at.clock.advance(10_000);
    };
    await turn(A);
    await turn(B);
    expect([isInside(at, A), isInside(at, B), kinds(at)]).toEqual([false, true, ['not-seen-passing']]);
    at.lanes.safetyLoop(IN1.id, true);
    at.lanes.safetyLoop(IN1.id, false);
    await turn('鲁B33333');
    expect(isInside(at, '鲁B33333')).toBe(false);
  });

  it('is a case after a start until one was seen on the safety loop: rather it died meanwhile', async () => {
    const at = await entrance({ turnBack: 'withdraw' });
    at.restart();
    at.lanes.triggerLoop(IN1.id, true);
    at.car(IN1, A);
    at.lanes.triggerLoop(IN1.id, false);
    await at.clock.advance(10_000);
    expect([isInside(at, A), kinds(at), at.moves]).toEqual([true, ['not-seen-passing'], ['in1:open']]);
  });

  it('is a case where the one just before it did not press the safety loop', async () => {
    const at = await entrance({ turnBack: 'withdraw' });
    const comes = (text: string): void => {
      at.lanes.triggerLoop(IN1.id, true);
      at.car(IN1, text);
      at.lanes.triggerLoop(IN1.id, false);
    };
    comes(A);
    await at.clock.advance(5_000);
    comes(B);
    await at.clock.advance(10_000);
    expect([isInside(at, A), isInside(at, B), kinds(at)]).toEqual([
      true,
      true,
      ['not-seen-passing', 'not-seen-passing'],
    ]);
    expect(at.moves).toEqual(['in1:open', 'in1:open']);
  });

  it('is written down only then: on the way to the arm the trigger loop writes nothing', async () => {
    const at = await entrance({ turnBack: 'withdraw' });
    const before = at.store.read.journal.last().seq;
    at.lanes.triggerLoop(IN1.id, true);
    expect(at.store.read.journal.last().seq).toBe(before);
    at.car(IN1, A);
    const opened = at.store.read.journal.last().seq;
    at.lanes.triggerLoop(IN1.id, false);
    expect(at.store.read.journal.last().seq).toBe(opened);
  });
});

describe('a camera that saw a car drive off backwards', () => {
  const seen = (at: Rig, text: string, motion: 'turned-back' | 'arrived', plateId: string): void =>
    void at.lanes.plate({
      ...{ deviceId: IN1.camera ?? '', serialNo: 's1', plateId, plate: plate(text), confidence: 99, motion },
      ...{ trigger: 'video', capturedAt: null, receivedAt: at.clock.now(), stored: false, photo: null },
    });

  it('opens nothing, and is believed where no loops tell', () => {
    rig = new Rig(rules({ turnBack: 'withdraw' }));
    seen(rig, B, 'turned-back', 't1');
    expect([rig.moves, rig.phase(IN1), isInside(rig, B)]).toEqual([[], 'idle', false]);
    rig.car(IN1, A);
    seen(rig, B, 'turned-back', 't2');
    expect(isInside(rig, A)).toBe(true);
    seen(rig, A, 'turned-back', 't3');
    expect([isInside(rig, A), rig.moves]).toEqual([false, ['in1:open', 'in1:close']]);
    expect(rig.events('plate-read')).toHaveLength(4);
    // The same once more is no car that came.
    seen(rig, A, 'turned-back', 't3');
    expect([rig.phase(IN1), rig.events('plate-read').length]).toEqual(['idle', 4]);
  });

  it('is believed of that passage alone, however often it is told: the same plate came again', async () => {
    rig = new Rig(rules({ turnBack: 'withdraw' }));
    rig.car(IN1, A);
    const told = (at: Rig): void => seen(at, A, 'turned-back', 't1');
    told(rig);
    expect(isInside(rig, A)).toBe(false);
    await rig.clock.advance(5_000);
    rig.car(IN1, A);
    await rig.clock.advance(2_000);
    told(rig);
    expect([isInside(rig, A), rig.phase(IN1)]).toEqual([true, 'cleared']);
  });

  it('is not believed against loops that work', async () => {
    const at = await entrance({ turnBack: 'withdraw' });
    at.lanes.triggerLoop(IN1.id, true);
    at.car(IN1, A);
    seen(at, A, 'turned-back', '9');
    expect(isInside(at, A)).toBe(true);
  });
});

describe('a car that was let out and did not go', () => {
  const turned = (world: LaneWorld): void =>
    void world.must(OUT, { type: 'turned-back', passageId: world.state(OUT).passage?.id ?? '', sure: true });

  it('stands inside again when it left for nothing', () => {
    const world = parked(5, { turnBack: 'withdraw' });
    world.car(OUT, A);
    turned(world);
    expect(world.inside(A)).toMatchObject({ status: 'inside', exitedAt: null });
    expect(world.events.filter(({ kind }) => kind === 'payment-reversed')).toEqual([]);
  });

  it.each<[string, (world: LaneWorld) => void]>([
    ['paid in cash', (world) => void world.must(OUT, cash(1000))],
    [
      'paid by phone',
      (world) =>
        void world.must(OUT, {
          ...{ type: 'paid', billId: world.state(OUT).passage?.bill?.id ?? '', payment: payment(1000), actor: user },
        }),
    ],
    ['was let go for nothing by a person', (world) => void world.must(OUT, release())],
  ])('that %s is a case: nobody gives money back by itself', (_what, settle) => {
    const world = parked(61, { turnBack: 'withdraw' });
    world.car(OUT, A);
    settle(world);
    turned(world);
    turned(world);
    expect(world.inside(A)).toBeNull();
    expect([last(world, 'case-changed').case.kind, count(world, 'payment-reversed')]).toEqual(['not-seen-passing', 0]);
    // One case, also once nobody has seen it pass.
    const cases = count(world, 'case-changed');
    world.must(OUT, { type: 'cleared-timeout', passageId: world.state(OUT).passage?.id ?? '' });
    expect(count(world, 'case-changed')).toBe(cases);
  });

  it('of an arm that is not known to have opened is left to whoever looks at that', () => {
    const world = parked(5, { turnBack: 'withdraw' });
    world.car(OUT, A);
    const commandId = world.state(OUT).lastCommand?.id ?? '';
    world.must(OUT, { type: 'gate-answered', commandId, outcome: 'unknown', detail: '' });
    turned(world);
    expect([world.inside(A), count(world, 'case-changed')]).toEqual([null, 0]);
  });
});

describe('an opening that nobody knows the end of', () => {
  it('is not given again because the camera asks again, unless the arm hangs on that camera', async () => {
    rig = new Rig();
    rig.outcome = { outcome: 'unknown', detail: '没有应答' };
    rig.car(IN1, A);
    await rig.clock.advance(0);
    expect(rig.lanes.state(IN1.id).lastCommand).toMatchObject({ outcome: 'unknown', detail: '没有应答' });
    const again = { deviceId: IN1.camera ?? '', serialNo: 's1', plateId: '1', plate: plate(A), confidence: 99 };
    rig.lanes.plate({
      ...{ ...again, trigger: 'video', capturedAt: null, receivedAt: rig.clock.now(), stored: false, photo: null },
    });
    await rig.clock.advance(300_000);
    expect(rig.moves).toEqual(['in1:open']);
  });
});

describe('a car that follows', () => {
  it('is noticed too when it was read while the one before was under the arm', () => {
    const world = parked(5, {}, A, parked(61, {}, B));
    world.car(OUT, A);
    expect(world.state(OUT).phase).toBe('cleared');
    // The second is billed while the first rolls off.
    world.must(OUT, { type: 'safety-loop', on: true });
    world.car(OUT, B);
    world.must(OUT, { type: 'safety-loop', on: false });
    world.now += 2000;
    world.must(OUT, { type: 'safety-loop', on: true });
    expect(last(world, 'followed-through')).toMatchObject({ plate: { text: B } });
  });
});
