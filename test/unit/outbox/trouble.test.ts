import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutboxHub } from '../../../electron/station/outbox/hub.ts';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import { entered } from '../../support/events.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { BUSY, DELIVERED, LINK_DOWN, NO_ANSWER, REFUSED, ScriptedPlatform } from '../../support/scripted-platform.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';

let clock: FakeClock;
let temp: TempStore;
let platform: ScriptedPlatform;
let hub: OutboxHub;
let alarms: Alarms;

async function start(afterCrash = false): Promise<void> {
  const { store } = temp;
  const shared = { store, clock, entropy: { random: () => 1 }, log: memoryLog(), alarms };
  hub = new OutboxHub({ ...shared, platforms: [platform], afterCrash });
  await hub.start();
}
async function stop(): Promise<void> {
  const stopped = hub.stop();
  await clock.advance(3000);
  await stopped;
}

beforeEach(async () => {
  clock = new FakeClock();
  temp = tempStore(clock);
  platform = new ScriptedPlatform();
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
const answer = (id: string): void =>
  hub.enqueue('qingdao', { id, message: 'confirm', key: null, kind: 'answer', body: { id } });
const uidOf = (id: string): string => id.split(':')[1] ?? id;
const sent = (): string[] => platform.sent.map(({ id }) => uidOf(id));
const stateOf = (uid: string): number | undefined =>
  temp.store.read.outbox.search({ key: uid, offset: 0, limit: 1 }).items[0]?.state;

describe('a message that the platform never takes', () => {
  it('says nothing about the link when it was not even sent, however many there are', async () => {
    const unsent = { kind: 'retry', scope: 'message', reason: 'no decoder', answered: true, unsent: true } as const;
    platform.answer = () => unsent;
    for (let car = 1; car <= 30; car++) enter(`u${car}`);
    await clock.advance(60_000);
    expect([hub.links()[0]?.state, alarms.list()]).toEqual(['unknown', []]);
    platform.answer = () => DELIVERED;
    await clock.advance(600_000);
    expect(stateOf('u30')).toBe(1);
  });

  it('does not stop the rest when it looks as if the link were down', async () => {
    platform.answer = ({ id }) => (uidOf(id) === 'poison' ? NO_ANSWER : DELIVERED);
    enter('poison');
    await clock.advance(300);
    for (let car = 1; car <= 20; car++) enter(`u${car}`);
    await clock.advance(60_000);
    expect(stateOf('u20')).toBe(1);
    expect(stateOf('poison')).toBe(0);
  });

  it('is not sent again with every success of the others', async () => {
    platform.answer = ({ id }) => (uidOf(id).startsWith('poison') ? BUSY : DELIVERED);
    for (let car = 1; car <= 5; car++) enter(`poison${car}`);
    await clock.advance(300);
    for (let car = 1; car <= 20; car++) {
      enter(`u${car}`);
      await clock.advance(100);
    }
    expect(stateOf('u20')).toBe(1);
    // Once by itself, once released early; the pause after that is 10 s.
    expect(sent().filter((uid) => uid === 'poison1').length).toBeLessThanOrEqual(2);
  });
});

it('an answer is tried again in its own time, however long records rest', async () => {
  platform.answer = () => BUSY;
  enter('u1');
  await clock.advance(40_000);
  answer('a1');
  await clock.advance(300);
  const before = sent().filter((id) => id === 'a1').length;
  await clock.advance(5_500);
  expect(sent().filter((id) => id === 'a1').length).toBe(before + 1);
});

it('an event that cannot be turned into messages holds back no message, and is shown', async () => {
  const project = platform.project.bind(platform);
  let broken = true;
  platform.project = (event) => {
    if (broken && event.key === 'poison') throw new Error('no such lane');
    return project(event);
  };
  enter('u1');
  enter('poison');
  enter('u2');
  await clock.advance(300);
  expect(stateOf('u1')).toBe(1);
  answer('a1');
  await clock.advance(300);
  expect(sent()).toEqual(['u1', 'a1']);
  expect(alarms.list()).toMatchObject([{ code: 'outbox-stuck', subject: 'qingdao' }]);
  broken = false;
  await clock.advance(1500);
  expect(sent()).toEqual(['u1', 'a1', 'poison', 'u2']);
  expect(alarms.list()).toEqual([]);
});

describe('what may have arrived', () => {
  it('is remembered of a message that the end of the program cut off', async () => {
    platform.answer = () => new Promise(() => undefined);
    enter('u1');
    await clock.advance(300);
    await stop();
    platform = new ScriptedPlatform();
    await start();
    await clock.advance(300);
    expect(platform.sent).toMatchObject([{ maybeDelivered: true }]);
  });

  it('is remembered through clean starts after a crash', async () => {
    platform.answer = () => LINK_DOWN;
    enter('u1');
    await clock.advance(300);
    await stop();
    await start(true);
    await clock.advance(300);
    await stop();
    platform = new ScriptedPlatform();
    await start();
    enter('u2');
    await clock.advance(300);
    expect(platform.sent.map(({ id, maybeDelivered }) => [uidOf(id), maybeDelivered])).toEqual([
      ['u1', true],
      ['u2', false],
    ]);
  });
});

it('leaves no timer behind when the last deliveries cannot be written down', async () => {
  let deliver: () => void = () => undefined;
  platform.answer = () =>
    new Promise((resolve) => {
      deliver = () => resolve(DELIVERED);
    });
  enter('u1');
  await clock.advance(300);
  const stopped = hub.stop();
  await clock.advance(10);
  temp.db.pragma('query_only = ON');
  deliver();
  await clock.advance(3000);
  await stopped;
  let timers = 0;
  const after = clock.after.bind(clock);
  clock.after = (ms, task) => {
    timers += 1;
    return after(ms, task);
  };
  await clock.advance(10_000);
  temp.db.pragma('query_only = OFF');
  expect(timers).toBe(0);
});

it('what was refused still asks for a person after the next start', async () => {
  platform.answer = () => REFUSED;
  enter('u1');
  await clock.advance(300);
  await stop();
  alarms.clear('message-refused', 'qingdao');
  await start();
  expect(alarms.list()).toMatchObject([{ code: 'message-refused' }]);
});

it('a platform that answers everything with a failure is asked now and then, not message by message', async () => {
  platform.answer = () => BUSY;
  for (let car = 0; car < 200; car++) enter(`u${car}`);
  await clock.advance(60_000);
  expect(new Set(sent()).size).toBeLessThan(40);
  expect(alarms.list()).toMatchObject([{ code: 'platform-offline' }]);
  platform.answer = () => DELIVERED;
  await clock.advance(15_000);
  expect(temp.store.read.outbox.counts('qingdao', 0)).toMatchObject({ waiting: 0, delivered: 200 });
});
