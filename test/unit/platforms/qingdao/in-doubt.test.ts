import { afterEach, describe, expect, it } from 'vitest';
import type { OutboxDraft } from '../../../../electron/station/platforms/platform.ts';
import { tinyJpeg } from '../../../peers/jpeg.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { cityOfRecord } from './city-of-record.ts';
import { ENTERED, entered, exited, paid, photographed, stay } from './support.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function setUp(changes: Readonly<Record<string, unknown>> = {}) {
  const clock = new FakeClock();
  const world = await cityOfRecord(changes, { clock, photos: { read: async () => tinyJpeg() } });
  cleanups.push(world.close);
  const asked = () => world.city.received('downloadUID').length;
  return { ...world, clock, asked };
}

const car = (index: number) =>
  stay({ uid: `10011202603020805${String(index).padStart(5, '0')}`, entryRecordId: `in_${index}` });
const one = (drafts: readonly OutboxDraft[]): OutboxDraft => {
  const [draft] = drafts;
  if (!draft) throw new Error('no draft');
  return draft;
};
const doubtful = { attempt: 2, maybeDelivered: true };

describe('a record whose fate is not known', () => {
  it.each([
    ['an entry', entered],
    ['an exit', exited],
    ['a bill', paid],
    ['a photo', photographed],
  ] as const)('is not sent again where the city has it: %s', async (_what, event) => {
    const { city, drafts, send, asked } = await setUp();
    const draft = one(drafts([event()]));
    if (event !== entered) await send(one(drafts([entered()])));
    city.fault({ kind: 'answer-lost' }, { interface: draft.message, times: 1 });
    expect(await send(draft)).toMatchObject({ kind: 'retry', answered: false });
    const told = await send(draft, doubtful);
    expect(told).toMatchObject({ kind: 'delivered' });
    expect(told.trace?.request).toBe('downloadUID');
    expect([city.received(draft.message).length, asked()]).toEqual([1, 1]);
    expect(city.violations).toEqual([]);
  });

  it('is sent where the city lacks it, and then a refusal is one', async () => {
    const { city, drafts, send, asked, clock } = await setUp();
    clock.jumpWall(25 * 3_600_000);
    const draft = one(drafts([entered()]));
    city.fault({ kind: 'http-status', status: 503 }, { interface: 'uploadCarInData', times: 1 });
    city.fault({ kind: 'result-code', code: 204, msg: '操作失败' }, { interface: 'uploadCarInData', times: 1 });
    expect(await send(draft, doubtful)).toMatchObject({ kind: 'retry' });
    expect(await send(draft, doubtful)).toMatchObject({ kind: 'refused' });
    expect(await send(draft, doubtful)).toMatchObject({ kind: 'delivered' });
    expect([city.books.entries.size, asked()]).toEqual([1, 2]);
  });

  it.each([
    ['refuses to tell', { kind: 'result-code', code: 400 }, 1],
    ['does not know the question', { kind: 'http-status', status: 404 }, 3],
    ['tells nothing that can be read', { kind: 'garbage' }, 3],
    ['stumbles over it', { kind: 'result-code', code: 500 }, 3],
  ] as const)('is sent with the benefit of the doubt where the city %s', async (_what, fault, questions) => {
    const { city, drafts, send, asked } = await setUp();
    city.fault(fault, { interface: 'downloadUID' });
    city.fault({ kind: 'result-code', code: 204, msg: '操作失败' }, { interface: 'uploadCarInData', times: 1 });
    const draft = one(drafts([entered()]));
    for (let question = 1; question < questions; question += 1)
      expect(await send(draft, doubtful)).toMatchObject({ kind: 'retry', scope: 'message', answered: true });
    // Its 204 is not taken for "there already" at the first word: the record would be lost.
    expect(await send(draft, doubtful)).toMatchObject({ kind: 'retry', scope: 'message', answered: true });
    expect(asked()).toBe(questions);
    city.clearFaults();
    expect(await send(draft, doubtful)).toMatchObject({ kind: 'delivered' });
    expect(city.books.entries.size).toBe(1);
  });

  it.each([
    ['lists no running day', true],
    ['lists it with a delay', false],
  ])('is sent with the benefit of the doubt where the city %s', async (_what, nothing) => {
    const { city, drafts, send, asked } = await setUp();
    if (nothing) city.fault({ kind: 'result-code', code: 204, msg: '没有查询到数据' }, { interface: 'downloadUID' });
    city.fault({ kind: 'result-code', code: 204, msg: '操作失败' }, { interface: 'uploadCarInData', times: 1 });
    const draft = one(drafts([entered()]));
    expect(await send(draft, doubtful)).toMatchObject({ kind: 'retry', scope: 'message', answered: true });
    expect(asked()).toBe(1);
    expect(await send(draft, doubtful)).toMatchObject({ kind: 'delivered' });
    expect(city.books.entries.size).toBe(1);
  });

  it('waits for another answer where that to the question got lost', async () => {
    const { city, drafts, send } = await setUp();
    const draft = one(drafts([entered()]));
    city.fault({ kind: 'answer-lost' }, { times: 2 });
    expect(await send(draft)).toMatchObject({ kind: 'retry', answered: false });
    expect(await send(draft, doubtful)).toMatchObject({ kind: 'retry', scope: 'message', answered: true });
    expect(await send(draft, doubtful)).toMatchObject({ kind: 'delivered' });
    expect(city.received('uploadCarInData')).toHaveLength(1);
  });

  it('stays where it is while nobody is there', async () => {
    const { city, drafts, send } = await setUp();
    await city.stop();
    const draft = one(drafts([entered()]));
    expect(await send(draft, doubtful)).toMatchObject({ kind: 'retry', scope: 'link', answered: true });
  });

  it('is simply sent where the site wants it so', async () => {
    const { drafts, send, asked } = await setUp({ outbox: { whenInDoubt: 'send' } });
    expect(await send(one(drafts([entered()])), doubtful)).toMatchObject({ kind: 'delivered' });
    expect(asked()).toBe(0);
  });
});

describe('a question', () => {
  it('is one for all that is in doubt of a day and kind, for a minute', async () => {
    const { city, drafts, send, clock, asked } = await setUp();
    const all = Array.from({ length: 40 }, (_, index) => one(drafts([entered({ stay: car(index) })])));
    for (const draft of all.slice(0, 30)) await send(draft);
    const outcomes = await Promise.all(all.map((draft) => send(draft, doubtful)));
    expect(outcomes.map(({ kind }) => kind)).toEqual(all.map(() => 'delivered'));
    expect(asked()).toBe(1);
    expect(city.received('uploadCarInData')).toHaveLength(40);
    await clock.advance(60_000);
    await send(one(drafts([entered({ stay: car(41) })])), doubtful);
    expect(asked()).toBe(2);
  });

  it('is another for another day and for another kind', async () => {
    const { drafts, send, asked } = await setUp();
    const yesterday = stay({ uid: '1001120260301080509000', enteredAt: ENTERED - 86_400_000 });
    for (const draft of drafts([entered(), entered({ stay: yesterday }), exited()])) await send(draft, doubtful);
    expect(asked()).toBe(3);
  });

  it('that was answered before the attempt says nothing about it', async () => {
    const { city, drafts, send, asked } = await setUp();
    const [first, second] = [one(drafts([entered({ stay: car(1) })])), one(drafts([entered({ stay: car(2) })]))];
    await send(first, doubtful);
    city.fault({ kind: 'answer-lost' }, { interface: 'uploadCarInData', times: 1 });
    expect(await send(second)).toMatchObject({ kind: 'retry', answered: false });
    expect(await send(second, doubtful)).toMatchObject({ kind: 'delivered' });
    expect([city.received('uploadCarInData').length, asked()]).toEqual([2, 2]);
  });

  it('is not put for what was never in doubt', async () => {
    const { drafts, send, asked } = await setUp();
    for (const draft of drafts([entered(), paid()])) await send(draft);
    expect(asked()).toBe(0);
  });
});
