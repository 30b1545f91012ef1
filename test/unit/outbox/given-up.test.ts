import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handleMatching } from '../../../electron/station/outbox/bulk.ts';
import { Figures } from '../../../electron/station/outbox/figures.ts';
import { OutboxHub } from '../../../electron/station/outbox/hub.ts';
import type { Delivery, OutboxDraft } from '../../../electron/station/platforms/platform.ts';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import { ConflictError } from '../../../electron/station/runtime/errors.ts';
import { answerer } from '../../../electron/station/store/reader/answer.ts';
import { outboxFiguresSchema } from '../../../electron/station/store/reader/outbox-figures.ts';
import {
  type OutboxCriteria,
  outboxIdsSchema,
  outboxPageSchema,
} from '../../../electron/station/store/reader/requests.ts';
import type { JournalEvent } from '../../../shared/domain/events.ts';
import { entered } from '../../support/events.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { DELIVERED, LINK_DOWN, REFUSED, ScriptedPlatform } from '../../support/scripted-platform.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';

const DAY = 24 * 3_600_000;
const user = { kind: 'user', name: '老陈' } as const;
const GIVEN_UP: Delivery = { kind: 'given-up', reason: 'no complete answer within 5000 ms' };

/** Bodies with the instant that a platform's queries go by. */
class FetchingPlatform extends ScriptedPlatform {
  override project(event: JournalEvent): readonly OutboxDraft[] {
    return super.project(event).map((draft) => ({ ...draft, body: { id: draft.id, at: event.at } }));
  }
}

let clock: FakeClock;
let temp: TempStore;
let platform: FetchingPlatform;
let hub: OutboxHub;
let alarms: Alarms;

async function start(afterCrash = false): Promise<void> {
  const { store } = temp;
  hub = new OutboxHub({
    ...{ store, clock, entropy: { random: () => 1 }, log: memoryLog(), alarms, platforms: [platform], afterCrash },
  });
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
  platform = new FetchingPlatform();
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
const soon = (): Promise<void> => clock.advance(300);
const sent = (): string[] => platform.sent.map(({ id }) => id.split(':')[1] ?? id);
const rows = () => temp.store.read.outbox.search({ offset: 0, limit: 100 }).items.reverse();
const rowOf = (uid: string) => rows().find(({ key }) => key === uid);
const idOf = (uid: string): number => rowOf(uid)?.id ?? 0;
const answer = (request: Parameters<ReturnType<typeof answerer>>[0]) => answerer(temp.db)(request, () => undefined);
const list = (filter: OutboxCriteria): number[] =>
  outboxPageSchema
    .parse(answer({ what: 'outbox', filter: { ...filter, offset: 0, limit: 100 } }))
    .items.map((item) => item.row.id);
/** The first message of `bad` is given up, and everything else arrives. */
const giveUpOn = (bad: string): void => {
  platform.answer = ({ id }) => (id.split(':')[1] === bad ? GIVEN_UP : DELIVERED);
};

describe('a message that was pushed often enough in vain', () => {
  it('is done with: it is not sent again, holds nothing of its stay back, and asks for nobody', async () => {
    platform.answer = ({ id }) => (id.startsWith('vehicle-entered:u1:1') ? GIVEN_UP : DELIVERED);
    enter('u1');
    enter('u1');
    enter('u2');
    await soon();
    const given = clock.now();
    await clock.advance(7 * DAY);
    expect(sent()).toEqual(['u1', 'u2', 'u1']);
    expect(rows().map(({ state, held }) => [state, held])).toEqual([
      [4, 0],
      [1, 0],
      [1, 0],
    ]);
    const [row] = rows();
    expect(row).toMatchObject({ attempts: 1, last_error: 'no complete answer within 5000 ms' });
    expect(given - (row?.done_at_ms ?? 0)).toBeLessThanOrEqual(300);
    expect(alarms.list()).toEqual([]);
    expect(temp.store.read.outboxAttempts.of(row?.id ?? 0)).toMatchObject([{ number: 1, outcome: 'given-up' }]);
    expect(row && hub.why(row)).toEqual({ code: 'given-up', said: 'no complete answer within 5000 ms' });
  });

  it('says neither that the platform can be reached nor that it cannot', async () => {
    platform.answer = () => LINK_DOWN;
    enter('u1');
    await soon();
    expect(hub.links()[0]?.state).toBe('offline');
    platform.answer = () => GIVEN_UP;
    await clock.advance(30_000);
    expect([rowOf('u1')?.state, hub.links()[0]?.state]).toEqual([4, 'offline']);
    expect(alarms.list().map(({ code }) => code)).toEqual(['platform-offline']);
    platform.answer = () => DELIVERED;
    enter('u2');
    await clock.advance(30_000);
    platform.answer = () => GIVEN_UP;
    for (let car = 0; car < 30; car += 1) enter(`given${car}`);
    await clock.advance(30_000);
    expect([hub.links()[0]?.state, alarms.list()]).toEqual(['online', []]);
  });

  it('is pushed once more when a person wants that, with its attempts counting on, and can arrive', async () => {
    giveUpOn('u1');
    enter('u1');
    await soon();
    expect(hub.retry(idOf('u1'), user)).toMatchObject({ state: 0, done_at_ms: null });
    await soon();
    expect(rowOf('u1')).toMatchObject({ state: 4, attempts: 2 });
    platform.answer = () => DELIVERED;
    hub.retry(idOf('u1'), user);
    await soon();
    expect(rowOf('u1')).toMatchObject({ state: 1, attempts: 3, last_error: null });
    expect(platform.sent.map(({ attempt, maybeDelivered }) => [attempt, maybeDelivered])).toEqual([
      [1, false],
      [2, true],
      [3, true],
    ]);
    expect(temp.store.read.journal.list({ limit: 2, audited: true })).toMatchObject([
      { kind: 'message-retried', actor: user, body: { outboxId: idOf('u1') } },
      { kind: 'message-retried' },
    ]);
    expect(() => hub.retry(idOf('u1'), user)).toThrow(ConflictError);
  });

  it('cannot be discarded, and is left alone by whoever handles many at once', async () => {
    platform.answer = ({ id }) => (id.includes(':given:') ? GIVEN_UP : REFUSED);
    enter('given');
    enter('bad');
    await soon();
    expect(() => hub.discard(idOf('given'), '不要了', user)).toThrow(ConflictError);
    platform.answer = () => DELIVERED;
    // As if it had been given up after the matching ones were looked up.
    expect(hub.retryAll([idOf('given'), idOf('bad')], user)).toBe(1);
    expect(hub.discardAll([idOf('given')], '不要了', user)).toBe(0);
    const reader = {
      outboxIds: async (filter: OutboxCriteria, limit: number) =>
        outboxIdsSchema.parse(answer({ what: 'outbox-ids', filter, limit })),
    };
    for (const state of [0, 2] as const) {
      const handling = handleMatching(
        { ...{ store: temp.store, reader, clock, hub } },
        { state },
        { action: 'retry' },
        user,
      );
      await soon();
      await handling;
    }
    expect([rowOf('given')?.state, rowOf('bad')?.state]).toEqual([4, 1]);
  });

  it('stays one row, whatever makes the same message again', async () => {
    giveUpOn('u1');
    enter('u1');
    await soon();
    const [event] = temp.store.read.journal.after(0, 1);
    const [draft] = event ? platform.project(event) : [];
    if (!event || !draft) throw new Error('no draft');
    hub.enqueue('qingdao', draft);
    expect(hub.insertAll('qingdao', [{ draft, event }], true)).toBe(0);
    await soon();
    expect([rows().length, platform.sent.length]).toEqual([1, 1]);
  });

  it('is still done with after a crash', async () => {
    giveUpOn('u1');
    enter('u1');
    await soon();
    await stop();
    platform.sent.length = 0;
    await start(true);
    enter('u2');
    await soon();
    expect([sent(), rowOf('u1')?.state, alarms.list()]).toEqual([['u2'], 4, []]);
  });
});

describe('what was given up is shown', () => {
  it('in the counts of today, in the figures by message, and to whoever looks for it', async () => {
    giveUpOn('u1');
    enter('u1');
    enter('u2');
    await soon();
    expect(hub.links()[0]?.counts).toMatchObject({ waiting: 0, refused: 0, delivered: 1, givenUp: 1, oldest: null });
    const reader = {
      outboxFigures: async (dayStart: number, now: number) =>
        outboxFiguresSchema.parse(answer({ what: 'outbox-figures', dayStart, now })),
    };
    const figures = new Figures({ reader, hub, clock });
    expect((await figures.now())[0]?.messages).toMatchObject([{ delivered: 1, refused: 0, 'given-up': 1 }]);
    const id = idOf('u1');
    expect(list({ state: 4 })).toEqual([id]);
    expect(list({ error: 'no complete answer' })).toEqual([id]);
    expect(list({ state: 4, endedFrom: clock.now() - 1000 })).toEqual([id]);
    expect(list({ state: 4, endedFrom: clock.now() + 1000 })).toEqual([]);
    await clock.advance(DAY);
    expect(hub.links()[0]?.counts).toMatchObject({ delivered: 0, givenUp: 0 });
    expect((await figures.now())[0]?.messages ?? []).toEqual([]);
  });
});

describe('what was given up long ago', () => {
  const attempts = (): unknown => temp.db.prepare('SELECT count(*) FROM outbox_attempts').pluck().get();

  it('is forgotten like what arrived, with its attempts, and is not made again', async () => {
    giveUpOn('u1');
    enter('u1');
    enter('u2');
    await soon();
    await clock.advance(89 * DAY);
    expect(rows()).toHaveLength(2);
    // The newest row always stays.
    enter('u3');
    await clock.advance(2 * DAY);
    expect(rows().map(({ key }) => key)).toEqual(['u3']);
    expect(attempts()).toBe(1);
    const [event] = temp.store.read.journal.after(0, 1);
    expect(temp.store.read.outboxReceipts.covers('qingdao', event?.seq ?? 0)).toBe(true);
    const drafts = event ? platform.project(event) : [];
    expect(
      hub.insertAll(
        'qingdao',
        drafts.flatMap((draft) => (event ? [{ draft, event }] : [])),
      ),
    ).toBe(0);
    await soon();
    expect(sent()).toEqual(['u1', 'u2', 'u3']);
  });

  it('loses its attempts already after the days that these are kept', async () => {
    giveUpOn('u1');
    enter('u1');
    await soon();
    expect(attempts()).toBe(1);
    await clock.advance(31 * DAY);
    expect([attempts(), rows().length]).toEqual([0, 1]);
  });
});
