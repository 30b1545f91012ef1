import { expect, test } from 'vitest';
import { Lane, wireInputs, wireRelays } from '../../../peers/lane/index.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

test('relays reach the contacts that they are wired to, and no others', async () => {
  const clock = new FakeClock();
  const lane = new Lane({ clock });
  const relays = wireRelays(lane, { 0: 'open', 1: 'close' });
  relays.pulse(2, 500, 'no wire');
  relays.set(0, true, 'kept on');
  await clock.advance(50);
  expect(lane.arm).toBe('open');
  relays.set(0, false, 'let go');
  relays.pulse(1, 700, 'shut');
  await clock.advance(50);
  expect(lane.arm).toBe('closed');
  expect(lane.moves.map(({ contact, ms, cause }) => [contact, ms, cause])).toEqual([
    ['open', 50, 'kept on'],
    ['close', 700, 'shut'],
  ]);
});

test('inputs say what loops and limit switches say; some contacts are the other way round', async () => {
  const clock = new FakeClock();
  const lane = new Lane({ clock });
  const inputs = wireInputs(lane, { 0: 'trigger', 2: 'safety', 3: 'arm-up' }, { inverted: [2], count: 8 });
  const heard: [number, boolean][] = [];
  const end = inputs.onChange((input, on) => heard.push([input, on]));
  expect(inputs.read()).toEqual([false, false, true, false, false, false, false, false]);
  lane.arrive('粤B12345');
  lane.pulse('open', 500, 'x');
  void lane.standUnder('粤B12345');
  await clock.advance(100);
  expect(inputs.read().slice(0, 4)).toEqual([false, false, false, true]);
  expect(heard).toEqual([
    [0, true],
    [3, true],
    [2, false],
    [0, false],
  ]);
  end();
  void lane.drive('粤B12345');
  await clock.advance(100);
  expect(heard).toHaveLength(4);
  expect(wireInputs(lane, { 1: 'arm-down' }, { inverted: true }).read()).toEqual([false, false]);
});
