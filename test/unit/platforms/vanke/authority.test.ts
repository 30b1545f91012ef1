import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plate } from '../../../support/lane-world.ts';
import { opened } from './support.ts';
import { CAR, GATE_IN, GATE_OUT, VankeWorld } from './vanke-world.ts';

/** The platform's word at a lane, as it travels: what leaves, when, and what the lane makes of the answers. */

const NAME = 'receivePlateNumber';
const PHOTO = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);
let world: VankeWorld;
beforeEach(async () => {
  world = await VankeWorld.open({ settings: { photo: { publicUrl: 'https://park.example' } } });
});
afterEach(() => world.dispose());

const openings = (lane = 'in1'): number =>
  world.told('gate-commanded').filter(({ laneId, body }) => laneId === lane && body.action === 'open').length;
const answers = () => world.told('authority-answered').map(({ body }) => [body.answer, body.detail]);
/** All but what is new with each send. */
const same = () => world.sent(NAME).map(({ time: _time, token: _token, ...rest }) => rest);
const silent = () => world.alarms.list().filter(({ code }) => code === 'gate-authority-silent');

describe('a question', () => {
  it('carries exactly the fields of the table, and its answer opens', async () => {
    world.arrives('in1', undefined, PHOTO);
    await world.heard(NAME);
    const [sent] = world.sent(NAME);
    expect(sent).toEqual({
      ...{ version: '1.0', appId: '99848791', parkingLotId: 'PL0001', deviceNo: 'cam-in1' },
      ...{ time: '20260302 08:05:09', recognitionTime: '20260302 08:05:09', token: expect.any(String) },
      ...{ plateNumber: '粤B12345', color: 'blue', reliability: 99 },
      uuid: expect.stringMatching(/^[0-9a-f]{32}$/),
      image: expect.stringMatching(/^https:\/\/park\.example\/vankePhoto\/.+\.jpg$/),
    });
    expect(openings()).toBe(1);
    expect(answers()).toEqual([['open', '']]);
  });

  it('can be looked at by its picture before it is answered', async () => {
    world.answer(NAME, () => undefined);
    world.arrives('in1', undefined, PHOTO);
    await world.heard(NAME);
    const picture = await opened(world.platform, world.sent(NAME)[0]?.['image']);
    expect(picture).toMatchObject({ status: 200, contentType: 'image/jpeg' });
    expect(Buffer.from(picture.body)).toEqual(PHOTO);
    await world.pass(3000);
  });

  it('about a car without a picture, or whose plate cannot be read, says so', async () => {
    world.arrives('in1', '');
    await world.heard(NAME);
    expect(world.sent(NAME)[0]).toMatchObject({ plateNumber: '', color: 'other' });
    // A picture that says so: the field must be filled.
    const picture = await opened(world.platform, world.sent(NAME)[0]?.['image']);
    expect(picture).toMatchObject({ status: 200, contentType: 'image/jpeg' });
  });

  it.each([
    ['of its listener', { downlink: { port: 8443 } }, /^http:\/\/127\.0\.0\.1:8443\/vankePhoto\/.+\.jpg$/],
    ['of this PC', {}, /^http:\/\/127\.0\.0\.1\/vankePhoto\/.+\.jpg$/],
  ])('carries the address %s where nobody knows how this station is reached', async (_what, own, expected) => {
    const other = await VankeWorld.open({ settings: own });
    other.arrives('in1', '粤B00001', PHOTO);
    other.arrives('out1', '粤B00002');
    await other.heard(NAME, 2);
    for (const { image } of other.sent(NAME)) expect(image).toMatch(expected);
    await other.dispose();
  });

  it('waits until the station has started, since only then its address is known', async () => {
    const again = world.built();
    const question = {
      ...({ passageId: 'p1', laneId: 'in1', attempt: 1, direction: 'in', identity: null, photoId: null } as const),
      ...{ plate: plate(CAR), confidence: 99, startedAt: world.clock.now(), stay: null },
    };
    const answer = again.authority.ask(question, new AbortController().signal);
    await world.settled();
    expect(world.sent(NAME)).toEqual([]);
    await again.start();
    expect(await answer).toMatchObject({ answer: 'open' });
    await again.stop();
  });

  it('at an exit is that of its own camera', async () => {
    world.arrives('out1', '粤B00009');
    await world.heard(NAME);
    expect(world.sent(NAME)[0]).toMatchObject({ deviceNo: 'cam-out1' });
    expect(openings('out1')).toBe(1);
  });
});

describe('a refusal', () => {
  beforeEach(() => {
    let times = 0;
    world.answer(NAME, () => {
      times += 1;
      return times <= 3 ? { respCode: '1', respDesc: '欠费' } : { respCode: '0', respDesc: '' };
    });
  });

  it('is followed by the same recognition every two seconds, each with a time and token of its own, until it may go', async () => {
    const began = world.clock.now();
    world.arrives('in1', undefined, PHOTO);
    await world.heard(NAME);
    expect(openings()).toBe(0);
    for (const times of [2, 3, 4]) {
      await world.pass(1_999);
      expect(world.sent(NAME)).toHaveLength(times - 1);
      await world.pass(1);
      await world.heard(NAME, times);
    }
    expect(world.clock.now() - began).toBe(6_000);
    const [first, ...others] = same();
    for (const other of others) expect(other).toEqual(first);
    expect(new Set(world.sent(NAME).map(({ time }) => time)).size).toBe(4);
    expect(new Set(world.sent(NAME).map(({ token }) => token)).size).toBe(4);
    expect(openings()).toBe(1);
    await world.pass(10_000, 5);
    expect(world.sent(NAME)).toHaveLength(4);
  });

  it('carries the words of the platform, or that it gave none', async () => {
    world.answer(NAME, { respCode: '1', respDesc: '' });
    world.arrives('in1');
    await world.heard(NAME);
    expect(answers()).toEqual([['refuse', '平台不允许开闸']]);
  });

  it('ends the asking when the car leaves, and the question on its way is dropped', async () => {
    world.arrives('in1');
    await world.heard(NAME);
    world.answer(NAME, () => undefined);
    await world.pass(2_000);
    await world.heard(NAME, 2);
    world.loop('in1', 'trigger-loop', false);
    await world.pass(2_500, 5);
    await world.pass(20_000, 10);
    expect(world.sent(NAME)).toHaveLength(2);
    expect(openings()).toBe(0);
  });
});

describe('a platform without an answer', () => {
  it('is asked five times: three seconds each and one between; nineteen seconds later the lane acts alone, loudly', async () => {
    const times: number[] = [];
    const began = world.clock.now();
    world.answer(NAME, () => {
      times.push(world.clock.now() - began);
      return undefined;
    });
    world.arrives('in1');
    await world.comes('the first question', () => times.length === 1);
    for (let second = 1; second <= 18; second += 1) await world.pass(1000);
    expect(openings()).toBe(0);
    expect(silent()).toEqual([]);
    await world.pass(1000);
    expect(times).toEqual([0, 4_000, 8_000, 12_000, 16_000]);
    expect(openings()).toBe(1);
    expect(silent()).toMatchObject([{ subject: 'vanke', severity: 'alarm' }]);
    expect(world.told('authority-told').map(({ body }) => body.why)).toEqual(['gave-up']);
    await world.pass(30_000, 10);
    expect(times).toHaveLength(5);
    const found = world.read.outbox.givenUp('vanke', NAME, {
      ...{ from: began, to: began, offset: 0, limit: 10 },
    });
    expect(found).toMatchObject({ total: 1, rows: [{ body: { uuid: same()[0]?.['uuid'], failed: true } }] });
  });

  it.each([
    ['HTTP 503', 503, '{"respCode":"0","respDesc":""}'],
    ['broken JSON', 200, '{"respCode":"0"'],
    ['no code', 200, '{}'],
    ['the code "2"', 200, '{"respCode":"2","respDesc":""}'],
  ])('is one that says %s, too', async (_what, status, text) => {
    world.answerHttp(NAME, status, text);
    world.arrives('in1');
    await world.heard(NAME);
    expect(openings()).toBe(0);
    for (const _ of [2, 3, 4, 5]) await world.pass(1000);
    expect(world.sent(NAME)).toHaveLength(5);
    expect(answers().map(([answer]) => answer)).toEqual(Array(5).fill('failed'));
    expect(openings()).toBe(1);
  });

  it('begins to be counted anew with each refusal', async () => {
    let times = 0;
    world.answer(NAME, () => {
      times += 1;
      return times === 5 ? { respCode: '1', respDesc: '欠费' } : { nothing: 'known' };
    });
    world.arrives('in1');
    await world.heard(NAME);
    await world.pass(4_000, 4);
    expect(times).toBe(5);
    await world.pass(2_000, 2);
    await world.pass(3_000, 3);
    expect(times).toBe(9);
    expect(openings()).toBe(0);
    await world.pass(1_000);
    expect(openings()).toBe(1);
  });
});

it('a station that stops makes no failure of the question on its way', async () => {
  world.answer(NAME, () => undefined);
  world.arrives('in1');
  await world.heard(NAME);
  await world.platform.stop();
  await world.pass(60_000, 20);
  expect(answers()).toEqual([]);
  expect(openings()).toBe(0);
});

it('lanes where the platform has no word ask nothing and tell nothing', async () => {
  const { authority: _authority, ...free } = GATE_IN;
  const other = await VankeWorld.open({ lanes: [free, GATE_OUT] });
  other.car('in1');
  other.loop('in1', 'safety-loop', true);
  await other.pass(5_000, 5);
  expect(other.asked).toEqual([]);
  await other.dispose();
});

it('a car under a held arm is told, and its crossing after it, whatever is answered', async () => {
  world.answer(NAME, { respCode: '1', respDesc: '黑名单' });
  world.lanes.gate('in1', 'hold', '测试', { kind: 'platform', name: 'vanke' });
  world.arrives('in1');
  await world.heard(NAME);
  world.loop('in1', 'safety-loop', true);
  await world.heard('receiveCrossGate');
  await world.pass(20_000, 10);
  expect(world.sent(NAME)).toHaveLength(1);
  expect(world.sent('receiveCrossGate')).toMatchObject([
    { uuid: world.sent(NAME)[0]?.['uuid'], plateNumber: '粤B12345' },
  ]);
  expect(silent()).toEqual([]);
});

it('a car that was allowed crosses under the uuid that was asked about', async () => {
  world.arrives('in1');
  await world.heard(NAME);
  await world.pass(3_000);
  world.loop('in1', 'safety-loop', true);
  await world.heard('receiveCrossGate');
  expect(world.sent('receiveCrossGate')).toMatchObject([
    { uuid: world.sent(NAME)[0]?.['uuid'], crossTime: '20260302 08:05:12', deviceNo: 'cam-in1' },
  ]);
});
