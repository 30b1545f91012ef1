import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verdictOf } from '../../../electron/station/outbox/day-verdict.ts';
import { OutboxHub } from '../../../electron/station/outbox/hub.ts';
import { Reconciliations } from '../../../electron/station/outbox/reconciliations.ts';
import type { DayCheck } from '../../../electron/station/platforms/platform.ts';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import { SystemIds } from '../../../electron/station/runtime/ids.ts';
import type { OutboxRun } from '../../../electron/station/store/outbox-run-store.ts';
import { answerer } from '../../../electron/station/store/reader/answer.ts';
import { differencePageSchema, outboxSpanSchema } from '../../../electron/station/store/reader/outbox-figures.ts';
import { aStay, entered } from '../../support/events.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { DELIVERED, REFUSED, ScriptedPlatform } from '../../support/scripted-platform.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';

const user = { kind: 'user', name: '老陈' } as const;
const DAY = 86_400_000;
const MIDNIGHT = Date.UTC(2026, 2, 1, 16);
let clock: FakeClock;
let temp: TempStore;
let platform: ScriptedPlatform & { checkDay?: (day: string) => DayCheck };
let hub: OutboxHub;
let runs: Reconciliations;
let pictures: Set<string>;
let stopping: AbortController;

const newHub = (): OutboxHub =>
  new OutboxHub({
    ...{ store: temp.store, clock, entropy: { random: () => 1 }, log: memoryLog(), platforms: [platform] },
    alarms: new Alarms(
      () => clock.now(),
      () => undefined,
    ),
    afterCrash: false,
  });
const newRuns = (): Reconciliations =>
  new Reconciliations({
    ...{ store: temp.store, clock, hub, ids: new SystemIds(clock), log: memoryLog(), stopping: stopping.signal },
    reader: {
      outboxSpan: async (from, to) => outboxSpanSchema.parse(answer({ what: 'outbox-span', from, to })),
    },
    photos: { has: async (id) => pictures.has(id) },
  });
const answer = (request: Parameters<ReturnType<typeof answerer>>[0]) => answerer(temp.db)(request, () => undefined);

beforeEach(() => {
  clock = new FakeClock();
  temp = tempStore(clock);
  platform = new ScriptedPlatform();
  pictures = new Set();
  stopping = new AbortController();
});
afterEach(async () => {
  stopping.abort();
  const stopped = hub.stop();
  await clock.advance(3000);
  await stopped;
  temp.dispose();
});

async function begin(): Promise<void> {
  hub = newHub();
  await hub.start();
  runs = newRuns();
}
const record = (uid: string): void => {
  temp.store.write((tx) => tx.record(entered(uid)));
};
const photo = (uid: string, photoId: string): void => {
  temp.store.write((tx) =>
    tx.record({
      ...{ kind: 'photo-taken', key: uid, laneId: 'in1', passageId: null, actor: { kind: 'station', name: 'station' } },
      body: { photoId, purpose: 'entry', stay: aStay(uid), takenAt: 0, name: 'x.jpg', bytes: 4, sha256: 'x' },
    }),
  );
};
async function compare(from = MIDNIGHT, to = MIDNIGHT + DAY): Promise<OutboxRun> {
  const { id } = runs.start({ platform: 'qingdao', purpose: 'check', from, to }, user);
  while (runs.get(id).state === 'running') await clock.advance(50);
  return runs.get(id);
}
const foundOf = (run: OutboxRun) =>
  run.figures.map(({ message, expected, found }) => ({ message, expected, ...found }));
async function mend(run: OutboxRun, found: ('missing' | 'refused')[]) {
  const done = runs.repair(run.id, { found, after: 0 }, user);
  await clock.advance(3000);
  return await done;
}
const sent = (): string[] => platform.sent.map(({ id }) => id.split(':').slice(0, 2).join(' '));
const NONE = {
  ...{ delivered: 0, waiting: 0, refused: 0, discarded: 0, missing: 0, lost: 0, extra: 0, gone: 0, unreadable: 0 },
  'given-up': 0,
};

describe('a platform that was connected late', () => {
  it('gets the whole day in order per stay; a second run finds nothing, a second repair adds nothing', async () => {
    for (const uid of ['u1', 'u2', 'u3']) {
      record(uid);
      photo(uid, `p-${uid}`);
      pictures.add(`p-${uid}`);
      record(uid);
    }
    pictures.delete('p-u2');
    await begin();
    const run = await compare();
    expect(foundOf(run)).toEqual([
      { message: 'photo-taken', expected: 3, ...NONE, missing: 2, gone: 1 },
      { message: 'vehicle-entered', expected: 6, ...NONE, missing: 6 },
    ]);
    expect(await mend(run, ['missing'])).toEqual({ inserted: 8, retried: 0, next: null });
    await clock.advance(10_000);
    const [first, second] = ['u1', 'u3'].map((uid) => platform.sent.filter(({ id }) => id.includes(`:${uid}:`)));
    expect(first?.map(({ id }) => id)).toEqual(['vehicle-entered:u1:1', 'vehicle-entered:u1:3', 'photo-taken:u1:2']);
    expect(second).toHaveLength(3);
    expect(await mend(run, ['missing'])).toEqual({ inserted: 0, retried: 0, next: null });
    const again = await compare();
    expect(again.figures.reduce((sum, { found }) => sum + found.missing, 0)).toBe(0);
    expect(again).toMatchObject({ state: 'done', differences: 1, by: '老陈', theirs: { kind: 'none' } });
    expect(temp.store.read.journal.list({ kind: 'messages-repaired', limit: 9 }).map(({ body }) => body)).toMatchObject(
      [{ inserted: 8, retried: 0, runId: run.id }],
    );
  });

  it('is told from when on the journal knows, and what the projector has still to come to is no difference', async () => {
    await begin();
    record('u1');
    const run = await compare(MIDNIGHT - 30 * DAY, MIDNIGHT + DAY);
    expect(run.knownFrom).toBe(Date.UTC(2026, 2, 2, 0, 5, 9));
    expect(run.figures.map(({ found }) => found.missing)).toEqual(run.ahead > 0 ? [] : [0]);
  });
});

describe('a row that got lost', () => {
  it('is found, made again, and leaves before what follows it in its stay', async () => {
    platform.answer = ({ id }) => (id.startsWith('vehicle-entered:u1:') ? REFUSED : DELIVERED);
    await begin();
    record('u1');
    record('u1');
    record('u2');
    await clock.advance(300);
    temp.db.prepare("DELETE FROM outbox WHERE draft_id = 'vehicle-entered:u1:1'").run();
    record('u3');
    await clock.advance(300);
    const run = await compare();
    expect(foundOf(run)).toEqual([
      { message: 'vehicle-entered', expected: 4, ...NONE, delivered: 2, refused: 1, missing: 1 },
    ]);
    platform.answer = () => DELIVERED;
    platform.sent.length = 0;
    expect(await mend(run, ['missing', 'refused'])).toMatchObject({ inserted: 1, retried: 1 });
    await clock.advance(3000);
    expect(platform.sent.map(({ id }) => id)).toEqual(['vehicle-entered:u1:1', 'vehicle-entered:u1:2']);
    const page = differencePageSchema.parse(
      answer({ what: 'outbox-differences', runId: run.id, offset: 0, limit: 10 }),
    );
    expect(page.items.map(({ found, state }) => [found, state])).toEqual([
      ['missing', 1],
      ['refused', 1],
    ]);
  });

  it('may be chosen by itself', async () => {
    for (const uid of ['u1', 'u2', 'u3']) record(uid);
    await begin();
    const run = await compare();
    const done = runs.repair(run.id, { numbers: [2] }, user);
    await clock.advance(3000);
    expect(await done).toMatchObject({ inserted: 1 });
    expect(sent()).toEqual(['vehicle-entered u2']);
  });
});

describe('a message that the platform fetches', () => {
  it('is told as such, speaks against no day, and is never repaired', async () => {
    platform.answer = ({ id }) => (id.includes(':u1:') ? { kind: 'given-up', reason: 'timeout' } : DELIVERED);
    await begin();
    record('u1');
    record('u2');
    await clock.advance(300);
    const run = await compare();
    expect(foundOf(run)).toEqual([{ message: 'vehicle-entered', expected: 2, ...NONE, delivered: 1, 'given-up': 1 }]);
    expect(verdictOf(run)).toEqual({ kind: 'agrees' });
    const page = differencePageSchema.parse(
      answer({ what: 'outbox-differences', runId: run.id, offset: 0, limit: 10 }),
    );
    expect(page.items).toMatchObject([{ found: 'given-up', state: 4, key: 'u1', reason: 'timeout' }]);
    platform.answer = () => DELIVERED;
    expect(await mend(run, ['missing', 'refused'])).toEqual({ inserted: 0, retried: 0, next: null });
    const chosen = runs.repair(run.id, { numbers: [1] }, user);
    await clock.advance(3000);
    expect(await chosen).toEqual({ inserted: 0, retried: 0, next: null });
    expect(sent()).toEqual(['vehicle-entered u1', 'vehicle-entered u2']);
  });
});

describe('a run', () => {
  it('that the end of the station cut off says so after the next start', async () => {
    await begin();
    record('u1');
    const { id } = runs.start({ platform: 'qingdao', purpose: 'check', from: MIDNIGHT, to: MIDNIGHT + DAY }, user);
    expect(() => runs.start({ platform: 'qingdao', purpose: 'check', from: 0, to: 1 }, user)).toThrow('正在进行');
    stopping.abort();
    await clock.advance(100);
    stopping = new AbortController();
    expect(newRuns().get(id).state).toBe('interrupted');
  });

  it('of a version that asked no platform for its books is still shown', async () => {
    await begin();
    record('u1');
    const run = await compare();
    const stored = { ...run, figures: run.figures.map((figure) => ({ ...figure, found: { ...NONE, delivered: 1 } })) };
    const { automatic: _1, ...older } = stored;
    const figures = older.figures.map(({ found: { lost: _2, extra: _3, ...found }, ...figure }) => ({
      ...figure,
      found,
    }));
    temp.db.prepare('UPDATE outbox_runs SET body = ? WHERE id = ?').run(JSON.stringify({ ...older, figures }), run.id);
    expect(runs.get(run.id)).toEqual({ ...stored, automatic: false });
  });

  it('lays the figures of a platform beside ours when it offers them, for a whole day', async () => {
    platform.checkDay = (day) => ({
      add: () => undefined,
      ask: async () => {
        if (day !== '2026-03-02') throw new Error('closed on that day');
        const ours = { count: 1, amountFen: null };
        const figures = [{ message: 'vehicle-entered', ours, theirs: ours, agrees: true }];
        return { figures, missing: [], extra: [], note: '' };
      },
    });
    await begin();
    expect((await compare()).theirs).toMatchObject({
      kind: 'told',
      figures: [{ message: 'vehicle-entered', theirs: { count: 1 }, agrees: true }],
    });
    expect((await compare(MIDNIGHT - DAY, MIDNIGHT)).theirs).toEqual({ kind: 'failed', reason: 'closed on that day' });
    expect((await compare(MIDNIGHT, MIDNIGHT + 1000)).theirs).toEqual({ kind: 'not-a-day' });
  });
});
