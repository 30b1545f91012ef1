import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutboxHub } from '../../../electron/station/outbox/hub.ts';
import type { OutboxDraft } from '../../../electron/station/platforms/platform.ts';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import { openDatabase } from '../../../electron/station/store/database.ts';
import { Store } from '../../../electron/station/store/store.ts';
import type { JournalEvent } from '../../../shared/domain/events.ts';
import { entered } from '../../support/events.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { DELIVERED, REFUSED, ScriptedPlatform } from '../../support/scripted-platform.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';

const DAY = 24 * 3_600_000;
const admin = { kind: 'user', name: 'admin' } as const;

/** Each entry makes two messages, which are refused and delivered independently of each other. */
class TwoAtOnce extends ScriptedPlatform {
  override readonly retry = { firstMs: 5_000, maxMs: 300_000, probeMs: 10_000, keepDays: 90 };
  override project(event: JournalEvent): readonly OutboxDraft[] {
    return super.project(event).flatMap((draft) => {
      const second = `${draft.id}:second`;
      return [draft, { ...draft, id: second, key: null, body: { id: second } }];
    });
  }
}

let clock: FakeClock;
let temp: TempStore;
let platform: TwoAtOnce;
let hub: OutboxHub;
let killed: Database | undefined;

const hubOn = (store: Store): OutboxHub =>
  new OutboxHub({
    ...{ store, clock, entropy: { random: () => 1 }, log: memoryLog(), platforms: [platform], afterCrash: false },
    alarms: new Alarms(
      () => clock.now(),
      () => undefined,
    ),
  });
beforeEach(async () => {
  clock = new FakeClock();
  temp = tempStore(clock);
  platform = new TwoAtOnce();
  hub = hubOn(temp.store);
  await hub.start();
});
afterEach(async () => {
  const stopped = hub.stop();
  await clock.advance(3000);
  await stopped;
  killed?.close();
  temp.dispose();
});

const drive = async (from: number, to: number): Promise<void> => {
  temp.store.write((tx) => {
    for (let car = from; car < to; car += 1) {
      tx.record(entered(`u${car}`));
      // In between stands what makes no message.
      tx.record({
        ...{ kind: 'message-retried', key: null, laneId: null, passageId: null, actor: admin },
        body: { platform: 'qingdao', outboxId: 0, message: '' },
      });
    }
  });
  do await clock.advance(100);
  while (temp.store.read.outbox.counts('qingdao', 0).waiting > 0);
  await clock.advance(100);
};
const rows = (store = temp.store) => store.read.outbox.search({ offset: 0, limit: 10_000 }).items;
const count = (): number => Number(temp.db.prepare('SELECT count(*) FROM outbox').pluck().get());
const stretches = () => temp.db.prepare('SELECT from_seq, to_seq FROM outbox_receipts ORDER BY from_seq').raw().all();
/** The events of which something is neither in the outbox nor covered by a receipt: what a back-fill would send again. */
const lost = (store: Store): number[] =>
  store.read.journal
    .after(0, 10_000)
    .filter(
      (event) =>
        !store.read.outboxReceipts.covers('qingdao', event.seq) &&
        platform.project(event).some(({ id }) => store.read.outbox.ofDraft('qingdao', id) === undefined),
    )
    .map(({ seq }) => seq);

/** What a kill leaves on the disk, as another station opens it. */
function afterKill(): Store {
  const file = join(temp.directory, 'after-kill.db');
  for (const end of ['', '-wal']) copyFileSync(temp.file + end, file + end);
  killed = openDatabase(file);
  return new Store(killed, clock);
}

describe('messages that arrived long ago', () => {
  it('leave the outbox with their attempts after the days that the platform wants, and the journal stays whole', async () => {
    await drive(0, 40);
    await clock.advance(89 * DAY);
    expect(rows()).toHaveLength(80);
    const events = temp.store.read.journal.last().seq;
    await drive(40, 42);
    await clock.advance(2 * DAY);
    expect(
      rows()
        .map(({ key }) => key)
        .filter((key) => key !== null),
    ).toEqual(['u41', 'u40']);
    expect(temp.store.read.journal.last().seq).toBe(events + 4);
    expect(temp.db.prepare('SELECT count(DISTINCT id / 8) FROM outbox_attempts').pluck().get()).toBe(4);
    expect(lost(temp.store)).toEqual([]);
  });

  it('leave one receipt for a whole stretch, and an event keeps its rows while one of them is not delivered', async () => {
    platform.answer = ({ id }) => (id === 'vehicle-entered:u3:7:second' ? REFUSED : DELIVERED);
    await drive(0, 60);
    const [refused] = rows().filter(({ state }) => state === 2);
    await clock.advance(91 * DAY);
    expect(rows().map(({ journal_seq, state }) => [journal_seq, state])).toEqual([
      // The newest number is never given out twice, so its row stays.
      [119, 1],
      [7, 2],
      [7, 1],
    ]);
    expect(stretches()).toEqual([
      [1, 6],
      [8, 119],
    ]);

    platform.answer = () => DELIVERED;
    hub.retry(refused?.id ?? 0, admin);
    await clock.advance(92 * DAY);
    expect(rows()).toHaveLength(1);
    expect(stretches()).toEqual([[1, 119]]);
  });

  it('keep their rows when a person gave one of them up', async () => {
    platform.answer = ({ id }) => (id.includes('u1:') && id.endsWith('second') ? REFUSED : DELIVERED);
    await drive(0, 3);
    const refused = rows().find(({ state }) => state === 2);
    hub.discard(refused?.id ?? 0, 'never mind', admin);
    await drive(3, 5);
    await clock.advance(120 * DAY);
    expect(rows().filter(({ journal_seq }) => journal_seq === 3)).toHaveLength(2);
    expect(temp.store.read.outboxReceipts.covers('qingdao', 3)).toBe(false);
  });

  it('are not made again by whoever thinks that they are missing, but are for whoever asks for just that one', async () => {
    await drive(0, 10);
    await clock.advance(91 * DAY);
    const [event] = temp.store.read.journal.after(4, 1);
    if (!event) throw new Error('no event');
    const [draft] = platform.project(event);
    if (!draft) throw new Error('no draft');
    expect(temp.store.read.outbox.ofDraft('qingdao', draft.id)).toBeUndefined();
    expect(hub.insertAll('qingdao', [{ draft, event }])).toBe(0);
    await clock.advance(1000);
    expect(platform.sent.filter(({ id }) => id === draft.id)).toHaveLength(1);

    expect(temp.store.write((tx) => tx.outbox.insert('qingdao', draft, event.seq, event.at, true))).toBe(true);
    hub.insertAll('qingdao', []);
    await clock.advance(1000);
    expect(platform.sent.filter(({ id }) => id === draft.id)).toHaveLength(2);
  });

  it('include answers, which no event would ever make again', async () => {
    hub.enqueue('qingdao', {
      id: 'confirm:1',
      message: 'confirm',
      key: null,
      kind: 'answer',
      body: { id: 'confirm:1' },
    });
    await drive(0, 1);
    await clock.advance(91 * DAY);
    expect(rows().map(({ message }) => message)).toEqual(['vehicle-entered']);
  });

  it('stay while the events that made them cannot be read any more', async () => {
    await drive(0, 5);
    platform.project = () => {
      throw new Error('a defect of a new version');
    };
    await clock.advance(120 * DAY);
    expect(rows()).toHaveLength(10);
  });

  it('go a little at a time, and a kill at any moment leaves each of them in the outbox or in a receipt', async () => {
    await drive(0, 300);
    clock.jumpWall(90 * DAY);
    await clock.advance(15 * 60_000 - clock.monotonic() - 1);
    let before = count();
    expect(before).toBe(600);
    let most = 0;
    let steps = 0;
    for (; before > 1 && steps < 500; steps += 1) {
      await clock.advance(20);
      const left = count();
      most = Math.max(most, before - left);
      before = left;
      if (steps % 5 === 0) expect(lost(temp.store)).toEqual([]);
      if (steps === 7) expect(lost(afterKill())).toEqual([]);
    }
    expect(before).toBe(1);
    expect(most).toBeLessThanOrEqual(100);
    expect(steps).toBeGreaterThan(7);
    expect(stretches()).toEqual([[1, 599]]);
  });
});
