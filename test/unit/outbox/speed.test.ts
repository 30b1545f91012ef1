import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OutboxHub } from '../../../electron/station/outbox/hub.ts';
import { Picker } from '../../../electron/station/outbox/picker.ts';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import { entered } from '../../support/events.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { DELIVERED, ScriptedPlatform } from '../../support/scripted-platform.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';

/** Answers after five real milliseconds, and notes how many were on their way with each message that left. */
class PromptPlatform extends ScriptedPlatform {
  override readonly concurrency = 8;
  readonly beside: number[] = [];
  #underWay = 0;
  override answer = async () => {
    this.#underWay += 1;
    this.beside.push(this.#underWay);
    await sleep(5);
    this.#underWay -= 1;
    return DELIVERED;
  };
}

let clock: FakeClock;
let temp: TempStore;
let platform: PromptPlatform;
let hub: OutboxHub;

beforeEach(async () => {
  clock = new FakeClock();
  temp = tempStore(clock);
  platform = new PromptPlatform();
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
  const stopped = hub.stop();
  await clock.advance(3000);
  await stopped;
  temp.dispose();
});

const drive = (stays: number, each: number): void => {
  temp.store.write((tx) => {
    for (let round = 0; round < each; round += 1)
      for (let stay = 0; stay < stays; stay += 1) tx.record(entered(`u${stay}`));
  });
};
const waiting = (): number => temp.store.read.outbox.counts('qingdao', 0).waiting;
/** Everything has left and is written down, without the clock being touched. */
async function allOut(count: number): Promise<void> {
  while (platform.sent.length < count || waiting() > 0) await turn();
}

describe('a backlog', () => {
  it('of a thousand messages leaves at the speed of the platform: no timer is waited for, and no place stays empty', async () => {
    const began = clock.monotonic();
    drive(50, 20);
    await allOut(1000);
    expect(clock.monotonic()).toBe(began);
    expect(platform.sent).toHaveLength(1000);
    // All places are taken again within every two rounds of answers.
    for (let from = 0; from + 16 <= 1000 - 16; from += 16)
      expect(Math.max(...platform.beside.slice(from, from + 16))).toBe(8);
    for (let stay = 0; stay < 50; stay += 1) {
      const order = platform.sent.map(({ id }) => id.split(':')).filter(([, key]) => key === `u${stay}`);
      const seqs = order.map(([, , seq]) => Number(seq));
      expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
    }
  });

  it('of one stay leaves one by one, each as soon as the one before it was taken', async () => {
    drive(1, 30);
    await allOut(30);
    expect(clock.monotonic()).toBe(0);
    expect(new Set(platform.beside)).toEqual(new Set([1]));
  });

  it('is written down in groups, however few may be on their way', async () => {
    drive(160, 1);
    const write = vi.spyOn(temp.store, 'write');
    await allOut(160);
    // 160 / 16 for the deliveries, 160 / 64 for the projection, and a little for the end of it.
    expect(write.mock.calls.length).toBeLessThanOrEqual(18);
  });

  it('makes way when a camera begins to speak, and goes on when the moment is over', async () => {
    drive(300, 1);
    while (platform.sent.length < 16) await turn();
    hub.makeWay();
    await sleep(30);
    platform.beside.length = 0;
    await sleep(60);
    expect(platform.beside.length).toBeGreaterThan(2);
    expect(Math.max(...platform.beside)).toBe(1);
    await clock.advance(60);
    platform.beside.length = 0;
    await allOut(300);
    expect(Math.max(...platform.beside)).toBe(8);
  });
});

describe('looking for the next message', () => {
  const heads = Array.from({ length: 2000 }, (_, index) => ({ id: index + 1, key: `u${index}` }));
  const outgoing = (id: number) => ({
    ...{ id, message: 'm', key: `u${id - 1}`, kind: 'record', body: '{}', attempts: 0, maybe_delivered: 0 },
    kind: 'record' as const,
  });
  const pickerWith = (notBefore: (id: number) => number) => {
    const asked: number[] = [];
    const picker = new Picker({
      outbox: {
        ready: (_platform, _kind, after, limit) => {
          asked.push(after);
          return heads.slice(after, after + limit);
        },
        outgoing,
      },
      ...{ platform: 'qingdao', taken: () => false, busy: () => false, notBefore },
    });
    return { picker, asked };
  };

  it('uses up a page before it asks for the next one', () => {
    const { picker, asked } = pickerWith(() => 0);
    for (let id = 1; id <= 64; id += 1) expect(picker.pick('record', 1, 0)[0]?.id).toBe(id);
    expect(asked).toEqual([0]);
    expect(picker.pick('record', 1, 0)[0]?.id).toBe(65);
    expect(asked).toEqual([0, 64]);
  });

  it('passes over thousands that rest in several turns, and knows when the first of them may go', () => {
    const { picker, asked } = pickerWith((id) => (id === 1999 ? 0 : 10_000 - id));
    let turns = 1;
    let [found] = picker.pick('record', 1, 5);
    for (; picker.unfinished; turns += 1) [found] = picker.pick('record', 1, 5);
    expect(found?.id).toBe(1999);
    expect(turns).toBeGreaterThan(3);
    expect(asked).toHaveLength(32);
    expect(picker.soonest).toBe(10_000 - 1998);
  });
});
