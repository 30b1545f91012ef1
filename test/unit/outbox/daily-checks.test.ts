import { afterEach, describe, expect, it } from 'vitest';
import { DailyChecks } from '../../../electron/station/outbox/daily-checks.ts';
import type { Platform } from '../../../electron/station/platforms/platform.ts';
import { DELIVERED, LINK_DOWN, REFUSED } from '../../support/scripted-platform.ts';
import { CheckRig, DAY, HOUR, midnight, USER } from './check-rig.ts';

const MONDAY = '2026-03-02';
const TUESDAY = '2026-03-03';
const MINUTE = 60_000;
let rig: CheckRig;
let checks: DailyChecks;
afterEach(() => rig.close());

function watch(...more: Platform[]): void {
  const { clock, alarms, log, platform, runs, stopping } = rig;
  const base = { store: rig.temp.store, clock, alarms, log, platforms: [platform, ...more] };
  checks = new DailyChecks({ ...base, reconciliations: runs, stopping: stopping.signal });
  checks.start();
}

/** Cars of Monday, then the hour of the first comparison of that day, or a little before it. */
async function monday(...uids: string[]): Promise<void> {
  rig = await CheckRig.open(midnight(MONDAY) + 9 * HOUR);
  watch();
  rig.enter(...uids);
  await until(midnight(TUESDAY) + 59 * MINUTE);
}
const until = (at: number): Promise<void> => rig.clock.advance(at - rig.clock.now());
const state = () => checks.states()[0];
const runsOf = (day: string) => rig.runs.newest().filter(({ from }) => from === midnight(day));

describe('a finished day', () => {
  it('is compared once its hour has come, once, in the name of the station', async () => {
    await monday('u1', 'u2');
    expect(rig.platform.asked).toEqual([]);
    expect(state()).toMatchObject({ day: MONDAY, state: 'due', runId: null });
    await rig.clock.advance(2 * MINUTE);
    expect(rig.platform.asked).toEqual([MONDAY]);
    const [run] = rig.runs.newest();
    expect(run).toMatchObject({ automatic: true, purpose: 'check', to: midnight(TUESDAY), differences: 0 });
    expect(state()).toMatchObject({ day: MONDAY, state: 'agrees', runId: run?.id, open: [] });
    await until(midnight(TUESDAY) + 23 * HOUR);
    expect(rig.platform.asked).toEqual([MONDAY]);
    await rig.clock.advance(3 * HOUR);
    expect(rig.platform.asked).toEqual([MONDAY, TUESDAY]);
    expect(rig.told).toEqual([]);
  });

  it('is mended by itself: exactly what the platform lost goes again, and the day is compared until it agrees', async () => {
    await monday('u1', 'u2', 'u3');
    rig.platform.forget('vehicle-entered:u2');
    rig.temp.db.prepare("DELETE FROM outbox WHERE key = 'u3'").run();
    rig.platform.forget('vehicle-entered:u3');
    rig.platform.sent.length = 0;
    await rig.clock.advance(5 * MINUTE);
    expect(rig.platform.sent.map(({ id }) => id)).toEqual(['vehicle-entered:u2:2', 'vehicle-entered:u3:3']);
    expect(runsOf(MONDAY).map(({ differences }) => differences)).toEqual([0, 2]);
    expect(state()).toMatchObject({ state: 'agrees' });
    expect(rig.told).toEqual([]);
    const repaired = rig.temp.store.read.journal.list({ kind: 'messages-repaired', limit: 9 });
    expect(repaired).toMatchObject([{ actor: { kind: 'station' }, body: { inserted: 1, retried: 1 } }]);
  });

  it('is only looked at where the platform does not want it mended', async () => {
    await monday('u1');
    rig.platform.daily = { ...rig.platform.daily, repair: false };
    await rig.restart();
    watch();
    rig.platform.forget();
    rig.platform.sent.length = 0;
    await rig.clock.advance(5 * MINUTE);
    expect(rig.platform.sent).toEqual([]);
    expect(state()).toMatchObject({ day: MONDAY, state: 'differs', differences: 1 });
  });

  it('that still differs after three repairs is told to the office, and counts for no other day', async () => {
    await monday('u1');
    rig.platform.forget();
    rig.platform.answer = () => DELIVERED;
    await rig.clock.advance(30 * MINUTE);
    expect(runsOf(MONDAY)).toHaveLength(4);
    expect(rig.alarms.list()).toMatchObject([
      { code: 'daily-check-differs', subject: `qingdao ${MONDAY}`, severity: 'info', figures: { day: MONDAY, n: 1 } },
    ]);
    const [run] = runsOf(MONDAY);
    expect(state()).toMatchObject({ state: 'differs', open: [{ day: MONDAY, runId: run?.id, differences: 1 }] });
    await until(midnight(TUESDAY) + DAY + 2 * HOUR);
    expect(state()).toMatchObject({ day: TUESDAY, state: 'agrees', open: [{ day: MONDAY }] });
  });

  it('of which the platform has more than we is done, and its alarm is for a person', async () => {
    await monday('u1');
    rig.platform.plant('foreign', MONDAY);
    await rig.clock.advance(5 * MINUTE);
    expect(runsOf(MONDAY)).toHaveLength(1);
    expect(rig.alarms.list()).toMatchObject([{ code: 'daily-check-extra', severity: 'warning' }]);
    expect(state()).toMatchObject({ day: MONDAY, state: 'extra', differences: 1 });
    const reason = '另一套系统上报，已与平台核对';
    expect(() => checks.acknowledge('qingdao', TUESDAY, reason, USER)).toThrow('没有待确认');
    checks.acknowledge('qingdao', MONDAY, reason, USER);
    expect(rig.alarms.list()).toEqual([]);
    expect(state()).toMatchObject({ state: 'extra', open: [] });
    const rows = rig.temp.store.read.journal.list({ kind: 'day-check-acknowledged', limit: 9 });
    expect(rows).toMatchObject([{ actor: USER, body: { platform: 'qingdao', day: MONDAY, reason } }]);
  });
});

describe('a platform that does not answer', () => {
  it('is asked again and again; people hear of it after the third time, and no more once it answers', async () => {
    await monday('u1');
    rig.platform.silent = 'resultCode 500';
    await rig.clock.advance(15 * MINUTE);
    expect(rig.platform.asked).toHaveLength(2);
    expect(rig.told).toEqual([]);
    expect(state()).toMatchObject({ day: MONDAY, state: 'unfinished', reason: 'resultCode 500' });
    await rig.clock.advance(10 * MINUTE);
    expect(rig.told).toEqual(['+daily-check-late qingdao']);
    await rig.clock.advance(5 * HOUR);
    expect(rig.platform.asked.length).toBeGreaterThan(30);
    rig.platform.silent = '';
    await rig.clock.advance(11 * MINUTE);
    expect(rig.told).toEqual(['+daily-check-late qingdao', '-daily-check-late qingdao']);
    expect(state()).toMatchObject({ state: 'agrees' });
  });

  it('is waited for while messages of the day are still on their way', async () => {
    await monday();
    const keep = rig.platform.answer;
    rig.platform.answer = () => LINK_DOWN;
    rig.clock.jumpWall(-2 * HOUR);
    rig.enter('u1');
    rig.clock.jumpWall(2 * HOUR);
    await rig.clock.advance(20 * MINUTE);
    expect(rig.told).toEqual(['+platform-offline qingdao']);
    expect(state()).toMatchObject({ day: MONDAY, state: 'due' });
    rig.platform.answer = keep;
    await rig.clock.advance(20 * MINUTE);
    expect(state()).toMatchObject({ day: MONDAY, state: 'agrees' });
    expect(rig.platform.books.has('vehicle-entered:u1:1')).toBe(true);
  });

  it('that is away for an hour leaves the day unfinished, and nobody is told of differences that are none', async () => {
    await monday();
    const keep = rig.platform.answer;
    rig.platform.answer = () => LINK_DOWN;
    rig.clock.jumpWall(-2 * HOUR);
    rig.enter('u1');
    rig.clock.jumpWall(2 * HOUR);
    await rig.clock.advance(50 * MINUTE);
    expect(state()).toMatchObject({ day: MONDAY, state: 'unfinished', reason: expect.stringContaining('waiting') });
    rig.platform.answer = keep;
    await rig.clock.advance(30 * MINUTE);
    expect(state()).toMatchObject({ day: MONDAY, state: 'agrees' });
    expect(rig.told.filter((told) => told.includes('daily'))).toEqual([]);
  });

  it('leaves one line of a night of tries, and pushes out no run that somebody began or that tells of an open day', async () => {
    await monday('u1');
    rig.platform.plant('ghost', MONDAY);
    await rig.clock.advance(HOUR);
    const open = state()?.open[0]?.runId ?? '';
    const byHand = await rig.compare(TUESDAY);
    rig.platform.silent = 'resultCode 500';
    await until(midnight(TUESDAY) + 3 * DAY);
    expect(rig.platform.asked.length).toBeGreaterThan(250);
    expect([rig.runs.get(byHand.id).id, rig.runs.get(open).id]).toEqual([byHand.id, open]);
    expect(runsOf(TUESDAY).filter(({ automatic }) => automatic)).toHaveLength(1);
  });

  it('that refuses to tell of a day does not keep the later ones from being compared, and is asked again', async () => {
    await monday('u1');
    rig.platform.refuses.set(MONDAY, 'resultCode 204');
    await until(midnight(TUESDAY) + 20 * HOUR);
    expect(state()).toMatchObject({ day: MONDAY, state: 'unfinished', reason: 'resultCode 204', open: [] });
    await until(midnight(TUESDAY) + DAY + 90 * MINUTE);
    expect(state()).toMatchObject({ day: TUESDAY, state: 'agrees', open: [{ day: MONDAY }] });
    expect(rig.alarms.list()).toMatchObject([{ code: 'daily-check-late', subject: `qingdao ${MONDAY}` }]);
    const before = rig.platform.asked.length;
    await rig.clock.advance(5 * HOUR);
    expect(rig.platform.asked.slice(before)).toEqual(Array.from({ length: 5 }, () => MONDAY));
    expect(runsOf(MONDAY).map(({ id }) => id)).toContain(state()?.open[0]?.runId);
    rig.platform.refuses.clear();
    rig.platform.forget('vehicle-entered:u1');
    await rig.clock.advance(HOUR);
    expect(state()).toMatchObject({ day: TUESDAY, state: 'agrees', open: [] });
    expect([rig.alarms.list(), rig.platform.books.has('vehicle-entered:u1:1')]).toEqual([[], true]);
  });

  it('that does not answer at all is asked about no later day', async () => {
    await monday('u1');
    rig.platform.silent = 'timeout';
    await until(midnight(TUESDAY) + 2 * DAY);
    expect([...new Set(rig.platform.asked)]).toEqual([MONDAY]);
  });

  it('does not keep the days after it waiting for a message that somebody must decide about', async () => {
    await monday();
    rig.platform.answer = () => REFUSED;
    rig.clock.jumpWall(-2 * HOUR);
    rig.enter('u1', 'u1');
    rig.clock.jumpWall(2 * HOUR);
    await rig.clock.advance(5 * MINUTE);
    expect(state()).toMatchObject({ day: MONDAY, state: 'differs', differences: 2 });
  });
});

describe('over the days', () => {
  it('makes up for an absence, the oldest day first, and for no more than a month', async () => {
    await monday('u1');
    await rig.clock.advance(HOUR);
    rig.platform.asked.length = 0;
    await rig.stop();
    rig.clock.jumpWall(40 * DAY);
    rig.stopping = new AbortController();
    await rig.restart();
    watch();
    await rig.clock.advance(HOUR);
    expect(rig.platform.asked).toHaveLength(31);
    expect(rig.platform.asked[0]).toBe('2026-03-12');
    expect(rig.platform.asked.at(-1)).toBe('2026-04-11');
  });

  it('remembers through a restart which day is done, and which one differs', async () => {
    await monday('u1');
    rig.platform.plant('foreign', MONDAY);
    await rig.clock.advance(5 * MINUTE);
    await rig.restart();
    rig.alarms.clear('daily-check-extra', `qingdao ${MONDAY}`);
    watch();
    expect(rig.alarms.list()).toMatchObject([{ code: 'daily-check-extra', subject: `qingdao ${MONDAY}` }]);
    await rig.clock.advance(HOUR);
    expect(rig.platform.asked).toEqual([MONDAY]);
  });

  it('a run by hand that agrees ends the alarm of its day', async () => {
    await monday('u1');
    rig.platform.forget();
    rig.platform.answer = () => DELIVERED;
    await rig.clock.advance(30 * MINUTE);
    expect(rig.alarms.list()).toHaveLength(1);
    rig.platform.books.set('vehicle-entered:u1:1', 'sent');
    await rig.compare(MONDAY);
    expect(rig.alarms.list()).toEqual([]);
    expect(state()).toMatchObject({ day: MONDAY, state: 'agrees', open: [] });
  });

  it('looks again at a day that differed with the next one, because a person may have settled it', async () => {
    await monday('u1');
    rig.platform.plant('foreign', MONDAY);
    await rig.clock.advance(HOUR);
    rig.platform.books.delete('foreign');
    await until(midnight(TUESDAY) + DAY + 2 * HOUR);
    expect(rig.platform.asked).toEqual([MONDAY, TUESDAY, MONDAY]);
    expect(rig.alarms.list()).toEqual([]);
  });

  it('is told apart whether somebody is to be asked or something is to be sent', async () => {
    await monday('u1');
    rig.platform.plant('foreign', MONDAY);
    await rig.clock.advance(HOUR);
    expect(rig.alarms.list().map(({ code }) => code)).toEqual(['daily-check-extra']);
    rig.platform.forget('vehicle-entered:u1');
    await rig.compare(MONDAY);
    expect(rig.alarms.list().map(({ code }) => code)).toEqual(['daily-check-differs']);
  });

  it('compares with one platform at a time', async () => {
    rig = await CheckRig.open(midnight(MONDAY) + 9 * HOUR);
    watch(rig.other);
    rig.enter('u1');
    await until(midnight(TUESDAY) + 59 * MINUTE);
    let underWay = 0;
    let most = 0;
    for (const platform of [rig.platform, rig.other]) {
      const { checkDay } = platform;
      platform.checkDay = (day) => {
        const inner = checkDay.call(platform, day);
        return {
          add: (draft) => inner.add(draft),
          ask: async (signal) => {
            underWay += 1;
            most = Math.max(most, underWay);
            await new Promise<void>((resolve) => rig.clock.after(10_000, resolve));
            underWay -= 1;
            return await inner.ask(signal);
          },
        };
      };
    }
    await rig.clock.advance(5 * MINUTE);
    expect(checks.states().map(({ platform, state: how }) => [platform, how])).toEqual([
      ['qingdao', 'agrees'],
      ['shenzhen', 'agrees'],
    ]);
    expect(most).toBe(1);
  });

  it('waits behind a run that somebody began', async () => {
    await monday('u1');
    const gate = Promise.withResolvers<void>();
    const { checkDay } = rig.platform;
    rig.platform.checkDay = (day) => {
      const inner = checkDay.call(rig.platform, day);
      return {
        add: (draft) => inner.add(draft),
        ask: async (signal) => {
          await gate.promise;
          return await inner.ask(signal);
        },
      };
    };
    const period = { from: midnight(MONDAY), to: midnight(TUESDAY) };
    rig.runs.start({ platform: 'qingdao', purpose: 'check', ...period }, USER);
    await rig.clock.advance(2 * MINUTE);
    expect(rig.runs.newest()).toHaveLength(1);
    expect(state()).toMatchObject({ state: 'due' });
    gate.resolve();
    await rig.clock.advance(MINUTE);
    expect(rig.runs.newest().map(({ automatic }) => automatic)).toEqual([true, false]);
    expect(state()).toMatchObject({ state: 'agrees' });
    expect(rig.told).toEqual([]);
  });
});

describe('a platform that is new here', () => {
  it('begins with its first day, and sends nothing by itself of what was before', async () => {
    rig = await CheckRig.open(midnight(MONDAY) + 9 * HOUR);
    rig.enter('before');
    await rig.clock.advance(1000);
    rig.temp.db.exec('DELETE FROM outbox');
    rig.platform.forget();
    rig.platform.sent.length = 0;
    watch();
    rig.enter('after');
    await until(midnight(TUESDAY) + 2 * HOUR);
    expect(rig.platform.asked[0]).toBe(MONDAY);
    expect(rig.platform.sent.map(({ id }) => id)).toEqual(['vehicle-entered:after:2']);
    expect(state()).toMatchObject({ day: MONDAY, state: 'differs', differences: 1 });
  });

  it('that was there before this was done begins with yesterday', async () => {
    rig = await CheckRig.open(midnight(MONDAY) + 9 * HOUR);
    rig.enter('u1');
    await rig.clock.advance(1000);
    watch();
    await rig.clock.advance(MINUTE);
    expect(rig.platform.asked).toEqual(['2026-03-01']);
  });
});
