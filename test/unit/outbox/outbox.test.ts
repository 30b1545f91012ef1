import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutboxHub } from '../../../electron/station/outbox/hub.ts';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import type { EventDraft } from '../../../shared/domain/events.ts';
import { aStay, entered } from '../../support/events.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { BUSY, DELIVERED, LINK_DOWN, NO_ANSWER, REFUSED, ScriptedPlatform } from '../../support/scripted-platform.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';

const user = { kind: 'user', name: 'admin' } as const;
let clock: FakeClock;
let temp: TempStore;
let platform: ScriptedPlatform;
let hub: OutboxHub;
let alarms: Alarms;

function newHub(afterCrash = false): OutboxHub {
  return new OutboxHub({
    store: temp.store,
    clock,
    entropy: { random: () => 1 },
    log: memoryLog(),
    alarms,
    platforms: [platform],
    afterCrash,
  });
}

beforeEach(async () => {
  clock = new FakeClock();
  temp = tempStore(clock);
  platform = new ScriptedPlatform();
  alarms = new Alarms(
    () => clock.now(),
    () => undefined,
  );
  hub = newHub();
  await hub.start();
});
afterEach(async () => {
  const stopped = hub.stop();
  await clock.advance(3000);
  await stopped;
  temp.dispose();
});

const record = (draft: EventDraft): void => {
  temp.store.write((tx) => tx.record(draft));
};
const photo = (uid: string): EventDraft => ({
  kind: 'photo-taken',
  key: uid,
  laneId: 'in1',
  passageId: null,
  actor: { kind: 'station', name: 'station' },
  body: {
    photoId: `photo-${uid}`,
    purpose: 'entry',
    stay: aStay(uid),
    takenAt: 0,
    name: 'x.jpg',
    bytes: 4,
    sha256: 'x',
  },
});
/** `vehicle-entered:u1:3` → `vehicle-entered u1`. */
const sent = (): string[] => platform.sent.map(({ id }) => id.split(':').slice(0, 2).join(' '));
/** Time for the pumps to turn without any pause running out. */
const soon = (): Promise<void> => clock.advance(300);
const rows = () => temp.store.read.outbox.search({ offset: 0, limit: 100 }).items.reverse();
const states = () => rows().map((row) => row.state);

describe('the outbox', () => {
  it('turns each event into its messages once, also when the projector runs again', async () => {
    record(entered('u1'));
    record(entered('u2'));
    await soon();
    await hub.stop();
    hub = newHub();
    await hub.start();
    await soon();
    expect(sent().sort()).toEqual(['vehicle-entered u1', 'vehicle-entered u2']);
    expect(states()).toEqual([1, 1]);
  });

  it('does not upload the history of before it was connected', async () => {
    const other = tempStore(clock);
    other.store.write((tx) => tx.record(entered('u1')));
    const late = new ScriptedPlatform();
    const lateHub = new OutboxHub({
      store: other.store,
      clock,
      entropy: { random: () => 1 },
      log: memoryLog(),
      alarms,
      platforms: [late],
      afterCrash: false,
    });
    await lateHub.start();
    other.store.write((tx) => tx.record(entered('u2')));
    await soon();
    expect(late.sent.map(({ id }) => id.split(':')[1])).toEqual(['u2']);
    await lateHub.stop();
    other.dispose();
  });

  it('sends the messages of one stay in order and those of others beside them', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    platform.answer = async ({ id }) => {
      if (id.startsWith('vehicle-entered:u1')) await gate;
      return DELIVERED;
    };
    record(entered('u1'));
    record(entered('u1'));
    record(entered('u2'));
    record(entered('u3'));
    await soon();
    expect(sent()).toEqual(['vehicle-entered u1', 'vehicle-entered u2', 'vehicle-entered u3']);
    release();
    await soon();
    expect(sent()).toEqual(['vehicle-entered u1', 'vehicle-entered u2', 'vehicle-entered u3', 'vehicle-entered u1']);
    expect(platform.peak).toBeGreaterThan(1);
  });

  it('lets photos wait behind records, and never the other way round', async () => {
    platform.answer = () => LINK_DOWN;
    record(entered('u1'));
    record(photo('u1'));
    record(entered('u2'));
    record(entered('u1'));
    await soon();
    platform.answer = ({ id }) => (id.startsWith('photo') ? LINK_DOWN : DELIVERED);
    await clock.advance(30_000);
    const order = sent().filter((text, index, all) => all.lastIndexOf(text) === index || text.startsWith('photo'));
    expect(order.indexOf('photo-taken u1')).toBeGreaterThan(order.indexOf('vehicle-entered u2'));
    expect(states()).toEqual([1, 0, 1, 1]);
  });

  const bulk = (id: string, key: string): void =>
    hub.enqueue('qingdao', { id, message: 'card', key, kind: 'bulk', body: { id } });

  it('lets no bulk stand before a record, nor take its place on the line; of one key bulk keeps its order', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    platform.answer = async ({ id }) => {
      if (id.startsWith('card')) await gate;
      return DELIVERED;
    };
    for (let card = 0; card < 600; card += 1) bulk(`card:c${card}:1`, `card:${card}`);
    bulk('card:c0:2', 'card:0');
    await soon();
    expect(sent()).toEqual(['card c0', 'card c1']);
    // As many as there are connections, although bulk hangs on its own.
    for (const uid of ['u1', 'u2', 'u3', 'u4']) record(entered(uid));
    await soon();
    expect(sent().slice(2)).toEqual([...['u1', 'u2', 'u3', 'u4'].map((uid) => `vehicle-entered ${uid}`)]);
    release();
    for (let turn = 0; turn < 100 && states().some((state) => state !== 1); turn += 1) await soon();
    expect(states().every((state) => state === 1)).toBe(true);
    const ids = platform.sent.map(({ id }) => id);
    expect(ids).toHaveLength(605);
    expect(ids.indexOf('card:c0:1')).toBeLessThan(ids.indexOf('card:c0:2'));
  });

  it('holds the next bulk of a key back while the one before is refused', async () => {
    platform.answer = ({ id }) => (id === 'card:c0:1' ? REFUSED : DELIVERED);
    bulk('card:c0:1', 'card:0');
    bulk('card:c0:2', 'card:0');
    bulk('card:c1:1', 'card:1');
    await soon();
    expect(states()).toEqual([2, 0, 1]);
    expect(rows()[1]?.held).toBe(1);
    expect(temp.store.read.outbox.blockedBy(rows()[1]?.id ?? 0)?.id).toBe(rows()[0]?.id);
  });

  it('parks what was refused, holds back the rest of that stay only, and waits for a person', async () => {
    platform.answer = ({ id }) => (id.startsWith('vehicle-entered:u1:1') ? REFUSED : DELIVERED);
    record(entered('u1'));
    record(entered('u1'));
    record(entered('u2'));
    await clock.advance(3_600_000);
    expect(sent()).toEqual(['vehicle-entered u1', 'vehicle-entered u2']);
    expect(states()).toEqual([2, 0, 1]);
    expect(rows()[1]?.held).toBe(1);
    expect(alarms.list().map((alarm) => alarm.code)).toEqual(['message-refused']);

    platform.answer = () => DELIVERED;
    hub.retry(rows()[0]?.id ?? 0, user);
    await soon();
    expect(states()).toEqual([1, 1, 1]);
    expect(alarms.list()).toEqual([]);
  });

  it('moves on when a person gives a refused message up, and remembers who did', async () => {
    platform.answer = ({ id }) => (id.startsWith('vehicle-entered:u1:1') ? REFUSED : DELIVERED);
    record(entered('u1'));
    record(entered('u1'));
    await soon();
    hub.discard(rows()[0]?.id ?? 0, '重复记录', user);
    await soon();
    expect(states()).toEqual([3, 1]);
    expect(temp.store.read.journal.list({ limit: 1, audited: true })[0]).toMatchObject({
      kind: 'message-discarded',
      actor: user,
      body: { reason: '重复记录' },
    });
  });

  it('tries one message at a time while the link is down, and brings all when it is back', async () => {
    platform.answer = () => LINK_DOWN;
    for (let car = 1; car <= 30; car += 1) record(entered(`u${car}`));
    await clock.advance(120_000);
    const tries = platform.sent.length;
    expect(tries).toBeGreaterThan(8);
    expect(tries).toBeLessThan(30);
    expect(alarms.list().map((alarm) => alarm.code)).toEqual(['platform-offline']);
    platform.answer = () => DELIVERED;
    await clock.advance(10_500);
    expect(states().every((state) => state === 1)).toBe(true);
    expect(alarms.list()).toEqual([]);
  });

  it('pauses longer after each failure of a message, up to the limit, and hides nothing when the clock is set', async () => {
    const at: number[] = [];
    platform.answer = () => {
      at.push(clock.monotonic());
      return BUSY;
    };
    record(entered('u1'));
    await clock.advance(40 * 60_000);
    const pauses = at.slice(1).map((time, index) => Math.round((time - (at[index] ?? 0)) / 1000));
    expect(pauses.slice(0, 7)).toEqual([5, 10, 20, 40, 80, 160, 300]);
    expect(Math.max(...pauses)).toBe(300);
    clock.jumpWall(-86_400_000);
    platform.answer = () => DELIVERED;
    await clock.advance(301_000);
    expect(states()).toEqual([1]);
  });

  it('releases every pause once a platform that failed on all takes something again', async () => {
    platform.answer = () => BUSY;
    for (let car = 1; car <= 5; car += 1) record(entered(`u${car}`));
    await clock.advance(100_000);
    platform.answer = () => DELIVERED;
    record(entered('u6'));
    await soon();
    expect(states()).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('knows of a message without an answer that it may have arrived', async () => {
    let first = true;
    platform.answer = () => {
      const answer = first ? NO_ANSWER : DELIVERED;
      first = false;
      return answer;
    };
    record(entered('u1'));
    await clock.advance(5_000);
    expect(platform.sent.map(({ attempt, maybeDelivered }) => [attempt, maybeDelivered])).toEqual([
      [1, false],
      [2, true],
    ]);
  });

  it('takes everything that waited for perhaps sent, after a crash', async () => {
    platform.answer = () => LINK_DOWN;
    record(entered('u1'));
    await soon();
    const stopped = hub.stop();
    await clock.advance(3000);
    await stopped;
    platform.sent.length = 0;
    platform.answer = () => DELIVERED;
    hub = newHub(true);
    await hub.start();
    record(entered('u2'));
    await soon();
    expect(platform.sent.map(({ id, maybeDelivered }) => [id.split(':')[1], maybeDelivered])).toEqual([
      ['u1', true],
      ['u2', false],
    ]);
  });

  it('sends an answer to the platform before the backlog', async () => {
    platform.answer = () => LINK_DOWN;
    for (let car = 1; car <= 10; car += 1) record(entered(`u${car}`));
    await soon();
    hub.enqueue('qingdao', {
      id: 'confirm:1',
      message: 'confirm',
      key: null,
      kind: 'answer',
      body: { id: 'confirm:1' },
    });
    platform.sent.length = 0;
    await clock.advance(11_000);
    expect(platform.sent[0]?.id).toBe('confirm:1');
  });

  it('stops within its grace although an answer never comes', async () => {
    platform.answer = () => new Promise(() => undefined);
    record(entered('u1'));
    await soon();
    const stopped = hub.stop();
    await clock.advance(2_500);
    await stopped;
    // Never answered, so still waiting: it is sent again after the next start.
    expect(states()).toEqual([0]);
  });
});
