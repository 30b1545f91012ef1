import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutboxHub } from '../../../electron/station/outbox/hub.ts';
import type { Delivery, Duty } from '../../../electron/station/platforms/platform.ts';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import { entered } from '../../support/events.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { BUSY, DELIVERED, ScriptedPlatform, type Sent } from '../../support/scripted-platform.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';

const again = (againInMs: number, over: object = {}): Delivery => ({
  ...{ kind: 'retry', scope: 'message', reason: 'timeout', answered: false, againInMs },
  ...over,
});

let clock: FakeClock;
let temp: TempStore;
let platform: ScriptedPlatform & { duties: readonly Duty[] };
let hub: OutboxHub;
let alarms: Alarms;
/** When each message left, in ms since the beginning of the test, by stay. */
let leftAt: Map<string, number[]>;

async function start(): Promise<void> {
  hub = new OutboxHub({
    ...{ store: temp.store, clock, entropy: { random: () => 1 }, log: memoryLog(), alarms, platforms: [platform] },
    afterCrash: false,
  });
  await hub.start();
}
async function stop(): Promise<void> {
  const stopped = hub.stop();
  await clock.advance(3000);
  await stopped;
}
/** Answers, and notes when it was asked. */
function answering(of: (uid: string, message: Sent) => Delivery): void {
  platform.answer = (message) => {
    const uid = message.id.split(':')[1] ?? '';
    leftAt.set(uid, [...(leftAt.get(uid) ?? []), clock.monotonic()]);
    return of(uid, message);
  };
}
beforeEach(async () => {
  clock = new FakeClock();
  temp = tempStore(clock);
  platform = new ScriptedPlatform();
  leftAt = new Map();
  alarms = new Alarms(
    () => clock.now(),
    () => undefined,
  );
  await start();
});
afterEach(async () => {
  await stop();
  temp.dispose();
});

const enter = (uid: string): void => {
  temp.store.write((tx) => tx.record(entered(uid)));
};
const rowOf = (uid: string) => temp.store.read.outbox.ofStay(uid)[0];
const pausesOf = (uid: string): number[] => {
  const times = leftAt.get(uid) ?? [];
  return times.slice(1).map((time, index) => Math.round((time - (times[index] ?? 0)) / 100) / 10);
};

describe('a message whose specification says when it is tried again', () => {
  it('rests just so long each time, neither doubled nor varied, and its attempts and errors are kept', async () => {
    answering((_uid, { attempt }) => (attempt < 5 ? again(1000) : { kind: 'given-up', reason: 'timeout' }));
    enter('u1');
    await clock.advance(30_000);
    expect(pausesOf('u1')).toEqual([1, 1, 1, 1]);
    expect(rowOf('u1')).toMatchObject({ state: 4, attempts: 5, last_error: 'timeout', maybe_delivered: 1 });
    expect(temp.store.read.outboxAttempts.of(rowOf('u1')?.id ?? 0).map(({ outcome }) => outcome)).toEqual([
      ...['given-up', 'message', 'message', 'message', 'message'],
    ]);
  });

  it('says that it rests, and until when', async () => {
    answering(() => again(60_000));
    enter('u1');
    await clock.advance(300);
    const row = rowOf('u1');
    expect(row && hub.why(row)).toMatchObject({ code: 'pause', said: 'timeout' });
    expect(Math.abs((row ? (hub.nextAttemptAt(row) ?? 0) : 0) - clock.now() - 60_000)).toBeLessThanOrEqual(300);
  });

  it('never calls the link down nor up, however many there are and whatever was in their way', async () => {
    answering((uid) => (uid === 'good' ? DELIVERED : again(20_000, { scope: uid < 'u15' ? 'link' : 'message' })));
    for (let car = 10; car < 60; car += 1) enter(`u${car}`);
    await clock.advance(5_000);
    expect([hub.links()[0]?.state, alarms.list(), leftAt.size]).toEqual(['unknown', [], 50]);
    enter('good');
    await clock.advance(300);
    expect(rowOf('good')?.state).toBe(1);
    await clock.advance(60_000);
    expect([hub.links()[0]?.state, alarms.list()]).toEqual(['online', []]);
  });

  it('is not released early by what others achieve, as those are that failed with no word of when', async () => {
    answering((uid) =>
      uid === 'timed' ? again(100_000) : leftAt.get(uid)?.length === 1 && uid !== 'good' ? BUSY : DELIVERED,
    );
    for (const uid of ['timed', 'b1', 'b2', 'b3']) enter(uid);
    await clock.advance(300);
    enter('good');
    await clock.advance(1_000);
    expect([rowOf('b1')?.state, rowOf('b2')?.state, rowOf('b3')?.state]).toEqual([1, 1, 1]);
    for (let car = 0; car < 20; car += 1) enter(`more${car}`);
    await clock.advance(90_000);
    expect(leftAt.get('timed')).toHaveLength(1);
    await clock.advance(10_000);
    expect(leftAt.get('timed')).toHaveLength(2);
  });

  it('holds back its own stay alone while it rests', async () => {
    let failing = true;
    answering((uid) => (uid === 'abnormal' && failing ? again(300_000) : DELIVERED));
    enter('abnormal');
    enter('abnormal');
    enter('u1');
    await clock.advance(10_000);
    expect(temp.store.read.outbox.ofStay('abnormal').map(({ state }) => state)).toEqual([0, 0]);
    expect(rowOf('u1')?.state).toBe(1);
    failing = false;
    await clock.advance(291_000);
    expect(temp.store.read.outbox.ofStay('abnormal').map(({ state }) => state)).toEqual([1, 1]);
    const order = platform.sent.filter(({ id }) => id.includes('abnormal')).map(({ id }) => Number(id.split(':')[2]));
    expect(order).toEqual([1, 1, 2]);
  });

  it('is due at once after a restart, and its attempts go on counting', async () => {
    answering(() => again(300_000));
    enter('u1');
    await clock.advance(300);
    await stop();
    platform.sent.length = 0;
    await start();
    await clock.advance(300);
    expect(platform.sent).toMatchObject([{ attempt: 2, maybeDelivered: true }]);
  });

  it('is let go by a person', async () => {
    answering(() => again(300_000));
    enter('u1');
    await clock.advance(300);
    hub.retry(rowOf('u1')?.id ?? 0, { kind: 'user', name: '老陈' });
    await clock.advance(300);
    expect(leftAt.get('u1')).toHaveLength(2);
  });
});

describe('a platform that can be reached again', () => {
  it('lets its resting messages of one name go, oldest of each stay first, and no others', async () => {
    let failing = true;
    answering(() => (failing ? again(300_000) : DELIVERED));
    const photo = { message: 'photo-taken', key: null, kind: 'record' } as const;
    hub.enqueue('qingdao', { ...photo, id: 'photo-taken:p1:1', body: { id: 'photo-taken:p1:1' } });
    enter('u1');
    enter('u2');
    enter('u2');
    await clock.advance(300);
    failing = false;
    leftAt.clear();
    hub.hurry('qingdao', 'vehicle-entered');
    await clock.advance(300);
    expect([leftAt.get('u1')?.length, leftAt.get('u2')?.length, leftAt.get('p1')]).toEqual([1, 2, undefined]);
    hub.hurry('qingdao', 'photo-taken');
    await clock.advance(300);
    expect(leftAt.get('p1')).toHaveLength(1);
  });

  it('may say so when nothing rests, and for a platform that does not run', async () => {
    hub.hurry('qingdao', 'vehicle-entered');
    hub.hurry('vanke', 'vehicle-entered');
    await clock.advance(300);
    expect(platform.sent).toEqual([]);
  });
});

it('a duty that says when it is repeated tells nothing of the link', async () => {
  await stop();
  let told: Delivery = again(1000, { scope: 'link' });
  platform = Object.assign(new ScriptedPlatform(), {
    duties: [{ name: 'check', everyMs: 1000, run: async () => told }],
  });
  await start();
  await clock.advance(5_000);
  told = { kind: 'given-up', reason: 'timeout' };
  await clock.advance(5_000);
  expect([hub.links()[0]?.state, alarms.list()]).toEqual(['unknown', []]);
});
