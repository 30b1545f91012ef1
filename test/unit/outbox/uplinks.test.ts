import { afterEach, beforeEach, expect, it } from 'vitest';
import { linkView } from '../../../electron/station/api/views.ts';
import { OutboxHub } from '../../../electron/station/outbox/hub.ts';
import type { Platform } from '../../../electron/station/platforms/platform.ts';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import { entered } from '../../support/events.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { LINK_DOWN, ScriptedPlatform } from '../../support/scripted-platform.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';

type Uplink = NonNullable<ReturnType<Platform['status']>['uplink']>;

/** Knows itself how the way to it is. */
class KnowingPlatform extends ScriptedPlatform {
  override readonly id = 'vanke';
  uplink: Uplink = { state: 'unknown', detail: '' };
  override status() {
    return { clockDriftMs: null, downlink: 'none', uplink: this.uplink } as const;
  }
}

let clock: FakeClock;
let temp: TempStore;
let platform: KnowingPlatform;
let other: ScriptedPlatform;
let hub: OutboxHub;
let told: string[];

beforeEach(async () => {
  clock = new FakeClock();
  temp = tempStore(clock);
  platform = new KnowingPlatform();
  other = new ScriptedPlatform();
  told = [];
  const alarms = new Alarms(
    () => clock.now(),
    ({ code, subject, detail }, cleared) => told.push(`${cleared ? '-' : '+'}${code} ${subject} ${detail}`),
  );
  hub = new OutboxHub({
    ...{ store: temp.store, clock, entropy: { random: () => 1 }, log: memoryLog(), alarms, afterCrash: false },
    platforms: [platform, other],
  });
  await hub.start();
});
afterEach(async () => {
  const stopped = hub.stop();
  await clock.advance(3000);
  await stopped;
  temp.dispose();
});
const shown = () => hub.links().map((link) => linkView(link, clock.now()));

it('a platform that knows how the way to it is says so to the screens, and raises and ends its alarm', async () => {
  let changes = 0;
  hub.onChanged(() => {
    changes += 1;
  });
  platform.uplink = { state: 'offline', detail: 'ECONNREFUSED' };
  expect(shown()).toMatchObject([
    { platform: 'vanke', state: 'offline', detail: 'ECONNREFUSED' },
    { platform: 'qingdao', state: 'unknown', detail: '' },
  ]);
  await clock.advance(2_500);
  expect(told).toEqual(['+platform-offline vanke scripted：ECONNREFUSED']);
  platform.uplink = { state: 'offline', detail: 'timeout' };
  await clock.advance(10_000);
  expect(told).toHaveLength(1);
  platform.uplink = { state: 'online', detail: '' };
  await clock.advance(2_500);
  expect(told.slice(1)).toEqual(['-platform-offline vanke scripted：ECONNREFUSED']);
  expect([shown()[0]?.state, changes]).toEqual(['online', 2]);
});

it('it alone decides: what the outbox makes of its messages raises nothing, and that of others does', async () => {
  platform.uplink = { state: 'online', detail: '' };
  platform.answer = () => LINK_DOWN;
  temp.store.write((tx) => tx.record(entered('u1')));
  await clock.advance(10_000);
  expect([shown()[0]?.state, told]).toEqual(['online', []]);
  other.answer = () => LINK_DOWN;
  temp.store.write((tx) => tx.record(entered('u2')));
  await clock.advance(10_000);
  expect([shown().map(({ state }) => state), told]).toEqual([
    ['online', 'offline'],
    ['+platform-offline qingdao scripted：connection refused'],
  ]);
});
