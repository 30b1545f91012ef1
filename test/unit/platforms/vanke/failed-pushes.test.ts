import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STATION } from '../../../../shared/domain/events.ts';
import { plate } from '../../../support/lane-world.ts';
import { CAR, VankeWorld } from './vanke-world.ts';

/** Pushes that get no answer (推送失败处理), through the outbox on a real database, before a platform on a socket. */

const NAME = 'receiveCrossGate';
let world: VankeWorld;
beforeEach(async () => {
  world = await VankeWorld.open();
});
afterEach(() => world.dispose());

/** A car crosses. */
function crosses(passageId: string, text = CAR): void {
  const head = { key: null, laneId: 'in1', passageId, actor: STATION };
  world.write({
    ...{ ...head, kind: 'gate-crossed' },
    body: { platform: 'vanke', plate: plate(text), asked: plate(text), direction: 'in' },
  });
}
const rows = () => world.read.outbox.search({ offset: 0, limit: 100 }).items;
const failed = () =>
  world.read.outbox.givenUp('vanke', NAME, { from: 0, to: Number.MAX_SAFE_INTEGER, offset: 0, limit: 10 });

/** When the platform was asked, in milliseconds since the first time. */
function moments() {
  const times: number[] = [];
  const began = world.clock.now();
  world.answer(NAME, () => {
    times.push(world.clock.now() - began);
    return undefined;
  });
  return times;
}

describe('a crossing without an answer', () => {
  it('is pushed five times, three seconds each and one between, and is a failed push then', async () => {
    const times = moments();
    crosses('pass1');
    await world.comes('the first push', () => times.length === 1);
    for (let second = 0; second < 60; second += 1) await world.pass(1000);
    expect(times).toEqual([0, 4_000, 8_000, 12_000, 16_000]);
    expect(failed()).toMatchObject({ total: 1, rows: [{ body: { plateNumber: CAR, laneId: 'in1' } }] });
  });

  it.each([
    ['HTTP 500', 500, '{"respCode":"0","respDesc":""}'],
    ['broken JSON', 200, '{"respCode":'],
    ['no code', 200, '{"respDesc":""}'],
    ['the code "2"', 200, '{"respCode":"2","respDesc":""}'],
  ])('counts %s as none', async (_what, status, text) => {
    world.answerHttp(NAME, status, text);
    crosses('pass1');
    await world.pass(20_000, 40);
    expect(world.sent(NAME)).toHaveLength(5);
    expect(failed().total).toBe(1);
  });

  it('is the same crossing each time, with a time and token of its own', async () => {
    world.answerHttp(NAME, 500, '');
    crosses('pass1');
    await world.pass(20_000, 40);
    const [first, ...others] = world.sent(NAME).map(({ time: _time, token: _token, ...same }) => same);
    for (const other of others) expect(other).toEqual(first);
    expect(new Set(world.sent(NAME).map(({ time }) => time)).size).toBe(5);
  });

  it('keeps no other waiting', async () => {
    world.answer(NAME, ({ plateNumber }) => (plateNumber === CAR ? undefined : { respCode: '0', respDesc: '' }));
    crosses('pass1');
    await world.comes('the first push', () => world.sent(NAME).length === 1);
    crosses('pass2', '粤B00002');
    await world.comes('the second car', () => world.sent(NAME).length === 2);
    expect(world.sent(NAME)[1]).toMatchObject({ plateNumber: '粤B00002' });
    await world.pass(3000);
  });

  it('goes on counting after a restart in the middle', async () => {
    world.answerHttp(NAME, 500, '');
    crosses('pass1');
    await world.heard(NAME, 1);
    await world.pass(1000);
    expect(world.sent(NAME)).toHaveLength(2);
    await world.reopened();
    await world.pass(20_000, 40);
    expect(world.sent(NAME)).toHaveLength(5);
    expect(failed().total).toBe(1);
  });

  it('that is answered at last has arrived', async () => {
    let times = 0;
    world.answer(NAME, () => {
      times += 1;
      return times < 5 ? { nothing: 'known' } : { respCode: '0', respDesc: '' };
    });
    crosses('pass1');
    await world.pass(20_000, 40);
    expect(world.sent(NAME)).toHaveLength(5);
    expect(rows().map(({ state }) => state)).toEqual([1]);
    expect(failed().total).toBe(0);
  });
});

it('a crossing that the platform refuses is not repeated, and its words are kept', async () => {
  world.answer(NAME, { respCode: '1', respDesc: '识别记录不存在' });
  crosses('pass1');
  await world.heard(NAME);
  await world.pass(120_000, 20);
  expect(world.sent(NAME)).toHaveLength(1);
  expect(rows()[0]).toMatchObject({ state: 2, last_error: expect.stringContaining('识别记录不存在') });
  expect(failed().total).toBe(0);
});
