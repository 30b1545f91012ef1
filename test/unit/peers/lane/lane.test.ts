import { expect, test } from 'vitest';
import { Lane, type LaneOptions } from '../../../peers/lane/index.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

const A = '粤B12345';
const B = '京A00001';

function lane(options: LaneOptions = {}): { lane: Lane; clock: FakeClock; seen: string[] } {
  const clock = new FakeClock();
  const made = new Lane({ clock, ...options });
  const seen: string[] = [];
  made.onLoop((name, on) => seen.push(`${name} ${on ? 'on' : 'off'}`));
  made.onArm((arm) => seen.push(arm));
  return { lane: made, clock, seen };
}

test('rises in its time, lets the car through over both loops, and falls behind it', async () => {
  const { lane: iron, clock, seen } = lane();
  const passed = iron.drive(A);
  await clock.advance(100);
  expect([iron.arm, iron.through, seen]).toEqual(['closed', [], ['trigger on']]);
  iron.pulse('open', 500, 'x');
  await clock.advance(25);
  expect([iron.arm, iron.height]).toEqual(['opening', 0.5]);
  await clock.advance(500);
  expect(await passed).toBe(true);
  expect(seen).toEqual(
    ['trigger on', 'opening', 'open', 'safety on', 'trigger off', 'safety off', 'closing', 'closed'], //
  );
  expect([iron.through, iron.collisions, iron.risings]).toEqual([[A], [], 1]);
  expect(iron.moves).toEqual([{ at: Date.UTC(2026, 2, 2, 0, 5, 9) + 100, contact: 'open', ms: 500, cause: 'x' }]);
});

test('does not fall on what stands beneath: a close command waits, a falling arm turns round', async () => {
  const { lane: iron, clock, seen } = lane();
  iron.pulse('open', 500, 'x');
  const stands = iron.standUnder(A);
  await clock.advance(100);
  expect([await stands, iron.loop('safety'), iron.loop('trigger')]).toEqual([true, true, false]);
  iron.pulse('close', 500, 'x');
  await clock.advance(100);
  expect(iron.arm).toBe('open');
  const passed = iron.drive(A);
  await clock.advance(30);
  expect([await passed, iron.arm]).toEqual([true, 'closing']);

  const late = iron.follow(B);
  await clock.advance(200);
  expect([iron.arm, iron.through, seen.at(-1)]).toEqual(['closed', [A], 'closed']);
  iron.pulse('open', 500, 'x');
  await clock.advance(200);
  expect([await late, iron.through, iron.collisions]).toEqual([true, [A, B], []]);
});

test('a car that follows at once keeps the loop busy; one a little behind turns the falling arm', async () => {
  for (const [gapMs, falls] of [
    [0, 1],
    [20, 2],
  ] as const) {
    const { lane: iron, clock, seen } = lane();
    iron.pulse('open', 500, 'x');
    const first = iron.drive(A);
    const second = iron.follow(B, { gapMs });
    await clock.advance(400);
    expect([await first, await second, iron.through]).toEqual([true, true, [A, B]]);
    expect(seen.filter((what) => what === 'closing')).toHaveLength(falls);
    expect(seen.filter((what) => what === 'safety on')).toHaveLength(falls);
    expect([iron.risings, iron.arm, iron.collisions]).toEqual([1, 'closed', []]);
  }
});

test('a rude controller falls on the car, lies on it, and shuts when it is out', async () => {
  const { lane: iron, clock } = lane({ rude: true });
  iron.pulse('open', 500, 'x');
  void iron.standUnder(A);
  await clock.advance(100);
  iron.pulse('close', 500, 'x');
  await clock.advance(100);
  expect([iron.arm, iron.height]).toEqual(['stopped', 0.4]);
  expect(iron.collisions.map(({ plate, what }) => [plate, what])).toEqual([[A, 'arm-onto-car']]);
  const passed = iron.drive(A);
  await clock.advance(100);
  expect([await passed, iron.arm, iron.collisions.length]).toEqual([true, 'closed', 1]);

  iron.pulse('open', 500, 'x');
  const first = iron.drive(A);
  const second = iron.follow(B, { gapMs: 20 });
  await clock.advance(300);
  expect([await first, await second, iron.arm]).toEqual([true, true, 'closed']);
  expect(iron.collisions.map(({ plate }) => plate)).toEqual([A, B]);
});

test('follows one that is already beneath, and drives like any other when that one turns back', async () => {
  const { lane: iron, clock } = lane();
  iron.pulse('open', 500, 'x');
  void iron.standUnder(A);
  await clock.advance(100);
  const follower = iron.follow(B);
  expect(iron.loop('trigger')).toBe(true);
  const back = iron.backOff(A);
  await clock.advance(100);
  await back;
  expect([iron.arm, iron.through]).toEqual(['closed', []]);
  iron.pulse('open', 500, 'x');
  await clock.advance(200);
  expect([await follower, iron.through]).toEqual([true, [B]]);
});

test('a safety loop that feels nothing protects nobody; one that always feels something keeps the arm up', async () => {
  const dead = lane();
  dead.lane.breakLoop('safety', 'stuck-off');
  dead.lane.pulse('open', 500, 'x');
  void dead.lane.standUnder(A);
  await dead.clock.advance(100);
  dead.lane.pulse('close', 500, 'x');
  await dead.clock.advance(100);
  expect([dead.lane.loop('safety'), dead.lane.collisions.length]).toEqual([false, 1]);

  const stuck = lane();
  stuck.lane.breakLoop('safety', 'stuck-on');
  expect(stuck.lane.arm).toBe('closed');
  stuck.lane.pulse('open', 500, 'x');
  const passed = stuck.lane.drive(A);
  await stuck.clock.advance(200);
  stuck.lane.pulse('close', 500, 'x');
  await stuck.clock.advance(200);
  expect([await passed, stuck.lane.arm]).toEqual([true, 'open']);
  stuck.lane.breakLoop('safety', null);
  await stuck.clock.advance(50);
  expect(stuck.lane.arm).toBe('closed');
});

test('is held up while the open contact is kept on; letting go after a long time moves nothing', async () => {
  const { lane: iron, clock } = lane();
  iron.contact('open', true, 'hold');
  expect(iron.moves.map((move) => move.ms)).toEqual([null]);
  for (const plate of [A, B]) {
    const passed = iron.drive(plate);
    await clock.advance(200);
    expect([await passed, iron.arm]).toEqual([true, 'open']);
  }
  iron.pulse('close', 500, 'x');
  await clock.advance(6_000);
  iron.contact('open', false, 'hold');
  await clock.advance(200);
  expect([iron.arm, iron.moves.map(({ contact, ms }) => [contact, ms])]).toEqual([
    'open',
    [
      ['open', 6_400],
      ['close', 500],
    ],
  ]);
  iron.pulse('close', 500, 'x');
  await clock.advance(50);
  expect(iron.arm).toBe('closed');
});

test('on, wait, off is a pulse too: the arm falls when it ends, if the car left before', async () => {
  const { lane: iron, clock } = lane();
  iron.contact('open', true, 'on');
  void iron.drive(A);
  await clock.advance(500);
  expect([iron.arm, iron.through]).toEqual(['open', [A]]);
  iron.contact('open', false, 'off');
  await clock.advance(50);
  expect([iron.arm, iron.moves.length, iron.moves[0]?.ms]).toEqual(['closed', 1, 500]);
});

test('stops where it is, and goes on when told', async () => {
  const { lane: iron, clock } = lane();
  iron.pulse('open', 500, 'x');
  await clock.advance(20);
  iron.contact('stop', true, 'x');
  iron.pulse('open', 500, 'x');
  await clock.advance(200);
  expect([iron.arm, iron.height]).toEqual(['stopped', 0.4]);
  iron.contact('stop', false, 'x');
  iron.pulse('close', 500, 'x');
  await clock.advance(20);
  expect(iron.arm).toBe('closed');
});

test('jammed it obeys nothing and forgets it, save what is kept on; slow it takes its time', async () => {
  const { lane: iron, clock } = lane();
  iron.jam(true);
  iron.pulse('open', 500, 'x');
  await clock.advance(100);
  expect([iron.arm, iron.height, iron.risings]).toEqual(['jammed', 0, 0]);
  iron.jam(false);
  await clock.advance(100);
  expect(iron.arm).toBe('closed');
  iron.tooSlow(10);
  iron.pulse('open', 500, 'x');
  await clock.advance(250);
  expect([iron.arm, iron.height]).toEqual(['opening', 0.5]);
  iron.jam(true);
  iron.contact('open', true, 'hold');
  iron.jam(false);
  iron.tooSlow(1);
  await clock.advance(25);
  expect([iron.arm, iron.risings]).toEqual(['open', 1]);
});

test('a car backs off from the loop or from beneath; one that came the wrong way is not through', async () => {
  const { lane: iron, clock, seen } = lane();
  const waits = iron.drive(A);
  await iron.backOff(A);
  expect([await waits, seen.splice(0)]).toEqual([false, ['trigger on', 'trigger off']]);

  iron.pulse('open', 500, 'x');
  void iron.standUnder(A);
  await clock.advance(100);
  seen.length = 0;
  const back = iron.backOff(A);
  await clock.advance(100);
  await back;
  expect(seen.splice(0)).toEqual(['trigger on', 'safety off', 'closing', 'trigger off', 'closed']);

  iron.contact('open', true, 'hold');
  const against = iron.wrongWay(B);
  await clock.advance(100);
  expect([await against, seen, iron.through]).toEqual([
    true,
    ['opening', 'open', 'safety on', 'trigger on', 'safety off', 'trigger off'],
    [],
  ]);
});

test('a car brakes before a falling arm; one that rams it is through, and it is written down', async () => {
  const { lane: iron, clock } = lane();
  iron.pulse('open', 500, 'x');
  await clock.advance(50);
  const brakes = iron.drive(A);
  iron.pulse('close', 500, 'x');
  await clock.advance(200);
  expect([iron.arm, iron.through]).toEqual(['closed', []]);
  const rams = iron.drive(B, { ram: true });
  await clock.advance(100);
  expect([await rams, iron.through]).toEqual([true, [B]]);
  expect(iron.collisions.map(({ plate, what }) => [plate, what])).toEqual([[B, 'car-into-arm']]);
  iron.stop();
  expect(await brakes).toBe(false);
});

test('a bouncing contact bounces for devices, not for the controller; a cut wire is felt by nobody', async () => {
  const { lane: iron, clock, seen } = lane();
  iron.flicker('safety', 4, 2);
  await clock.advance(20);
  expect(seen.splice(0)).toEqual(['safety on', 'safety off', 'safety on', 'safety off']);
  expect(iron.loop('safety')).toBe(false);
  iron.cutWire('open');
  iron.pulse('open', 500, 'x');
  iron.contact('open', true, 'hold');
  await clock.advance(100);
  expect([iron.arm, iron.moves.map((move) => move.lost)]).toEqual(['closed', [true, true]]);
  iron.cutWire('open', false);
  await clock.advance(50);
  expect(iron.arm).toBe('open');
});

test('stopped, nothing moves any more', async () => {
  const { lane: iron, clock } = lane();
  iron.pulse('open', 500, 'x');
  const waits = iron.drive(A);
  iron.stop();
  iron.pulse('close', 500, 'x');
  await clock.advance(200);
  expect([iron.moves.length, await waits, iron.through]).toEqual([1, false, []]);
  expect(await iron.drive(B)).toBe(false);
});

test('runs on the time of the machine where no clock is given', async () => {
  const iron = new Lane({ travelMs: 5, passMs: 8 });
  iron.pulse('open', 500, 'x');
  expect(await iron.drive(A)).toBe(true);
  await expect.poll(() => iron.arm, { interval: 2 }).toBe('closed');
  iron.stop();
});
