import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutboxHub } from '../../../electron/station/outbox/hub.ts';
import type { Delivery, Duty } from '../../../electron/station/platforms/platform.ts';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { DELIVERED, ScriptedPlatform } from '../../support/scripted-platform.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';

const MINUTE = 60_000;

/** A platform that is told a figure every five minutes, and after a change at most every ten seconds. */
class Counting extends ScriptedPlatform {
  figure = 0;
  change: () => void = () => undefined;
  listeners = 0;
  /** When it was told, and what. */
  readonly told: { readonly at: number; readonly figure: number }[] = [];
  reply: () => Delivery | Promise<Delivery> = () => DELIVERED;
  readonly #clock: FakeClock;
  constructor(clock: FakeClock) {
    super();
    this.#clock = clock;
  }
  override readonly duties: readonly Duty[] = [
    {
      name: 'figures',
      everyMs: 5 * MINUTE,
      onChange: {
        quietMs: 10_000,
        listen: (changed) => {
          this.listeners += 1;
          this.change = () => {
            this.figure += 1;
            changed();
          };
          return () => {
            this.listeners -= 1;
          };
        },
      },
      run: async () => {
        this.told.push({ at: this.#clock.monotonic(), figure: this.figure });
        return this.reply();
      },
    },
  ];
}

let clock: FakeClock;
let temp: TempStore;
let platform: Counting;
let hub: OutboxHub;
let began: number;
const log = memoryLog();

/** What was told, by the milliseconds since the first time. */
const told = () => platform.told.map(({ at, figure }) => [at - began, figure]);

beforeEach(async () => {
  clock = new FakeClock();
  temp = tempStore(clock);
  platform = new Counting(clock);
  const alarms = new Alarms(
    () => clock.now(),
    () => undefined,
  );
  const { store } = temp;
  hub = new OutboxHub({
    ...{ store, clock, log, alarms, entropy: { random: () => 1 }, platforms: [platform], afterCrash: false },
  });
  await hub.start();
  await clock.advance(1000);
  began = platform.told[0]?.at ?? Number.NaN;
});
afterEach(async () => {
  const stopped = hub.stop();
  await clock.advance(3000);
  await stopped;
  temp.dispose();
});

describe('what is told on change', () => {
  it('is told at once after a quiet time', async () => {
    await clock.advance(MINUTE);
    platform.change();
    await clock.advance(0);
    expect(told()).toEqual([
      [0, 0],
      [MINUTE, 1],
    ]);
  });

  it('is told at most so often, once for many changes and with the newest figure', async () => {
    await clock.advance(MINUTE);
    for (let change = 0; change < 25; change += 1) {
      platform.change();
      await clock.advance(1000);
    }
    await clock.advance(MINUTE);
    expect(told().slice(1)).toEqual([
      [MINUTE, 1],
      [MINUTE + 10_000, 10],
      [MINUTE + 20_000, 20],
      [MINUTE + 30_000, 25],
    ]);
  });

  it('is told on the timer all the same, and nothing is told twice for one change', async () => {
    await clock.advance(5 * MINUTE - 5000);
    platform.change();
    await clock.advance(0);
    platform.change();
    await clock.advance(5 * MINUTE);
    expect(told().slice(1)).toEqual([
      [5 * MINUTE - 5000, 1],
      [5 * MINUTE, 2],
    ]);
  });

  it('that changes while it is on its way is told by the next, never beside it', async () => {
    await clock.advance(MINUTE);
    let answer: (delivery: Delivery) => void = () => undefined;
    platform.reply = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    platform.change();
    await clock.advance(0);
    platform.change();
    await clock.advance(MINUTE);
    expect(told()).toHaveLength(2);
    platform.reply = () => DELIVERED;
    answer(DELIVERED);
    await clock.advance(0);
    expect(told().at(-1)).toEqual([2 * MINUTE, 2]);
    await clock.advance(MINUTE);
    expect(told()).toHaveLength(3);
  });

  it('goes on after a failure', async () => {
    await clock.advance(MINUTE);
    platform.reply = () => {
      throw new Error('no line');
    };
    platform.change();
    await clock.advance(MINUTE);
    platform.reply = () => DELIVERED;
    platform.change();
    await clock.advance(0);
    expect(told().at(-1)).toEqual([2 * MINUTE, 2]);
  });

  it('is not listened to any more after the end', async () => {
    expect(platform.listeners).toBe(1);
    await clock.advance(MINUTE);
    platform.change();
    const stopped = hub.stop();
    platform.change();
    await clock.advance(MINUTE);
    await stopped;
    expect([platform.listeners, told().length]).toEqual([0, 1]);
  });
});
