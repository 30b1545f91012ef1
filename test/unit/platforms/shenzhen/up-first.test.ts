import { afterEach, expect, it } from 'vitest';
import { UpWorld } from './up-world.ts';

let world: UpWorld;

afterEach(() => world.dispose());

const names = (): string[] => world.asked.map(({ name }) => name).filter((name) => /^park/.test(name));

it('keeps records until the city answered the car park', async () => {
  world = await UpWorld.built();
  world.answerHttp('park', 502, '');
  await world.start();
  await world.parked(1);
  await world.pass(4000, 4);
  expect(names()).toEqual(['park']);
  // A refusal is an answer, too.
  world.answerHttp('park', 200, '{"code":1,"msg":"x"}');
  await world.pass(2000, 4);
  expect(names()).toEqual(['park', 'park', 'parkRecordEntry']);
  expect(
    world.read.outbox.search({ offset: 0, limit: 9 }).items.map(({ attempts, state }) => [attempts, state]),
  ).toEqual([[1, 1]]);
});

it('keeps them for a minute at most, or for as long as the site says', async () => {
  for (const [reports, quietMs] of [
    [{}, 58_000],
    [{ firstParkMs: 3000 }, 2000],
  ] as const) {
    world = await UpWorld.built({ settings: { reports } });
    world.answerHttp('park', 502, '');
    await world.start();
    await world.parked(1);
    await world.pass(quietMs, 8);
    expect(world.sent('parkRecordEntry')).toEqual([]);
    await world.pass(3000, 4);
    expect(world.sent('parkRecordEntry')).toHaveLength(1);
    await world.dispose();
  }
  world = await UpWorld.built({ settings: { reports: { firstParkMs: 0 } } });
  world.answerHttp('park', 502, '');
  await world.start();
  await world.parked(1);
  await world.settled();
  expect(world.sent('parkRecordEntry')).toHaveLength(1);
});

it('keeps none where the car park cannot be told', async () => {
  world = await UpWorld.open({ settings: { site: {} } });
  await world.parked(1);
  await world.settled();
  expect(names()).toEqual(['parkRecordEntry']);
});
