import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  Barrier,
  CommandOutcome,
  Device,
  GateAction,
  InputBoard,
  UnderArm,
} from '../../../electron/station/devices/device.ts';
import { GateKeeper } from '../../../electron/station/lanes/gate-keeper.ts';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import { SystemIds } from '../../../electron/station/runtime/ids.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { LaneWorld, OUT } from '../../support/lane-world.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { last, user } from './given.ts';
import { OUT1 } from './runtime-rig.ts';

let clock: FakeClock;
let alarms: Alarms;
let gates: GateKeeper;
let moves: string[];

const arm: Barrier = {
  ...{ id: OUT1.barrier ?? '', kind: 'barrier', driver: 'test' },
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
  lastSeenAt: () => null,
  arm: () => 'unknown',
  gate: (action) => {
    moves.push(action);
    return Promise.resolve({ outcome: 'done', detail: '' });
  },
};

beforeEach(() => {
  clock = new FakeClock();
  moves = [];
  alarms = new Alarms(
    () => clock.now(),
    () => undefined,
  );
  gates = new GateKeeper({ find: () => arm, alarms, clock, ids: new SystemIds(clock), log: memoryLog() });
});
afterEach(() => gates.stop());

const loop = (on: boolean, device = 'bar'): void => gates.safetyLoop(OUT1, device, on);
const codes = (): string[] => alarms.list().map(({ code }) => code);

/** Gives a command; its outcome once it has one. */
function given(action: GateAction): { readonly ended: () => CommandOutcome | null } {
  let ended: CommandOutcome | null = null;
  void gates.give(OUT1, action).then((outcome) => {
    ended = outcome;
  });
  return { ended: () => ended };
}

describe('an arm whose safety loop hangs on a board that can be asked', () => {
  const LANE = { ...OUT1, io: 'io1' };
  let answers: ((seen: UnderArm) => void)[];
  let hasSafetyLoop: boolean;
  const board: InputBoard = {
    ...{ id: 'io1', kind: 'io', driver: 'test' },
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    lastSeenAt: () => null,
    arm: () => 'open',
    get hasSafetyLoop() {
      return hasSafetyLoop;
    },
    lookUnder: () => new Promise((resolve) => void answers.push(resolve)),
  };
  beforeEach(() => {
    answers = [];
    hasSafetyLoop = true;
    const find = (id: string): Device | undefined => (id === 'io1' ? board : arm);
    gates = new GateKeeper({ find, alarms, clock, ids: new SystemIds(clock), log: memoryLog() });
  });
  const told = async (seen: UnderArm): Promise<void> => {
    answers.shift()?.(seen);
    await clock.advance(0);
  };
  const give = (action: GateAction): Promise<CommandOutcome> => gates.give(LANE, action);

  it.each(['close', 'release-hold'] as const)(
    'is told to %s once the board has said just now that it is clear',
    async (action) => {
      const ended = give(action);
      await clock.advance(100);
      expect([moves, answers.length, gates.waits(LANE)]).toEqual([[], 1, false]);
      await told({ under: 'clear' });
      expect([moves, (await ended).outcome, answers.length]).toEqual([[action], 'done', 0]);
    },
  );

  it('is not told to fall onto what nobody can see: somebody is told', async () => {
    const ended = give('close');
    await told({ under: 'unknown', detail: '读不到防砸地感（线路没有连上）' });
    expect(await ended).toEqual({ outcome: 'refused', detail: '读不到防砸地感（线路没有连上），未落杆' });
    expect([moves, codes()]).toEqual([[], ['gate-command-lost']]);
  });

  it('waits for a car of which nothing was told yet, and is read again', async () => {
    const ended = give('close');
    await told({ under: 'occupied' });
    expect([moves, gates.waits(LANE)]).toEqual([[], true]);
    await clock.advance(500);
    await told({ under: 'clear' });
    expect([moves, (await ended).outcome]).toEqual([['close'], 'done']);
  });

  it('does not fall when a car is told of while the board is read, but after it', async () => {
    const ended = give('close');
    gates.safetyLoop(LANE, 'io1', true);
    await told({ under: 'clear' });
    await clock.advance(10_000);
    expect(moves).toEqual([]);
    gates.safetyLoop(LANE, 'io1', false);
    await clock.advance(500);
    await told({ under: 'clear' });
    expect([moves, (await ended).outcome]).toEqual([['close'], 'done']);
  });

  it('is opened at once all the same, whatever was to close it', async () => {
    const ended = give('close');
    void give('open');
    expect(moves).toEqual(['open']);
    await told({ under: 'clear' });
    expect([moves, await ended]).toEqual([['open'], { outcome: 'refused', detail: '已改为开闸' }]);
  });

  it('is let go of for the second who asks, too', async () => {
    const ended = [give('close'), give('close')];
    await told({ under: 'clear' });
    await told({ under: 'clear' });
    expect((await Promise.all(ended)).map(({ outcome }) => outcome)).toEqual(['done', 'done']);
  });

  it('is told at once where no safety loop hangs there; its limit switches tell where it is', async () => {
    hasSafetyLoop = false;
    void give('close');
    expect([moves, gates.position(LANE), gates.position(OUT1)]).toEqual([['close'], 'open', 'unknown']);
  });
});

describe('an arm under which a car stands', () => {
  it.each(['close', 'release-hold'] as const)('is not told to %s before it is clear, and then once', async (action) => {
    loop(true);
    const waits = given(action);
    await clock.advance(20_000);
    expect([moves, waits.ended()]).toEqual([[], null]);
    loop(false);
    await clock.advance(499);
    expect(moves).toEqual([]);
    await clock.advance(1);
    expect([moves, waits.ended()?.outcome]).toEqual([[action], 'done']);
    loop(true);
    loop(false);
    await clock.advance(120_000);
    expect([moves, codes()]).toEqual([[action], []]);
  });

  it('stays up between the axles of a trailer, and while another of its loops is occupied', async () => {
    loop(true);
    given('close');
    loop(false);
    await clock.advance(400);
    loop(true);
    loop(true, 'cam');
    await clock.advance(5_000);
    loop(false);
    await clock.advance(5_000);
    expect(moves).toEqual([]);
    loop(false, 'cam');
    await clock.advance(500);
    expect(moves).toEqual(['close']);
  });

  it('is opened at once, and what was to close it ends', async () => {
    loop(true);
    const waits = given('close');
    expect(gates.waits(OUT1)).toBe(true);
    const opened = given('open');
    expect(gates.waits(OUT1)).toBe(false);
    expect(moves).toEqual(['open']);
    await clock.advance(0);
    expect([waits.ended(), opened.ended()?.outcome]).toEqual([{ outcome: 'refused', detail: '已改为开闸' }, 'done']);
    loop(false);
    await clock.advance(120_000);
    expect([moves, codes()]).toEqual([['open'], []]);
  });

  it('is held up instead, and neither closing nor the end of the hold before counts any more', async () => {
    loop(true);
    const [close, release] = [given('close'), given('release-hold')];
    given('hold');
    await clock.advance(0);
    expect([close.ended()?.detail, release.ended()?.detail, moves]).toEqual(['已改为常抬', '已改为常抬', ['hold']]);
  });

  it('is let go of after the car that was let through meanwhile has passed, or did not come', async () => {
    loop(true);
    const release = given('release-hold');
    given('open');
    loop(false);
    await clock.advance(2_000);
    expect(moves).toEqual(['open']);
    loop(true);
    await clock.advance(2_000);
    loop(false);
    await clock.advance(500);
    expect([moves, release.ended()?.outcome]).toEqual([['open', 'release-hold'], 'done']);

    loop(true);
    given('release-hold');
    given('open');
    loop(false);
    await clock.advance(15_000);
    expect(moves.slice(2)).toEqual(['open', 'release-hold']);
  });

  it('is not waited for longer than a minute: somebody is told, until the loop is clear', async () => {
    loop(true);
    const waits = given('close');
    await clock.advance(60_000);
    expect(waits.ended()).toEqual({ outcome: 'refused', detail: '防砸地感持续有车 60 秒，未落杆' });
    expect([moves, codes()]).toEqual([[], ['safety-loop-stuck']]);
    loop(false);
    await clock.advance(1_000);
    expect([moves, codes()]).toEqual([[], []]);
  });

  it('ends its waiting, and is let down once clear, also where no alarm can be stored', async () => {
    const full = new Alarms(
      () => clock.now(),
      () => {
        throw new Error('disk full');
      },
    );
    const log = memoryLog();
    gates = new GateKeeper({ find: () => arm, alarms: full, clock, ids: new SystemIds(clock), log });
    loop(true);
    const waits = given('close');
    await clock.advance(60_000);
    expect(waits.ended()?.detail).toBe('防砸地感持续有车 60 秒，未落杆');
    const again = given('close');
    loop(false);
    await clock.advance(500);
    expect([moves, again.ended()?.outcome]).toEqual([['close'], 'done']);
  });

  it('holds up no other lane, and nothing after its end', async () => {
    gates.safetyLoop({ ...OUT1, id: 'another' }, 'bar2', true);
    given('close');
    expect(moves).toEqual(['close']);
    loop(true);
    given('close');
    gates.stop();
    await clock.advance(120_000);
    expect([moves, codes()]).toEqual([['close'], []]);
  });
});

describe('a hold that was to end', () => {
  const ordered = (world: LaneWorld, action: 'hold' | 'release-hold' | 'open'): string => {
    world.must(OUT, { type: 'gate', action, reason: null, photoId: null, actor: user });
    return world.state(OUT).lastCommand?.id ?? '';
  };
  const answer = (world: LaneWorld, commandId: string, outcome: 'done' | 'refused' | 'unknown'): void =>
    void world.must(OUT, { type: 'gate-answered', commandId, outcome, detail: '' });

  it('goes on when nothing moved, also when somebody was let through meanwhile, and so does the time in which cars cross unseen', () => {
    const world = new LaneWorld();
    ordered(world, 'hold');
    const release = ordered(world, 'release-hold');
    const open = ordered(world, 'open');
    expect(world.state(OUT).held).toBe(false);
    answer(world, open, 'done');
    world.now += 1000;
    answer(world, release, 'refused');
    expect(world.state(OUT)).toMatchObject({ held: true, releasing: null, lastCommand: { outcome: 'done' } });
    expect(last(world, 'gap-changed').gap).toMatchObject({ kind: 'held-open', from: world.now, to: null });
  });

  it.each(['done', 'unknown'] as const)('is over when that is %s', (outcome) => {
    const world = new LaneWorld();
    ordered(world, 'hold');
    answer(world, ordered(world, 'release-hold'), outcome);
    expect(world.state(OUT)).toMatchObject({ held: false, releasing: null });
  });

  it('is another one once it is held anew', () => {
    const world = new LaneWorld();
    ordered(world, 'hold');
    const release = ordered(world, 'release-hold');
    const hold = ordered(world, 'hold');
    answer(world, release, 'refused');
    expect(world.state(OUT)).toMatchObject({ held: true, releasing: null, lastCommand: { id: hold } });
    expect([...world.gaps.values()].filter(({ to }) => to === null)).toHaveLength(1);
  });
});
