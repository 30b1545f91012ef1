import { afterEach, beforeEach, expect, it } from 'vitest';
import { OutboxHub } from '../../../electron/station/outbox/hub.ts';
import { Reconciliations } from '../../../electron/station/outbox/reconciliations.ts';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import { SystemIds } from '../../../electron/station/runtime/ids.ts';
import { answerer } from '../../../electron/station/store/reader/answer.ts';
import { outboxSpanSchema } from '../../../electron/station/store/reader/outbox-figures.ts';
import { damagedRow } from '../../support/damage.ts';
import { entered } from '../../support/events.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { ScriptedPlatform } from '../../support/scripted-platform.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';

let clock: FakeClock;
let temp: TempStore;
let platform: ScriptedPlatform;
let hub: OutboxHub;
const stopping = new AbortController();

beforeEach(async () => {
  clock = new FakeClock();
  temp = tempStore(clock);
  platform = new ScriptedPlatform();
  const alarms = new Alarms(
    () => clock.now(),
    () => undefined,
  );
  hub = new OutboxHub({
    ...{ store: temp.store, clock, entropy: { random: () => 1 }, log: memoryLog(), alarms, platforms: [platform] },
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

const enter = (uid: string): void => {
  temp.store.write((tx) => tx.record(entered(uid)));
};

it('a row that cannot be read holds nothing back, and a comparison names it', async () => {
  enter('u1');
  const seq = damagedRow(temp.db, temp.store, 'u2', clock.now());
  enter('u3');
  await clock.advance(2000);
  expect(platform.sent).toHaveLength(2);
  expect(temp.store.read.outbox.cursor('qingdao')).toBe(3);
  expect(hub.links()).toMatchObject([{ stuck: null }]);

  const read = answerer(temp.db);
  const runs = new Reconciliations({
    ...{ store: temp.store, clock, hub, ids: new SystemIds(clock), log: memoryLog(), stopping: stopping.signal },
    reader: {
      outboxSpan: async (from, to) => outboxSpanSchema.parse(read({ what: 'outbox-span', from, to }, () => undefined)),
    },
    photos: { has: async () => true },
  });
  const span = { from: clock.now() - 60_000, to: clock.now() + 60_000 };
  const { id } = runs.start({ platform: 'qingdao', purpose: 'check', ...span }, { kind: 'user', name: 'chen' });
  while (runs.get(id).state === 'running') await clock.advance(50);
  expect(temp.store.read.outboxDifferences.after(id, 0, 10)).toMatchObject([
    { found: 'unreadable', journal_seq: seq, key: 'u2', message: 'vehicle-entered' },
  ]);
});

it('what no event caused is stored also where a receipt covers the newest row', async () => {
  enter('u1');
  await clock.advance(2000);
  temp.store.write((tx) => tx.outboxReceipts.add('qingdao', { from: 1, to: tx.journal.last().seq }));
  hub.enqueue('qingdao', { id: 'abnormal-1', message: 'abnormal', key: null, kind: 'record', body: { id: 'x' } });
  expect(temp.store.read.outbox.ofDraft('qingdao', 'abnormal-1')).toMatchObject({ message: 'abnormal' });
});
