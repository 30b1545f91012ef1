import { afterEach, describe, expect, it } from 'vitest';
import { aStay } from '../../support/events.ts';
import { DELIVERED, REFUSED } from '../../support/scripted-platform.ts';
import { CheckRig, DAY, HOUR, midnight, USER } from './check-rig.ts';

const TODAY = '2026-03-02';
let rig: CheckRig;
afterEach(() => rig.close());

async function aDay(...uids: string[]): Promise<void> {
  rig = await CheckRig.open(midnight(TODAY) + 9 * HOUR);
  rig.enter(...uids);
  await rig.clock.advance(3000);
}
const found = (run: Awaited<ReturnType<CheckRig['compare']>>) =>
  rig.differences(run).map((row) => [row.found, row.key, row.journal_seq, row.reason]);

describe("a day beside the platform's own books", () => {
  it('tells the figures of both, and finds what was delivered and is not there any more', async () => {
    await aDay('u1', 'u2', 'u3');
    rig.platform.forget('vehicle-entered:u2');
    const run = await rig.compare(TODAY);
    expect(run.theirs).toEqual({
      ...{ kind: 'told', note: '' },
      figures: [
        {
          message: 'vehicle-entered',
          ours: { count: 3, amountFen: null },
          theirs: { count: 2, amountFen: null },
          agrees: false,
        },
      ],
    });
    expect(run.figures).toMatchObject([{ expected: 3, found: { delivered: 2, lost: 1, missing: 0 } }]);
    expect(found(run)).toEqual([['lost', 'u2', 2, null]]);
  });

  it('does not count twice what never left, was refused or was given up', async () => {
    rig = await CheckRig.open(midnight(TODAY) + 9 * HOUR);
    const keep = rig.platform.answer;
    rig.platform.answer = (sent) => (sent.id.includes('u1') ? REFUSED : keep(sent));
    rig.enter('u1', 'u2', 'u3');
    await rig.clock.advance(3000);
    rig.temp.db.prepare("DELETE FROM outbox WHERE key = 'u2'").run();
    rig.platform.forget('vehicle-entered:u2');
    const run = await rig.compare(TODAY);
    expect(run.figures).toMatchObject([{ expected: 3, found: { delivered: 1, lost: 0, missing: 1, refused: 1 } }]);
    expect(run.differences).toBe(2);
  });

  it('lists what only the platform has for a person, and never as something to repair', async () => {
    await aDay('u1');
    rig.platform.plant('u-foreign', TODAY);
    const run = await rig.compare(TODAY);
    expect(found(run)).toEqual([['extra', 'u-foreign', null, 'r-u-foreign']]);
    expect(run.figures).toMatchObject([{ expected: 1, found: { delivered: 1, extra: 1 } }]);
    const asked = rig.runs.repair(run.id, { numbers: [1] }, USER);
    await rig.clock.advance(3000);
    expect(await asked).toEqual({ inserted: 0, retried: 0, next: null });
  });

  it('knows of a picture that is lost there and gone here that nobody can send it', async () => {
    await aDay('u1');
    rig.temp.store.write((tx) =>
      tx.record({
        ...{ kind: 'photo-taken', key: 'u1', laneId: 'in1', passageId: null, actor: USER },
        body: { photoId: 'p1', purpose: 'entry', stay: aStay('u1'), takenAt: 0, name: 'x.jpg', bytes: 4, sha256: 'x' },
      }),
    );
    await rig.clock.advance(3000);
    rig.platform.forget('photo-taken');
    expect(found(await rig.compare(TODAY))).toEqual([['gone', 'u1', 2, null]]);
    rig.pictures.add('p1');
    expect(found(await rig.compare(TODAY))).toEqual([['lost', 'u1', 2, null]]);
  });

  it('says why when the platform does not answer, and compares nothing with its books for a part of a day', async () => {
    await aDay('u1');
    rig.platform.silent = 'resultCode 500';
    expect((await rig.compare(TODAY)).theirs).toEqual({ kind: 'failed', reason: 'resultCode 500' });
    const period = { from: midnight(TODAY), to: midnight(TODAY) + HOUR };
    const { id } = rig.runs.start({ platform: 'qingdao', purpose: 'check', ...period }, USER);
    await rig.clock.advance(1000);
    expect(rig.runs.get(id).theirs).toEqual({ kind: 'not-a-day' });
    const backfill = {
      platform: 'qingdao',
      purpose: 'backfill',
      from: midnight(TODAY),
      to: midnight(TODAY) + DAY,
    } as const;
    const second = rig.runs.start(backfill, USER);
    await rig.clock.advance(1000);
    expect(rig.runs.get(second.id).theirs).toEqual({ kind: 'none' });
    expect(rig.platform.asked).toEqual([TODAY]);
  });

  it('tells what was written down later as well, and finds it lost under the day that it belongs to', async () => {
    await aDay('u1');
    const { checkDay } = rig.platform;
    const later: string[] = [];
    rig.platform.checkDay = (day) => {
      const inner = checkDay.call(rig.platform, day);
      return {
        add: (draft) => {
          later.push(draft.id);
          inner.add(draft);
        },
        ask: async (signal) => ({ ...(await inner.ask(signal)), missing: ['vehicle-entered:u9:2'] }),
      };
    };
    await rig.clock.advance(DAY);
    rig.enter('u9');
    await rig.clock.advance(3000);
    const run = await rig.compare(TODAY);
    expect(later).toEqual(['vehicle-entered:u1:1', 'vehicle-entered:u9:2']);
    expect(found(run)).toEqual([['lost', 'u9', 2, null]]);
    expect(run.figures).toMatchObject([{ expected: 2, found: { delivered: 1, lost: 1 } }]);
    await rig.clock.advance(9 * DAY);
    rig.enter('u10');
    later.length = 0;
    await rig.compare(TODAY);
    expect(later).not.toContain('vehicle-entered:u10:3');
  });
});

describe('repairing what a platform lost', () => {
  it('sends exactly that once more, in the order of the stay and nothing behind it; repeating sends nothing', async () => {
    await aDay('u1', 'u1', 'u1', 'u2');
    rig.platform.forget('vehicle-entered:u1:1');
    rig.platform.forget('vehicle-entered:u1:2');
    const run = await rig.compare(TODAY);
    rig.platform.sent.length = 0;
    expect(await rig.mend(run)).toEqual({ inserted: 0, retried: 2, next: null });
    await rig.clock.advance(3000);
    expect(rig.platform.sent.map(({ id }) => id)).toEqual(['vehicle-entered:u1:1', 'vehicle-entered:u1:2']);
    expect(await rig.mend(run)).toEqual({ inserted: 0, retried: 0, next: null });
    const { store } = rig.temp;
    expect(store.read.journal.list({ kind: 'message-retried', limit: 9 }).map(({ actor }) => actor)).toEqual([
      USER,
      USER,
    ]);
    expect((await rig.compare(TODAY)).differences).toBe(0);
  });

  it('takes an aged-out message for delivered, and makes it anew when the platform lost it', async () => {
    await aDay('u1', 'u2');
    rig.temp.db.prepare('DELETE FROM outbox').run();
    rig.temp.store.write((tx) => tx.outboxReceipts.add('qingdao', { from: 1, to: 2 }));
    expect((await rig.compare(TODAY)).figures).toMatchObject([{ expected: 2, found: { delivered: 2, missing: 0 } }]);
    rig.platform.forget('vehicle-entered:u2');
    const run = await rig.compare(TODAY);
    expect(found(run)).toEqual([['lost', 'u2', 2, null]]);
    expect(await rig.mend(run)).toEqual({ inserted: 1, retried: 0, next: null });
    await rig.clock.advance(3000);
    expect(rig.rowOf('vehicle-entered:u2:2')?.state).toBe(1);
    expect(await rig.mend(run)).toEqual({ inserted: 0, retried: 0, next: null });
    expect((await rig.compare(TODAY)).differences).toBe(0);
  });

  it('leaves alone what arrived while the day was being compared', async () => {
    await aDay('u1');
    const gate = Promise.withResolvers<void>();
    const { checkDay } = rig.platform;
    rig.platform.checkDay = (day) => {
      const inner = checkDay.call(rig.platform, day);
      return {
        add: (draft) => inner.add(draft),
        ask: async (signal) => {
          const account = await inner.ask(signal);
          await gate.promise;
          return { ...account, missing: ['vehicle-entered:u1:1'] };
        },
      };
    };
    rig.platform.answer = () => DELIVERED;
    rig.hub.resend([rig.rowOf('vehicle-entered:u1:1')?.id ?? 0], USER);
    const { id } = rig.runs.start(
      { platform: 'qingdao', purpose: 'check', from: midnight(TODAY), to: midnight(TODAY) + DAY },
      USER,
    );
    await rig.clock.advance(1000);
    gate.resolve();
    await rig.clock.advance(1000);
    expect(rig.runs.get(id)).toMatchObject({ state: 'done' });
    expect(rig.differences(rig.runs.get(id)).filter((row) => row.found === 'lost')).toEqual([]);
  });
});
