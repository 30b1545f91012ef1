import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handleMatching } from '../../../electron/station/outbox/bulk.ts';
import { Figures } from '../../../electron/station/outbox/figures.ts';
import { OutboxHub } from '../../../electron/station/outbox/hub.ts';
import type { Delivery } from '../../../electron/station/platforms/platform.ts';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import { answerer } from '../../../electron/station/store/reader/answer.ts';
import { outboxFiguresSchema } from '../../../electron/station/store/reader/outbox-figures.ts';
import {
  type OutboxCriteria,
  outboxIdsSchema,
  outboxPageSchema,
} from '../../../electron/station/store/reader/requests.ts';
import { aStay, entered } from '../../support/events.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { BUSY, DELIVERED, LINK_DOWN, REFUSED, ScriptedPlatform } from '../../support/scripted-platform.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';

const user = { kind: 'user', name: '老陈' } as const;
const SECRET = 'the-very-secret-key-of-the-car-park';
let clock: FakeClock;
let temp: TempStore;
let platform: ScriptedPlatform & { readonly secrets?: readonly string[] };
let hub: OutboxHub;

beforeEach(async () => {
  clock = new FakeClock();
  temp = tempStore(clock);
  platform = Object.assign(new ScriptedPlatform(), { secrets: [SECRET] });
  hub = new OutboxHub({
    ...{ store: temp.store, clock, entropy: { random: () => 1 }, log: memoryLog(), platforms: [platform] },
    alarms: new Alarms(
      () => clock.now(),
      () => undefined,
    ),
    afterCrash: false,
  });
  await hub.start();
});
afterEach(async () => {
  const stopped = hub.stop();
  await clock.advance(3000);
  await stopped;
  temp.dispose();
});

const record = (uid: string): void => {
  temp.store.write((tx) => tx.record(entered(uid)));
};
const photo = (uid: string): void => {
  temp.store.write((tx) =>
    tx.record({
      ...{ kind: 'photo-taken', key: uid, laneId: 'in1', passageId: null, actor: { kind: 'station', name: 'station' } },
      body: {
        ...{
          photoId: `p-${uid}`,
          purpose: 'entry',
          stay: aStay(uid),
          takenAt: 0,
          name: 'x.jpg',
          bytes: 4,
          sha256: 'x',
        },
      },
    }),
  );
};
const soon = (): Promise<void> => clock.advance(300);
const row = (id: number) => {
  const found = temp.store.read.outbox.get(id);
  if (!found) throw new Error(`no message ${id}`);
  return found;
};
const why = (id: number) => hub.why(row(id));
const answer = (request: Parameters<ReturnType<typeof answerer>>[0]) => answerer(temp.db)(request, () => undefined);
const list = (filter: OutboxCriteria) =>
  outboxPageSchema
    .parse(answer({ what: 'outbox', filter: { ...filter, offset: 0, limit: 100 } }))
    .items.map((item) => item.row.id);
const reader = {
  outboxIds: async (filter: OutboxCriteria, limit: number) =>
    outboxIdsSchema.parse(answer({ what: 'outbox-ids', filter, limit })),
  outboxFigures: async (dayStart: number, now: number) =>
    outboxFiguresSchema.parse(answer({ what: 'outbox-figures', dayStart, now })),
};
const told = (delivery: Delivery, plain: string, text: string): Delivery => ({
  ...delivery,
  trace: { request: 'POST /x', plain, answer: { status: 'HTTP 200', text } },
});

describe('attempts', () => {
  it('are kept with their outcome, the newest eight, in the transaction of the state', async () => {
    let count = 0;
    platform.answer = () => {
      count += 1;
      return count < 12 ? told(BUSY, `try ${count}`, 'busy') : told(DELIVERED, `try ${count}`, 'ok');
    };
    record('u1');
    await clock.advance(3_600_000);
    const tries = temp.store.read.outboxAttempts.of(1);
    expect(tries.map(({ number, outcome }) => [number, outcome])).toEqual([
      [12, 'delivered'],
      ...[11, 10, 9, 8, 7, 6, 5].map((number) => [number, 'message']),
    ]);
    expect(tries[0]?.trace).toMatchObject({ plain: 'try 12', answer: { status: 'HTTP 200', text: 'ok' } });
    expect(tries[1]?.reason).toBe('resultCode 500');
  });

  it('never hold a secret, wherever it turned up, and what is longer than it may be is cut', async () => {
    const spelled = `{"appSecret":"x1y2z3","data":{"plateNo":"鲁B1","note":"${SECRET}"}}`;
    platform.answer = () =>
      told({ kind: 'refused', reason: `bad key ${SECRET}` }, spelled, `sign=abcdef&why=${'答'.repeat(3000)}`);
    record('u1');
    await soon();
    const [attempt] = temp.store.read.outboxAttempts.of(1);
    expect(attempt?.trace?.plain).toBe('{"appSecret":"[redacted]","data":{"plateNo":"鲁B1","note":"[redacted]"}}');
    expect(attempt?.trace?.answer?.text.startsWith('sign=[redacted]&why=答')).toBe(true);
    expect(attempt?.trace?.answer?.text).toHaveLength(2000);
    expect(attempt?.trace?.cut).toBeGreaterThan(900);
    const everything = temp.db.prepare('SELECT trace, reason FROM outbox_attempts').all();
    expect(JSON.stringify([everything, row(1)])).not.toMatch(/very-secret|x1y2z3|abcdef/);
  });

  it('a text without secrets stays as it was signed, to the letter', async () => {
    const plain = '{"data": {"n": 9007199254740993123 }}';
    platform.answer = () => told(DELIVERED, plain, '{"resultCode":200}');
    record('u1');
    await soon();
    expect(temp.store.read.outboxAttempts.of(1)[0]?.trace?.plain).toBe(plain);
  });

  it('of finished messages go after the days that the platform wants them kept; those of waiting ones stay', async () => {
    platform.answer = ({ id }) => (id.includes(':u1:') ? DELIVERED : BUSY);
    record('u1');
    record('u2');
    await soon();
    expect([1, 2].map((id) => temp.store.read.outboxAttempts.of(id).length)).toEqual([1, 1]);
    clock.jumpWall(40 * 86_400_000);
    platform.answer = () => new Promise(() => undefined);
    await clock.advance(11 * 60_000);
    expect([1, 2].map((id) => temp.store.read.outboxAttempts.of(id).length)).toEqual([0, 1]);
  });
});

describe('many refused messages that nobody looks after', () => {
  it('do not keep the attempts of all later ones on the disk', async () => {
    platform.answer = ({ id }) => (id.includes(':good') ? DELIVERED : REFUSED);
    for (let car = 0; car < 120; car += 1) record(`bad${car}`);
    record('good');
    while (temp.store.read.outbox.counts('qingdao', 0).delivered < 1) await clock.advance(100);
    expect([1, 121].map((id) => temp.store.read.outboxAttempts.of(id).length)).toEqual([1, 1]);
    clock.jumpWall(40 * 86_400_000);
    await clock.advance(11 * 60_000);
    expect([1, 121].map((id) => temp.store.read.outboxAttempts.of(id).length)).toEqual([1, 0]);
  });
});

describe('why a message has not left', () => {
  it('names the refused message before it, what was said about that, and itself', async () => {
    platform.answer = ({ attempt }) => (attempt === 1 ? REFUSED : DELIVERED);
    record('u1');
    record('u1');
    photo('u1');
    await soon();
    expect(why(1)).toEqual({ code: 'refused', said: 'resultCode 400' });
    for (const id of [2, 3])
      expect(why(id)).toEqual({
        ...{ code: 'behind', id: 1, message: 'vehicle-entered', status: 'refused', said: 'resultCode 400' },
      });
    hub.retry(1, user);
    await soon();
    // The second was tried for the first time, and refused as well.
    expect([1, 2].map(why)).toEqual([null, { code: 'refused', said: 'resultCode 400' }]);
  });

  it('says since when the line is down, also behind one that waits for it', async () => {
    platform.answer = () => LINK_DOWN;
    const since = clock.now();
    record('u1');
    record('u1');
    await clock.advance(20_000);
    const down = why(2);
    expect(down).toMatchObject({ code: 'link-down', said: 'connection refused' });
    expect(Date.parse((down?.code === 'link-down' && down.since) || '')).toBeLessThan(since + 1000);
  });

  it('says how long a message rests, that bulk and photos come last, and that the platform has all it may have', async () => {
    platform.answer = ({ id }) => (id.includes(':u1:') ? BUSY : new Promise(() => undefined));
    record('u1');
    await soon();
    expect(why(1)).toMatchObject({ code: 'pause', said: 'resultCode 500' });
    for (const uid of ['u2', 'u3', 'u4', 'u5', 'u6']) record(uid);
    photo('u7');
    await soon();
    expect(why(2)?.code).toBe('sending');
    expect(why(6)).toEqual({ code: 'busy', most: 4 });
    hub.enqueue('qingdao', { id: 'card:c', message: 'card', key: 'card:c', kind: 'bulk', body: { id: 'card:c' } });
    await soon();
    expect(why(7)).toEqual({ code: 'photos-last', records: 6 });
    expect(why(8)).toEqual({ code: 'bulk-last', records: 6 });
  });

  it('says that nobody sends for a platform that is not enabled', async () => {
    temp.store.write((tx) =>
      tx.outbox.insert('cmb', { id: 'a', message: 'x', key: null, kind: 'record', body: {} }, 1, clock.now()),
    );
    expect(why(1)).toEqual({ code: 'platform-off' });
  });
});

describe('many at once', () => {
  it('a thousand refused ones are sent again, each with its line in the journal and one for all', async () => {
    platform.answer = () => REFUSED;
    for (let car = 0; car < 1000; car += 1) record(`u${car}`);
    const counts = () => temp.store.read.outbox.counts('qingdao', 0);
    while (counts().refused < 1000) await clock.advance(100);
    platform.answer = () => DELIVERED;
    const done = handleMatching(
      { store: temp.store, reader, clock, hub },
      { state: 2, platform: 'qingdao' },
      { action: 'retry' },
      user,
    );
    while (counts().delivered < 1000) await clock.advance(100);
    expect(await done).toEqual({ done: 1000, left: 0 });
    expect(counts()).toMatchObject({ delivered: 1000, refused: 0, waiting: 0 });
    const of = (kind: string) => temp.store.read.journal.list({ kind, limit: 2000 });
    expect(of('message-retried')).toHaveLength(1000);
    expect(of('messages-handled').map(({ body, actor }) => [body, actor])).toEqual([
      [{ action: 'retry', filter: { status: 'refused', platform: 'qingdao' }, count: 1000, reason: '' }, user],
    ]);
  }, 60_000);

  it('leaves alone what came after the newest message that was on view', async () => {
    platform.answer = () => REFUSED;
    for (const uid of ['u1', 'u2', 'u3']) record(uid);
    while (temp.store.read.outbox.counts('qingdao', 0).refused < 3) await clock.advance(100);
    const done = handleMatching(
      { store: temp.store, reader, clock, hub },
      { state: 2, upToId: 2 },
      { action: 'discard', reason: '测试车' },
      user,
    );
    await clock.advance(100);
    expect(await done).toEqual({ done: 2, left: 0 });
    expect([1, 2, 3].map((id) => row(id).state)).toEqual([3, 3, 2]);
  });

  it('an entry is given up together with what hangs on it, and other stays are left alone', async () => {
    platform.answer = ({ id }) => (id.includes(':u1:') ? REFUSED : BUSY);
    record('u1');
    photo('u1');
    record('u1');
    record('u2');
    await soon();
    expect(temp.store.read.outbox.dependents(1).map(({ id }) => id)).toEqual([2, 3]);
    hub.discard(1, '测试车', user, true);
    expect([1, 2, 3, 4].map((id) => row(id).state)).toEqual([3, 3, 3, 0]);
    expect(temp.store.read.journal.list({ kind: 'message-discarded', limit: 10 })).toHaveLength(3);
  });
});

describe('the list', () => {
  it('is narrowed by kind, message, text of the error and time', async () => {
    platform.answer = ({ id }) => (id.includes(':u1:') ? { kind: 'refused', reason: '400 车牌颜色 100%' } : DELIVERED);
    record('u1');
    record('u2');
    photo('u2');
    const later = clock.now() + 60_000;
    await clock.advance(60_000);
    record('u3');
    await soon();
    expect(list({ kind: 'photo' })).toEqual([3]);
    expect(list({ message: 'vehicle-entered' })).toEqual([4, 2, 1]);
    expect(list({ error: '颜色' })).toEqual([1]);
    expect(list({ error: '100%' })).toEqual([1]);
    expect(list({ error: '1_0' })).toEqual([]);
    expect(list({ from: later })).toEqual([4]);
    expect(list({ to: later, message: 'vehicle-entered' })).toEqual([2, 1]);
  });

  it('is counted by kind of message, with the deliveries of the last minutes', async () => {
    platform.answer = ({ id }) => (id.includes(':u1:') ? REFUSED : DELIVERED);
    for (const uid of ['u1', 'u2', 'u3']) record(uid);
    await clock.advance(120_000);
    record('u4');
    await soon();
    const [figures] = await new Figures({ reader, hub, clock }).now();
    expect(figures?.messages).toEqual([
      { message: 'vehicle-entered', title: '', waiting: 0, delivered: 3, refused: 1, discarded: 0, 'given-up': 0 },
    ]);
    expect(figures).toMatchObject({ lastMinute: 1, lastHour: 3 });
    expect(figures?.perMinute.slice(-3)).toEqual([2, 0, 1]);
  });
});
