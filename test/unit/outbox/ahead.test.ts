import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutboxHub } from '../../../electron/station/outbox/hub.ts';
import type { OutboundMessage } from '../../../electron/station/platforms/platform.ts';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import { entered } from '../../support/events.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { DELIVERED, LINK_DOWN, ScriptedPlatform } from '../../support/scripted-platform.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';

/** Notes what it was told of before its turn, and keeps its answers until it is let go. */
class PreparingPlatform extends ScriptedPlatform {
  readonly told: OutboundMessage[] = [];
  /** Sent as the very object that it was told of. */
  readonly recognised: OutboundMessage[] = [];
  readonly #held: (() => void)[] = [];
  hold = true;
  override answer = async () => {
    if (this.hold) await new Promise<void>((resolve) => this.#held.push(resolve));
    return DELIVERED;
  };

  prepare(message: OutboundMessage): void {
    this.told.push(message);
  }

  override async send(message: OutboundMessage) {
    if (this.told.includes(message)) this.recognised.push(message);
    return await super.send(message);
  }

  /** Answers what is on its way, and what comes. */
  letGo(): void {
    this.hold = false;
    for (const release of this.#held.splice(0)) release();
  }
}

let clock: FakeClock;
let temp: TempStore;
let platform: PreparingPlatform;
let hub: OutboxHub;

beforeEach(async () => {
  clock = new FakeClock();
  temp = tempStore(clock);
  platform = new PreparingPlatform();
  hub = new OutboxHub({
    ...{ store: temp.store, clock, entropy: { random: () => 1 }, log: memoryLog(), afterCrash: false },
    alarms: new Alarms(
      () => clock.now(),
      () => undefined,
    ),
    platforms: [platform],
  });
  await hub.start();
});
afterEach(async () => {
  platform.letGo();
  const stopped = hub.stop();
  await clock.advance(3000);
  await stopped;
  temp.dispose();
});

const drive = (stays: number): void => {
  temp.store.write((tx) => {
    for (let stay = 0; stay < stays; stay += 1) tx.record(entered(`u${stay}`));
  });
};
const turns = async (count = 20): Promise<void> => {
  for (let at = 0; at < count; at += 1) await turn();
};
const idsOf = (messages: readonly OutboundMessage[]): string[] =>
  messages.map(({ body }) => (body as { id: string }).id);
const waiting = (): number => temp.store.read.outbox.counts('qingdao', 0).waiting;

describe('what will leave next', () => {
  it('is told to the platform while others wait for their answers: twice as many as are on their way', async () => {
    drive(40);
    await turns();
    expect(platform.sent).toHaveLength(4);
    expect(idsOf(platform.told)).toEqual(
      [4, 5, 6, 7, 8, 9, 10, 11].map((stay) => `vehicle-entered:u${stay}:${stay + 1}`),
    );
  });

  it('leaves as it was told, each once and each told of once', async () => {
    drive(200);
    await turns();
    platform.letGo();
    while (waiting() > 0) await turn();
    expect(platform.sent).toHaveLength(200);
    expect(new Set(platform.sent.map(({ id }) => id)).size).toBe(200);
    expect(platform.told).toHaveLength(196);
    expect(platform.recognised).toEqual(platform.told);
  });

  it('does not leave when a person gave it up meanwhile, and those behind it are told of', async () => {
    drive(200);
    await turns();
    const rows = temp.store.read.outbox.search({ platform: 'qingdao', offset: 0, limit: 500 }).items;
    const given = rows.filter(({ id }) => id > 4 && id <= 12);
    temp.store.write((tx) => {
      for (const { id } of given) tx.outbox.setState(id, 3, clock.now());
    });
    platform.letGo();
    while (waiting() > 0) await turn();
    expect(platform.sent).toHaveLength(192);
    expect(platform.recognised.length).toBeGreaterThan(170);
  });

  it('is not told of while the line is down, and a later attempt is another message', async () => {
    platform.hold = false;
    platform.answer = async () => LINK_DOWN as never;
    drive(40);
    await turns();
    const before = platform.told.length;
    expect(before).toBeLessThanOrEqual(8);
    await clock.advance(3000);
    expect(platform.told).toHaveLength(before);
    platform.answer = async () => DELIVERED;
    await clock.advance(30_000);
    while (waiting() > 0) await turn();
    for (const { attempt } of platform.recognised) expect(attempt).toBe(1);
    expect(new Set(platform.sent.filter(({ attempt }) => attempt === 2).map(({ id }) => id)).size).toBeGreaterThan(0);
  });

  it('may be unreadable: that is its own trouble, and all others are told of', async () => {
    drive(40);
    await turns();
    // One that was told of already, and one that was not.
    temp.db.prepare("UPDATE outbox SET body = '{' WHERE id IN (7, 20)").run();
    platform.letGo();
    while (waiting() > 2) {
      await turn();
      await clock.advance(50);
    }
    expect(platform.sent).toHaveLength(38);
    expect(platform.recognised.length).toBeGreaterThan(30);
  });

  it('is not told of while a car comes in', async () => {
    hub.makeWay();
    drive(40);
    await turns();
    expect(platform.told).toHaveLength(0);
    await clock.advance(100);
    await turns();
    expect(platform.told).toHaveLength(8);
  });
});
