import { expect, test } from 'vitest';
import { BarrierArm } from '../../../peers/vzenith/index.ts';

const BY = { kind: 'comet' } as const;

test('rises on the open relay, takes its time, and falls when the car has passed', async () => {
  const arm = new BarrierArm({ travelMs: 20 });
  expect([arm.state, arm.carPasses()]).toEqual(['closed', false]);
  arm.pulse(0, 500, BY);
  expect(arm.state).toBe('opening');
  await expect.poll(() => arm.state, { interval: 5 }).toBe('open');
  expect(arm.carPasses()).toBe(true);
  expect(arm.state).toBe('closing');
  await expect.poll(() => arm.state, { interval: 5 }).toBe('closed');
});

test('does not fall on a car, nor while it is held', () => {
  const arm = new BarrierArm({ travelMs: 0 });
  arm.hold(0, true, BY);
  expect([arm.held, arm.state]).toEqual([true, 'open']);
  arm.pulse(1, 500, BY);
  arm.carPasses();
  expect(arm.state).toBe('open');
  arm.hold(0, false, BY);
  arm.occupied = true;
  arm.pulse(1, 500, BY);
  expect([arm.held, arm.state]).toEqual([false, 'open']);
  arm.occupied = false;
  arm.pulse(1, 500, BY);
  expect(arm.state).toBe('closed');
  expect(arm.openings).toEqual([]);
  expect(arm.pulses.map((pulse) => [pulse.relay, pulse.ms])).toEqual([
    [0, null],
    [1, 500],
    [0, null],
    [1, 500],
    [1, 500],
  ]);
});

test('a relay that is wired to nothing moves nothing', () => {
  const arm = new BarrierArm({ travelMs: 0 });
  arm.pulse(2, 500, BY);
  expect([arm.state, arm.pulses.length]).toEqual(['closed', 1]);
});
